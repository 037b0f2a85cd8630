"""What would an alert say now, and which event is that beside what it said last?

Refuses to do: whether a turn deserves an alert of its own is decided in bot/ledger/tale.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.developments import DEVELOPMENT
from bot.domain import Alert, AlertEventKind, AlertState, By, Evidence, Register
from bot.ledger.novelty import Scene, event_kind, event_reason, lost, otherwise, settled, unspoken
from bot.ledger.reasons import Reason
from bot.ledger.turns import Turn
from bot.severity import severity

MOST_EVIDENCE = 50
"""Readings that an alert keeps; more of them change nothing that people see."""

MOST_AGAINST = 6
"""Readings of a denial or of another word that an alert keeps."""


class Draft:
    """One alert in the making: what was told, and the turns of this fold that it tells of.

    Args:
        told: the alert as it was told last; None for a new one.
    """

    def __init__(self, alert_id: str, register: Register, told: Alert | None = None) -> None:
        self.id = alert_id
        self.register = register
        self.told = told
        self.turns: list[Turn] = []
        dates = [e.dated for e in (*told.evidence, *told.against)] if told else []
        self._span = (min(dates), max(dates)) if dates else None

    def add(self, turn: Turn) -> None:
        """Let it tell of one turn more: of its own development, or of a word that returned or contradicted.

        A turn that still waits changes nothing in an alert whose register has moved.
        """
        if turn.moved or not self.moved or (turn.rung == self.rung and not self.turns):
            self.turns.append(turn)

    @property
    def began(self) -> datetime:
        """Date of the reading that it was told on first."""
        told_from = self._span[0] if self._span else None
        if self.turns and (told_from is None or self.turns[0].started <= told_from):
            return self.turns[0].order[0]
        assert told_from is not None
        return told_from

    @property
    def latest(self) -> datetime:
        """Date of the latest reading that it was told on, or has now."""
        dates = [turn.order[0] for turn in self.turns]
        return max([*dates, self._span[1]] if self._span else dates)

    @property
    def changed(self) -> datetime:
        """Date of the reading that it last changed with."""
        if self.turns:
            return self.turns[-1].order[0]
        assert self.told is not None
        return self.told.lead.dated

    @property
    def rung(self) -> str:
        """The rung that it tells of now."""
        if self.turns:
            return self.turns[-1].rung
        assert self.told is not None
        return self.told.to_rung

    @property
    def came_from(self) -> str | None:
        """Where the register stood before it."""
        if self.told and (self.told.confirmed or not self.turns):
            return self.told.from_rung
        return self.turns[0].came_from

    @property
    def visited(self) -> set[str | None]:
        """The rungs that it has told of, and where the register stood before it."""
        rungs: set[str | None] = {self.came_from, *(turn.rung for turn in self.turns)}
        if self.told:
            rungs |= {self.told.to_rung, *(e.rung for e in self.told.against)}
        return rungs

    def tells_of(self, turn: Turn) -> bool:
        """Tell whether a turn is of a development that this alert has told of, though none of its readings is kept."""
        told = self.told
        if told is None or self.register is not turn.register or self.over:
            return False
        sides = (*told.evidence, *(told.against if told.confirmed else ()))
        dates = [e.dated for e in sides if e.rung == turn.rung]
        return bool(dates) and min(dates) - DEVELOPMENT <= turn.lead.dated <= max(dates) + DEVELOPMENT

    @property
    def heard(self) -> datetime:
        """When that was heard of which it tells of now: what it was posted on may be a signal that moved nothing."""
        carrier = self.turns[-1].carrier if self.turns else None
        if carrier is None:
            assert self.told is not None
            return self.told.lead.seen
        return carrier.seen

    @property
    def moved(self) -> bool:
        """Whether the register has moved on it."""
        if self.turns:
            return any(turn.moved for turn in self.turns)
        return self.told is not None and self.told.confirmed

    @property
    def over(self) -> bool:
        """Whether it was withdrawn or has expired, and nothing has revived it."""
        return self.told is not None and self.told.ended and not self.moved

    @property
    def mixed(self) -> bool:
        """Whether its last word contradicts the one it told before, and does not return to one.

        What it has told as confirmed stays so: the turn that it returned to may be settled by now.
        """
        if self.told and self.told.state is AlertState.CONFIRMED and self.told.to_rung == self.rung:
            return False
        earlier = {self.came_from, *(turn.rung for turn in self.turns[:-1])}
        return len(self.turns) > 1 and self.rung not in earlier

    def event(self, scene: Scene) -> Alert | None:
        """Return the alert in its next version, or None when people would see nothing new."""
        told = self.told
        if not self.turns:
            return unspoken(told, self.began, scene) if told else None
        state = self._state(scene)
        alert = self._alert(scene, state)
        if told is None:
            pointless = state is AlertState.EXPIRED or alert.from_rung == alert.to_rung
            return None if pointless else alert
        if told.state is AlertState.WITHDRAWN and state is AlertState.EXPIRED:
            return None
        kind = event_kind(told, alert, scene)
        if kind is None:
            return None
        return replace(alert, version=told.version + 1, event=kind, reason=event_reason(kind, alert, told))

    def _state(self, scene: Scene) -> AlertState:
        told, last = self.told, self.turns[-1]
        if not self.moved:
            if told and told.confirmed:
                # What is settled may have carried it, whoever else has taken it back since.
                sure = not any(settled(e, scene) for e in told.evidence)
                gone = sure and any(lost(e, scene) for e in told.evidence)
                return AlertState.WITHDRAWN if gone else told.state
            over = scene.now - last.started > DEVELOPMENT or (told and told.state is AlertState.EXPIRED)
            return AlertState.EXPIRED if over else AlertState.SIGNAL
        same = told is not None and told.to_rung == self.rung
        if told and same and otherwise(told, scene):
            return AlertState.DISPUTED
        denied = last.denials or (told and same and told.state is AlertState.DISPUTED)
        if denied and not self._owned_up(scene):
            return AlertState.DISPUTED
        return AlertState.DISPUTED if self.mixed else AlertState.CONFIRMED

    def _owned_up(self, scene: Scene) -> bool:
        """Tell whether the holder itself has said so since it was denied last."""
        last = self.turns[-1]
        # A deed has nothing against it but denials; a word, what was said besides.
        before = self.told.against if self.told and self.register is Register.DEED else ()
        denied = [e.dated for e in (*last.denials, *before)]
        itself = [e for e in last.development.evidence if e.by is By.OFFICIAL and e.holder == scene.start.holder]
        return bool(denied and itself) and max(e.dated for e in itself) > max(denied)

    def _alert(self, scene: Scene, state: AlertState) -> Alert:
        told, last = self.told, self.turns[-1]
        evidence = self._evidence(scene)
        by = By.OFFICIAL if any(e.by is By.OFFICIAL for e in evidence) else By.REPORTED
        baseline = scene.start.baseline
        same = baseline and scene.track.rung(baseline).register is self.register
        moved = state in {AlertState.CONFIRMED, AlertState.DISPUTED}
        return Alert(
            id=self.id,
            version=1,
            state=state,
            event=AlertEventKind.POSTED,
            at=scene.now,
            posted=told.posted if told else scene.now,
            track=scene.start.track,
            holder=scene.start.holder,
            register=self.register,
            from_rung=self.came_from,
            to_rung=last.rung,
            by=by,
            severity=severity(scene.track, self.came_from, last.rung, by, confirmed=moved),
            evidence=evidence,
            previous=told.previous if told and told.confirmed else self.turns[0].previous,
            baseline=baseline if same else "",
            against=self._against(evidence, scene),
            reason=self._why(last),
        )

    def _why(self, last: Turn) -> str:
        if self.mixed:
            return Reason.MIXED_SIGNALS
        if len(self.turns) > 1:
            return Reason.SWING
        return Reason.OVERTAKEN if last.overtaken else last.reason

    def _evidence(self, scene: Scene) -> tuple[Evidence, ...]:
        """Return what carries the last rung, each under its independent origin, the lead first, then by time."""
        rung = self.turns[-1].rung
        kept = self.told.evidence if self.told else ()
        found = {e.id: e for e in kept if e.rung == rung and not lost(e, scene)}
        for turn in self.turns:
            found |= {e.id: e for e in turn.development.labelled} if turn.rung == rung else {}
        again = self._again
        now = [e for e in found.values() if again is None or e.dated >= again]
        ordered = sorted(now or found.values(), key=lambda e: (e.dated, e.id))
        lead = self._lead(ordered)
        return (lead, *_widest(e for e in ordered if e.id != lead.id))

    @property
    def _again(self) -> datetime | None:
        """When it told of something else, before it came back to the rung that it tells of now; None if it has not.

        Who carried the word then does not carry it now.
        """
        rungs = [turn.rung for turn in self.turns]
        between = max((i for i, rung in enumerate(rungs) if rung != rungs[-1]), default=0)
        return self.turns[between].order[0] if rungs[-1] in rungs[:between] else None

    def _lead(self, ordered: list[Evidence]) -> Evidence:
        """Return the reading to quote: the one quoted before, unless an official one has come since.

        Of a word that returned it is one that says so now, not what was said the first time.
        """
        told, own = self.told, self.turns[-1].development.label
        quoted = told.lead.id if told and told.evidence and told.to_rung == self.rung else ""
        fresh = [e for e in ordered if e.id in own or e.id == quoted] or ordered
        official = [e for e in fresh if e.by is By.OFFICIAL]
        return next((e for e in official or fresh if e.id == quoted), (official or fresh)[0])

    def _against(self, evidence: tuple[Evidence, ...], scene: Scene) -> tuple[Evidence, ...]:
        last = self.turns[-1]
        other = [
            e for turn in reversed(self.turns[:-1]) if turn.rung != last.rung for e in turn.development.labelled[:2]
        ]
        before = self.told.against if self.told else ()
        # What was taken back proves nothing, as long as there is something else to show.
        before = tuple(e for e in before if not lost(e, scene)) or before
        if self.told and self.told.to_rung != last.rung:
            before = (*self.told.evidence[:2], *before)
        turned = otherwise(self.told, scene) if self.told else ()
        carrying = {e.id for e in evidence}
        if self._owned_up(scene):
            # What this alert has told itself stays with it, or another alert would tell of it once more.
            denials = {e.id for e in last.denials} - {e.id for e in other}
            carrying |= denials | ({e.id for e in before} if self.register is Register.DEED else set())
        every = (*last.denials, *turned, *other, *before)
        found = {e.id: e for e in every if e.id not in carrying and e.rung != last.rung}
        return tuple(found.values())[:MOST_AGAINST]


def _widest(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return at most as many readings as an alert keeps, by time; of many, one of each outlet before a second."""
    found = list(evidence)
    if len(found) < MOST_EVIDENCE:
        return found
    publishers: set[str] = set()
    ranked = []
    for place, e in enumerate(found):
        ranked.append((e.publisher in publishers, place))
        publishers.add(e.publisher)
    kept = sorted(place for _, place in sorted(ranked)[: MOST_EVIDENCE - 1])
    return [found[place] for place in kept]
