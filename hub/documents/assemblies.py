"""Sheets of an assembly: the agenda on the door, and the minutes, decisions first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from hub.documents.blocks import Block, Box, Document, Heading, Item, Row, Text
from hub.documents.constitution import ARTICLES, shown
from hub.documents.foot import Sheet
from hub.documents.needs import words_or_gone
from hub.documents.roles import NO_TITLES, Titles, role_name
from hub.domain import articles
from hub.domain.articles import Articles
from hub.domain.base import N_, Consequence, Effect, MemberId
from hub.views.assemblies import AssemblyRow, DecisionRow, Minutes, NoteRow, TopicRow
from hub.views.constitution import HubCard
from hub.words.speaker import Speaker

Names = Callable[[MemberId | None], str]

SORTS: Final = {
    "ordinary": N_("Our regular assembly"),
    "extraordinary": N_("An extra assembly: something cannot wait"),
}
OUTSIDE: Final = {
    "notice_days": N_("It was announced later than our rules ask."),
    "quorum": N_("Too few were there for it to count: what was decided is advice."),
    "rotation": N_("The same person facilitated as last time."),
    "amendment_quorum": N_("Too few were there to change our rules: this is advice."),
    "recall_petition": N_("Too few had signed for a recall: this is advice."),
}
"""What a meeting or a decision was outside of, in a sentence."""
BECAUSE: Final = {
    "outside": N_("Something happened outside this rule: “{article}”."),
    "budget_late": N_("The posted budget is older than we agreed."),
    "unexplained": N_("There is money, and we do not know yet where it came from."),
    "split": N_("We have grown past the number at which we become two."),
    "gap": N_("Nobody holds this role: {role}."),
    "unconfirmed": N_("Somebody holds this role for now. Does the meeting confirm it? {role}."),
    "ending": N_("The term of this role ends. Who does it next? {role}."),
    "review": N_("A review waits for the assembly."),
}
RULES_BESIDE: Final = {"ledger_keeper": N_("who writes in the book")}
"""What something may be outside of that is a rule, but no number an assembly sets."""
FLOOR: Final = 3
"""Empty lines on the agenda for topics brought by pen."""


def agenda(
    sheet: Sheet,
    assembly: AssemblyRow | None,
    topics: Sequence[TopicRow],
    drafts: Sequence[AssemblyRow],
    titles: Titles = NO_TITLES,
) -> Document:
    """The agenda of the next assembly, as it stands now."""
    say = sheet.speaker.say
    title = say(N_("Agenda"))
    blocks: list[Block] = [*sheet.head(title), *_when(sheet, assembly)]
    lines = [Item(say(N_("Who facilitates? Who takes minutes? How many are here?")), mark="1.")]
    for draft in drafts:
        text = say(N_("Minutes of {day}: adopt or correct"), day=sheet.speaker.day(draft.held))
        lines.append(Item(text, mark=f"{len(lines) + 1}."))
    for topic in topics:
        lines.append(_topic_line(sheet, topic, len(lines) + 1, titles))
    blocks += lines
    blocks.append(Heading(say(N_("Bring a topic: write it here"))))
    blocks += [Box(f"{len(lines) + more}.") for more in range(1, FLOOR + 1)]
    return Document("agenda", sheet.speaker.language, title, (*blocks, *sheet.foot()))


def minutes(
    sheet: Sheet,
    found: Minutes,
    names: Names,
    adopted: AssemblyRow | None = None,
    titles: Titles = NO_TITLES,
    hands: Sequence[Block] = (),
) -> Document:
    """The minutes of one meeting: a draft until `adopted`, the meeting that adopted them.

    `hands` are the questions on which the meeting raised hands, with what came out.
    """
    say = sheet.speaker.say
    title = say(N_("Minutes of {day}"), day=sheet.speaker.day(found.assembly.held))
    blocks = [
        *sheet.head(title),
        *_standing(sheet, found.assembly, adopted),
        *_who_was_there(sheet, found.assembly, names),
        Heading(say(N_("What we decided"))),
        *_decisions(sheet, found, names, titles, nothing=not hands),
        *hands,
        *_spoken_of(sheet, found, titles),
        *_corrections(sheet, found.assembly),
        Box(say(N_("Facilitator"))),
        Box(say(N_("Minute taker"))),
    ]
    return Document("minutes", sheet.speaker.language, title, (*blocks, *sheet.foot()))


def topic_words(speaker: Speaker, topic: TopicRow, titles: Titles = NO_TITLES) -> tuple[str, str]:
    """What a topic is about and the language of it: a person's words, or the hub's sentence."""
    if topic.because in BECAUSE:
        article = speaker.say(ARTICLES.get(topic.article, RULES_BESIDE.get(topic.article, topic.article)))
        role = role_name(speaker, topic.article, titles)
        return speaker.say(BECAUSE[topic.because], article=article, role=role), ""
    if not topic.text:
        return speaker.say(N_("(These words were taken back.)")), ""
    return speaker.pick(topic.text)


def outside_words(speaker: Speaker, outside: Sequence[str]) -> list[str]:
    """What something was outside of, a sentence each."""
    return [speaker.say(OUTSIDE[name]) if name in OUTSIDE else name for name in outside]


def effect_words(speaker: Speaker, card: HubCard, effect: Effect, names: Names, titles: Titles = NO_TITLES) -> str:
    """What a decision changes by itself; "" where it changes nothing."""
    match effect.consequence:
        case Consequence.AMEND:
            article = speaker.say(ARTICLES[effect.name]) if effect.name in ARTICLES else effect.name
            value = _value(speaker, card, effect)
            return speaker.say(N_("Changes our rules: {article}: {value}"), article=article, value=value)
        case Consequence.APPOINT:
            role = role_name(speaker, effect.name, titles)
            return speaker.say(N_("{role}: {name} from now on"), role=role, name=names(effect.member))
        case Consequence.RECALL:
            role = role_name(speaker, effect.name, titles)
            return speaker.say(N_("{role}: {name} no longer"), role=role, name=names(effect.member))
        case Consequence.NOTHING:
            return ""


def _value(speaker: Speaker, card: HubCard, effect: Effect) -> str:
    """An article's new value, as the page of rules writes it; as it stands in the log where that is not known."""
    try:
        return shown(speaker, card, articles.amended(Articles(), effect.name, effect.value))[effect.name]
    except (KeyError, ValueError):
        return effect.value


