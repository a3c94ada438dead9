"""Questions as somebody outside writes them, on paper: room for what is asked, and typed in from there."""

import io
from datetime import date

import pypdf
from plugins.authored import asking

from bot.texts import languages
from bot.worker.printing.questionnaire import Paper, Papers, as_pdf
from surveys.locale_sl import NO_BREAK
from tests.bot.participant.test_authored_questions import QUANTITIES, SECTIONS


def sheet(programme):
    """The words of the sheets."""
    words = languages.words("sl")
    paper = Paper("BRE-7F3K2", "https://t.me/b?start=x", programme.questionnaires[0], words.NON_ANSWERS, "")
    pdf = as_pdf(Papers(programme.library, programme.group, (paper,), date(2026, 3, 2)))
    pages = [page.extract_text().replace(NO_BREAK, " ") for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    return " ".join(" ".join(pages).split())


def test_a_sheet_says_how_numbers_and_dates_are_written(programmes, tmp_path):
    many, early = '{ item = "hours", is = "gt", value = 2.5 }', '{ item = "since", is = "lt", value = 2020-01-31 }'
    rule = f"when = {{ any = [{many}, {early}] }}\n"
    said = sheet(asking(programmes["brezice-racunalnik"], tmp_path, QUANTITIES + rule))
    for words in (
        "2. Koliko ur na dan berete? Vpišite število. Lahko ima decimalke.",
        "3. Kdaj ste se vpisali? Vpišite dan, mesec in leto.",
        "4. Katerega leta ste rojeni? Vpišite leto.",
        "napisali več kot 2,5 ali ste pri 3. vprašanju napisali manj kot 31. 1. 2020",
    ):
        assert words in said


def test_a_sheet_has_headings_limits_and_who_answers(programmes, tmp_path):
    said = sheet(asking(programmes["brezice-racunalnik"], tmp_path, SECTIONS))
    only = "Odgovorite samo, če ste pri 1. vprašanju izbrali »dobro«."
    limits = "Označite dva odgovora. Če označite »nič od tega«, ne označite nič drugega."
    assert f"O branju {only} 2. Kaj radi berete? {limits}" in said
    assert said.count("O branju") == 1
    assert said.count(only) == 3
    assert "in ste pri 2. vprašanju izbrali »drugo«. 3. Kaj drugega radi berete?" in said
