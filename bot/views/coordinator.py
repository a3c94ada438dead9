"""The cards of coordinators. Draws none."""

from __future__ import annotations

from datetime import date

from bot.actions.choices import Purpose, ReportKind
from bot.conversation.declared import Rest, view
from storage.schema import PagePart, PagePicture

# Cohorts


@view
def new_group() -> None:
    """Of which programme a new cohort is, and for whom."""


@view
def group_of(draft: Rest) -> None:
    """What is known of a new cohort: `bot.coordinator.cohort_draft`."""


@view
def dates(cohort: int) -> None:
    """New dates are to be typed."""


@view
def redate(cohort: int, start: date, end: date) -> None:
    """What new dates do."""


@view
def one_day(cohort: int, day: date) -> None:
    """Which of both is it?."""


@view
def rename(cohort: int) -> None:
    """A new name is to be typed."""


@view
def renaming(cohort: int, name: Rest) -> None:
    """The new name."""


@view
def removing(cohort: int) -> None:
    """Whether it is to be removed."""


@view
def closing(cohort: int) -> None:
    """What ending a cohort does."""


# Reports and data


@view
def libraries(purpose: Purpose, page: int = 1) -> None:
    """All libraries."""


@view
def library(purpose: Purpose, code: str) -> None:
    """The programmes of a library."""


@view
def week(subject: str) -> None:
    """The weeks of a programme, of a library, or of all of them."""


@view
def what(programme: str) -> None:
    """What there is to be told of a programme's impact."""


@view
def compared(programme: str, page: int = 1) -> None:
    """The cohorts of a programme."""


@view
def form(kind: ReportKind, subject: str, extra: str) -> None:
    """The forms of a report."""


@view
def export(programme: str) -> None:
    """The forms of data."""


@view
def state() -> None:
    """/stanje."""


# The library's page


@view
def page(library: str) -> None:
    """All that a library says of itself."""


@view
def page_part(library: str, part: PagePart, programme: str) -> None:
    """A part is to be typed."""


@view
def page_picture(library: str, picture: PagePicture) -> None:
    """A picture is to be sent."""


@view
def page_unpicture(library: str, picture: PagePicture) -> None:
    """Whether a picture is to go."""


@view
def page_cost(programme: str, year: int) -> None:
    """What a programme took in a year is to be typed."""


# Stories, and what was learned


@view
def stories(page: int = 1) -> None:
    """All stories."""


@view
def story(story: int) -> None:
    """One story."""


@view
def edit_story(story: int) -> None:
    """A copy for publication is to be typed."""


@view
def all_feedback(page: int = 1, cohort: int | None = None) -> None:
    """The closed questionnaires."""


@view
def feedback(cohort: int, wave: str) -> None:
    """One closed questionnaire."""


@view
def write_feedback(cohort: int, wave: str) -> None:
    """What was learned is to be typed."""
