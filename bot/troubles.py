"""Who else is told that a channel takes nothing, and that it works again?

Whoever reads only that channel would never learn of it. So one message goes to every channel of the other platforms
when a channel is closed to us, and is edited when the channel works again. It wakes nobody.

Refuses to do: a channel is neither paused nor tried again here (bot/attempts.py, bot/deliver.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.domain import Delivery, NoticeKind, Route, Trouble
from bot.identity import short_id
from bot.ports import Clock, Store
from bot.routing import unwaking


def elsewhere(platform: str, routes: Sequence[Route]) -> tuple[Route, ...]:
    """Return the routes of the other platforms, as they serve what wakes nobody. Pure."""
    return unwaking([route for route in routes if route.platform != platform])


@dataclass(frozen=True, slots=True)
class Troubles:
    """Tells the other platforms. Both methods block, are one transaction each, and may be called again.

    Args:
        routes: returns the routes that there are now.
    """

    store: Store
    clock: Clock
    routes: Callable[[], Sequence[Route]]

    def begin(self, delivery: Delivery, error: str) -> bool:
        """Tell that a delivery's channel is closed to us; False when there is nobody to tell, or it was told."""
        platform, channel, now = delivery.platform, delivery.channel, self.clock.now()
        with self.store.unit() as unit:
            if unit.open_trouble(platform, channel) is not None:
                return False
            ident = short_id("trouble", platform, channel, now.isoformat())
            trouble = Trouble(ident, platform, channel, delivery.route, error, now)
            unit.save_trouble(trouble)
            others = elsewhere(platform, self.routes())
            unit.enqueue(NoticeKind.TROUBLE, ident, trouble.version, others, now)
        return bool(others)

    def end(self, delivery: Delivery) -> Trouble | None:
        """Tell those who were told that a delivery's channel works again; None when it was not in trouble."""
        channel = (delivery.platform, delivery.channel)
        if self.store.open_trouble(*channel) is None:
            return None
        with self.store.unit() as unit:
            trouble = unit.open_trouble(*channel)
            if trouble is None:
                return None
            now = self.clock.now()
            over = replace(trouble, resumed=now, version=trouble.version + 1)
            unit.save_trouble(over)
            # No route is named: those who were told are told the end, whatever their routes are by now.
            unit.enqueue(NoticeKind.TROUBLE, over.id, over.version, (), now)
        return over
