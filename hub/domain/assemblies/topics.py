"""Topics: from the floor, supported by others, and those the hub brings by itself."""

from __future__ import annotations

from typing import Final

from hub.domain.assemblies.facts import Because, Events, TopicAdded, TopicSupported, TopicWithdrawn
from hub.domain.assemblies.requests import no_words
from hub.domain.assemblies.state import State, Topic
from hub.domain.base import N_, Context, Refusal, TopicId

NO_TOPIC: Final = N_("This topic is settled or there is no such number. Look at the agenda.")


def notice(state: State, because: Because, article: str = "", about: int = 0) -> list[Events]:
    """A topic the hub brings by itself; nothing when the same one is open already."""
    same = [
        topic
        for topic in state.topics.values()
        if not topic.closed and (topic.because, topic.article, topic.about) == (because, article, about)
    ]
    if same or because is Because.MEMBER:
        return []
    return [TopicAdded(TopicId(len(state.topics) + 1), because, None, article, about, no_words())]


def supported(state: State, number: TopicId, context: Context) -> TopicSupported:
    """One more who wants a topic spoken of. Raises Refusal."""
    if context.by in open_topic(state, number).supporters:
        raise Refusal("", N_("You support this topic already. Ask others to support it too."))
    return TopicSupported(number, context.by)


def withdrawn(state: State, number: TopicId, context: Context) -> TopicWithdrawn:
    """A topic taken back by who brought it. Raises Refusal."""
    topic = open_topic(state, number)
    if topic.by != context.by:
        raise Refusal("", N_("Only the person who brought a topic takes it back."))
    if topic.supporters - {context.by}:
        raise Refusal("", N_("Others support this topic now, so it stays. Tell the meeting what you think of it."))
    return TopicWithdrawn(number, context.by)


def open_topic(state: State, number: TopicId) -> Topic:
    """A topic that waits to be spoken of. Raises Refusal."""
    topic = state.topics.get(number)
    if topic is None or topic.closed:
        raise Refusal("", NO_TOPIC)
    return topic


def known_topic(state: State, number: TopicId | None) -> TopicId | None:
    """A topic of any age, or none."""
    if number is not None and number not in state.topics:
        raise Refusal("", NO_TOPIC)
    return number
