"""The keys that seal where people are reached and what they typed, and the key file outside of the database.

Knows of the tables only what `check_keys` needs.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
import stat
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection, select

from storage.engine.errors import StorageError
from storage.engine.insert_ignore import InsertOnce
from storage.schema import keyring
from storage.secrets.addresses import Address

_SECRET_BYTES = 32
_NONCE_BYTES = 16
_TOKEN_BYTES = 18  # 144 bits, 24 characters
_CHECK = "povezujejo"
_NO_KEY = "Bring back your copy of it; povezujejo init makes a new one, for a database in which nothing is sealed yet."
_LINE = re.compile(r"(\d{1,3}) ([A-Za-z0-9_-]{43})")
_HEADER = """\
# The keys of povezujejo. Who holds this file and the database can read who people are and what they wrote;
# who loses it cannot read it any more. Keep a copy in a safe place, apart from the backups of the database.
"""

_KEYS = select(keyring.c.key_id, keyring.c.check_sealed)
_add_key = InsertOnce(keyring)  # once, though several processes may start together


class _Key:
    """One secret and what is derived from it. Shows nothing of itself."""

    __slots__ = ("_id_cipher", "_text_cipher", "_token_secret", "number")

    def __init__(self, number: int, secret: bytes) -> None:
        self.number = number
        self._id_cipher = AESSIV(_derive(secret, b"id", 64))
        self._text_cipher = AESSIV(_derive(secret, b"text", 64))
        self._token_secret = _derive(secret, b"token", 32)

    def seal_address(self, address: Address) -> bytes:
        return bytes((self.number,)) + self._id_cipher.encrypt(address.packed(), None)

    def open_address(self, sealed: bytes) -> Address:
        return Address.unpacked(self._id_cipher.decrypt(sealed[1:], None))

    def seal_bytes(self, plain: bytes, nonce: bytes | None = None) -> bytes:
        nonce = nonce or secrets.token_bytes(_NONCE_BYTES)
        # A first byte, because the cipher refuses to encrypt nothing.
        return bytes((self.number,)) + nonce + self._text_cipher.encrypt(b"\0" + plain, [nonce])

    def open_bytes(self, sealed: bytes) -> bytes:
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        return self._text_cipher.decrypt(body, [nonce])[1:]

    def digest(self, purpose: str, number: int | str) -> bytes:
        return hmac.digest(self._token_secret, f"{purpose}:{number}".encode(), "sha256")

    def tokens(self, purpose: str, number: int) -> Iterator[str]:
        """The tokens for this, up to the first without a sign at either end, which mail programs would cut off."""
        for attempt in count():
            digest = self.digest(purpose, f"{number}:{attempt}" if attempt else f"{number}")
            token = base64.urlsafe_b64encode(digest[:_TOKEN_BYTES]).decode()
            yield token
            if token == token.strip("-_"):
                return


class Keys:
    """Seals and opens. Several keys may be known; the newest seals, each opens what it sealed."""

    def __init__(self, secrets_by_number: Mapping[int, bytes]) -> None:
        self._keys = {number: _Key(number, secrets_by_number[number]) for number in sorted(secrets_by_number)[::-1]}
        self._newest = next(iter(self._keys.values()))

    def __repr__(self) -> str:
        return f"Keys({', '.join(map(str, self._keys))})"

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the keys, newest first."""
        return tuple(self._keys)

    @property
    def sealing(self) -> int:
        """The number of the key that seals."""
        return self._newest.number

    def sealing_with(self, number: int) -> Keys:
        """The same keys, of which this one seals: a newer one is not in use yet."""
        other = Keys.__new__(Keys)
        other._keys, other._newest = self._keys, self._keys[number]  # noqa: SLF001 - one of us
        return other

    def seal_address(self, address: Address) -> bytes:
        """Seal an address: always the same for the same address and key, so that it is found by equality."""
        return self._newest.seal_address(address)

    def open_address(self, sealed: bytes) -> Address:
        """The address; raises StorageError if no key here sealed it."""
        try:
            return self._key_of(sealed).open_address(sealed)
        except (InvalidTag, ValueError):
            raise _not_ours() from None

    def seal_id(self, plain: int) -> bytes:
        """Seal the number of an account of Telegram: 25 bytes."""
        return self.seal_address(Address.of_number(plain))

    def all_seals(self, plain: int) -> list[bytes]:
        """The number under every key, newest first: to find it while a rotation is not yet done."""
        return [key.seal_address(Address.of_number(plain)) for key in self._keys.values()]

    def open_id(self, sealed: bytes) -> int:
        """The number of an account of Telegram; raises StorageError if no key here sealed it, or it is no number."""
        try:
            return self.open_address(sealed).number
        except ValueError:
            raise _not_ours() from None

    def seal_text(self, plain: str) -> bytes:
        """Seal what a person typed; twice the same text gives two different results."""
        return self.seal_bytes(plain.encode())

    def open_text(self, sealed: bytes) -> str:
        """The text; raises StorageError if no key here sealed it."""
        try:
            return self.open_bytes(sealed).decode()
        except ValueError:
            raise _not_ours() from None

    def mark(self, plain: bytes) -> bytes:
        """Seal what nobody could guess, or anybody may know, so that it can be found: twice the same gives the same."""
        return self._newest.seal_bytes(plain, bytes(_NONCE_BYTES))

    def all_marks(self, plain: bytes) -> list[bytes]:
        """The mark under every key, the newest first."""
        return [key.seal_bytes(plain, bytes(_NONCE_BYTES)) for key in self._keys.values()]

    def seal_anew(self, sealed: bytes) -> bytes:
        """The same bytes under the newest key; a mark stays one that can be found."""
        return self._newest.seal_bytes(self.open_bytes(sealed), sealed[1 : 1 + _NONCE_BYTES])

    def seal_bytes(self, plain: bytes) -> bytes:
        """Seal what a person said or sent."""
        return self._newest.seal_bytes(plain)

    def open_bytes(self, sealed: bytes) -> bytes:
        """The bytes; raises StorageError if no key here sealed them."""
        try:
            return self._key_of(sealed).open_bytes(sealed)
        except (InvalidTag, ValueError):
            raise _not_ours() from None

    def token(self, purpose: str, number: int) -> str:
        """What stands in the link of invitation `number`: 24 characters A–Z a–z 0–9 _ -, always the same.

        It begins and ends with a letter or a digit.
        """
        return list(self._newest.tokens(purpose, number))[-1]

    def all_tokens(self, purpose: str, number: int) -> list[str]:
        """Every token that a link may have, the newest key first.

        A link made before a rotation, or when tokens still ended with any character, is the one whose hash is stored.
        """
        return [token for key in self._keys.values() for token in list(key.tokens(purpose, number))[::-1]]

    def digest(self, purpose: str, number: int) -> bytes:
        """32 bytes that nobody could guess, always the same for this."""
        return self._newest.digest(purpose, number)

    def all_digests(self, purpose: str, number: int) -> list[bytes]:
        """The same under every key, the newest first."""
        return [key.digest(purpose, number) for key in self._keys.values()]

    @staticmethod
    def token_hash(token: str) -> bytes:
        """What is stored of a token. One round is enough, because tokens are long and random."""
        return hashlib.sha256(token.encode()).digest()

    def _key_of(self, sealed: bytes) -> _Key:
        key = self._keys.get(sealed[0]) if sealed else None
        if key is None:
            raise _not_ours()
        return key


