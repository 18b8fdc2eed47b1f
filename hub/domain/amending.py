"""Amending: what a person typed as an article's new value, as the log writes it."""

from __future__ import annotations

from typing import Final

from hub.domain import articles
from hub.domain.base import N_, Refusal

NO_ARTICLE: Final = N_("There is no article “{name}”.")


def value_of(name: str, value: str) -> str:
    """A value as it stands in the log. Raises Refusal where there is no such article, or it cannot have it."""
    check_name(name)
    try:
        return articles.write(articles.read(name, value))
    except ValueError:
        wrong = N_("“{value}” is not a value for the article “{name}”.")
        raise Refusal("", wrong, name=name, value=value[:40]) from None


def check_name(name: str) -> None:
    """Raise Refusal where there is no article of that name."""
    if name not in articles.NAMES:
        raise Refusal("", NO_ARTICLE, name=name[:40])
