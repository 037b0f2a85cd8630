"""What is told when items arrive at their dates, as `stancewatch replay --json` prints it?

Refuses to do: nothing is measured here.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable, Sequence
from typing import Any

from bot.cli.items import ItemLine
from bot.cli.logs import set_up_logs
from bot.cli.replay import Words, read_all, words_of
from bot.cli.stage import Stage
from bot.domain import Item, ReadResult
from bot.replay import Arrival
from bot.wiring import load_settings
from handlers.console import event_line

Event = dict[str, Any]


async def replayed(lines: Iterable[ItemLine], coming: Sequence[Arrival], *, gold: bool, jobs: int) -> list[Event]:
    """Replay arrivals in a throw-away database; return the event lines.

    Args:
        gold: the items' own labels are the readings; of an edited item those of its first words.
        jobs: worker processes to read with.
    """
    set_up_logs("warning", "text")
    settings = load_settings(console="json")
    labels = {line.id: line.gold() for line in lines}
    found: dict[Words, ReadResult] = {}
    if not gold:
        items = [Item(a.entry.guid, a.entry.title, a.entry.text, a.source.language, a.at) for a in coming]
        found = await read_all(settings, items, jobs, lambda _: None)

    async def read(items: Sequence[Item]) -> list[ReadResult]:
        return [labels[item.id] if gold else found[words_of(item)] for item in items]

    async def on(_: Arrival) -> None:
        return None

    with contextlib.redirect_stdout(io.StringIO()), Stage(settings) as stage:
        await stage.play(coming, read, on)
        return [event_line(alert) for alert in stage.events()]
