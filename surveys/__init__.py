"""Questionnaires: what is asked, in which order, and when. Pure: no clock, no randomness, no database."""
