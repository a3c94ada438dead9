"""The parts of a report as a spreadsheet: one module a kind of sheet."""