def create_key_file(path: Path) -> None:
    """Write a new key file that only its owner can read; raises StorageError if there is one."""
    try:
        _write_new(path, _HEADER + _new_line(1))
    except FileExistsError:
        raise StorageError(f"There is a key file at {path} already; it is never overwritten.") from None
    except OSError as problem:
        raise StorageError(f"The key file {path} cannot be written: {problem.strerror}.") from None


def add_key(path: Path) -> int:
    """Put a new key before the others in the file; gives its number. `storage.secrets.rotation` brings it to use."""
    known = _read_secrets(path)
    number = max(known) + 1
    lines = path.read_text("ascii").splitlines(keepends=True)
    place = next(index for index, line in enumerate(lines) if _LINE.match(line))
    beside = path.with_name(path.name + ".new")
    try:
        beside.unlink(missing_ok=True)  # of one that was cut off
        _write_new(beside, "".join([*lines[:place], _new_line(number), *lines[place:]]))
        beside.replace(path)
    except OSError as problem:
        raise StorageError(f"The key file {path} cannot be written: {problem.strerror}.") from None
    return number


def load_keys(path: Path) -> Keys:
    """Read the key file; raises StorageError with one sentence if it is missing, open to others or damaged."""
    return Keys(_read_secrets(path))


def require_fitting(connection: Connection, keys: Keys) -> set[int]:
    """See that these keys belong to this database; gives the numbers of those that it knows.

    Raises StorageError if one is wrong, or if one is missing with which something is sealed.
    """
    known = {row.key_id: row.check_sealed for row in connection.execute(_KEYS)}
    missing = sorted(known.keys() - set(keys.numbers))
    if missing:
        raise StorageError(f"The key file lacks key {missing[0]}, with which this database is sealed.")
    for check in known.values():
        keys.open_text(check)
    return set(known)


