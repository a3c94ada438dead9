"""Expressions as XLSForm writes them, a subset of XPath 1.0: read, checked and calculated (docs/decisions/xlsform.md).

Pure: what today is and what was answered are parameters. Knows no questionnaire and no workbook.
"""
