"""Copies for the eyes of whoever has an identity of age alone (age-encryption.org). Knows nothing of our own keys."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyrage

from storage.engine.errors import RequestRefused, StorageError

MAGIC = b"age-encryption.org/"
_SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how such a line begins
_SSH = b"-----BEGIN "


def read_recipient(text: str) -> Any:
    """To whom a copy may be encrypted: ``age1…`` or a public key of SSH; raises ValueError for anything else."""
    try:
        return (
            pyrage.ssh.Recipient.from_str(text) if text.startswith("ssh-") else pyrage.x25519.Recipient.from_str(text)
        )
    except pyrage.RecipientError:
        raise ValueError('write recipients of age, such as "age1…" or "ssh-ed25519 …"') from None


def encrypt(plain: Path, sealed: Path, recipients: Sequence[str]) -> None:
    """Write the content of `plain` into the file `sealed`, for each of these alone."""
    try:
        pyrage.encrypt_file(str(plain), str(sealed), [read_recipient(one) for one in recipients])
    except pyrage.EncryptError as problem:
        raise StorageError(f"{sealed} cannot be written: {problem}.") from None


def decrypt(sealed: Path, plain: Path, identity: Path | None) -> None:
    """Write what was encrypted into the file `plain`; raises StorageError where this identity does not open it."""
    if identity is None:
        raise RequestRefused(f"{sealed} is encrypted: name the file with your identity of age by --identity.")
    identities = _identities(identity)
    try:
        pyrage.decrypt_file(str(sealed), str(plain), identities)
    except pyrage.DecryptError:
        raise RequestRefused(f"{sealed} is not encrypted to the identity in {identity}.") from None
    except OSError as problem:
        said = f"{plain} cannot be written: {problem.strerror}" if problem.errno else f"{sealed} is damaged"
        raise StorageError(f"{said}.") from None


def _identities(file: Path) -> list[Any]:
    """Those in a file that age-keygen wrote, or a private key of SSH without a password."""
    try:
        content = file.read_bytes()
        if content.startswith(_SSH):
            return [pyrage.ssh.Identity.from_buffer(content)]
        lines = [line.strip() for line in content.decode().splitlines()]
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line.startswith(_SECRET)]
    except OSError as problem:
        raise RequestRefused(f"The identity {file} cannot be read: {problem.strerror}.") from None
    except (UnicodeDecodeError, pyrage.IdentityError):
        found = []
    if not found:
        raise RequestRefused(f"There is no identity of age in {file}: it holds a line AGE-SECRET-KEY-….")
    return found
