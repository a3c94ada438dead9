"""What buttons of coordinators ask for. Holds no use case."""

from __future__ import annotations

from datetime import date

from bot.actions.choices import Cadence, DataForm, DraftPart, Purpose, ReportForm, ReportKind
from bot.conversation.declared import Rest, action
from storage.schema import PagePart, PagePicture
from surveys.days import Cue

# Cohorts


@action
def new_cohort() -> None:
    """»Nova skupina«."""


@action
def choose_for_whom(programme: str, audience: int) -> None:
    """Of which programme a new cohort is, and for whom: the place of the audience among the programme's."""


@action
def settle_days(day_first: bool) -> None:  # noqa: FBT001 - an argument of a button
    """Which day was meant by »1/3/2027«."""


@action
def rewrite_draft(part: DraftPart) -> None:
    """»Drugo ime« or »Druga datuma« of a new cohort."""


@action
def make_cohort() -> None:
    """The new cohort is as it should be."""


@action
def change_dates(cohort: int) -> None:
    """»Spremeni datume«."""


@action
def choose_end(cohort: int, day: date, cue: Cue) -> None:
    """Which of both the typed day is, the first or the last."""


@action
def confirm_dates(cohort: int, start: date, end: date, digest: int) -> None:
    """New dates; `digest`: of what the card shows that they do."""


@action
def rename_cohort(cohort: int) -> None:
    """»Preimenuj«."""


@action
def confirm_name(cohort: int) -> None:
    """The name on the card."""


@action
def remove_cohort(cohort: int) -> None:
    """»Izbriši skupino«."""


@action
def confirm_removal(cohort: int) -> None:
    """It is to be removed."""


@action
def close_cohort(cohort: int) -> None:
    """»Končaj skupino«."""


@action
def confirm_closing(cohort: int) -> None:
    """It is to be ended."""


# Reports and data


@action
def tell_of_weeks(page: int = 1) -> None:
    """Weekly reports: of what; `page` of the libraries."""


@action
def tell_of_impact(page: int = 1) -> None:
    """Reports on impact: of what; `page` of the libraries."""


@action
def export_data(page: int = 1) -> None:
    """Data under codes: of what; `page` of the libraries."""


@action
def choose_library(purpose: Purpose, library: str) -> None:
    """A library, by its code."""


@action
def choose_subject(purpose: Purpose, subject: str) -> None:
    """A programme, by its slug; for a weekly report also a library, by its code, or »national«."""


@action
def choose_cohort(programme: str, page: int = 1) -> None:
    """»Primerjava skupine«: which cohort."""


@action
def choose_form(kind: ReportKind, subject: str, extra: str) -> None:
    """What is to be told is known; `extra`: the week, the month or the cohort."""


@action
def order_report(kind: ReportKind, subject: str, extra: str, form: ReportForm) -> None:
    """The report in this form."""


@action
def order_data(programme: str, form: DataForm) -> None:
    """The data of a programme in this form."""


@action
def send_regularly(cadence: Cadence, wanted: bool) -> None:  # noqa: FBT001 - an argument of a button
    """The work of all libraries is to come by itself, or not any more."""


@action
def show_status() -> None:
    """/stanje."""


# The library's page


@action
def show_page(library: str) -> None:
    """»Podatki za stran za občino«."""


@action
def type_part(library: str, part: PagePart, programme: str) -> None:
    """A part of the page; `programme`: of a description alone."""


@action
def forget_part(library: str, part: PagePart, programme: str) -> None:
    """What was typed of a part goes."""


@action
def send_picture(library: str, picture: PagePicture) -> None:
    """The logo or the photograph."""


@action
def remove_picture(library: str, picture: PagePicture) -> None:
    """It is to go."""


@action
def type_costs(programme: str, year: int) -> None:
    """What a programme took in a year."""


@action
def forget_costs(programme: str, year: int) -> None:
    """What was typed for a year goes."""


# Stories, and what was learned


@action
def show_stories(page: int = 1) -> None:
    """/zgodbe."""


@action
def show_story(story: int) -> None:
    """One story."""


@action
def edit_story(story: int) -> None:
    """»Uredi za objavo«."""


@action
def hear_story(story: int) -> None:
    """»Poslušaj«."""


@action
def approve_story(story: int, revision: int) -> None:
    """»Odobri za objavo«, just what is on the card."""


@action
def decline_story(story: int, revision: int) -> None:
    """»Ne objavi«."""


@action
def show_findings(page: int = 1, cohort: int | None = None) -> None:
    """/izvedeli; those of one cohort from its card."""


@action
def show_finding(cohort: int, wave: str) -> None:
    """One closed questionnaire."""


@action
def write_finding(cohort: int, wave: str) -> None:
    """»Napiši besedilo«, »Spremeni besedilo«."""


@action
def approve_finding(cohort: int, wave: str, revision: int) -> None:
    """»Pošlji skupini«, just what is on the card."""


@action
def stop_finding(cohort: int, wave: str, revision: int) -> None:
    """»Ustavi pošiljanje«."""


# Monday's message


@action
def below(action: Rest) -> None:
    """Another action, whose card comes below the message on which the button stands."""
