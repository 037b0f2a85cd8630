"""How is a track's ladder drawn with where a holder stood and stands?

Refuses to do: steps and marks only; a platform draws them.
"""

from __future__ import annotations

from bot.domain import Alert, AlertState, By, Register, Rung, Storyline, Track
from handlers.card import names
from handlers.card.model import Ladder, Mark, Step
from handlers.texts import say, word

_NOW_WORD = {
    AlertState.SIGNAL: "mark.reported",
    AlertState.CONFIRMED: "mark.now",
    AlertState.DISPUTED: "mark.disputed",
    AlertState.WITHDRAWN: "mark.dropped",
    AlertState.EXPIRED: "mark.dropped",
}

_BEFORE_WORD = {
    AlertState.SIGNAL: "mark.so_far",
    AlertState.WITHDRAWN: "mark.still",
    AlertState.EXPIRED: "mark.still",
}
"""The register has not moved on these."""


def ladder(alert: Alert, track: Track, storyline: Storyline, language: str) -> Ladder:
    """Return the rungs of a track, marked with an alert's before, now, counter-word and baseline."""
    steps = tuple(_step(alert, track, rung, storyline, language) for rung in track.rungs)
    return Ladder(word(language, track.title, track.id), steps, _spoken(alert, track, storyline, language))


def _step(alert: Alert, track: Track, rung: Rung, storyline: Storyline, language: str) -> Step:
    marks = _marks(alert, rung.id, baseline_rung(alert, track, storyline))
    return Step(
        rung=rung.id,
        label=word(language, rung.label, rung.id),
        register=rung.register,
        kind=say(language, f"register.{rung.register}"),
        marks=marks,
        said=_said(alert, track, marks, language),
        aside=rung.reversal,
    )


def _marks(alert: Alert, rung: str, baseline: str) -> tuple[Mark, ...]:
    other = alert.against[0].rung if alert.against else ""
    holds = {
        Mark.TO: rung == alert.to_rung,
        Mark.FROM: rung == alert.from_rung,
        Mark.OTHER: rung == other and rung != alert.to_rung,
        Mark.BASELINE: rung == baseline,
    }
    return tuple(mark for mark, held in holds.items() if held)


def _said(alert: Alert, track: Track, marks: tuple[Mark, ...], language: str) -> tuple[str, ...]:
    words = {
        Mark.TO: "mark.says" if two_words(alert, track) or own_denial(alert) else _NOW_WORD[alert.state],
        Mark.FROM: _BEFORE_WORD.get(alert.state, "mark.before"),
        Mark.OTHER: f"mark.{counter_kind(alert, track)}",
        Mark.BASELINE: "mark.baseline",
    }
    if Mark.TO in marks and Mark.FROM in marks:
        rest = [mark for mark in marks if mark not in {Mark.TO, Mark.FROM}]
        return (say(language, "mark.both"), *(say(language, words[mark]) for mark in rest))
    return tuple(say(language, words[mark]) for mark in marks)


def baseline_rung(alert: Alert, track: Track, storyline: Storyline) -> str:
    """Return the rung of the baseline in this register, else of the track; "" where there is none, or not yet."""
    if alert.at.date() < storyline.baseline_day:
        return ""
    return alert.baseline or track.baseline.get(alert.holder, "")


def two_words(alert: Alert, track: Track | None) -> bool:
    """Tell mixed signals (two officials of one holder, two words) from a denial of what others report."""
    if alert.state is not AlertState.DISPUTED or not alert.against or track is None:
        return False
    other = alert.against[0]
    official = alert.lead.by is By.OFFICIAL and other.by is By.OFFICIAL
    is_word = any(rung.id == other.rung and rung.register is Register.WORD for rung in track.rungs)
    return official and other.holder == alert.holder and alert.register is Register.WORD and is_word


def own_denial(alert: Alert) -> bool:
    """Tell the holder's own word against what others reported of it: then the report is disputed, not the word."""
    if alert.state is not AlertState.DISPUTED or alert.register is not Register.WORD or not alert.against:
        return False
    other = alert.against[0]
    return alert.lead.by is By.OFFICIAL and other.by is not By.OFFICIAL and other.holder == alert.holder


def counter_kind(alert: Alert, track: Track | None) -> str:
    """Return what stands against an alert.

    "also" another word, "reported" what the holder's own word denies, "between" two equal words, "against" it.
    """
    if two_words(alert, track):
        return "also"
    if own_denial(alert):
        return "reported"
    confirmed_word = alert.state is AlertState.CONFIRMED and alert.register is Register.WORD
    return "between" if confirmed_word else "against"


def _spoken(alert: Alert, track: Track, storyline: Storyline, language: str) -> str:
    before = alert.from_rung
    climbing = [rung.id for rung in track.rungs if not rung.reversal]
    step = climbing.index(alert.to_rung) + 1 if alert.to_rung in climbing else 0
    place = say(language, "ladder.step" if step else "ladder.aside", step=step, steps=len(climbing))
    return say(
        language,
        "ladder.spoken" if before else "ladder.spoken.first",
        track=word(language, track.title, track.id),
        register=say(language, f"register.{alert.register}"),
        holder=names.holder_name(storyline, alert.holder, language),
        before=names.rung_label(storyline, track.id, before, language) if before else "",
        now=names.rung_label(storyline, track.id, alert.to_rung, language),
        place=place,
    )