def outcome(speaker: Speaker, decision: DecisionRow) -> str:
    """The hands and what came of them, in one line."""
    hands = speaker.say(
        N_("yes {yes} · no {no} · abstained {abstain}"),
        yes=decision.yes,
        no=decision.no,
        abstain=decision.abstain,
    )
    how = speaker.say(N_("by consensus")) if decision.consensus else hands
    came = speaker.say(N_("agreed")) if decision.passed else speaker.say(N_("not agreed"))
    return f"{came} · {how}"


def _when(sheet: Sheet, assembly: AssemblyRow | None) -> Iterator[Block]:
    if assembly is None:
        yield Text(sheet.speaker.say(N_("No assembly is called yet. These topics wait for the next one.")))
        return
    place, language = words_or_gone(sheet, assembly.place)
    yield Text(sheet.speaker.moment(assembly.starts), strong=True)
    yield Text(place, lang=language)
    yield Text(sheet.speaker.say(SORTS[assembly.sort]))
    for sentence in outside_words(sheet.speaker, assembly.outside):
        yield Text(sentence, strong=True)


def _topic_line(sheet: Sheet, topic: TopicRow, place: int, titles: Titles) -> Item:
    text, language = topic_words(sheet.speaker, topic, titles)
    detail = ""
    if topic.support:
        detail = sheet.speaker.count("one person wants this", "{n} people want this", topic.support)
    return Item(text, mark=f"{place}.", detail=detail, lang=language)


def _standing(sheet: Sheet, assembly: AssemblyRow, adopted: AssemblyRow | None) -> Iterator[Block]:
    say = sheet.speaker.say
    if not assembly.closed_at:
        yield Text(say(N_("The meeting is still going on.")), strong=True)
    elif adopted is None:
        yield Text(say(N_("DRAFT: the next meeting adopts or corrects it.")), strong=True)
    else:
        yield Text(say(N_("Adopted by the meeting of {day}."), day=sheet.speaker.day(adopted.held)))


def _who_was_there(sheet: Sheet, assembly: AssemblyRow, names: Names) -> Iterator[Block]:
    say = sheet.speaker.say
    place = sheet.speaker.pick(assembly.place)[0]
    facilitator = names(assembly.facilitator) if assembly.facilitator else say(N_("a visitor"))
    of = say(N_("{present}; we are {active} members"), present=assembly.present, active=assembly.active)
    yield Row(say(N_("Began")), sheet.speaker.time(assembly.held))
    if place:
        yield Row(say(N_("Where")), place)
    yield Row(say(N_("Facilitator")), facilitator)
    yield Row(say(N_("Present")), of)
    if assembly.rotation_waived:
        yield Text(say(N_("The meeting agreed to have the same facilitator again.")))
    for sentence in outside_words(sheet.speaker, assembly.outside):
        yield Text(sentence, strong=True)


def _decisions(sheet: Sheet, found: Minutes, names: Names, titles: Titles, *, nothing: bool) -> Iterator[Block]:
    if not found.decisions and nothing:
        yield Text(sheet.speaker.say(N_("Nothing was decided.")))
    for decision in found.decisions:
        text, language = words_or_gone(sheet, decision.text)
        effect = effect_words(sheet.speaker, sheet.card, decision.effect, names, titles)
        notes = [outcome(sheet.speaker, decision), *([effect] if effect else [])]
        notes += outside_words(sheet.speaker, decision.outside)
        yield Item(text, mark=f"{decision.number}.", detail="\n".join(notes), lang=language)


def _spoken_of(sheet: Sheet, found: Minutes, titles: Titles) -> Iterator[Block]:
    if not found.notes:
        return
    topics = {topic.number: topic for topic in found.topics}
    yield Heading(sheet.speaker.say(N_("What we spoke of")))
    for number, notes in _by_topic(found.notes).items():
        if number in topics:
            text, language = topic_words(sheet.speaker, topics[number], titles)
            yield Text(text, lang=language, strong=True)
        elif topics:
            yield Text(sheet.speaker.say(N_("And also")), strong=True)
        for note in notes:
            text, language = words_or_gone(sheet, note.text)
            yield Text(text, lang=language)


def _by_topic(notes: Sequence[NoteRow]) -> Mapping[int, list[NoteRow]]:
    """Notes under their topics, in the order in which each topic came up; 0 is anything else."""
    found: dict[int, list[NoteRow]] = {}
    for note in notes:
        found.setdefault(note.topic or 0, []).append(note)
    return found


def _corrections(sheet: Sheet, assembly: AssemblyRow) -> Iterator[Block]:
    if assembly.corrections:
        yield Heading(sheet.speaker.say(N_("Corrected by a later meeting")))
    for correction in assembly.corrections:
        text, language = words_or_gone(sheet, correction)
        yield Item(text, lang=language)
