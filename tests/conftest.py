"""What the tests share. Helpers stand beside as modules: kitchen, simulated_disk."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from kitchen import Kitchen, Phone, phone

settings.register_profile("quick", derandomize=True, deadline=None, max_examples=50, database=None)
settings.register_profile("long", derandomize=True, deadline=None, max_examples=1000, database=None)
settings.load_profile("long" if os.environ.get("TRESTLE_LONG") else "quick")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The full figures are run when asked for."""
    if os.environ.get("TRESTLE_LONG"):
        return
    skipped = pytest.mark.skip(reason="long: run by deploy/test --long")
    for item in items:
        if "long" in item.keywords:
            item.add_marker(skipped)


@pytest.fixture
def note() -> Callable[..., None]:
    """Note a figure of a long test for docs/measured.md: `note("Power cuts", states=5200, bad=0)`."""
    path = os.environ.get("TRESTLE_FIGURES")

    def noted(title: str, **figures: float | str) -> None:
        if path:
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(json.dumps({"title": title, **figures}) + "\n")

    return noted


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Kitchen]:
    """A hub that nobody founded yet."""
    kitchen = Kitchen(tmp_path / "hub")
    yield kitchen
    kitchen.service.close()


@pytest.fixture
def kitchen(empty: Kitchen) -> Kitchen:
    """A founded hub without members."""
    empty.found()
    return empty


@pytest.fixture
def visitor(kitchen: Kitchen) -> Phone:
    """A phone in the hall, of nobody in particular."""
    return phone(kitchen.app())
