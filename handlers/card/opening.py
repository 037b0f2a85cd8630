"""Which one sentence says what an alert is about?

A sentence is a claim ("South Korea now says it is reviewing arms for Ukraine"), put into the frame of the alert's
state, with a tail that says how it differs from before ("it ruled them out before"). The storyline brings the
predicates, the catalogue the frames.

Refuses to do: nothing is judged again; state, registers and evidence are taken as they stand in the alert.
"""

from __future__ import annotations

from enum import StrEnum

from bot.domain import Alert, AlertState, By, Evidence, Storyline
from handlers.card import names
from handlers.card.ladder import own_denial, two_words
from handlers.texts import count, say, word


class Variant(StrEnum):
    """Which frame an alert's sentence takes; the values are keys of the catalogues after "open."."""

    MOVED = "moved"
    CONFIRMED = "confirmed"
    SIGNAL = "signal"
    DENIED = "denied"
    DISPUTED = "disputed"
    CONTRADICTED = "contradicted"
    QUESTIONED = "questioned"
    MIXED = "mixed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    BACK = "back"


SWING = "swing"
"""Reason of an alert that was edited because a word returned to where it stood."""

_OF_STATE = {
    AlertState.SIGNAL: Variant.SIGNAL,
    AlertState.WITHDRAWN: Variant.WITHDRAWN,
    AlertState.EXPIRED: Variant.EXPIRED,
}


def variant(alert: Alert, storyline: Storyline) -> Variant:
    """Return the frame that fits an alert's state."""
    if alert.denied:
        return Variant.DENIED
    if alert.state in _OF_STATE:
        return _OF_STATE[alert.state]
    if two_words(alert, storyline.find_track(alert.track)):
        return Variant.MIXED
    if alert.state is AlertState.DISPUTED:
        return _disputed(alert)
    if alert.reason == SWING or alert.from_rung == alert.to_rung:
        return Variant.BACK
    official = any(evidence.by is By.OFFICIAL for evidence in alert.evidence)
    return Variant.MOVED if official else Variant.CONFIRMED


def _disputed(alert: Alert) -> Variant:
    if own_denial(alert):
        return Variant.CONTRADICTED
    return Variant.DISPUTED if alert.against else Variant.QUESTIONED


def opening(alert: Alert, storyline: Storyline, language: str) -> str:
    """Return the one plain sentence that opens an alert's card.

    Args:
        language: code of a catalogue; English stands in for one that has none.
    """
    frame = variant(alert, storyline)
    fields = _fields(alert, storyline, language)
    fields |= _earlier(alert, storyline, language)
    fields["claim"] = say(language, "claim.back" if frame is Variant.BACK else "claim", **fields)
    sentence = say(language, f"open.{frame}", **fields)
    return sentence[:1].upper() + sentence[1:]


def _fields(alert: Alert, storyline: Storyline, language: str) -> dict[str, str]:
    """Return the names and predicates that a frame may ask for."""
    holder = names.in_sentence(names.holder_name(storyline, alert.holder, language), language)
    fields = names.named("holder", holder)
    fields["now"] = names.now_clause(storyline, alert.track, alert.to_rung, language)
    fields["now_placed"] = names.with_now(fields["now"])
    said_by = _reporters if own_denial(alert) else _carriers
    fields["who"] = said_by(alert, storyline, language)
    if alert.against:
        other = alert.against[0]
        fields |= names.named("denier", names.in_sentence(_denier(other, storyline, language), language))
        fields["other"] = names.now_clause(storyline, alert.track, other.rung, language)
    return fields


def _carriers(alert: Alert, storyline: Storyline, language: str) -> str:
    """Return who reports it: the lead's origin, and how many others."""
    first = names.in_sentence(names.who(alert.lead, storyline, language), language)
    others = alert.origins - 1
    return count(language, "who.more", others, who=first) if others else first


def _reporters(alert: Alert, storyline: Storyline, language: str) -> str:
    """Return who reported what the holder's own word denies, and how many others."""
    first = alert.against[0]
    others = len({evidence.origin for evidence in alert.against if evidence.rung == first.rung}) - 1
    who = names.in_sentence(names.who(first, storyline, language), language)
    return count(language, "who.more", others, who=who) if others else who


def _denier(evidence: Evidence, storyline: Storyline, language: str) -> str:
    if evidence.by is By.OFFICIAL:
        return names.holder_name(storyline, evidence.holder, language)
    return names.who(evidence, storyline, language)


def _earlier(alert: Alert, storyline: Storyline, language: str) -> dict[str, str]:
    """Say where the register stood before, or that it stood nowhere: before the claim or after it."""
    if alert.from_rung is None:
        key, before = f"first.{alert.register}", ""
    else:
        rung = storyline.find_rung(alert.track, alert.from_rung)
        key, before = "before", word(language, rung.before) if rung else ""
        if not before:
            return {"lead": "", "tail": ""}
    clauses = {"before": before, "before_but": names.but(before)}
    return {part: say(language, f"{part}.{key}", **clauses) for part in ("lead", "tail")}
