"""The catalogue bound to one reader: their language, the hub's own language, the hub's clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from hub.domain.base import Millis, Money, Refusal, Words
from hub.words import Catalogue


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

    def month(self, moment: Millis) -> str:
        """A month and its year by the hub's clock."""
        return self.catalogue.month(self.language, moment, ZoneInfo(self.zone))

    def time(self, moment: Millis) -> str:
        """A time of day by the hub's clock."""
        return self.catalogue.time(self.language, moment, ZoneInfo(self.zone))
