"""The application: use cases, delivery, Telegram, the command line and the demo."""
