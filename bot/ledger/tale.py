"""Which alerts do a ledger's turns come to, and what is new in them beside those already told?

    turns → one draft each, or an edit of the draft before it (a word that returned, mixed signals)
          → beside what was told: posted, updated, confirmed, disputed, withdrawn, expired, or nothing

A turn is bound to the alert that already tells of it, by the readings they share; so an alert keeps its id whatever
order its articles arrive in, and telling again what was told comes to nothing.

Refuses to do: no register moves here. No clock but the scene's, no I/O.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple

from bot.developments import DEVELOPMENT
from bot.domain import Alert, AlertEventKind, AlertState, By, Evidence, Register
from bot.ledger.drafts import Draft
from bot.ledger.novelty import Scene, lost
from bot.ledger.reasons import Reason
from bot.ledger.standing import AT_ITS_WORD
from bot.ledger.turns import ALERT_LIFE, CONTEST, Kind, Turn

OLD_NEWS = timedelta(days=7)
"""Published so long before it is first seen, an article fills the ledger and is not told."""

_ROUNDS = 4


def retell(scene: Scene, turns: Sequence[Turn], told: Sequence[Alert]) -> tuple[Alert, ...]:
    """Return the alerts that are new or have changed, each in its next version.

    Args:
        turns: of the fold.
        told: alerts of this ledger in their present state.
    """
    before = {alert.id: alert for alert in told}
    after = dict(before)
    # An alert that took a reading over from another binds differently the next time. Telling again at once, until
    # nothing more comes, keeps the next decision from finding news where no article has come.
    for _ in range(_ROUNDS):
        news = _told_once(scene, turns, tuple(after.values()))
        if not news:
            break
        after |= {alert.id: alert for alert in news}
    changed = ((before.get(i), alert) for i, alert in after.items() if alert is not before.get(i))
    # What several rounds brought back to where it began has not happened for whoever was told of none of them.
    return tuple(_as_one(old, alert) for old, alert in changed if old or alert.from_rung != alert.to_rung)


def _told_once(scene: Scene, turns: Sequence[Turn], told: Sequence[Alert]) -> tuple[Alert, ...]:
    tale = _Tale(scene, told)
    tellable = [turn for turn in turns if turn.kind not in {Kind.FIRST, Kind.OUTLOOK}]
    tale.expect(tellable)
    for turn in sorted(tellable, key=lambda turn: turn.order):
        tale.take(turn)
    return tale.news()


def _as_one(before: Alert | None, alert: Alert) -> Alert:
    """Make one event of what several rounds made of an alert."""
    if before is None:
        return replace(alert, version=1, event=AlertEventKind.POSTED)
    made = replace(alert, version=before.version + 1)
    if alert.confirmed and not before.confirmed:
        return replace(made, event=AlertEventKind.CONFIRMED)
    if alert.event is AlertEventKind.CONFIRMED and before.state is AlertState.CONFIRMED:
        return replace(made, event=AlertEventKind.UPDATED, reason=Reason.QUOTED_ANEW)
    return made


def untold(e: Evidence) -> bool:
    """Tell whether a reading fills the ledger without being told."""
    return e.silent or e.seen - e.dated > OLD_NEWS


def _heard(turn: Turn) -> datetime:
    """Return when enough had come in for a turn; what bears out its lead may come after it and be dated before it."""
    return max([turn.lead.seen, *(e.seen for e in _borne_out(turn) if not untold(e))])


def _came_silently(turn: Turn) -> bool:
    """Tell whether a turn moved the register on nothing but what fills the ledger, beside at most one report."""
    before = _borne_out(turn)
    return turn.carrier is not None and (untold(turn.lead) or (bool(before) and all(map(untold, before))))


def _borne_out(turn: Turn) -> list[Evidence]:
    """Return what the lead of a turn confirmed; nothing where it needed nobody."""
    lead = turn.lead
    alone = turn.carrier is None or turn.reason is Reason.OFFICIAL
    return [] if alone else [e for e in turn.development.evidence if (e.dated, e.id) < (lead.dated, lead.id)]


class _Stood(NamedTuple):
    """Where a word stood before it went on and no alert told of that.

    Args:
        heard: when that was heard of.
    """

    rung: str | None
    heard: datetime


class _Tale:
    """The drafts of one ledger, while its turns are told in order."""

    def __init__(self, scene: Scene, told: Sequence[Alert]) -> None:
        self._scene = scene
        self._drafts = {alert.id: Draft(alert.id, alert.register, alert) for alert in told}
        self._telling: dict[str, Draft] = {}
        self._expected: set[str] = set()
        self._stood: _Stood | None = None
        # What an edit took away altogether is withdrawn, and no word turns against it.
        self._gone = {alert.id for alert in told if all(lost(e, scene) for e in alert.evidence)}
        # What is held against one alert may be told by another; against a signal there are but denials.
        sides = [(alert, alert.evidence) for alert in told]
        sides += [(alert, alert.against) for alert in told if self._drafts[alert.id].moved]
        for alert, side in sides:
            for e in side:
                self._telling.setdefault(e.id, self._drafts[alert.id])

    def expect(self, turns: Sequence[Turn]) -> None:
        """Learn which alerts this fold will speak of; before it does, they have not happened yet."""
        self._expected = {draft.id for turn in turns if (draft := self._bound(turn))}

    def take(self, turn: Turn) -> None:
        """Bind a turn to the alert that tells of it, edit the alert before it, or draft a new one."""
        draft = self._bound(turn)
        if draft and draft.over and _came_silently(turn):
            self._came_back_unheard(turn, silent=True)
            return
        if draft is None:
            last = self._last(turn)
            returns = last is not None and turn.rung in last.visited
            edits = last is not None and turn.carrier is not None and (returns or self._contradicts(turn, last))
            silent = self._in_silence(turn, last, returns=returns, edits=edits)
            unheard = self._came_back_unheard(turn, silent=silent)
            if silent or (unheard and not edits):
                return
            if last and edits:
                draft = last
            elif returns or not self._news(turn):
                return
            else:
                alert_id = self._id(turn, turn.development.evidence[0])
                draft = self._drafts[alert_id] = Draft(alert_id, turn.register)
        draft.add(turn)

    def news(self) -> tuple[Alert, ...]:
        """Return every draft that differs from what was told in a way that people see."""
        events = (draft.event(self._scene) for draft in self._drafts.values())
        return tuple(alert for alert in events if alert)

    def _bound(self, turn: Turn) -> Draft | None:
        """Return the draft that shares most readings with a turn, else one told of that rung within 72 hours.

        One that is over takes nothing from one that lives. An alert that came back to its word keeps only who says so
        now, and is still the alert that it began as, even if something older has come since.
        """
        shared: dict[str, int] = {}
        for e in turn.development.evidence:
            draft = self._telling.get(e.id)
            if draft and draft.register is turn.register:
                shared[draft.id] = shared.get(draft.id, 0) + 1
        if shared:
            return self._drafts[max(shared, key=lambda i: (not self._drafts[i].over, shared[i], i))]
        began = (self._drafts.get(self._id(turn, e)) for e in turn.development.evidence)
        if own := next(filter(None, began), None):
            return own
        if untold(turn.lead):
            return None
        return next((d for d in self._drafts.values() if d.tells_of(turn) and not self._left_behind(d, turn)), None)

    def _left_behind(self, draft: Draft, turn: Turn) -> bool:
        """Tell whether another alert moved the register after this one and before the turn, which is news of that."""
        others = (d for d in self._drafts.values() if d is not draft and d.register is turn.register)
        told = draft.told.posted if draft.told else None
        after = (d for d in others if d.told is None or told is None or d.heard >= told)
        return any(d.moved and not d.over and d.began <= turn.order[0] and d.latest > draft.latest for d in after)

    def _last(self, turn: Turn) -> Draft | None:
        """Return the alert of the last move of a word register, while it lives."""
        if turn.register is not Register.WORD:
            return None
        at = turn.order[0]
        happened = [d for d in self._drafts.values() if d.turns or d.id not in self._expected | self._gone]
        moves = [d for d in happened if d.register is turn.register and d.moved and not d.over and d.began <= at]
        last = max(moves, key=lambda d: (d.began, d.id), default=None)
        return last if last and at - last.began <= ALERT_LIFE else None

    def _contradicts(self, turn: Turn, last: Draft) -> bool:
        """Tell a word that turns against the one just told from a further step the same way."""
        if turn.order[0] - last.changed > CONTEST or last.came_from is None:
            return False
        step = self._scene.track.step
        told = step(last.rung) - step(last.came_from)
        return told * (step(turn.rung) - step(last.rung)) < 0

    def _news(self, turn: Turn) -> bool:
        """Tell whether a turn is worth an alert: it moved, or it is open and neither overtaken nor mere hearsay."""
        if turn.carrier:
            return True
        # What the holder itself says is no hearsay; while words are contested it waits for more houses, untold.
        held = turn.official and turn.reason is Reason.MIXED_SIGNALS
        if turn.overtaken or held or self._scene.now - turn.started > DEVELOPMENT:
            return False
        again = turn.kind is Kind.AFRESH and turn.development.evidence[0].by is By.OFFICIAL
        return turn.kind is Kind.SHIFT or again

    def _in_silence(self, turn: Turn, last: Draft | None, *, returns: bool, edits: bool) -> bool:
        """Tell whether a turn fills the ledger alone: it is old, came silently, or what carries it is known for days.

        However long that is known, the alert before it must not say now what holds no more; but what came silently
        takes back only what nobody has been told.

        Args:
            last: the alert before it.
            returns: this turn takes that back.
            edits: it does, or contradicts it.
        """
        if untold(turn.lead):
            return not returns or last is None or last.told is not None
        return not edits and not returns and self._scene.now - _heard(turn) > DEVELOPMENT

    def _came_back_unheard(self, turn: Turn, *, silent: bool) -> bool:
        """Tell whether a word returns to where it stands as far as people know: it went away and nobody was told."""
        if turn.carrier is None or turn.register is not Register.WORD:
            return False
        stood = self._stood
        if stood and turn.rung == stood.rung:
            self._stood = None
            # Said before the other was heard of, it is no news: the other never stood where anybody saw it.
            own = [e.seen for e in turn.development.evidence if e.by is By.OFFICIAL and e.tier in AT_ITS_WORD]
            return min([*own, _heard(turn)]) <= stood.heard
        if not silent:
            self._stood = None
        elif stood is None:
            self._stood = _Stood(turn.came_from, _heard(turn))
        return False

    def _id(self, turn: Turn, first: Evidence) -> str:
        start = self._scene.start
        parts = (start.track, start.holder, turn.register.value, turn.rung, first.id)
        return blake2b("\n".join(parts).encode(), digest_size=5).hexdigest()
