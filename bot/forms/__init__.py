"""Workbooks of XLSForm from outside, made into the sheets that `surveys.xlsform` reads."""
