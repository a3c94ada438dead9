"""What the pages in the browser need beside what every channel needs: who is signed in, and what is shown once."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table, text

from storage.schema.naming import metadata
from storage.types import Moment

web_session = Table(  # a browser that shows a chat
    "web_session",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("chat", LargeBinary, nullable=False, index=True),  # sealed address: of the web, or of another channel
    Column("own_device", Boolean(create_constraint=True, name="own_device"), nullable=False),
    Column("without_pin", Boolean(create_constraint=True, name="without_pin"), nullable=False,
           server_default=text("false")),  # whoever is there wants no digits
    Column("begun_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),  # moved on while the browser is used
)  # fmt: skip

web_login = Table(  # a link that opens a chat in the browser, once
    "web_login",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("chat", LargeBinary, nullable=False, index=True),
    Column("expires_at", Moment, nullable=False),
)

web_pin = Table(  # the digits by which somebody comes back on another device
    "web_pin",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("chat", LargeBinary, nullable=False, unique=True),
    Column("pin_sealed", LargeBinary, nullable=False),
    Column("wrong", Integer, nullable=False, server_default="0"),  # how often in a row other digits were given
    Column("chosen_at", Moment, nullable=False),
)

web_message = Table(  # what is said beside a card: a sentence, a picture, a file
    "web_message",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("chat", LargeBinary, nullable=False, index=True),
    Column("revision", Integer),  # of the card beside which it stands; null: until it is forgotten
    Column("text_sealed", LargeBinary, nullable=False),
    Column("media", String(16)),  # picture, document, voice
    Column("name_sealed", LargeBinary),  # of the file
    Column("data_sealed", LargeBinary),  # its content
    Column("attachment", ForeignKey("attachment.id")),  # or where it is: a recording
    Column("said_at", Moment, nullable=False),
)

web_upload = Table(  # a file that was sent in the browser, until it is fetched
    "web_upload",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(32), nullable=False, unique=True),  # by which an attachment names it
    Column("data_sealed", LargeBinary, nullable=False),
    Column("received_at", Moment, nullable=False),
)

email_address = Table(  # where somebody of a chat wishes to be written to, once they have said so by its link
    "email_address",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("chat", LargeBinary, nullable=False, unique=True),
    Column("address_sealed", LargeBinary, nullable=False),
    Column("token_hash", LargeBinary, nullable=False, unique=True),  # of its links: to confirm it, to end it
    Column("token_sealed", LargeBinary, nullable=False),
    Column("language", String(16), nullable=False),  # in which the consent was read, and is written to
    Column("text_version", String(32), nullable=False),  # of the consent
    Column("text_hash", String(64), nullable=False),  # SHA-256 of its words
    Column("asked_at", Moment, nullable=False),
    Column("mailed_at", Moment),  # the mail with its link was begun; null: it waits
    Column("confirmed_at", Moment),
    Column("refused_at", Moment),  # its server knows nobody there
)
