"""The pages in the browser: the second channel beside Telegram (docs/decisions/web.md). Knows no use case."""
