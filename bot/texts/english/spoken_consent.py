"""The text of consent that needs no Telegram, in English."""

from __future__ import annotations

from bot.texts.common import safe


def to_adult(library: str, programme: str, lasting: str) -> str:
    """To an adult who answers alone."""
    return (
        f"We are {safe(library)}. We would like to know what the programme “{safe(programme)}” gives people. "
        "So we ask you a few short questions: now and a few times later. "
        f"Each time it takes about {lasting}.\n\n"
        "• We save your answers under a code, without your name.\n"
        "• Only the people who write the answers down and prepare reports see them.\n"
        "• Reports contain only totals.\n"
        "• You answer if you want to. You do not have to answer any question.\n"
        "• You can stop at any time. It is enough to tell us.\n"
        "• You can ask us at any time to delete everything.\n\n"
        "Do you allow us to ask you questions?"
    )


def to_guardian(library: str, programme: str, lasting: str) -> str:
    """To the parent or guardian of a child."""
    return (
        f"We are {safe(library)}. We would like to know what the programme “{safe(programme)}” gives children. "
        "So we ask a few short questions: now and a few times later. "
        f"An adult answers together with the child. Each time it takes about {lasting}.\n\n"
        "• We save the answers under a code, without your child's name.\n"
        "• Only the people who write the answers down and prepare reports see them.\n"
        "• Reports contain only totals.\n"
        "• The child takes part if the child wants to. No question has to be answered.\n"
        "• You can stop at any time. It is enough to tell us.\n"
        "• You can ask us at any time to delete everything.\n\n"
        "Do you, as a parent or guardian, allow your child to take part?"
    )
