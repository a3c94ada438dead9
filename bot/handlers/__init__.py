"""From an update to a use case: parse, call, show."""
