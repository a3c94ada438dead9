"""Everything that knows Telegram: receiving updates, sending messages, menus, limits. Knows no use case."""
