"""The kinds of reports: which sections each has, and in which order."""
