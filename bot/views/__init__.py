"""The cards that a chat can show, by who sees them: declared with typed arguments. Draws none."""
