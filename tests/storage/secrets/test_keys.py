import asyncio
import os
import re
import resource
import stat
from contextlib import contextmanager
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from storage.engine.errors import StorageError
from storage.schema import keyring
from storage.secrets.addresses import Address
from storage.secrets.keys import Keys, add_key, check_keys, create_key_file, load_keys

SECRET = bytes(range(32))
KEYS = Keys({1: SECRET})
OTHERS = Keys({1: SECRET[::-1]})
NOT_OURS = "The key file does not belong to this database: it cannot open what is sealed there."


def key_file(path, *lines, mode=0o600):
    path.write_text("".join(f"{line}\n" for line in lines))
    path.chmod(mode)
    return path


@given(st.integers(-(2**63), 2**63 - 1))
def test_a_sealed_id_opens_and_is_always_the_same(number):
    sealed = KEYS.seal_id(number)
    assert (KEYS.open_id(sealed), KEYS.seal_id(number), len(sealed)) == (number, sealed, 25)


def test_a_number_of_telegram_is_sealed_as_before_there_were_other_channels():
    assert KEYS.seal_id(7).hex() == "0107cd94f0b7034a85d0956ac25385ef67b22648eaae774b03"
    assert KEYS.open_address(KEYS.seal_id(7)) == Address("telegram", (7).to_bytes(8, "big"))


@given(st.sampled_from(["web", "memory"]), st.binary(min_size=16, max_size=16))
def test_an_address_of_another_channel_opens_and_is_no_number(channel, key):
    sealed = KEYS.seal_address(Address(channel, key))
    assert KEYS.open_address(sealed) == Address(channel, key)
    with pytest.raises(StorageError):
        KEYS.open_id(sealed)


@pytest.mark.parametrize("address", [Address("web", b"1234"), Address("web:1", bytes(16))])
def test_an_address_that_would_be_taken_for_another_one_is_not_sealed(address):
    with pytest.raises(ValueError, match="another one"):
        KEYS.seal_address(address)


@given(st.text())
def test_a_sealed_text_opens_and_never_looks_the_same_twice(words):
    first, second = KEYS.seal_text(words), KEYS.seal_text(words)
    assert KEYS.open_text(first) == KEYS.open_text(second) == words
    assert first != second


def test_what_another_key_sealed_stays_closed():
    for opened in (
        lambda: OTHERS.open_id(KEYS.seal_id(7)),
        lambda: OTHERS.open_text(KEYS.seal_text("zdravo")),
        lambda: KEYS.open_id(b""),
        lambda: KEYS.open_text(b"\1"),
        lambda: KEYS.open_text(b"\2" + KEYS.seal_text("zdravo")[1:]),
        lambda: KEYS.open_text(KEYS.seal_id(7)),
    ):
        with pytest.raises(StorageError, match=f"^{re.escape(NOT_OURS)}$"):
            opened()


def test_a_changed_byte_is_noticed():
    sealed = KEYS.seal_text("zdravo")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(StorageError):
            KEYS.open_text(bytes(changed))


def test_the_newest_key_seals_and_the_older_ones_still_open():
    both = Keys({1: SECRET, 2: SECRET[::-1]})
    assert both.numbers == (2, 1)
    assert both.seal_id(7)[0] == 2
    assert both.open_id(KEYS.seal_id(7)) == 7
    assert both.all_seals(7) == [both.seal_id(7), KEYS.seal_id(7)]
    assert both.all_tokens("staff", 3) == [both.token("staff", 3), KEYS.token("staff", 3)]


@given(st.integers(0, 2**31))
def test_a_token_fits_a_link_and_is_its_own_for_every_purpose_and_number(number):
    token = KEYS.token("participant", number)
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{22}[A-Za-z0-9]", token)
    assert token == KEYS.token("participant", number)
    assert len({token, KEYS.token("staff", number), KEYS.token("participant", number + 1)}) == 3
    assert Keys.token_hash(token) == KEYS.token_hash(token) != KEYS.token_hash(token + "A")


def test_a_link_made_when_tokens_ended_with_any_sign_is_found_again():
    both = Keys({1: SECRET, 2: SECRET[::-1]})
    several = {number: KEYS.all_tokens("participant", number) for number in range(300)}
    made_anew = {number: tokens for number, tokens in several.items() if len(tokens) > 1}
    assert 5 < len(made_anew) < 40
    for number, (token, *earlier) in made_anew.items():
        assert token == KEYS.token("participant", number)
        assert [one.strip("-_") == one for one in earlier] == [False] * len(earlier)
        assert both.all_tokens("participant", number)[-len(several[number]) :] == several[number]


