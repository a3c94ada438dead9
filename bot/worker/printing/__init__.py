"""What is printed on paper and handed out or kept in the library. Knows no chat, no storage and no Telegram."""
