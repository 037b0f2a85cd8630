"""What is read in an article?

Refuses to do: a reading is what the text reports, not what is true; the ledger decides that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.scales import By


@dataclass(frozen=True, slots=True)
class Item:
    """What a Reader is given: the part of an article that carries meaning.

    Args:
        language: ISO 639-1 code, or "" to have it detected.
        date: resolves office-holders ("the president") to holders; None means today's.
    """

    id: str
    title: str
    text: str
    language: str = ""
    date: datetime | None = None
    url: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One position that one article reports.

    Args:
        quote: exact span of the title or the text.
        confidence: 0..1; below the reader's floor a reading is kept for `why` and not acted on.
        origin: whom the report comes from: a named original speaker or a credited agency, as a stable
            id such as "nis" or "yonhap"; "" when the item credits none (then the publisher's group counts).
        trace: how the rung was reached, one step a line: sentence, event, operators, rule.
    """

    track: str
    holder: str
    rung: str
    by: By
    quote: str
    confidence: float
    origin: str = ""
    trace: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a Reader answers for one item.

    Args:
        relevant: a person following the storyline would want to see it.
        gate: why it passed or stopped, in one line ("no holder", "no cue", "passed: …").
        readings: those to act on.
        doubtful: those below the confidence floor, kept for `why`.
    """

    id: str
    relevant: bool
    gate: str
    language: str
    readings: tuple[Reading, ...] = ()
    doubtful: tuple[Reading, ...] = ()
