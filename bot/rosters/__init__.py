"""Lists of people as libraries keep them, read from CSV and Excel. Pure: knows no group, no storage and no chat."""
