"""Ports of this machine: which are free."""

from __future__ import annotations

import socket

_ANY = 0


def is_free(port: int) -> bool:
    """Whether somebody may listen at it now; 0, any port, always is."""
    return _bound(port) is not None


def free_port(wanted: int) -> int:
    """The wanted port where it is free, else any other that is."""
    return _bound(wanted) or _bound(_ANY) or _ANY


def _bound(port: int) -> int | None:
    """The number of a port that could be listened at; None where it is taken."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return None
        number: int = probe.getsockname()[1]
        return number