def test_keys_show_nothing_secret():
    assert repr(Keys({1: SECRET, 2: SECRET})) == "Keys(2, 1)"


def test_a_new_key_file_can_be_read_by_its_owner_alone(tmp_path):
    path = tmp_path / "povezujejo.key"
    create_key_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    keys = load_keys(path)
    assert keys.numbers == (1,)
    assert load_keys(path).open_text(keys.seal_text("zdravo")) == "zdravo"


def test_a_key_file_is_never_overwritten(tmp_path):
    path = tmp_path / "povezujejo.key"
    create_key_file(path)
    before = path.read_bytes()
    with pytest.raises(StorageError, match=r"^There is a key file at \S+ already; it is never overwritten\.$"):
        create_key_file(path)
    assert path.read_bytes() == before


def test_a_key_file_that_cannot_be_written_is_said_so(tmp_path):
    with pytest.raises(StorageError, match="cannot be written: No such file or directory"):
        create_key_file(tmp_path / "nowhere" / "povezujejo.key")


def test_an_added_key_becomes_the_newest_and_keeps_the_file_closed(tmp_path):
    path = tmp_path / "povezujejo.key"
    create_key_file(path)
    old = load_keys(path)
    assert add_key(path) == 2
    assert load_keys(path).numbers == (2, 1)
    assert load_keys(path).open_id(old.seal_id(7)) == 7
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_without_room_for_a_key_file_nothing_of_it_stays(tmp_path):
    path = tmp_path / "povezujejo.key"
    with no_room(), pytest.raises(StorageError, match="cannot be written"):
        create_key_file(path)
    assert list(tmp_path.iterdir()) == []
    create_key_file(path)
    with no_room(), pytest.raises(StorageError, match="cannot be written"):
        add_key(path)
    assert (list(tmp_path.iterdir()), load_keys(path).numbers) == ([path], (1,))


@contextmanager
def no_room():
    """No file grows beyond some bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_missing_key_file_is_said_so(tmp_path):
    with pytest.raises(StorageError, match=r"^There is no key file at \S+\. Bring back your copy of it; "):
        load_keys(tmp_path / "povezujejo.key")


def test_what_is_no_key_file_is_said_so(tmp_path):
    (tmp_path / "picture").write_bytes(b"\xff\xd8")
    for path in (tmp_path, tmp_path / "picture"):
        with pytest.raises(StorageError, match=r"^The key file \S+ cannot be read\.$"):
            load_keys(path)


@pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620])
def test_a_key_file_that_is_open_to_others_is_refused(tmp_path, mode):
    path = key_file(tmp_path / "povezujejo.key", "1 " + "A" * 43, mode=mode)
    with pytest.raises(StorageError, match=r"^Others can read the key file (\S+)\. Close it with: chmod 600 \1$"):
        load_keys(path)


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("# nothing",),
        ("1 short",),
        ("1 " + "A" * 44,),
        ("x " + "A" * 43,),
        ("0 " + "A" * 43,),
        ("256 " + "A" * 43,),
        ("1 " + "A" * 43, "1 " + "B" * 43),
        ("1 " + "A" * 43, "garbage"),
    ],
)
def test_a_damaged_key_file_is_refused(tmp_path, lines):
    path = key_file(tmp_path / "povezujejo.key", *lines)
    with pytest.raises(StorageError, match=r"^The key file \S+ is damaged: each line must hold a number and its key\."):
        load_keys(path)


def test_the_keys_that_sealed_a_database_are_known_again(connection):
    for _ in range(2):
        check_keys(connection, KEYS)
    assert connection.execute(select(keyring.c.key_id)).all() == [(1,)]


def test_a_wrong_key_is_refused(connection):
    check_keys(connection, KEYS)
    with pytest.raises(StorageError, match=f"^{re.escape(NOT_OURS)}$"):
        check_keys(connection, OTHERS)


def test_a_key_file_without_a_key_in_use_is_refused(connection):
    check_keys(connection, KEYS)
    with pytest.raises(StorageError, match=r"^The key file lacks key 1, with which this database is sealed\.$"):
        check_keys(connection, Keys({2: SECRET}))


def test_a_key_that_was_added_is_remembered_and_from_then_on_needed(connection):
    check_keys(connection, KEYS)
    check_keys(connection, Keys({1: SECRET, 2: SECRET[::-1]}))
    with pytest.raises(StorageError, match="lacks key 2"):
        check_keys(connection, KEYS)


async def test_processes_that_start_together_remember_a_key_once(database):
    await asyncio.gather(*(database.write(partial(check_keys, keys=KEYS)) for _ in range(8)))
    assert await database.read(lambda connection: connection.execute(select(keyring.c.key_id)).all()) == [(1,)]
