"""The sections of which reports are composed, each a function from what may be shown to blocks of a report."""
