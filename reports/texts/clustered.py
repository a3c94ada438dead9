"""The words about people of one group, who resemble each other."""

from __future__ import annotations

from surveys.locale_sl import between, counted

TITLE = "Sprememba, če upoštevamo skupine"
CHANGE = "Povprečna sprememba (CR2)"
METHOD = (
    "Interval CR2 upošteva, da so si ljudje iz iste skupine podobni (pristranskost popravljena po Bellu in "
    "McCaffreyju, prostostne stopnje po Satterthwaitu); naveden je od 5 skupin in 4 prostostnih stopenj naprej."
)
ONE = "Vsi ti ljudje so iz ene skupine; kako bi bilo v drugih skupinah, iz tega ne sledi."
_OTHERS = "Drugi razponi tega ne upoštevajo in so verjetno preozki."
_ALIKE = "Ljudje iz iste skupine so si podobni."


def _groups(n: int) -> str:
    return counted(n, "skupina", "skupini", "skupine", "skupin")


def too_few(groups: int) -> str:
    """Too few groups to allow for them."""
    return (
        f"{_ALIKE} Skupin, iz katerih so odgovori, je premalo ({_groups(groups)}), da bi podobnost upoštevali, "
        "zato je vsak razpon v tem poročilu verjetno preozek."
    )


def hidden(groups: int) -> str:
    """Enough groups, but the interval would tell too much."""
    return (
        f"{_ALIKE} Razpona, ki to upošteva ({_groups(groups)}), ne povemo, ker bi iz njega lahko sledilo, kaj je kdo "
        "odgovoril."
    )


def told(groups: int, ends: tuple[float, float], label: str) -> str:
    """The interval of the change in an indicator, and whether with it the change may be chance."""
    low, high = ends
    chance = "; tako gledano je sprememba lahko tudi naključna" if low < 0 < high else ""
    begun = f"{_ALIKE} Če to upoštevamo ({_groups(groups)}), je razpon spremembe ({label})"
    return f"{begun} {between(low, high, 1)}{chance}. {_OTHERS}"
