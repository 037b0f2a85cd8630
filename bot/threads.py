"""What is the thread of a message told once the message has been edited?

    edit ─→ one transaction: the message shows these versions, and what is news of them is due in its thread
        ─→ a delivery of its own: claimed, said, recorded, looked for where its outcome is in doubt

So a line is told once, like the message itself: killed before the transaction, the edit is made again, which shows
nothing twice; killed after it, the line is still due.

Refuses to do: what is news is decided in bot/noting.py; nothing is sent here (bot/serving.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.calls import Shown
from bot.domain import Alert, Delivery, News, NoticeKind, Route
from bot.noting import telling
from bot.ports import Clock, Store


@dataclass(frozen=True, slots=True)
class Threads:
    """Looks up what threads are told. Both methods block.

    Args:
        route: returns the route that leads to a delivery's channel; None when it is no more.
    """

    store: Store
    clock: Clock
    route: Callable[[Delivery], Route | None]

    def news(self, shown: Sequence[Shown]) -> list[tuple[Delivery, News]]:
        """Return what the thread of a message is told, now that it shows these; each with the delivery it is of."""
        now = self.clock.now()
        found = []
        for delivery, notice in shown:
            # What a message was about to show when the bot was killed may have been seen.
            known = replace(delivery, sent=delivery.sent or delivery.showing)
            if not isinstance(notice, Alert) or notice.version <= known.sent:
                continue
            # One that is decided meanwhile is news of the next edit.
            versions = [v for v in self.store.alert_history(notice.id) if v.version <= notice.version]
            waits = [News.read(ident) for ident in self.store.doubts.unsaid(delivery)]
            if waits:
                # What waits for the morning has not been said: the thread stands where it stood before that.
                known = replace(known, sent=waits[0][1])
            told = telling(versions, known, self.route(delivery), self.store.mutes(now), now)
            coming = {v.told_state for v in versions for _, _, version in waits if v.version == version}
            if told.news is not None and notice.told_state not in coming:
                found.append((delivery, told.news))
        return found

    def overtaken(self, news: News) -> bool:
        """Tell whether an alert is in another state by now; the edit to that has news of its own."""
        present = self.store.notice(NoticeKind.ALERT, news.alert.id)
        return isinstance(present, Alert) and present.told_state != news.alert.told_state
