"""Sentences, amounts and moments in the reader's language, for all three processes.

English stands in the code; one .po file per language stands here, and dropping in another is all it
takes to add one. Nothing is compiled. What comes out is plain text, never markup: who puts it on a
page escapes it there.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, get_datetime_format
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import parse_pattern

from hub.domain.base import Millis, Money, Refusal, Words

SOURCE: Final = "en"
"""The language of the code."""
FOLDER: Final = Path(__file__).parent
FINEST_MONEY: Final = 6
"""Decimal places of an amount at most; each one more is written out, so that a million would fill the memory."""


class Catalogue:
    """The translations of every language this hub speaks.

    A language is a tag like "es" or "pt-BR". One the hub does not speak is answered by its kin ("es"
    for "es-MX"), else in English; so is a sentence not translated yet.
    """

    @classmethod
    def load(cls, default: str = SOURCE, folder: Path = FOLDER) -> Catalogue:
        """Read every .po file of the folder. `default` is the hub's own language, where it is known."""
        return cls({path.stem: _read(path) for path in sorted(folder.glob("*.po"))}, default)

    def __init__(self, translations: dict[str, NullTranslations], default: str = SOURCE) -> None:
        self._translations = {SOURCE: NullTranslations(), **translations}
        self._default = default

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Tag and own name of each language, English first: [("en", "English"), ("es", "Español")]."""
        return [(tag, own_name(tag)) for tag in self._translations]

    # Sentences

    def say(self, language: str, message: str, /, **parameters: str | int) -> str:
        """A sentence in a language, its {places} filled."""
        translated = self._of(language).gettext(message) if message else ""
        return _fill(translated, message, parameters)

    def count(self, language: str, one: str, many: str, n: int, /, **parameters: str | int) -> str:
        """A sentence about a number: `count("en", "One place is left.", "{n} places are left.", 3)`."""
        translated = self._of(language).ngettext(one, many, n)
        return _fill(translated, one if n == 1 else many, {"n": n, **parameters})

    def refusal(self, language: str, refusal: Refusal) -> str:
        """The rules' no in a language."""
        return self.say(language, refusal.message, **refusal.parameters)

    def pick(self, language: str, words: Words, default: str = "") -> tuple[str, str]:
        """What a person typed, as near as can be: (text, the language it is in).

        The language asked for or its kin, else `default` (the hub's own), else English, else the
        first there is. ("", language) when the words were taken back. The second is what a page
        writes as `lang`.
        """
        for asked in (language, default or self._default, SOURCE):
            for tag in (asked, _base(asked), *(tag for tag in words if _base(tag) == _base(asked))):
                if tag in words:
                    return words[tag], tag
        return next(((text, tag) for tag, text in words.items()), ("", language))

    def negotiate(self, accept_language: str, default: str = "") -> str:
        """The best language for a browser's Accept-Language header; `default` when none fits."""
        for tag in _wanted(accept_language):
            known = self._known(tag)
            if known:
                return known
        return self._known(default or self._default) or SOURCE

    # Amounts and moments

    def money(self, language: str, money: Money) -> str:
        """An amount, exact, with all its decimal places: "€12.50", "12,50 €".

        Raises ValueError for money counted finer than any is.
        """
        if not 0 <= money.exponent <= FINEST_MONEY:
            raise ValueError(f"no money has {money.exponent} decimal places")
        locale = _locale(language)
        pattern = parse_pattern(locale.currency_formats["standard"].pattern)
        pattern.frac_prec = (money.exponent, money.exponent)
        digits = tuple(int(digit) for digit in str(abs(money.minor)))
        amount = Decimal((int(money.minor < 0), digits, -money.exponent))
        shown = _printable(pattern.apply(amount, locale, currency=money.currency, currency_digits=False))
        return re.sub(r"(?<=[^\W\d_])(?=\d)", "\u00a0", shown)  # KWD 1.005, not KWD1.005

    def moment(self, language: str, moment: Millis, zone: tzinfo) -> str:
        """Day and time: "lunes, 23 de noviembre de 2026, 18:30"."""
        joined: str = str(get_datetime_format("medium", _locale(language)))
        day, time = self.day(language, moment, zone), self.time(language, moment, zone)
        return joined.replace("{1}", day).replace("{0}", time)

    def day(self, language: str, moment: Millis, zone: tzinfo) -> str:
        """The day, with its name and its year."""
        return _printable(format_date(_local(moment, zone).date(), "full", _locale(language)))

    def short_day(self, language: str, moment: Millis, zone: tzinfo) -> str:
        """A day of these weeks, for a list: "lun, 23 nov"."""
        return _printable(format_skeleton("MMMEd", _local(moment, zone).date(), locale=_locale(language)))

    def month(self, language: str, moment: Millis, zone: tzinfo) -> str:
        """The month and its year: "noviembre de 2026"."""
        return _printable(format_skeleton("yMMMM", _local(moment, zone).date(), locale=_locale(language)))

    def time(self, language: str, moment: Millis, zone: tzinfo) -> str:
        """Hours and minutes, as the language counts them."""
        return _printable(format_time(_local(moment, zone).time(), "short", locale=_locale(language)))

    def is_rtl(self, language: str) -> bool:
        """Whether the language is written from right to left."""
        return is_rtl(language)

    def _known(self, language: str) -> str:
        return next((tag for tag in (language, _base(language)) if tag in self._translations), "")

    def _of(self, language: str) -> NullTranslations:
        return self._translations[self._known(language) or SOURCE]


def own_name(language: str) -> str:
    """What a language calls itself, "Español"; the tag where nobody knows."""
    try:
        name = Locale.parse(language, sep="-").get_display_name() or language
    except (UnknownLocaleError, ValueError):
        return language
    return name[:1].upper() + name[1:]


def is_rtl(language: str) -> bool:
    """Whether a language is written from right to left; any language, not only those spoken here."""
    return _locale(language).character_order == "right-to-left"


def _read(path: Path) -> NullTranslations:
    """One .po file. What is marked fuzzy is a guess, and left out."""
    with path.open("rb") as source:
        catalog = read_po(source, locale=path.stem.replace("-", "_"), ignore_obsolete=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _fill(translated: str, message: str, parameters: dict[str, str | int]) -> str:
    """A translation whose places do not fit gives way to the English sentence."""
    try:
        return translated.format(**parameters)
    except (LookupError, ValueError, AttributeError):
        return message.format(**parameters)


def _base(language: str) -> str:
    return language.partition("-")[0]


def _wanted(accept_language: str) -> list[str]:
    """The tags of an Accept-Language header (RFC 9110, 12.5.4), best first, as we write tags."""
    weighed: list[tuple[float, str]] = []
    for part in accept_language.split(",")[:20]:
        tag, _, weight = part.partition(";")
        head, _, rest = tag.strip().partition("-")
        weighed.append((_weight(weight), f"{head.lower()}-{rest.upper()}" if rest else head.lower()))
    return [tag for weight, tag in sorted(weighed, key=lambda each: -each[0]) if weight > 0]


def _weight(text: str) -> float:
    name, _, value = text.strip().partition("=")
    try:
        return min(max(float(value), 0.0), 1.0) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


def _locale(language: str) -> Locale:
    """The nearest of Unicode's locales; English where there is none."""
    for tag in (language, _base(language)):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale(SOURCE)


def _local(moment: Millis, zone: tzinfo) -> datetime:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=moment)).astimezone(zone)


def _printable(text: str) -> str:
    """Unicode's narrow no-break space, which many fonts and all receipt printers lack, made wider."""
    return text.replace("\u202f", "\u00a0")
