"""Keep the .po files and the code together.

    python -m hub.words.catalogue update    new sentences in, gone ones out, translations kept
    python -m hub.words.catalogue check     name what is missing, fuzzy, stale or does not fit

A sentence is found where it is written as `N_("...")`, `_("...")`, the message of a `Refusal`, of
`say` or `count`, with a language before it or not, in Python and in the templates.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from string import Formatter
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from hub.words import FOLDER

ROOMS: Final = ("hub", "kiosk", "mesh")
Keywords = dict[str, tuple[int, ...] | None]
UNBOUND: Final[Keywords] = {
    "N_": None,
    "_": None,
    "Refusal": (2,),
    "say": (2,),
    "count": (2, 3),
    "ngettext": (1, 2),
}
"""Which arguments of a call are sentences, where the language comes first."""
BOUND: Final[Keywords] = {"say": (1,), "count": (1, 2)}
"""The same for a `Speaker`, who has one language."""
NOTE: Final = "Translators:"
"""A comment that begins so, on the line above a sentence, is kept for its translators."""


def extract(root: Path) -> Catalog:
    """Every sentence of the code under `root`, without translations."""
    with (FOLDER / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call]
    found = Catalog(project="Trestle")
    for room, keywords in product(ROOMS, (UNBOUND, BOUND)):
        calls = extract_from_dir(root / room, methods, options, keywords, [NOTE], strip_comment_tags=True)
        for name, _, sentence, notes, context in calls:
            if sentence:
                place = [(f"{room}/{Path(name).as_posix()}", 0)]
                found.add(sentence, locations=place, auto_comments=notes, context=context)
    return found


def merge(translated: Catalog, found: Catalog) -> None:
    """Bring a language up to the code: translations stay, gone sentences go."""
    translated.update(found, no_fuzzy_matching=True, update_creation_date=False)
    translated.obsolete.clear()


def faults(translated: Catalog, found: Catalog) -> Iterator[str]:
    """What keeps a language from being complete, one line each."""
    for source in found:
        if source.id:
            message = translated.get(source.id, source.context)
            yield from _sentence_faults(source, message, translated.num_plurals)
    for message in translated:
        if message.id and found.get(message.id, message.context) is None:
            yield f"stale: {_first(message)!r} is nowhere in the code"


def _sentence_faults(source: Message, message: Message | None, plurals: int) -> Iterator[str]:
    name = repr(_first(source))
    forms = _forms(message.string) if message else ()
    if not all(forms) or len(forms) != (plurals if source.pluralizable else 1):
        yield f"missing: {name}"
    elif message and message.fuzzy:
        yield f"fuzzy: {name}"
    elif not all(_fits(form, _forms(source.id), last=form is forms[-1]) for form in forms):
        yield f"places: {name} and {forms} do not name the same {{places}}"


def _fits(form: str, sources: tuple[str, ...], *, last: bool) -> bool:
    """The same places; of a sentence about a number, those of all forms, and perhaps those of some.

    The number itself may be a word ("two members") in every form but the last, which stands for all others.
    """
    wanted = [_places(source) for source in sources]
    said = frozenset() if last else frozenset({"n"})
    return frozenset.intersection(*wanted) - said <= _places(form) <= frozenset.union(*wanted)


def _places(sentence: str) -> frozenset[str]:
    """The names in braces. Something no sentence has where the braces do not match."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)
    except ValueError:
        return frozenset({f"unreadable braces in {sentence!r}"})


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _first(message: Message) -> str:
    return _forms(message.id)[0]


def read(path: Path) -> Catalog:
    """One language's file."""
    with path.open("rb") as source:
        return read_po(source, locale=path.stem.replace("-", "_"), ignore_obsolete=True)


def update(root: Path, folder: Path) -> list[str]:
    """Merge the code's sentences into every .po file. Returns one line on each."""
    found = extract(root)
    told = []
    for path in sorted(folder.glob("*.po")):
        translated = read(path)
        merge(translated, found)
        with path.open("wb") as target:
            write_po(target, translated, width=110, sort_output=True, include_lineno=False)
        missing = sum(1 for fault in faults(translated, found) if fault.startswith("missing"))
        told.append(f"{path.name}: {len(translated)} sentences, {missing} to translate")
    return told


def check(root: Path, folder: Path) -> list[str]:
    """All faults of all languages; empty when every language says all the code says."""
    found = extract(root)
    files = sorted(folder.glob("*.po"))
    return [f"{path.name}: {fault}" for path in files for fault in faults(read(path), found)]


def main(arguments: list[str]) -> int:
    """The command line. Returns the exit code."""
    root = FOLDER.parents[1]
    match arguments:
        case ["update"]:
            print(*update(root, FOLDER), sep="\n")
            return 0
        case ["check"]:
            found = check(root, FOLDER)
            print(*found, sep="\n", file=sys.stderr)
            return 1 if found else 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
