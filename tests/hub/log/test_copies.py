"""Two copies of one batch: words come back that were left out, and stay away where their author took them back."""

from __future__ import annotations

import itertools

import msgspec
import pytest
from stranger import Stranger

from hub import entry
from hub.domain.base import Words
from hub.log.copies import joined

WHOLE = Stranger().says(
    [("need.voiced", {"n": n}, {"text": Words({"en": f"flour {n}"})} if n else None) for n in range(4)]
)
EVERY = (2, 3, 4)
COPIES = [entry.reissue(WHOLE, gone) for many in range(4) for gone in itertools.combinations(EVERY, many)]


def test_there_is_a_copy_for_every_choice_of_words() -> None:
    assert len(set(COPIES)) == 8
    assert WHOLE not in COPIES


@pytest.mark.parametrize("copy", COPIES)
def test_with_the_authors_own_copy_its_very_bytes_come_back(copy: bytes) -> None:
    assert joined(copy, WHOLE, ()) == joined(WHOLE, copy, ()) == WHOLE


@pytest.mark.parametrize("copy", COPIES)
def test_of_what_was_taken_back_the_authors_reissue_is_left(copy: bytes) -> None:
    for redacted in ([2], [3, 4], [2, 3, 4], [4, 99]):
        assert joined(copy, WHOLE, redacted) == joined(WHOLE, copy, redacted) == entry.reissue(WHOLE, redacted)


def test_two_copies_fill_each_others_gaps() -> None:
    assert joined(entry.reissue(WHOLE, [2]), entry.reissue(WHOLE, [3]), ()) == entry.reissue(WHOLE, ())
    assert joined(entry.reissue(WHOLE, [2, 4]), entry.reissue(WHOLE, [3, 4]), ()) == entry.reissue(WHOLE, [4])
    assert joined(entry.reissue(WHOLE, [2]), entry.reissue(WHOLE, [3]), [4]) == entry.reissue(WHOLE, [4])


def test_what_comes_out_is_a_batch() -> None:
    for ours, theirs in itertools.product(COPIES, COPIES):
        batch, entries = entry.read_batch(joined(ours, theirs, [3]))
        assert batch.seed == ""
        assert msgspec.json.decode(WHOLE)["sig"] == batch.sig
        assert entries[2].body is None
