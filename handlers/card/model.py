"""What does a message hold, before any platform draws it?

A Card is a sentence, a badge, blocks in the order of reading and a footer. Blocks are structure, not markup: a
ladder is its steps, a quote knows its language, a date is a moment. A platform draws each kind of block its own
way and may leave out, or put behind a button, those marked `detail`.

Refuses to do: no markup, no colour, no emoji, no date written out; text here is clean (handlers/plain.py) but
not escaped for any platform.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain import AlertState, NoticeKind, Register, Severity
from handlers.moments import When


class Mark(StrEnum):
    """What a step of a ladder is in this message."""

    FROM = "from"
    """Where the register stood."""
    TO = "to"
    """Where it stands now, or is reported to stand."""
    OTHER = "other"
    """What the holder also says, or what denies the report."""
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Link:
    """A web address with the words to show for it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Badge:
    """The state of a message in two or three words.

    Args:
        state: for the platform to choose a colour or a sign by; None on a brief.
    """

    text: str
    state: AlertState | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of a ladder.

    Args:
        rung: its id.
        register, kind: word or deed, as a value and in the card's language.
        aside: a reversal, which stands beside the ladder.
        said: the marks in the card's language, in the order of `marks`.
    """

    rung: str
    label: str
    register: Register
    kind: str
    marks: tuple[Mark, ...] = ()
    said: tuple[str, ...] = ()
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Ladder:
    """A track's rungs with where a holder stood and stands.

    Args:
        steps: from the foot upwards; reversals last.
        spoken: the same in one sentence, for a screen reader or a screen too small to draw on.
    """

    title: str
    steps: tuple[Step, ...]
    spoken: str
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence that carries it, in its original language.

    Args:
        tongue: name of that language where it is not the card's own, else "".
        voice: who speaks in it: "South Korea itself", "National Intelligence Service, in Reuters".
        source: article, with the publisher as label; url "" when it has no web address.
        heading: what it is, where it is not the quote that carries the alert: a denial, another word.
        gloss: what it says in one sentence of the card's language, where it is in another; ours, not a translation.
    """

    text: str
    language: str
    tongue: str
    voice: str
    source: Link
    title: str
    at: When
    heading: str = ""
    gloss: str = ""
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A named line: "Before: rules it out", with since when and on what.

    Args:
        at: when it was so; `since`: from when on it was so.
        note: what it rests on: the sentence of an article (`link`), or our own words on the history.
    """

    name: str
    text: str
    at: When | None = None
    since: When | None = None
    note: str = ""
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Named lines that belong together."""

    rows: tuple[Fact, ...]
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list.

    Args:
        tag: a word or two before it, such as the state of an alert; "" for none.
        ident: id that commands take, "" for none.
        until: when it ends.
        by: who asked for it, as the platform knows them: "slack:U1"; "" for nobody.
    """

    text: str
    tag: str = ""
    at: When | None = None
    link: Link | None = None
    ident: str = ""
    until: When | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Entries:
    """A list under a title.

    Args:
        more: how many are left out, in words; "" for none.
        left: the same as a number, for who has less room and leaves out more.
        latest_from: the place from which entries stand by their dates, the latest last, so that the earliest are left
            out first; None where the last ones are.
    """

    title: str
    entries: tuple[Entry, ...]
    more: str = ""
    detail: bool = False
    left: int = 0
    latest_from: int | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one register of a holder stands.

    Args:
        kind: "word", "deed" or "lately", in the card's language.
    """

    kind: str
    rung: str
    label: str
    register: Register
    since: When
    link: Link | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one holder stands on one track.

    Args:
        spots: word, deed and the latest quiet word, those that it has.
        baseline: how that compares with the baseline, in words; "" where there is none.
        moved: in words, when it moved in the window; else "".
    """

    holder: str
    name: str
    spots: tuple[Spot, ...]
    baseline: str
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Positions:
    """Where everybody stands on one track."""

    track: str
    title: str
    question: str
    rows: tuple[Stand, ...]
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """One alert among several in a message.

    Args:
        number: from 1; its buttons carry it.
        carried: by how many, in words.
        at: when its shown state was reached.
        ident: id of the alert.
    """

    number: int
    sentence: str
    badge: Badge
    kicker: str
    quote: Quote
    carried: str
    at: datetime
    ident: str
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Usage:
    """Something that can be typed.

    Args:
        typed: as it is typed, with what may follow: "/stance track [holder]".
        name: of the command on the platform, for those that can make it clickable.
        does: what comes of it, in few words.
    """

    typed: str
    name: str
    does: str


@dataclass(frozen=True, slots=True)
class Usages:
    """What can be typed, most useful first."""

    title: str
    rows: tuple[Usage, ...]
    detail: bool = False


Block = Ladder | Quote | Facts | Entries | Positions | Member | Usages


@dataclass(frozen=True, slots=True)
class Card:
    """One message.

    Args:
        kind: of the notice that it shows; None for an answer, which is told to whoever asked.
        subject: id of the alert or the brief that it shows; `version` of it.
        headline: one plain sentence that says it all.
        kicker: what it is about, in few words: track, holder, register.
        at: when the shown state was reached; relative times count from here.
        footer: ids for commands and logs, most useful first.
    """

    kind: NoticeKind | None
    subject: str
    version: int
    language: str
    headline: str
    badge: Badge
    kicker: str
    at: datetime
    blocks: tuple[Block, ...]
    footer: tuple[str, ...]
    severity: Severity = Severity.LOW
