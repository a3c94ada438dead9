"""Texts of consent as tests name them: by a version alone, with a hash of their own."""

import hashlib

from storage.consents import ConsentText
from storage.schema import ConsentKind


def text_read(version="v1", language="sl", kind=ConsentKind.SELF):
    return ConsentText(version, language, kind, hashlib.sha256(f"{version} {language} {kind}".encode()).hexdigest())
