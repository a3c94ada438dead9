"""Formulas of the reports: pure functions of numbers, with their sources. Know no programme, no storage, no words."""
