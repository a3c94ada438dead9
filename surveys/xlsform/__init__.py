"""Questionnaires as XLSForm writes them: sheets into a programme, all problems at once (docs/decisions/xlsform.md).

Pure: knows no files. What a sheet is, whoever reads the file has made of it.
"""
