"""Workbooks and CSV files from outside, read within bounds into sheets of numbered rows. Knows no lists, no forms."""
