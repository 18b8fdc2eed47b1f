"""The catalogue bound to one reader: their language, the hub's own language, the hub's clock."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from hub.domain.base import Millis, Money, Refusal, Words
from hub.words import Catalogue

RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
FROM_LEFT: Final = "\N{LEFT-TO-RIGHT MARK}"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says things in one language. `zone` is the hub's IANA time zone, `default` its first language."""

    catalogue: Catalogue
    language: str
    default: str = "en"
    zone: str = "UTC"

    @property
    def rtl(self) -> bool:
        """Whether the language runs from right to left."""
        return self.catalogue.is_rtl(self.language)

    def say(self, message: str, /, **parameters: str | int) -> str:
        """A marked sentence in this language, its places filled."""
        return self.catalogue.say(self.language, message, **parameters)

    def count(self, one: str, many: str, n: int, /, **parameters: str | int) -> str:
        """A sentence for a number of things; `{n}` is the number."""
        return self.catalogue.count(self.language, one, many, n, **parameters)

    def refusal(self, refusal: Refusal) -> str:
        """The rules' no, in this language."""
        return self.catalogue.refusal(self.language, refusal)

    def exact(self, text: str) -> str:
        """A telephone number or the like within a sentence, which from right to left would be turned round."""
        turned = self.rtl and not any(unicodedata.bidirectional(each) in RIGHT_TO_LEFT for each in text)
        return f"{FROM_LEFT}{text}{FROM_LEFT}" if turned else text

    def pick(self, words: Mapping[str, str]) -> tuple[str, str]:
        """A person's words in the best language there is, and which one that is."""
        return self.catalogue.pick(self.language, Words(dict(words)), self.default)

    def money(self, money: Money) -> str:
        """An amount as it is written here."""
        return self.catalogue.money(self.language, money)

    def moment(self, moment: Millis) -> str:
        """A day and a time of day by the hub's clock."""
        return self.catalogue.moment(self.language, moment, ZoneInfo(self.zone))

    def day(self, moment: Millis) -> str:
        """A day by the hub's clock."""
        return self.catalogue.day(self.language, moment, ZoneInfo(self.zone))

    def short_day(self, moment: Millis) -> str:
        """A day of these weeks, for a list: its name and its date, without the year."""
        return self.catalogue.short_day(self.language, moment, ZoneInfo(self.zone))

    def short_moment(self, moment: Millis) -> str:
        """A day of these weeks and a time of day, for a list."""
        return f"{self.short_day(moment)} · {self.time(moment)}"

    def month(self, moment: Millis) -> str:
        """A month and its year by the hub's clock."""
        return self.catalogue.month(self.language, moment, ZoneInfo(self.zone))

    def time(self, moment: Millis) -> str:
        """A time of day by the hub's clock."""
        return self.catalogue.time(self.language, moment, ZoneInfo(self.zone))
