"""What does evidence, in the order of its dates, make of one ledger?

    opening → reading by reading: which register, which rule → where it stands, and its turns

The rules are those of words and deeds: a deed counts when it goes further, a word when it differs, and only a named
reversal undoes a deed. The fold starts from the opening each time, so the ledger cannot depend on the order in which
articles arrived.

Refuses to do: nothing is told here; bot/ledger/tale.py makes alerts of the turns. No clock, no I/O.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.developments import Development
from bot.domain import By, Evidence, Factuality, Position, Register, Rung, Standing, Tier, Track
from bot.ledger.reasons import Reason
from bot.ledger.turns import ALERT_LIFE, CONTEST, Contest, Kind, Stand, Turn

AT_ITS_WORD = frozenset({Tier.OFFICIAL, Tier.AGENCY, Tier.OUTLET})
"""Tiers whose report of a holder's own statement confirms at once. A news search is not among them: anybody's page may
turn up in it, so what it finds counts as one origin, the paper's."""


_BY_KIND = {Kind.AFRESH: Reason.AFRESH, Kind.NEARER: Reason.NEARER_DEED}


@dataclass(frozen=True, slots=True)
class Folded:
    """What the fold came to.

    Args:
        turns: what moved a register, or would have, in the order of their first readings.
        reasons: reading → what it did.
        settled: the standing at the horizon and that moment, when everything before it is decided for good.
    """

    standing: Standing
    turns: tuple[Turn, ...]
    reasons: dict[str, Reason]
    settled: tuple[Standing, datetime] | None


def fold(
    track: Track, start: Standing, evidence: Sequence[Evidence], horizon: datetime, bodies: Mapping[str, str]
) -> Folded:
    """Fold evidence into a ledger.

    Args:
        evidence: of one (track, holder) and of voices for it, by (dated, id).
        horizon: what is dated before it may be settled.
        bodies: speaker → the holder that it is a body of.
    """
    ledger = _Ledger(track, start, bodies)
    reasons: dict[str, Reason] = {}
    settled = None
    crossed = not evidence or evidence[0].dated >= horizon
    for e in evidence:
        if not crossed and e.dated >= horizon:
            crossed = True
            settled = ledger.settled_at(horizon)
        reasons[e.id] = ledger.take(e)
    if not crossed:
        settled = ledger.settled_at(horizon)
    return Folded(ledger.standing(), tuple(ledger.turns), reasons, settled)


def denial_rungs(track: Track) -> frozenset[str]:
    """Return the rungs that a denial of the track's events comes to."""
    return frozenset(frame.rungs[Factuality.DENIED] for frame in track.events if Factuality.DENIED in frame.rungs)


