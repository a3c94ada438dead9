"""Where somebody is reached: a channel, and the key by which they are known there. Seals nothing."""

from __future__ import annotations

from dataclasses import dataclass

TELEGRAM = "telegram"
WEB = "web"
_NUMBER_BYTES = 8
_SEPARATOR = b":"


@dataclass(frozen=True, slots=True)
class Address:
    """An address of a channel. Its key is of that channel alone: nobody else reads it."""

    channel: str
    key: bytes

    @classmethod
    def of_number(cls, number: int) -> Address:
        """That of an account of Telegram."""
        return cls(TELEGRAM, number.to_bytes(_NUMBER_BYTES, "big", signed=True))

    @property
    def number(self) -> int:
        """The number of an account of Telegram; raises ValueError for an address of another channel."""
        if self.channel != TELEGRAM:
            raise ValueError("an address of another channel")
        return int.from_bytes(self.key, "big", signed=True)

    def packed(self) -> bytes:
        """As it is sealed. A number of Telegram stands alone, as it did before there were other channels."""
        if self.channel == TELEGRAM:
            return self.key
        packed = self.channel.encode() + _SEPARATOR + self.key
        if len(packed) <= _NUMBER_BYTES or _SEPARATOR in self.channel.encode():
            raise ValueError("an address that would be taken for another one")
        return packed

    @classmethod
    def unpacked(cls, packed: bytes) -> Address:
        """The address that was packed."""
        if len(packed) == _NUMBER_BYTES:
            return cls(TELEGRAM, packed)
        channel, separator, key = packed.partition(_SEPARATOR)
        if not separator:
            raise ValueError("no address")
        return cls(channel.decode(), key)
