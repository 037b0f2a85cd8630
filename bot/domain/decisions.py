"""What is decided from readings, and where does everybody stand?

Refuses to do: no rule is applied here; bot/ledger/ holds the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.scales import AlertEventKind, AlertState, By, Register, Severity, Tier


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reading with the facts of its article: the unit that the ledger is folded from.

    Args:
        id: unique and stable, the same for the same reading of the same article.
        article: key of the article.
        dated: when the news happened (Article.dated).
        seen: when it was first polled.
        origin: the reading's origin, else the publisher's group.
        fingerprint: near-duplicate fingerprint of the article's text; equal or close ones are copies.
        silent: fills the ledger and is never told (first poll, history, old news).
    """

    id: str
    article: str
    track: str
    holder: str
    rung: str
    by: By
    quote: str
    confidence: float
    origin: str
    dated: datetime
    seen: datetime
    title: str
    url: str
    publisher: str
    origin_group: str
    tier: Tier
    language: str
    fingerprint: tuple[int, ...] = ()
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """Where one register of a ledger stands.

    Args:
        since: when the register took this rung.
        evidence: what it rests on; empty for baseline and history, which `note` then explains.
        note: our own words on the evidence of baseline and history.
        before: rung that it was taken from, "" for none.
    """

    rung: str
    since: datetime
    evidence: tuple[Evidence, ...] = ()
    note: str = ""
    before: str = ""

    @property
    def carrier(self) -> Evidence | None:
        """The evidence that the register moved with; what was reported before and confirmed later is of another day."""
        moved = (e for e in self.evidence if e.dated == self.since)
        return next(moved, self.evidence[0] if self.evidence else None)


@dataclass(frozen=True, slots=True)
class Standing:
    """The ledger of one (track, holder): its two registers and its baseline.

    Args:
        last_word: the latest rung said, quiet ones included, for the brief.
        word: the last rung of the word register that is not quiet; moves are measured from it.
    """

    track: str
    holder: str
    word: Position | None = None
    deed: Position | None = None
    last_word: Position | None = None
    baseline: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """One development as it is told, in its present state. Its channels hold deliveries of it.

    Args:
        id: stable; short enough to type.
        version: grows by one with every event; edits are idempotent by it.
        event, at: the latest event and its time.
        posted: when it was first told.
        from_rung: where the register stood, None where it stood nowhere.
        previous: what the register stood on before.
        baseline: rung of the storyline's baseline in this register, "" where there is none.
        evidence: everything that carries it, the lead first, then by time.
        against: evidence of a denial or of another word, when disputed.
        reason: the named reason of the latest decision, for logs and `why`.
    """

    id: str
    version: int
    state: AlertState
    event: AlertEventKind
    at: datetime
    posted: datetime
    track: str
    holder: str
    register: Register
    from_rung: str | None
    to_rung: str
    by: By
    severity: Severity
    evidence: tuple[Evidence, ...]
    previous: Position | None = None
    baseline: str = ""
    against: tuple[Evidence, ...] = ()
    reason: str = ""

    @property
    def lead(self) -> Evidence:
        """The evidence whose sentence the card quotes."""
        return self.evidence[0]

    @property
    def confirmed(self) -> bool:
        """Whether the register has moved on it."""
        return self.state in {AlertState.CONFIRMED, AlertState.DISPUTED}

    @property
    def ended(self) -> bool:
        """Whether it was withdrawn, or has expired."""
        return self.state in {AlertState.WITHDRAWN, AlertState.EXPIRED}

    @property
    def denied(self) -> bool:
        """Whether it is a signal that somebody speaks against."""
        return self.state is AlertState.SIGNAL and bool(self.against)

    @property
    def told_state(self) -> tuple[AlertState, bool, str]:
        """What a thread is told of when it changes: the state, whether a signal is denied, and which rung it is of."""
        return self.state, self.denied, self.to_rung

    @property
    def origins(self) -> int:
        """How many independent origins carry it."""
        return len({e.origin for e in self.evidence})

    @property
    def outlets(self) -> int:
        """How many publishers carry it."""
        return len({e.publisher for e in self.evidence})
