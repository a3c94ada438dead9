"""The answers as typed columns, the indicators of the definitions, and the one definition of response."""
