"""The demo: the real bot on this machine, beside a stand-in of Telegram, with made-up people and their answers."""
