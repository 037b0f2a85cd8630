"""What do the buttons and commands that change something have in common on every platform?

Which alert a button is about, how long a mute may be, what was changed in words.

Refuses to do: no platform's notation; who may do what is the desk's to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta

from bot.domain import USUAL_SELECTOR, Alert, AuditEntry, Mute, Rank, Source, Storyline, Verdict
from bot.errors import InputError, NotAllowedError
from bot.ports import Desk
from handlers.asking import holder_id, track_id, window
from handlers.card import names
from handlers.card.brief import silenced
from handlers.moments import stamp, zone_of
from handlers.plain import NAME_LIMIT, TITLE_LIMIT, plain
from handlers.texts import say

SPANS: Mapping[str, timedelta | None] = {
    "1h": timedelta(hours=1),
    "24h": timedelta(hours=24),
    "7d": timedelta(days=7),
    "moves": None,
}
"""How long a mute may be, in the order of the menu; None until it moves."""

Choices = tuple[tuple[str, str], ...]


def subject(alert: str, version: int) -> str:
    """Return what the buttons below an alert carry: its id, and the version that was shown to whoever presses."""
    return f"{alert}:{version}"


def read_subject(carried: str) -> tuple[str, int]:
    """Return the id of the alert and the version, 0 where an older message carries none."""
    alert, _, version = carried.partition(":")
    return alert, int(version) if version.isdecimal() else 0


def span_choices(language: str) -> Choices:
    """Return the menu of a mute, as (value, words)."""
    return tuple((name, say(language, f"act.span.{name}")) for name in SPANS)


def span_of(typed: str, language: str) -> timedelta | None:
    """Return how long is meant: "24h", "3일", and None for "moves"; a day for "". Else InputError."""
    wanted = typed.strip().lower()
    if wanted in {"moves", "until it moves", say(language, "act.span.moves").lower()}:
        return None
    return window(wanted or "24h", language)


async def meant(desk: Desk, typed: str, language: str) -> dict[str, str]:
    """Return which track, holder or alert is to be muted, as the desk takes it; InputError names tracks."""
    try:
        return {"track": track_id(desk.storyline, typed, language)}
    except InputError:
        with suppress(InputError):
            return {"holder": holder_id(desk.storyline, typed, language)}
        with suppress(InputError):
            return {"alert": (await desk.alert(typed.strip())).id}
        raise


def verdict_choices(track: str, to_rung: str, storyline: Storyline, language: str) -> Choices:
    """Return the menu of what is not right with an alert, as (value, words): not a shift, or another rung."""
    known = storyline.find_track(track)
    others = [rung.id for rung in known.rungs if rung.id != to_rung] if known else []
    labels = {rung: names.rung_label(storyline, track, rung, language) for rung in others}
    should = ((f"{Verdict.WRONG_RUNG}:{rung}", say(language, "act.should_be", rung=labels[rung])) for rung in others)
    return ((Verdict.NOT_A_SHIFT.value, say(language, "act.not_a_shift")), *should)


def read_verdict(carried: str) -> tuple[Verdict, str]:
    """Return the verdict and the right rung, "" for none, that a choice stands for; InputError for none."""
    verdict, _, rung = carried.partition(":")
    try:
        return Verdict(verdict), rung
    except ValueError:
        raise InputError(f"no verdict {plain(verdict, NAME_LIMIT)!r}") from None


def thanks(verdict: Verdict, rung: str, alert: Alert, storyline: Storyline, language: str) -> str:
    """Return what is said to whoever judged an alert."""
    label = names.rung_label(storyline, alert.track, rung, language) if rung else ""
    return say(language, f"act.thanks.{verdict}", rung=label)


def muted_words(mute: Mute, storyline: Storyline, language: str, zone: str) -> str:
    """Return what is muted and until when, without whom: "Arms to Ukraine, Russia: until 24 Oct, 18:00"."""
    until = stamp(mute.until, language, zone_of(zone)) if mute.until else ""
    ends = say(language, "act.until", until=until) if until else say(language, "act.span.moves")
    return f"{silenced(mute, storyline, language)} ({ends})"


def feed_asked(typed: str) -> tuple[str, str]:
    """Return the address and the selector of "https://… table.board tr"; a selector is "" where there is none."""
    address, _, selector = typed.strip().partition(" ")
    return address, selector.strip()


def selector_of(source: Source) -> str:
    """Return what people type behind its address to have a source watched as it is."""
    return source.selector or (USUAL_SELECTOR if source.kind == "page" else "")


def refusal(error: InputError, language: str) -> str:
    """Return why something cannot be done, in the channel's language where the reason is a rank."""
    if isinstance(error, NotAllowedError):
        return say(language, "act.denied.admin" if error.needed == Rank.ADMIN.name.lower() else "act.denied.manager")
    return str(error)


def changed(entry: AuditEntry, language: str) -> str:
    """Return what somebody changed, without who and when."""
    about = plain(entry.about, TITLE_LIMIT)
    said = say(language, f"act.did.{entry.act}", about=about)
    return said if entry.channel else " · ".join((said, say(language, "act.everywhere")))
