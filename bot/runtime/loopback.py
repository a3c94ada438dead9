"""Which addresses are of this machine alone."""

from __future__ import annotations

from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine itself is reached there."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
