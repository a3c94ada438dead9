"""Cards of librarians who help people to answer. Names and arguments stand in databases, so they stay as they are."""

from __future__ import annotations

from datetime import date

from bot.conversation.declared import view


@view
def ask_assist() -> None:
    """/izpolni asks for a code."""


@view
def key_of() -> None:
    """The question whose sheets are to be typed in."""


@view
def key(enrolment_id: int) -> None:
    """The questionnaires of a person that may be typed in."""


@view
def key_day(occasion_id: int, revision: int = 0) -> None:
    """The question for the day on the sheets. `revision`: up to which revision of other answers it may replace them."""


@view
def key_instead(occasion_id: int) -> None:
    """Something was answered already: the question whether the sheet is to hold."""


@view
def second(response_id: int, index: int | None = None) -> None:
    """The second entry: a question, or the summary, the next difference, that there is none."""


@view
def differences(cohort_id: int, page: int = 1) -> None:
    """Whose questionnaires were typed in two ways."""


@view
def papers(cohort_id: int, enrolment_id: int) -> None:
    """The waves to be printed, for a person or for everybody (0)."""


@view
def kiosk_start(number: int) -> None:
    """What a kiosk is, and the number that ends it."""


@view
def kiosk() -> None:
    """The question for a code."""


@view
def kiosk_thanks(response_id: int) -> None:
    """After »Oddaj odgovore«."""


@view
def kiosk_consent(enrolment_id: int, times: int = 0) -> None:
    """The text of consent. `times`: how often it was heard."""


@view
def consent(enrolment_id: int, language: str = "") -> None:
    """The text of consent that is read aloud, or was signed; "" is the person's own language."""


@view
def forms(slug: str = "", audience: int = 0) -> None:
    """Forms for consent: of which programme, or in which language and by whom."""


@view
def record(slug: str = "", wave: int | None = None, language: str = "", number: int = 0) -> None:
    """What is read aloud: a programme, a questionnaire, a language, or a question, as far as it is chosen."""


@view
def drop_recording(slug: str, wave: int, language: str, number: int, recording_id: int) -> None:
    """The question whether a recording is to be deleted."""


@view
def voices(page: int = 1) -> None:
    """Answers that were spoken."""


@view
def voice(voice_id: int) -> None:
    """One of them."""


@view
def preview(slug: str = "", wave: int | None = None, item: int = 0) -> None:
    """A questionnaire as it is asked: a programme, or a question of a wave, by their places."""


@view
def calendar(page: int = 1) -> None:
    """The cohorts whose messages can be seen."""


@view
def messages(cohort_id: int) -> None:
    """The messages of a cohort."""


@view
def calendar_programme() -> None:
    """The programmes, for two dates."""


@view
def calendar_dates(slug: str, place: int) -> None:
    """Two dates are to be typed."""


@view
def messages_of(slug: str, place: int, start: date, end: date) -> None:
    """The messages between two dates."""


@view
def staff_help(topic: int | None = None) -> None:
    """The manual by topics, or one of them."""
