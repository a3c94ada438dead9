"""What a participant can do. Knows no Telegram."""