class _Ledger:
    """One ledger while evidence is folded into it."""

    def __init__(self, track: Track, start: Standing, bodies: Mapping[str, str]) -> None:
        self._track = track
        self._bodies = bodies
        self._start = start
        self._rungs = {rung.id: (step, rung) for step, rung in enumerate(track.rungs)}
        self._denials = denial_rungs(track)
        self._word = Stand.opened(start.word, bodies)
        self._deed = Stand.opened(start.deed, bodies)
        self._last_word = start.last_word
        self._waiting: dict[str, Turn] = {}
        self._contest = Contest(bodies)
        self.turns: list[Turn] = []

    def standing(self) -> Standing:
        """Return where the ledger stands now."""
        return Standing(
            self._start.track,
            self._start.holder,
            word=self._word.settled(),
            deed=self._deed.settled(),
            last_word=self._last_word,
            baseline=self._start.baseline,
        )

    def settled_at(self, horizon: datetime) -> tuple[Standing, datetime] | None:
        """Return the standing and the horizon, or None while something from before it is still open."""
        waiting = any(turn.carrier is None and turn.development.open_at(horizon) for turn in self._waiting.values())
        if waiting or self._contest.open_at(horizon):
            return None
        return self.standing(), horizon

    def take(self, e: Evidence) -> Reason:
        """Fold one reading in; return what it did."""
        if e.rung not in self._rungs:
            return Reason.NOT_OF_THE_STORYLINE
        if e.by is By.ANALYST:
            return Reason.ANALYST
        rung = self._rungs[e.rung][1]
        if rung.register is Register.DEED:
            return self._take_deed(e, rung)
        denied = e.rung in self._denials and e.by is By.OFFICIAL and self._deny(e)
        if e.holder != self._start.holder:
            return Reason.DENIAL if denied else Reason.OTHER_VOICE
        reason = self._take_word(e, rung)
        return Reason.DENIAL if denied else reason

    def _take_deed(self, e: Evidence, rung: Rung) -> Reason:
        stand = self._deed
        if stand.position and e.dated < stand.position.since and (rung.reversal or self._reverses(stand.position.rung)):
            return Reason.SUPERSEDED
        if stand.rung == rung.id:
            return self._reaffirm(stand, e, rung)
        if rung.reversal:
            return self._wait(e, rung, Kind.SHIFT) if stand.position else Reason.NOTHING_TO_UNDO
        before = stand.position.before if stand.position else ""
        if self._step(rung.id) > self._furthest(stand):
            undone = self._reverses(stand.rung or "") and self._step(rung.id) <= self._step(before)
            echo = undone and stand.position and e.dated - stand.position.since <= CONTEST
            return self._wait(e, rung, Kind.ECHO if echo else Kind.SHIFT)
        if stand.lone and not self._reverses(before) and self._step(rung.id) > self._step(before):
            return self._wait(e, rung, Kind.NEARER)
        return Reason.LESSER_DEED

    def _furthest(self, stand: Stand) -> int:
        """Return the step that a deed must exceed. After a reversal, what it undid counts again, and the step below
        it: troops sent once more are a move, shells that never stopped are none."""
        if stand.position is None:
            return -1
        if self._reverses(stand.position.rung):
            return self._step(stand.position.before) - 2
        return self._step(stand.position.rung)

    def _take_word(self, e: Evidence, rung: Rung) -> Reason:
        stand, position = self._word, self._word.position
        outranked = self._track.deeds_outrank_words and self._outranked(rung)
        if position is None:
            self._say(e)
            return self._first_word(e, rung)
        if e.dated < position.since:
            return Reason.SUPERSEDED
        if not outranked:
            self._contest.hear(rung.id, e)
        if position.rung == rung.id:
            self._say(e)
            return self._reaffirm(stand, e, rung, outranked=outranked)
        if rung.quiet:
            if e.by is By.OFFICIAL:
                self._say(e)
            return Reason.QUIET
        return self._wait(e, rung, Kind.OUTLOOK if outranked else Kind.SHIFT)

    def _outranked(self, rung: Rung) -> bool:
        """Tell whether a deed has gone further than this word, on a track where that silences the word."""
        deed = self._deed.position
        if deed is None:
            return False
        return self._reverses(deed.rung) or self._step(rung.id) < self._step(deed.rung)

    def _first_word(self, e: Evidence, rung: Rung) -> Reason:
        turn = self._open_turn(e, rung, Kind.FIRST, Stand())
        turn.carrier, turn.reason = e, Reason.FIRST_WORD
        self._word.take(turn, Position(rung.id, e.dated))
        return Reason.FIRST_WORD

    def _reaffirm(self, stand: Stand, e: Evidence, rung: Rung, *, outranked: bool = False) -> Reason:
        assert stand.position is not None
        if stand.development is None:
            return Reason.REAFFIRMED
        if e.dated - stand.position.since <= ALERT_LIFE:
            return Reason.REAFFIRMED if stand.development.add(e) else Reason.SAME_ORIGIN
        told_once = stand.position.before or rung.register is Register.DEED
        if outranked or not told_once or not stand.lone or stand.development.heard_by(e.origin_group):
            return Reason.REAFFIRMED
        return self._wait(e, rung, Kind.AFRESH)

    def _wait(self, e: Evidence, rung: Rung, kind: Kind) -> Reason:
        """Add a reading to the turn that waits on its rung, and move the register when that confirms it."""
        stand = self._deed if rung.register is Register.DEED else self._word
        turn = self._waiting.get(rung.id)
        if turn is None or turn.kind is not kind or not turn.development.open_at(e.dated):
            turn = self._waiting[rung.id] = self._open_turn(e, rung, kind, stand)
            fresh = True
        else:
            fresh = turn.development.add(e)
        reason = _confirmation(e, turn, stand)
        if reason is None:
            return _unconfirmed(e, fresh=fresh)
        told_word = rung.register is Register.WORD and kind is not Kind.OUTLOOK
        echo = kind is Kind.ECHO and turn.development.witnesses <= stand.witnesses
        # What the holder itself says for the first time is no return to one side of a contest.
        returns = reason is not Reason.OFFICIAL or self._contest.is_between(rung.id)
        if echo or (told_word and returns and self._contest.holds(stand.rung, rung.id, e.dated)):
            turn.reason = Reason.MIXED_SIGNALS
            return turn.reason
        turn.reason = reason
        self._move(stand, turn, e)
        if told_word:
            self._contest.moved(turn, e.dated)
        return Reason.OUTLOOK if kind is Kind.OUTLOOK else turn.reason

    def _open_turn(self, e: Evidence, rung: Rung, kind: Kind, stand: Stand) -> Turn:
        before, came_from = stand.past(), stand.rung
        if kind in {Kind.AFRESH, Kind.NEARER} and stand.position:
            before, came_from = None, stand.position.before or None
        turn = Turn(rung.register, rung.id, kind, came_from, before, Development(e.dated, self._bodies))
        turn.development.add(e)
        self.turns.append(turn)
        return turn

    def _move(self, stand: Stand, turn: Turn, e: Evidence) -> None:
        turn.carrier = e
        self._waiting.pop(turn.rung, None)
        if turn.kind is Kind.NEARER:
            assert stand.position is not None
            stand.position = Position(
                stand.position.rung, stand.position.since, stand.position.evidence, before=turn.rung
            )
            return
        if turn.kind is not Kind.AFRESH:
            # The register may have moved since the turn began.
            turn.came_from, turn.before = stand.rung, stand.past()
        stand.take(turn, Position(turn.rung, e.dated, before=turn.came_from or ""))
        if turn.register is Register.DEED:
            self._overtake(turn)
        else:
            self._say(e)

    def _overtake(self, by: Turn) -> None:
        """Let what waits below a deed that was confirmed wait no longer; what waited in vain for 72 hours is over."""
        if self._reverses(by.rung):
            return
        deeds = [t for t in self._waiting.values() if t.register is Register.DEED and t.kind is Kind.SHIFT]
        for turn in deeds:
            if turn.development.open_at(by.order[0]) and self._step(turn.rung) < self._step(by.rung):
                turn.overtaken = True
                del self._waiting[turn.rung]

    def _deny(self, e: Evidence) -> bool:
        """Hold a denial against what others reported in the last 14 days; tell whether there was anything."""
        turns = [t for t in self._waiting.values() if t.rung != e.rung]
        if self._deed.turn:
            turns.append(self._deed.turn)
        hit = [t for t in turns if not t.official and t.started <= e.dated <= t.started + ALERT_LIFE]
        for turn in hit:
            turn.denials.append(e)
        return bool(hit)

    def _say(self, e: Evidence) -> None:
        last = self._last_word
        if last is None or (last.rung != e.rung and e.dated >= last.since):
            self._last_word = Position(e.rung, e.dated, (e,), before=last.rung if last else "")

    def _step(self, rung_id: str) -> int:
        return self._rungs[rung_id][0] if rung_id in self._rungs else -1

    def _reverses(self, rung_id: str) -> bool:
        return rung_id in self._rungs and self._rungs[rung_id][1].reversal


def _confirmation(e: Evidence, turn: Turn, stand: Stand) -> Reason | None:
    """Return why this reading confirms its turn, None while it does not."""
    if turn.kind not in _BY_KIND:
        if e.by is By.OFFICIAL and e.tier in AT_ITS_WORD:
            return Reason.OFFICIAL
        return Reason.SECOND_ORIGIN if turn.development.origins >= 2 else None
    # While a further deed is fresh, a nearer one may be the echo of the day before: it takes one witness more.
    echo = turn.kind is Kind.NEARER and stand.development is not None and stand.development.open_at(e.dated)
    heard = turn.development.witnesses >= 2 + echo or (e.by is By.OFFICIAL and e.tier is Tier.OFFICIAL)
    return _BY_KIND[turn.kind] if heard else None


def _unconfirmed(e: Evidence, *, fresh: bool) -> Reason:
    if not fresh:
        return Reason.SAME_ORIGIN
    return Reason.DISTANT_SOURCE if e.by is By.OFFICIAL else Reason.REPORTED_ONCE
