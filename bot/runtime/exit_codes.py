"""With which status the program ends: what is to be done about it, told apart for whoever starts it again.

The numbers are those of `sysexits.h`, which systemd shows by name; smaller ones it shows as something else
(docs/decisions/command-line.md).
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Only `DATABASE` and `PROBLEM` may be over by themselves: after the others a new start changes nothing."""

    DONE = 0
    PROBLEM = 1  # what was asked cannot be done, or something unforeseen
    USAGE = 2  # the command is not written as it should be
    DATABASE = 74  # EX_IOERR: the database, or the key of what is sealed in it
    CONFLICT = 76  # EX_PROTOCOL: another bot receives for the same token, or works on the same file
    TELEGRAM = 77  # EX_NOPERM: Telegram does not accept the token, or the address of the webhook
    CONFIGURATION = 78  # EX_CONFIG: the configuration, or a questionnaire
