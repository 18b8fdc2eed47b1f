"""Files of the pabulib collection: read as the city wrote them, or refused with the place that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from hub.pabulib import Budget, NotABudget, Project, read

BENCHES = """\
META
key;value
description;Two wishes, Wawer | Sadul
vote_type;approval
budget;1500

PROJECTS
project_id;cost;votes;name
12;1000;3;"A ramp; and a rail"
7;500;2;Bänke

VOTES
voter_id;age;vote
1;30;7,12
2;41;12
3;17;
5;64;12,7
"""


def budget(place: Path, text: str | bytes = BENCHES) -> Budget:
    path = place / "benches.pb"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path)


def test_projects_and_votes_are_read_in_the_files_order(tmp_path: Path) -> None:
    found = budget(tmp_path)
    assert found.title == "Two wishes, Wawer | Sadul"
    assert found.projects == (Project("12", "A ramp; and a rail", 1000, 3), Project("7", "Bänke", 500, 2))
    assert found.votes == {"1": (0, 1), "2": (0,), "3": (), "5": (0, 1)}


def test_our_count_of_the_votes_is_the_citys(tmp_path: Path) -> None:
    found = budget(tmp_path)
    counted = [sum(place in vote for vote in found.votes.values()) for place in range(len(found.projects))]
    assert counted == [project.votes for project in found.projects]


def test_sections_without_empty_lines_between_and_a_byte_order_mark_read_the_same(tmp_path: Path) -> None:
    packed = "\ufeff" + BENCHES.replace("\n\n", "\n")
    assert budget(tmp_path, packed) == budget(tmp_path)


def test_without_a_description_the_file_gives_the_name(tmp_path: Path) -> None:
    assert budget(tmp_path, BENCHES.replace("description;", "unit;")).title == "benches"


@pytest.mark.parametrize(
    ("was", "instead", "said"),
    [
        ("META", "MATA", "has no 'section META'"),
        ("VOTES", "VOICES", "has no 'section VOTES'"),
        ("voter_id", "who", "has no 'voter_id'"),
        ("1000;3", "many;3", "many"),
        ("2;41;12", "2;41;99", "has no '99'"),
        ("vote_type;approval", "vote_type;ordinal", "holds ordinal votes; only approval votes are read"),
        ("vote_type;", "type;", "holds no votes"),
    ],
)
def test_what_is_no_budget_is_refused_with_the_place(tmp_path: Path, was: str, instead: str, said: str) -> None:
    with pytest.raises(NotABudget, match=said):
        budget(tmp_path, BENCHES.replace(was, instead, 1))


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff\xfe\x00", b"META\nkey;value\n", b"META"])
def test_noise_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(NotABudget, match=r"benches\.pb"):
        budget(tmp_path, content)


def test_a_file_that_is_not_there_is_the_callers_trouble(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "nowhere.pb")
