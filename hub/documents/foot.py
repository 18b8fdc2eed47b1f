"""What every posted sheet begins and ends with: whose it is, and the place in the journal it stands on."""

from __future__ import annotations

from dataclasses import dataclass

from hub.documents.blocks import Block, Heading, Rule, Seal, Text
from hub.domain.base import N_, Millis, Position
from hub.views.constitution import HubCard
from hub.words.speaker import Speaker


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a document needs beside its rows: the reader's language, the hub, and what dates the sheet.

    `position` and `hash` are the journal's length and head when the rows were read; `now` is the
    moment of printing.
    """

    speaker: Speaker
    card: HubCard
    position: Position
    hash: str
    now: Millis

    def head(self, title: str) -> tuple[Block, ...]:
        """The title, and beneath it the hub and the moment."""
        name, _ = self.speaker.pick(self.card.name)
        whose = " · ".join(part for part in (name, self.speaker.moment(self.now)) if part)
        specimen = (Text(self.speaker.say(N_("Practice hub: nothing here is kept.")), strong=True),)
        return (
            Heading(title, 1),
            Text(whose, small=True),
            *(specimen if self.card.ephemeral else ()),
            Rule(),
        )

    def foot(self) -> tuple[Block, ...]:
        """The seal: anyone can hold this paper against the log later."""
        return (Rule(), Seal(self.position, self.hash, self.speaker.say(N_("Place in the log:"))))


def whole(seal: Seal) -> str:
    """What the code of a seal holds: the place in the log and all of its hash, in the capitals QR codes pack best."""
    return f"TRESTLE:{seal.position}:{seal.hash.upper()}"
