"""Receiving from Telegram: commit, then confirm. Nothing is lost when the process is killed at any moment."""
