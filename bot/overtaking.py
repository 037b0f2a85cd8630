"""Has a later word taken the place of one that waits to be told?

    first post of a confirmed word ─ does it stand? ─┬─ yes → posted
                                                     └─ no  → waits; the alert of the word that stands is told

In downtime, in quiet hours or while a chat was down a holder may move twice. Told then, the first word would be said
"now" though it holds no more, perhaps after the later one was told. The later alert shows it as what stood before, with
its quote and its day. It goes wherever the first was to go, however light it is: the channel would else hear of
neither. It wakes by its own weight. Should it be withdrawn within the life of an alert, the first is posted after all.

Refuses to do: deeds and open signals are told as they come; what a channel was shown is not touched, and the console,
a record of events, leaves none out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.domain import Alert, Delivery, DeliveryState, NoticeKind, Position, Register, Route
from bot.ledger.turns import ALERT_LIFE
from bot.ports import Clock, Store
from bot.routing import LOOK_AGAIN, Ruling, silencer, waking

STREAM = "console"
"""A platform that is no channel people come back to: a line for each event, which other tools read, whole."""


def successor(alert: Alert, word: Position | None, others: Sequence[Alert]) -> Alert | None:
    """Return the alert that tells the word which took the place of an alert's; None while that stands. Pure.

    Args:
        word: where the word register of its ledger stands.
        others: alerts of that ledger in their present state.
    """
    if word is None or not alert.confirmed or alert.register is not Register.WORD or _tells(alert, word):
        return None
    found = (other for other in others if other.id != alert.id and _tells(other, word))
    return max(found, key=lambda other: (other.posted, other.id), default=None)


def _tells(alert: Alert, word: Position) -> bool:
    """Tell whether an alert tells of the word that stands, not of the same one said before another."""
    there = alert.register is Register.WORD and alert.to_rung == word.rung
    return alert.confirmed and there and max(e.dated for e in alert.evidence) >= word.since


@dataclass(frozen=True, slots=True)
class Overtaking:
    """Looks up what is overtaken, and has the later alert told. Both methods block.

    Args:
        route: returns the route that leads to a delivery's channel; None when it is no more.
    """

    store: Store
    clock: Clock
    route: Callable[[Delivery], Route | None]

    def by(self, delivery: Delivery, alert: Alert) -> Alert | None:
        """Return the later alert that its channel is told instead; None where the one that waits is posted."""
        if delivery.platform == STREAM:
            return None
        ledger = (alert.track, alert.holder)
        word = next((s.word for s in self.store.standings() if (s.track, s.holder) == ledger), None)
        others = [other for other in self.store.alerts(alert.posted) if (other.track, other.holder) == ledger]
        later = successor(alert, word, others)
        return later if later and self._shown(delivery, later) else None

    def give_way(self, delivery: Delivery, alert: Alert, later: Alert) -> bool:
        """Let a delivery wait for as long as the later word stands; tell whether its channel had to be asked for that.

        The channel is asked first: killed between the two, the next pass finds it asked.
        """
        now, asked = self.clock.now(), self._asked(delivery, later)
        if asked is None:
            way = self.route(delivery) or Route(delivery.route, delivery.platform, delivery.channel)
            looks = replace(waking(way, later), language=delivery.language, timezone=delivery.timezone)
            with self.store.unit() as unit:
                unit.enqueue(NoticeKind.ALERT, later.id, later.version, [looks], now)
        line = f"{Ruling.OVERTAKEN.line} (alert {later.id})"
        if now - alert.posted > ALERT_LIFE:
            self.store.mark_needless(delivery, max(alert.version, delivery.wanted), f"not posted: {line}")
        else:
            self.store.mark_held(delivery, now + LOOK_AGAIN, line, anew=True)
        return asked is None

    def _shown(self, delivery: Delivery, later: Alert) -> bool:
        """Tell whether a channel shows the later alert or is about to; else it would hear of neither."""
        asked, now = self._asked(delivery, later), self.clock.now()
        if asked and (asked.ref or asked.state is not DeliveryState.PENDING):
            return bool(asked.ref)
        return silencer(self.store.mutes(now), later, delivery.platform, delivery.channel, now) is None

    def _asked(self, delivery: Delivery, later: Alert) -> Delivery | None:
        place = (delivery.platform, delivery.channel)
        asked = self.store.deliveries(NoticeKind.ALERT, later.id)
        return next((one for one in asked if (one.platform, one.channel) == place), None)
