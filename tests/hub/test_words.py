"""Every language says what the code says; what is not translated is said in English, never lost."""

from __future__ import annotations

import io
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.base import Millis, Money, Refusal, Words
from hub.words import FOLDER, Catalogue, is_rtl, own_name, sentences
from hub.words.catalogue import check, extract, faults, main, update
from hub.words.speaker import Speaker

ROOT = FOLDER.parents[1]
EVENING = Millis(1_795_455_000_000)  # 2026-11-23 17:30 UTC
MADRID = ZoneInfo("Europe/Madrid")
BREAD = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "There is no bread."
msgstr "No hay pan."

msgid "{name} brings bread."
msgstr "{name} trae pan."

msgid "One loaf in {place}."
msgid_plural "{n} loaves in {place}."
msgstr[0] "Un pan en {place}."
msgstr[1] "{n} panes en {place}."

#, fuzzy
msgid "Who bakes?"
msgstr "¿Quién cocina?"

msgid "{hands} knead."
msgstr "{manos} amasan."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "es.po").write_text(BREAD, encoding="utf-8")
    (tmp_path / "pt-BR.po").write_text(BREAD.replace("No hay pan", "Não tem pão"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def words(folder: Path) -> Catalogue:
    return Catalogue.load("es", folder)


def test_a_sentence_is_said_in_the_language_or_its_kin_or_english(words: Catalogue) -> None:
    said = {tag: words.say(tag, "There is no bread.") for tag in ("es", "es-MX", "pt-BR", "pt", "en", "qu", "")}
    assert said == {
        "es": "No hay pan.",
        "es-MX": "No hay pan.",
        "pt-BR": "Não tem pão.",
        "pt": "There is no bread.",
        "en": "There is no bread.",
        "qu": "There is no bread.",
        "": "There is no bread.",
    }


def test_places_are_filled_and_what_fills_them_is_left_alone(words: Catalogue) -> None:
    assert words.say("es", "{name} brings bread.", name="<b>{Ana}</b>") == "<b>{Ana}</b> trae pan."


def test_a_place_may_have_any_name(words: Catalogue) -> None:
    unknown = Refusal("", "“{language}” is not a language this hub can name.", language="xx")
    assert words.refusal("es", unknown) == "“xx” is not a language this hub can name."
    assert words.say("es", "{self} {message}", self="a", message="b") == "a b"
    assert words.count("es", "{one} of {many} in {language}", "", 1, one="a", many="b", language="c") == "a of b in c"
    speaker = Speaker(words, "es")
    assert speaker.refusal(unknown) == "“xx” is not a language this hub can name."
    assert speaker.say("{self} {message}", self="a", message="b") == "a b"
    assert speaker.count("", "{one} of {many}", 2, one="a", many="b") == "a of b"


def test_a_guess_a_gap_or_a_broken_translation_gives_way_to_english(words: Catalogue) -> None:
    assert words.say("es", "Who bakes?") == "Who bakes?"
    assert words.say("es", "Nobody said this.") == "Nobody said this."
    assert words.say("es", "{hands} knead.", hands=2) == "2 knead."
    assert words.say("es", "") == ""


def test_one_and_many(words: Catalogue) -> None:
    loaves = ("One loaf in {place}.", "{n} loaves in {place}.")
    assert words.count("es", *loaves, 1, place="casa") == "Un pan en casa."
    assert words.count("es", *loaves, 3, place="casa") == "3 panes en casa."
    assert words.count("en", *loaves, 0, place="the oven") == "0 loaves in the oven."


def test_a_refusal_is_said_in_the_readers_language(words: Catalogue) -> None:
    assert words.refusal("es", Refusal("quorum", "{name} brings bread.", name="Ben")) == "Ben trae pan."


@pytest.mark.parametrize(
    ("typed", "asked", "picked"),
    [
        ({"en": "bread", "es": "pan"}, "es", ("pan", "es")),
        ({"en": "bread", "es": "pan"}, "es-MX", ("pan", "es")),
        ({"en": "bread", "pt-BR": "pão"}, "pt", ("pão", "pt-BR")),
        ({"en": "bread", "es": "pan"}, "ar", ("pan", "es")),
        ({"ar": "خبز", "en": "bread"}, "fr", ("bread", "en")),
        ({"ar": "خبز"}, "fr", ("خبز", "ar")),
        ({}, "fr", ("", "fr")),
    ],
)
def test_what_people_typed_is_picked_near_the_reader(
    words: Catalogue, typed: dict[str, str], asked: str, picked: tuple[str, str]
) -> None:
    assert words.pick(asked, Words(typed)) == picked
    assert Catalogue({}).pick(asked, Words(typed), default="es") == picked


def test_languages_call_themselves_by_their_own_names(words: Catalogue) -> None:
    assert words.languages == [("en", "English"), ("es", "Español"), ("pt-BR", "Português (Brasil)")]
    assert (own_name("ar"), own_name("xx"), own_name("../etc")) == ("العربية", "xx", "../etc")


def test_which_languages_run_from_right_to_left(words: Catalogue) -> None:
    assert [tag for tag in ("en", "es", "ar", "he", "ur", "xx", "") if words.is_rtl(tag)] == [
        "ar",
        "he",
        "ur",
    ]
    assert is_rtl("ar-EG")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("es", "es"),
        ("pt-br, en;q=0.5", "pt-BR"),
        ("qu, en;q=0.4, es;q=0.7", "es"),
        ("es;q=0, en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("", "es"),
        ("*", "es"),
        ("de;q=nan, ;;;, en;q=x", "es"),
    ],
)
def test_a_browser_gets_the_language_it_asks_for_or_the_hubs(words: Catalogue, header: str, language: str) -> None:
    assert words.negotiate(header) == language


@given(st.text(max_size=60))
def test_no_header_breaks_the_choice_of_a_language(header: str) -> None:
    assert Catalogue({}).negotiate(header) == "en"


def test_amounts_are_exact_in_every_language(words: Catalogue) -> None:
    assert words.money("en", Money(123_456, "EUR")) == "€1,234.56"
    assert words.money("es", Money(-1_250, "EUR")) == "-12,50\u00a0€"
    assert words.money("fr", Money(1_234_567, "EUR")) == "12\u00a0345,67\u00a0€"
    assert words.money("en", Money(2**53 - 1, "USD")) == "$90,071,992,547,409.91"
    assert words.money("en", Money(5, "JPY", 0)) == "¥5"
    assert words.money("en", Money(1_005, "KWD", 3)) == "KWD\u00a01.005"
    assert words.money("en", Money(0, "EUR")) == "€0.00"
    assert words.money("xx", Money(150, "HRS", 1)) == "HRS\u00a015.0"


@pytest.mark.parametrize("exponent", [-1, 7, 1_000_000, 2**53 - 1])
def test_no_money_is_counted_finer_than_it_is(words: Catalogue, exponent: int) -> None:
    with pytest.raises(ValueError, match="decimal places"):
        words.money("en", Money(1, "EUR", exponent))


@given(st.integers(-(2**53) + 1, 2**53 - 1), st.integers(0, 4))
def test_no_digit_of_an_amount_is_lost(minor: int, exponent: int) -> None:
    shown = Catalogue({}).money("en", Money(minor, "EUR", exponent))
    assert int("".join(digit for digit in shown if digit.isdigit())) == abs(minor)
    assert ("-" in shown) == (minor < 0)


def test_days_and_times_stand_in_the_readers_words_and_the_hubs_zone(words: Catalogue) -> None:
    assert words.day("es", EVENING, MADRID) == "lunes, 23 de noviembre de 2026"
    assert words.time("es", EVENING, MADRID) == "18:30"
    assert words.time("en", EVENING, MADRID) == "6:30\u00a0PM"
    assert words.moment("en", EVENING, MADRID) == "Monday, November 23, 2026, 6:30\u00a0PM"
    assert words.day("xx", Millis(0), MADRID) == "Thursday, January 1, 1970"


# Keeping catalogue and code together


def test_a_list_has_short_days_without_the_year(words: Catalogue) -> None:
    english, arabic = Speaker(words, "en", zone="UTC"), Speaker(words, "ar", zone="UTC")
    assert english.short_moment(Millis(1_796_000_000_000)) == "Mon, Nov 30 · 12:53\N{NO-BREAK SPACE}AM"
    assert arabic.short_day(Millis(1_796_000_000_000)) == "الاثنين، 30 نوفمبر"


def test_a_telephone_number_is_not_turned_round_among_arabic_words(words: Catalogue) -> None:
    mark = "\N{LEFT-TO-RIGHT MARK}"
    assert Speaker(words, "ar").exact("555-0101") == f"{mark}555-0101{mark}"
    assert Speaker(words, "ar").exact("باب 3") == "باب 3"
    assert Speaker(words, "en").exact("555-0101") == "555-0101"


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """A small tree of code with every way a sentence is marked."""
    root = tmp_path / "code"
    templates = root / "hub" / "web" / "templates" / "needs"
    templates.mkdir(parents=True)
    (root / "hub" / "bread.py").write_text(
        '# Translators: at the oven\nBAKE = N_("Bake.")\n'
        'raise Refusal("quorum", N_("{few} are "\n    "too few."), few=few)\n'
        'raise Refusal("", "Not now.")\n'
        'words.say(language, "{hands} knead.", hands=2)\n'
        'words.count(reader.language, "One loaf.", "{n} loaves.", n)\n'
        'speaker.say("Warm."), speaker.count("One oven.", "{n} ovens.", n, place=place)\n'
        'text.count("not", 1, 2), ask("nor this")\n',
        encoding="utf-8",
    )
    (templates / "list.html").write_text(
        '<p>{{ _("Hello {name}", name=name) }}</p>{{ ngettext("One guest.", "{n} guests.", n) }}',
        encoding="utf-8",
    )
    return root


def test_every_way_of_marking_a_sentence_is_found(code: Path) -> None:
    found = {message.id: message.auto_comments for message in extract(code) if message.id}
    assert found == {
        "Bake.": ["at the oven"],
        "{few} are too few.": [],
        "Not now.": [],
        "{hands} knead.": [],
        ("One loaf.", "{n} loaves."): [],
        "Warm.": [],
        ("One oven.", "{n} ovens."): [],
        "Hello {name}": [],
        ("One guest.", "{n} guests."): [],
    }


def test_an_update_brings_in_what_is_new_and_keeps_what_is_translated(code: Path, folder: Path) -> None:
    assert update(code, folder)[0] == "es.po: 9 sentences, 8 to translate"
    once = (folder / "es.po").read_text(encoding="utf-8")
    assert 'msgid "{hands} knead."\nmsgstr "{manos} amasan."' in once
    assert "No hay pan" not in once
    update(code, folder)
    assert (folder / "es.po").read_text(encoding="utf-8") == once


def test_a_check_names_each_fault(code: Path, folder: Path) -> None:
    named = [line for line in check(code, folder) if line.startswith("es.po")]
    assert len(named) == 13
    assert "es.po: missing: 'Bake.'" in named
    assert "es.po: missing: 'One loaf.'" in named
    assert "es.po: places: '{hands} knead.' and ('{manos} amasan.',) do not name the same {places}" in named
    assert "es.po: stale: 'There is no bread.' is nowhere in the code" in named


@pytest.mark.parametrize(
    ("sentence", "translation", "fault"),
    [
        ("{n} left", "quedan {n}", ""),
        ("{n} left", "quedan", "places"),
        ("left", "quedan {n}", "places"),
        ("{n} left", "quedan {n", "places"),
        ("left", "", "missing"),
        (("One left.", "{n} left."), ("Queda una.", "Quedan {n}."), ""),
        (("One left.", "{n} left."), ("Queda {n}.", "Quedan {n}."), ""),
        (("One left.", "{n} left."), ("Queda una.", "Quedan {m}."), "places"),
        (("One of {all}.", "{n} of {all}."), ("Una.", "{n} de {all}."), "places"),
        (("One left.", "{n} left."), ("Queda una.", ""), "missing"),
    ],
)
def test_what_counts_as_a_fault(
    sentence: str | tuple[str, str], translation: str | tuple[str, str], fault: str
) -> None:
    found, spanish = Catalog(), Catalog("es")
    found.add(sentence)
    spanish.add(sentence, translation)
    assert [named.partition(":")[0] for named in faults(spanish, found)] == [fault] * bool(fault)


def test_a_guess_is_a_fault() -> None:
    found, spanish = Catalog(), Catalog("es")
    found.add("left")
    spanish.add("left", "quedan", flags=["fuzzy"])
    assert list(faults(spanish, found)) == ["fuzzy: 'left'"]


def test_every_language_says_everything_the_code_says() -> None:
    assert check(ROOT, FOLDER) == []


def test_the_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "update" in capsys.readouterr().err


def test_only_the_literal_arguments_of_a_call_are_sentences() -> None:
    code = b"""
# Translators: short
count("one topic", "{n} topics", now["topics"])
say(N_("Free") if row["free"] else N_("Full"))
speaker.say("Two " "halves", name="Rosa")
"""
    calls = sentences.literals(io.BytesIO(code), ("count", "say", "N_"), ("Translators:",), {})
    found = sorted((name, said, notes) for _, name, said, notes in calls)
    assert found == [
        ("N_", ("Free",), []),
        ("N_", ("Full",), []),
        ("count", ("one topic", "{n} topics", None), ["Translators: short"]),
        ("say", ("Two halves",), []),
    ]