def in_use(connection: Connection, keys: Keys) -> Keys:
    """The keys, of which that one seals with which the database is sealed, though the file may hold a newer one.

    Others may work on the database who know the newer one not yet: only `storage.secrets.rotation` brings it to use.
    """
    known = require_fitting(connection, keys)
    if known:
        return keys.sealing_with(max(known))
    check_keys(connection, keys)
    return keys


def check_keys(connection: Connection, keys: Keys) -> None:
    """`require_fitting`, and remember the newest key where it is new to the database."""
    if keys.numbers[0] not in require_fitting(connection, keys):
        _add_key(connection, {"key_id": keys.numbers[0], "check_sealed": keys.seal_text(_CHECK)})


def is_sealed(connection: Connection) -> bool:
    """Whether anything in this database is sealed, so that a new key would not open it."""
    return connection.execute(_KEYS).first() is not None


def _derive(secret: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=b"povezujejo " + purpose).derive(secret)


def _not_ours() -> StorageError:
    return StorageError("The key file does not belong to this database: it cannot open what is sealed there.")


def _new_line(number: int) -> str:
    return f"{number} {base64.urlsafe_b64encode(secrets.token_bytes(_SECRET_BYTES)).decode().rstrip('=')}\n"


def _write_new(path: Path, content: str) -> None:
    """Write a file that only its owner can read; where the disk has no room for it, nothing stays."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "w", encoding="ascii") as file:  # noqa: PTH123 - a path cannot be opened with a mode
            file.write(content)
            file.flush()
            os.fsync(descriptor)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _read_secrets(path: Path) -> dict[int, bytes]:
    try:
        content = path.read_text("ascii")
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise StorageError(f"There is no key file at {path}. {_NO_KEY}") from None
    except (OSError, UnicodeDecodeError):
        raise StorageError(f"The key file {path} cannot be read.") from None
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise StorageError(f"Others can read the key file {path}. Close it with: chmod 600 {path}")
    lines = [line.strip() for line in content.splitlines()]
    found = [_LINE.fullmatch(line) for line in lines if line and not line.startswith("#")]
    secrets_by_number = {int(line[1]): _secret(line[2]) for line in found if line}
    if not found or len(secrets_by_number) != len(found) or not all(0 < one < 256 for one in secrets_by_number):  # noqa: PLR2004
        raise StorageError(f"The key file {path} is damaged: each line must hold a number and its key.")
    return secrets_by_number


def _secret(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=")
