"""What a coordinator can do. Knows no Telegram."""
