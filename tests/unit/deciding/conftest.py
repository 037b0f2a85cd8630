"""A desk that decides one ledger as articles come in: the store and the clock of these tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain import (
    Alert,
    By,
    EventFrame,
    Evidence,
    Factuality,
    Holder,
    PastMove,
    Register,
    Rung,
    Speaker,
    Standing,
    Storyline,
    Tier,
    Track,
)
from bot.ledger import Decision, decide, opening

DAY = datetime(2024, 10, 1, tzinfo=UTC)


def _rung(rung_id: str, register: Register = Register.WORD, *, quiet: bool = False, reversal: bool = False) -> Rung:
    return Rung(rung_id, register, {"en": rung_id}, {"en": rung_id}, {"en": rung_id}, quiet=quiet, reversal=reversal)


def _deed(rung_id: str, *, reversal: bool = False) -> Rung:
    return _rung(rung_id, Register.DEED, reversal=reversal)


def _track(track_id: str, *rungs: Rung, holders: tuple[str, ...] = ("seoul",), denied: str = "", **more) -> Track:
    denials = {Factuality.DENIED: denied} if denied else {}
    frames = (EventFrame("event", holders[:1], denials, {}),)
    return Track(track_id, {"en": track_id}, {"en": track_id}, holders, rungs, frames, **more)


ARMS = _track(
    "arms",
    *map(_rung, ("withhold", "reviewing", "conditional")),
    _deed("indirect"),
    _rung("committed"),
    _deed("supplying"),
    denied="withhold",
    baseline={"seoul": "reviewing"},
)
TIES = _track(
    "ties",
    _rung("mending"),
    _rung("managing", quiet=True),
    _rung("condemning"),
    _deed("retaliating"),
    baseline={"seoul": "condemning"},
)
WAR = _track(
    "war",
    *map(_rung, ("denied", "feared")),
    *map(_deed, ("arming", "deploying", "fighting")),
    _deed("withdrawing", reversal=True),
    holders=("pyongyang", "moscow"),
    denied="denied",
    deeds_outrank_words=True,
    baseline={"pyongyang": "feared"},
    voices={"moscow": "pyongyang"},
)
ALLIES = _track("allies", _rung("discouraging"), _rung("neutral", quiet=True), _rung("requesting"), holders=("nato",))
DEPTH = _track("depth", *map(_rung, ("symbolic", "divided")), holders=("experts",), alerts=False)

SPEAKERS = tuple(Speaker(body, "military", {}, "kyiv") for body in ("scouts", "staff"))

PAST = (
    PastMove(date(2022, 11, 2), "war", "pyongyang", "arming", "Shells go to Russia."),
    PastMove(date(2024, 6, 20), "arms", "seoul", "reviewing", "Seoul looks again.", baseline=True),
    PastMove(date(2024, 6, 20), "ties", "seoul", "condemning", "Seoul condemns.", baseline=True),
    PastMove(date(2024, 6, 20), "war", "pyongyang", "feared", "More is feared.", baseline=True),
)


class Desk:
    """Takes readings of one ledger in, remembers what was told, and lets time pass.

    Args:
        keep: fold everything each time instead of settling what is old.
    """

    def __init__(self, track: str, holder: str, *, keep: bool = True, start: datetime = DAY) -> None:
        tracks = (ARMS, TIES, WAR, ALLIES, DEPTH)
        holders = tuple(Holder(h, "state", {"en": h}, {}) for t in tracks for h in t.holders)
        self.storyline = Storyline("tale", {"en": "Tale"}, date(2024, 6, 20), tracks, holders, SPEAKERS, {}, past=PAST)
        self.track, self.holder, self.keep = track, holder, keep
        self.opened: tuple[Standing, datetime] = (opening(self.storyline, track, holder, start), start)
        self.evidence: dict[str, Evidence] = {}
        self.told: dict[str, Alert] = {}
        self.events: list[Alert] = []
        self.now = start
        self.last: Decision | None = None

    def reading(
        self,
        rung: str,
        hours: float = 0,
        outlet: str = "Wire",
        by: By = By.OFFICIAL,
        *,
        article: str = "",
        holder: str = "",
        origin: str = "",
        seen: float | None = None,
        title: str = "",
        tier: Tier = Tier.OUTLET,
        fingerprint: tuple[int, ...] = (),
        silent: bool = False,
    ) -> Evidence:
        """Make a reading; `hours` after the first of October says when it was published."""
        article = article or f"{outlet}-{hours}-{rung}-{by}"
        holder = holder or self.holder
        return Evidence(
            id=f"{article}/{holder}/{rung}",
            article=article,
            track=self.track,
            holder=holder,
            rung=rung,
            by=by,
            quote=f"{holder}: {rung}",
            confidence=1.0,
            origin=origin or outlet,
            dated=DAY + timedelta(hours=hours),
            seen=DAY + timedelta(hours=hours if seen is None else seen),
            title=title,
            url="",
            publisher=outlet,
            origin_group=outlet,
            tier=tier,
            language="en",
            fingerprint=fingerprint,
            silent=silent,
        )

    def take(self, *readings: Evidence, decided: float | None = None) -> list[str]:
        """Take readings in, in one go; return the events as "posted reviewing→conditional confirmed"."""
        self.evidence |= {e.id: e for e in readings}
        if decided is not None:
            self.now = DAY + timedelta(hours=decided)
        self.now = max([self.now, *(e.seen for e in readings)])
        return self.decide()

    def says(self, rung: str, hours: float = 0, outlet: str = "Wire", by: By = By.OFFICIAL, **more) -> list[str]:
        """Take one reading in."""
        return self.take(self.reading(rung, hours, outlet, by, **more))

    def reports(self, rung: str, hours: float = 0, outlet: str = "Wire", **more) -> list[str]:
        """Take a reading in that others report of the holder."""
        return self.says(rung, hours, outlet, By.REPORTED, **more)

    def passes(self, hours: float) -> list[str]:
        """Let time pass until so many hours after the first of October."""
        self.now = DAY + timedelta(hours=hours)
        return self.decide()

    def loses(self, *readings: Evidence) -> list[str]:
        """Let readings vanish, as when an article is edited."""
        for e in readings:
            del self.evidence[e.id]
        return self.decide()

    def decide(self) -> list[str]:
        """Decide on what there is now."""
        start, since = self.opened
        fresh = [e for e in self.evidence.values() if self.keep or e.dated >= since or e.seen >= since]
        self.last = decide(self.storyline, start, fresh, list(self.told.values()), self.now, since=since)
        for alert in self.last.alerts:
            assert alert.version == (self.told[alert.id].version + 1 if alert.id in self.told else 1)
            self.told[alert.id] = alert
        if self.last.settled and not self.keep:
            self.opened = self.last.settled
        self.events += self.last.alerts
        return [f"{a.event} {a.from_rung or 'nowhere'}→{a.to_rung} {a.state}" for a in self.last.alerts]

    @property
    def standing(self) -> Standing:
        """Where the ledger stands."""
        assert self.last is not None
        return self.last.standing

    @property
    def stands(self) -> tuple[str | None, str | None]:
        """The rungs of its word and its deed."""
        word, deed = self.standing.word, self.standing.deed
        return word.rung if word else None, deed.rung if deed else None

    def reason(self, reading: Evidence) -> str:
        """The named reason of what a reading did."""
        assert self.last is not None
        return self.last.reasons[reading.id]

    def posted(self) -> Sequence[Alert]:
        """The alerts as they were posted."""
        return [alert for alert in self.events if alert.event == "posted"]


@pytest.fixture(scope="session")
def desk() -> Callable[..., Desk]:
    """Open a desk for a ledger: desk("arms", "seoul")."""
    return Desk


@pytest.fixture
def arms() -> Desk:
    """The ledger of Seoul's arms, which stands on reviewing."""
    return Desk("arms", "seoul")


@pytest.fixture
def war() -> Desk:
    """The ledger of Pyongyang's part in the war, which stands on arming."""
    return Desk("war", "pyongyang")


@pytest.fixture
def ties() -> Desk:
    """The ledger of Seoul's ties with Moscow, which stands on condemning."""
    return Desk("ties", "seoul")
