"""What news of an alert is worth a line in its thread, and does it wake anybody?

    versions of an alert, the one that a channel shows ─→ Telling: the named reason, and the News where there is some

A card that is edited wakes nobody and does not move up; whoever read it as a signal has to hear that it was denied,
confirmed, disputed, withdrawn, or that it expired, and whoever read a word, that it was taken back. One more outlet is
no news. Somebody is woken once: when what was a signal too light to wake them is confirmed.

Refuses to do: nothing is sent, and nobody's night minded (bot/serving.py); what is muted is kept right by the edit
alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain import Alert, AlertState, Delivery, Mute, News, Route
from bot.routing import silencer


class Ruling(StrEnum):
    """Why a thread is told of a new version, or not."""

    TOLD = "told"
    NEVER_SHOWN = "never-shown"
    SAME_STATE = "same-state"
    MUTED = "muted"


@dataclass(frozen=True, slots=True)
class Telling:
    """Whether a thread is told, and what."""

    ruling: Ruling
    news: News | None = None


def telling(
    versions: Sequence[Alert], delivery: Delivery, route: Route | None, mutes: Iterable[Mute], now: datetime
) -> Telling:
    """Return what the thread of a message is told once the message shows the newest version. Pure.

    Args:
        versions: of the alert up to the one that the message shows now, the first one first.
        delivery: as it was before: `sent` is the version that the channel knows.
        route: the one that leads there; None when it is no more.
        mutes: those that hold now, anywhere.
    """
    known = [alert for alert in versions if alert.version <= delivery.sent]
    if not delivery.ref or not known or not versions:
        return Telling(Ruling.NEVER_SHOWN)
    newest = versions[-1]
    if newest.told_state == known[-1].told_state:
        return Telling(Ruling.SAME_STATE)
    if silencer(mutes, newest, delivery.platform, delivery.channel, now):
        return Telling(Ruling.MUTED)
    confirmed_before = any(alert.confirmed for alert in known)
    wakes = newest.state is AlertState.CONFIRMED and not confirmed_before and not delivery.mention
    mention = _woken(newest, route) if wakes else ""
    return Telling(Ruling.TOLD, News(newest, known[-1].state, mention, known[-1].version))


def _woken(alert: Alert, route: Route | None) -> str:
    return route.mention if route and alert.severity >= route.mention_from else ""
