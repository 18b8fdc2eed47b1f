"""The notice of a secret ballot, with every rule in words; and the result, with how it was counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from hub.documents.as_text import short_hash
from hub.documents.assemblies import Names, effect_words
from hub.documents.blocks import Bar, Block, Document, Heading, Item, Row, Table, Text
from hub.documents.foot import Sheet
from hub.documents.needs import words_or_gone
from hub.documents.roles import NO_TITLES, Titles
from hub.domain import tally
from hub.domain.ballots import Method, Phase, Why, outcome
from hub.domain.base import N_, Effect
from hub.views.ballots import BallotRow
from hub.views.constitution import HubCard
from hub.words.speaker import Speaker

METHODS: Final[Mapping[str, str]] = {
    Method.HANDS.value: N_("Show of hands"),
    Method.YES_NO.value: N_("Secret vote: yes or no"),
    Method.APPROVAL.value: N_("Secret vote: mark what is fine"),
}
ANSWERS: Final = (N_("Yes"), N_("No"), N_("I abstain"))
COUNTED: Final = (N_("Yes"), N_("No"), N_("Abstained"))
EXAMPLE: Final = N_("EXAMPLE. This is not a real vote and decides nothing.")
NONE_OF_THESE: Final = N_("None of these")
WHYS: Final[Mapping[str, str]] = {
    Why.WITHDRAWN.value: N_("It was taken back before it closed. It counts for nothing."),
    Why.OBJECTION.value: N_("A meeting decided after an objection: it counts for nothing."),
    Why.RESTORED.value: N_("The hub was restored from a backup while it was open. It counts for nothing."),
    Why.BOX_LOST.value: N_("The sealed votes were lost. It counts for nothing; open it again."),
}
SECRECY: Final = (
    N_("Nobody can read from this machine or its records who chose what, as long as the program is the published one."),
    N_("It cannot stop someone who stands behind you. Cover the screen, or come back later."),
    N_("No slip of paper: what you confirm on the screen is your vote, and the machine's count decides."),
    N_("If somebody had tampered with the machine, it could store a wrong choice."),
    N_("If everybody votes the same, everybody knows how each of them voted."),
    N_("Afterwards members can see who voted, never what."),
)
HOW_BALLOTS: Final = (
    N_("Who may vote was fixed when the ballot opened, and nobody was added later."),
    N_("Each of them could vote once, at the kiosk, with card and PIN."),
    N_("Each vote lay sealed in the machine, without a name, a number or a time."),
    N_("When the ballot closed, all votes were opened together and counted. The sealed ones are gone."),
    N_("The log holds this count and a hash of it, so that nobody can change it later."),
)
HOW_HANDS: Final = (
    N_("Those who were there raised their hands."),
    N_("Two people counted, each for themselves, and entered what they had counted."),
    N_("The count stands because both had counted the same."),
)


def ballot_notice(sheet: Sheet, row: BallotRow) -> Document:
    """What is posted before anybody votes: question, choices, rules, and what is not protected."""
    say = sheet.speaker.say
    title = say(N_("Secret ballot {number}"), number=row.number)
    blocks: list[Block] = [*sheet.head(title), *_specimen(sheet, row), _question(sheet, row)]
    blocks += [Heading(say(N_("What you can choose"))), *_choices(sheet, row)]
    blocks += [Heading(say(N_("When"))), *_hours(sheet, row)]
    blocks.append(Heading(say(N_("How it is counted"))))
    blocks += [Item(line) for line in rules_in_words(sheet.speaker, row)]
    blocks.append(Heading(say(N_("Is it secret?"))))
    blocks += [Item(say(line)) for line in SECRECY]
    blocks += [
        Row(say(N_("Hash of this text")), short_hash(row.text_hash)),
        Row(say(N_("Hash of the list of voters")), short_hash(row.roll_hash)),
        Row(say(N_("Version of the program")), row.software),
    ]
    return Document("ballot_notice", sheet.speaker.language, title, (*blocks, *sheet.foot()))


def ballot_result(sheet: Sheet, row: BallotRow) -> Document:
    """What is posted afterwards: what it comes to, the count, and how it was counted."""
    say = sheet.speaker.say
    hands = row.method == Method.HANDS.value
    heading = N_("Show of hands {number}: result") if hands else N_("Secret ballot {number}: result")
    title = say(heading, number=row.number)
    blocks: list[Block] = [*sheet.head(title), *_specimen(sheet, row), _question(sheet, row)]
    blocks += [Text(line, strong=True) for line in verdict(sheet.speaker, row)]
    if row.sums:
        blocks += [Heading(say(N_("The count"))), *_count(sheet, row)]
        blocks += [Heading(say(N_("How it was counted")))]
        blocks += [Item(say(line)) for line in (HOW_HANDS if hands else HOW_BALLOTS)]
    return Document("ballot_result", sheet.speaker.language, title, (*blocks, *sheet.foot()))


def hands_raised(sheet: Sheet, rows: Sequence[BallotRow]) -> list[Block]:
    """What a meeting raised hands on, for its minutes: each question, what it came to, and the count."""
    return [_raised(sheet, row) for row in rows]


def _raised(sheet: Sheet, row: BallotRow) -> Item:
    text, language = words_or_gone(sheet, row.text)
    notes = [sheet.speaker.say(N_("Show of hands {number}"), number=row.number), *verdict(sheet.speaker, row)]
    if row.sums:
        yes, no, abstain = row.sums
        notes.append(
            sheet.speaker.say(N_("yes {yes} · no {no} · abstained {abstain}"), yes=yes, no=no, abstain=abstain)
        )
    return Item(text, detail="\n".join(notes), lang=language)


def _specimen(sheet: Sheet, row: BallotRow) -> Sequence[Block]:
    if not row.specimen:
        return ()
    return (Text(sheet.speaker.say(EXAMPLE), strong=True),)


def _question(sheet: Sheet, row: BallotRow) -> Text:
    text, language = words_or_gone(sheet, row.text)
    return Text(text, lang=language, strong=True)


def _choices(sheet: Sheet, row: BallotRow) -> list[Block]:
    say = sheet.speaker.say
    if row.method == Method.YES_NO.value:
        return [Item(say(answer), mark=f"{number}.") for number, answer in enumerate(ANSWERS, 1)]
    blocks: list[Block] = [Text(say(N_("Mark every one that is fine for you, as many as you like.")))]
    for number, option in enumerate(row.options, 1):
        text, language = words_or_gone(sheet, option)
        blocks.append(Item(text, mark=f"{number}.", lang=language))
    return [*blocks, Item(say(NONE_OF_THESE))]


def _hours(sheet: Sheet, row: BallotRow) -> list[Block]:
    say, moment = sheet.speaker.say, sheet.speaker.moment
    return [
        Row(say(N_("Opened")), moment(row.opens)),
        Row(say(N_("Closes")), moment(row.closes), strong=True),
        Text(say(N_("Days on which the house rests do not count; then it closes later.")), small=True),
    ]


def rules_in_words(speaker: Speaker, row: BallotRow) -> list[str]:
    """Every rule the count follows, one sentence each, with its numbers. What was printed stays."""
    lines = _approval_rules(speaker, row) if row.lots else [_threshold(speaker, row)]
    terms = row.terms
    lines.append(
        speaker.say(
            N_("It counts when at least {needed} of {base} people take part. With fewer it is advice."),
            needed=terms.needed,
            base=terms.base,
        )
    )
    if row.method == Method.HANDS.value:
        return lines
    lines.append(
        speaker.say(N_("Whoever could vote when it opened is on the list. Who joins later votes the next time."))
    )
    lines.append(
        speaker.count(
            "For {n} day after the count any member may object. Then the next meeting decides.",
            "For {n} days after the count any member may object. Then the next meeting decides.",
            terms.objection_days,
        )
        if terms.objection_days
        else speaker.say(N_("The result stands as soon as it is counted."))
    )
    return lines


def _threshold(speaker: Speaker, row: BallotRow) -> str:
    share = str(Fraction(*row.terms.threshold))
    if row.terms.strict:
        message = N_("It passes when more than {share} of yes and no are yes. Who abstains is on neither side.")
    else:
        message = N_("It passes when at least {share} of yes and no are yes. Who abstains is on neither side.")
    return speaker.say(message, share=share)


def _approval_rules(speaker: Speaker, row: BallotRow) -> list[str]:
    order = ", ".join(str(option) for option in row.lots)
    return [
        speaker.say(N_("The one marked by most people is chosen.")),
        speaker.say(
            N_("If several are marked equally often, the first in this drawn order is chosen: {order}."),
            order=order,
        ),
        speaker.say(N_("If more people choose none of these than the best one, nothing is chosen.")),
    ]


def consequence(speaker: Speaker, card: HubCard, effect: Effect, names: Names, titles: Titles = NO_TITLES) -> str:
    """What follows by itself if a question passes, in words; "" where nothing does."""
    change = effect_words(speaker, card, effect, names, titles)
    return speaker.say(N_("If it passes, at once: {change}"), change=change) if change else ""


def verdict(speaker: Speaker, row: BallotRow) -> list[str]:
    """Where a ballot stands, in one or two plain sentences."""
    match Phase(row.state):
        case Phase.OPEN:
            return [speaker.say(N_("It is still open."))]
        case Phase.PAUSED:
            return [speaker.say(N_("Voting has stopped for a while. It goes on later, and for longer."))]
        case Phase.ANNULLED:
            return [speaker.say(WHYS[row.why])]
        case Phase.CERTIFIED:
            return [_came_to(speaker, row)]
        case Phase.OBJECTED:
            return [_came_to(speaker, row), speaker.say(N_("A member objected: the next meeting decides."))]
        case Phase.RELEASED:
            return [_came_to(speaker, row), _waits(speaker, row)]


def _waits(speaker: Speaker, row: BallotRow) -> str:
    if row.specimen:
        return speaker.say(EXAMPLE)
    if row.until <= row.closed:
        return speaker.say(N_("The hub is about to certify it."))
    return speaker.say(
        N_("It is not final yet: any member may object until {moment}."), moment=speaker.moment(row.until)
    )


def _came_to(speaker: Speaker, row: BallotRow) -> str:
    found = outcome(row.terms, row.lots, row.sums, row.cast)
    if not found.quorum_met:
        return speaker.say(
            N_("Too few took part: {cast}, and {needed} are needed. It is advice, not a decision."),
            cast=row.cast,
            needed=row.terms.needed,
        )
    if row.lots:
        if found.winner == tally.NOBODY_WINS:
            return speaker.say(N_("None of these was chosen. Keep looking."))
        return speaker.say(N_("Chosen: {option}"), option=option_name(speaker, row, found.winner))
    return speaker.say(N_("Yes. It is agreed.") if found.passed else N_("No. It is not agreed."))


def option_name(speaker: Speaker, row: BallotRow, number: int) -> str:
    """An option with its number, in the best language there is."""
    text, _ = speaker.pick(row.options[number - 1])
    return f"{number}. {text}" if text else f"{number}."


def answer_names(speaker: Speaker, row: BallotRow) -> list[str]:
    """What was counted, in printed order: the options and none of these, or yes, no and abstained."""
    if not row.lots:
        return [speaker.say(answer) for answer in COUNTED]
    named = [option_name(speaker, row, number) for number in range(1, len(row.lots) + 1)]
    return [*named, speaker.say(NONE_OF_THESE)]


def _count(sheet: Sheet, row: BallotRow) -> list[Block]:
    say = sheet.speaker.say
    names = answer_names(sheet.speaker, row)
    whole = row.cast - row.spoiled
    blocks: list[Block] = [Bar(name, part, whole, str(part)) for name, part in zip(names, row.sums, strict=True)]
    blocks.append(Row(say(N_("Took part")), say(N_("{cast} of {all}"), cast=row.cast, all=row.roll_size), strong=True))
    blocks.append(Row(say(N_("Needed")), str(row.terms.needed)))
    if row.spoiled:
        blocks.append(Row(say(N_("Could not be read")), str(row.spoiled)))
    winner = outcome(row.terms, row.lots, row.sums, row.cast).winner
    if winner != tally.NOBODY_WINS and tally.tied(row.sums[:-1], winner):
        blocks.append(Text(say(N_("The best were marked equally often: the drawn order decided."))))
    if row.patterns and row.lots:
        blocks += [Heading(say(N_("What was marked together")), 3), _patterns(sheet, row)]
    return blocks


def _patterns(sheet: Sheet, row: BallotRow) -> Table:
    say = sheet.speaker.say
    rows = tuple(
        (", ".join(str(option) for option in choice) or say(NONE_OF_THESE), str(count))
        for choice, count in row.patterns
    )
    return Table((say(N_("Options")), say(N_("How many people"))), rows, numeric=(1,))
