"""What a librarian can do. Knows no Telegram."""
