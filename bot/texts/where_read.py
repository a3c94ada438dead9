"""What texts about people's data say otherwise in a browser than in Telegram: who may answer, what is kept and how."""

from __future__ import annotations

from typing import ClassVar

from storage.secrets.addresses import TELEGRAM


class WhereRead:
    """In Slovenian."""

    MAY_ANSWER = "• Odgovarja lahko, kdor ima vsaj 15 let."
    ADULTS_ANSWER = "• Odgovarja odrasla oseba skupaj z otrokom."
    IN_A_BROWSER: ClassVar[tuple[tuple[str, str], ...]] = (
        ("• Za pogovor v Telegramu je treba imeti vsaj 18 let.", MAY_ANSWER),
        (
            (
                "Vaše odgovore pod šifro in številko vašega računa Telegram. Številka je šifrirana, "
                "ključ ni v isti zbirki. Imena, vzdevka in slike iz Telegrama ne shranimo."
            ),
            (
                "Vaše odgovore pod šifro. Vašega imena ne shranimo. Naprava si zapomni ključ do vaše strani. "
                "E-poštni naslov shranimo šifriran in samo, če ga vpišete."
            ),
        ),
        (
            "Sporočila potujejo po Telegramu, za katerega veljajo njegova pravila.",
            "Odgovori potujejo šifrirani naravnost v knjižnico.",
        ),
    )

    def read_in(self, channel: str, text: str, *, of_child: bool = False) -> str:
        """A text about people's data as it holds where they answer; `of_child`: an adult answers for one."""
        if channel == TELEGRAM:
            return text
        for in_chat, in_browser in self.IN_A_BROWSER:
            text = text.replace(in_chat, in_browser)
        return text.replace(self.MAY_ANSWER, self.ADULTS_ANSWER) if of_child else text
