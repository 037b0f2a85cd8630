"""What do readings change: where does a holder stand now, and what is the team told?

    evidence → dates clipped, sorted, one act and one word an article
             → fold into the opening standing (bot/ledger/standing.py) → turns
             → tell them beside what was told (bot/ledger/tale.py) → alerts that are new or changed

Everything is folded from the opening each time, so the ledger cannot depend on the order in which articles arrived.
Refuses to do: no I/O and no clock but the `now` it is given; the caller stores what comes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from bot.developments import DEVELOPMENT
from bot.domain import Alert, By, Evidence, PastMove, Position, Register, Standing, Storyline, Track
from bot.ledger.novelty import Scene
from bot.ledger.reasons import Reason
from bot.ledger.standing import Folded, denial_rungs, fold
from bot.ledger.tale import retell, untold
from bot.ledger.turns import ALERT_LIFE

ALWAYS = datetime.min.replace(tzinfo=UTC)
"""Before everything."""

EVIDENCE_WINDOW = ALERT_LIFE + DEVELOPMENT
"""How far back `evidence` must reach: an alert lives 14 days, and a development before it 72 hours. What is older may
be folded into a new opening (`Decision.settled`)."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What one look at a ledger's evidence came to.

    Args:
        alerts: only the new and the changed, each one version further.
        reasons: reading → the named reason of what it did.
        settled: a new opening and up to when it holds, when older evidence may be left out from now on.
    """

    standing: Standing
    alerts: tuple[Alert, ...]
    reasons: Mapping[str, Reason]
    settled: tuple[Standing, datetime] | None = None


def opening(storyline: Storyline, track_id: str, holder_id: str, at: datetime) -> Standing:
    """Return a ledger as baseline and history have it at a time.

    A move of history counts from the end of its day, the baseline from its beginning.

    Raises:
        KeyError: the storyline has no such track.
    """
    track = storyline.track(track_id)
    standing = Standing(track_id, holder_id, baseline=track.baseline.get(holder_id, ""))
    for move in storyline.past:
        begun = move.day <= at.date() if move.baseline else move.day < at.date()
        if begun and (move.track, move.holder) == (track_id, holder_id):
            standing = opened(track, standing, move)
    return standing


def ledgers_of(storyline: Storyline, track_id: str, holder_id: str) -> tuple[str, ...]:
    """Return the holders whose ledgers a reading of this holder touches: its own, and one that it is a voice for."""
    other = storyline.track(track_id).voices.get(holder_id)
    return (holder_id, other) if other else (holder_id,)


def voices_in(storyline: Storyline, track_id: str, holder_id: str) -> tuple[str, ...]:
    """Return the holders whose evidence `decide` needs for one ledger: its own, and the voices for it."""
    voices = storyline.track(track_id).voices
    return (holder_id, *(voice for voice, other in voices.items() if other == holder_id))


def decide(
    storyline: Storyline,
    start: Standing,
    evidence: Sequence[Evidence],
    told: Sequence[Alert],
    now: datetime,
    *,
    since: datetime | None = None,
) -> Decision:
    """Decide one ledger.

    Args:
        start: what the ledger was opened with, or a settled opening.
        evidence: of the ledger's holder and of the voices for it, from the opening on, in any order.
        told: alerts of this ledger in their present state: those whose latest event is not before the earlier of
            `since` and `now` - EVIDENCE_WINDOW.
        since: when given, `evidence` holds every reading dated after it that is still true; an alert whose readings
            are missing is then withdrawn.
    """
    track = storyline.track(start.track)
    ordered, reasons = _prepared(track, evidence)
    folded = fold(track, start, ordered, _parting_nothing(track, evidence, now - EVIDENCE_WINDOW), storyline.bodies())
    reasons.update(folded.reasons)
    tellable = is_told(storyline, start.track, start.holder)
    alerts: tuple[Alert, ...] = ()
    if tellable:
        scene = Scene(track, start, now, {e.id: e for e in evidence}, since)
        alerts = retell(scene, folded.turns, told)
    return Decision(folded.standing, alerts, _named(ordered, reasons, tellable=tellable), folded.settled)


def folded(storyline: Storyline, start: Standing, evidence: Sequence[Evidence]) -> Folded:
    """Fold all evidence from an opening, and settle nothing: the ledger rebuilt, with every turn it took."""
    track = storyline.track(start.track)
    ordered, reasons = _prepared(track, evidence)
    whole = fold(track, start, ordered, ALWAYS, storyline.bodies())
    return replace(whole, reasons=reasons | whole.reasons)


def reasons_in(storyline: Storyline, start: Standing, evidence: Sequence[Evidence]) -> Mapping[str, Reason]:
    """Return reading → the named reason of what it did to one ledger, of all the evidence that is given."""
    whole = folded(storyline, start, evidence)
    tellable = is_told(storyline, start.track, start.holder)
    return _named([e for e in evidence if e.id in whole.reasons], whole.reasons, tellable=tellable)


def is_told(storyline: Storyline, track_id: str, holder_id: str) -> bool:
    """Tell whether moves of a ledger are told: not on a track for the brief only, nor of a mere voice for another."""
    track = storyline.track(track_id)
    return track.alerts and holder_id not in track.voices


def opened(track: Track, standing: Standing, move: PastMove) -> Standing:
    """Take one move of baseline or history, which is trusted, by the rules of words and deeds."""
    rung = track.rung(move.rung)
    since = datetime.combine(move.day, time(), UTC)
    if rung.register is Register.DEED:
        deed = standing.deed
        further = deed is None or track.rung(deed.rung).reversal or track.step(rung.id) > track.step(deed.rung)
        if not further and not rung.reversal:
            return standing
        return replace(standing, deed=Position(rung.id, since, note=move.note, before=deed.rung if deed else ""))
    word = standing.word
    said = Position(rung.id, since, note=move.note, before=word.rung if word else "")
    if word and (rung.quiet or word.rung == rung.id):
        return replace(standing, last_word=said)
    return replace(standing, word=said, last_word=said)


def _prepared(track: Track, evidence: Iterable[Evidence]) -> tuple[list[Evidence], dict[str, Reason]]:
    """Return what is to be folded, by (dated, id), and the reasons of what is not."""
    unique = {e.id: e if e.dated <= e.seen else replace(e, dated=e.seen) for e in evidence}
    ordered = sorted(unique.values(), key=lambda e: (e.dated, e.id))
    reasons: dict[str, Reason] = {}
    if len({(e.article, e.holder) for e in ordered}) == len(ordered):
        return ordered, reasons
    articles: dict[tuple[str, str], list[Evidence]] = {}
    for e in ordered:
        articles.setdefault((e.article, e.holder), []).append(e)
    turned = {rung.id for rung in track.rungs if rung.reversal}
    alone = [one for (one, *more) in articles.values() if not more and one.rung in turned and one.by is By.OFFICIAL]
    for several in articles.values():
        if len(several) > 1:
            at, holder = several[0].dated, several[0].holder
            left = any(e.holder == holder and e.dated <= at <= e.dated + DEVELOPMENT for e in alone)
            reasons.update(dict.fromkeys(_outdone(track, several, left=left), Reason.STRONGER_IN_ITEM))
    return [e for e in ordered if e.id not in reasons], reasons


def _parting_nothing(track: Track, evidence: Iterable[Evidence], horizon: datetime) -> datetime:
    """Return the latest moment up to the horizon that parts no readings of which one is judged by the other.

    What is settled is not there any more when the rest is folded. Where one article follows upon the other without a
    gap for more than a window, they are parted, or the ledger would never settle.
    """
    earliest = horizon - EVIDENCE_WINDOW
    turned = {rung.id for rung in track.rungs if rung.reversal}
    articles: dict[tuple[str, str], list[datetime]] = {}
    for e in evidence:
        articles.setdefault((e.article, e.holder), []).append(e.dated)
    spans = [(min(dates), max(dates)) for dates in articles.values()]
    spans += [(e.dated, e.dated + DEVELOPMENT) for e in evidence if e.rung in turned and e.by is By.OFFICIAL]
    for first, last in sorted(spans, key=lambda span: span[1], reverse=True):
        if first < horizon <= last:
            horizon = first
    return max(horizon, earliest)


def _outdone(track: Track, several: list[Evidence], *, left: bool) -> list[str]:
    """Return the readings of one article that a stronger act or a later word in it outdoes.

    Args:
        left: the holder has said the reversal by itself in another article of the days before.
    """
    ladder = {rung.id: (step, rung) for step, rung in enumerate(track.rungs)}
    known = [e for e in several if e.rung in ladder and e.by is not By.ANALYST]
    deeds = [e for e in known if ladder[e.rung][1].register is Register.DEED]
    words = [e for e in known if ladder[e.rung][1].register is Register.WORD]
    # Troops that fight and leave in one article have not left: a reversal must stand alone. Once it has, the dead that
    # the next day's articles count are what was before.
    act = max(deeds, key=lambda e: (ladder[e.rung][1].reversal is left, ladder[e.rung][0]), default=None)
    outdone = [e.id for e in deeds if e is not act]
    if act and track.deeds_outrank_words:
        denials = denial_rungs(track)
        outdone += [e.id for e in words if e.rung not in denials]
        words = [e for e in words if e.rung in denials]
    word = max(
        words,
        key=lambda e: (e.quote in e.title, not ladder[e.rung][1].quiet, e.by is By.OFFICIAL, ladder[e.rung][0]),
        default=None,
    )
    return outdone + [e.id for e in words if e is not word]


def _named(ordered: Sequence[Evidence], reasons: dict[str, Reason], *, tellable: bool) -> dict[str, Reason]:
    """Say of a reading that would have moved something, but is not told, why it is not."""
    moving = {Reason.OFFICIAL, Reason.SECOND_ORIGIN, Reason.AFRESH, Reason.NEARER_DEED}
    for e in ordered:
        if reasons[e.id] in moving:
            if not tellable:
                reasons[e.id] = Reason.BRIEF_ONLY
            elif untold(e):
                reasons[e.id] = Reason.SILENT if e.silent else Reason.OLD_NEWS
    return reasons
