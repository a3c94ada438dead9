"""Who answers in a browser reads nothing of Telegram and its age of 18, and the text that they read is the evidence."""

import pytest
from plugins.web_village import run_web_village
from sqlalchemy import select

from bot.consent import text_archive
from bot.texts import languages
from bot.texts.participant import ON_THE_WEB
from storage.schema import ConsentKind, consent
from storage.secrets.addresses import TELEGRAM, WEB

ON_WEB = {one: said for one, said in text_archive.current().items() if one.version.endswith(ON_THE_WEB)}


@pytest.mark.parametrize("key", ON_WEB, ids=lambda key: key.file)
def test_no_text_for_the_web_speaks_of_telegram(key):
    said = ON_WEB[key]
    assert "Telegram" not in said
    assert "18" not in said
    asks = key.kind in {ConsentKind.SELF, ConsentKind.ALOUD}
    assert ("15" in said) is asks


@pytest.mark.parametrize("language", languages.WORDS)
def test_the_privacy_page_says_how_it_is_where_somebody_answers(language):
    words = languages.words(language)
    read = words.read_in(WEB, words.PRIVACY)
    assert "Telegram" not in read
    assert ("štiri številke" in read) or ("four digits" in read)
    assert words.read_in(TELEGRAM, words.PRIVACY) == words.PRIVACY


async def test_the_text_that_was_read_in_the_browser_is_kept_with_the_consent(sqlite_url, tmp_path):
    async with run_web_village(sqlite_url, tmp_path) as village:
        person = village.surfer()
        await person.joins(village.link((await village.enrol(await village.cohort("brezice-racunalnik"))).token))
        assert "15 let" in person.question
        await person.presses("Da")
        version, said = await village.services.database.read(
            lambda c: c.execute(select(consent.c.text_version, consent.c.text_hash)).one()
        )
        assert version.endswith(ON_THE_WEB)
        assert "15 let" in text_archive.text(said)
