"""The demo: the real bot on this machine, beside a stand-in of Telegram, with made-up people and their answers."""

from bot.demo.command import run_demo

__all__ = ["run_demo"]
