"""What is sent without being asked: claim, check, send, record."""
