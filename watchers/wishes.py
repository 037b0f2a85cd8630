"""How often does a feed itself want to be asked?

RSS 2.0 has `ttl`, `skipHours` and `skipDays` (RSS 2.0 Specification, optional channel elements), RDF and WordPress have
`sy:updatePeriod` and `sy:updateFrequency` (RSS 1.0 Modules: Syndication). They stand before the items, or behind them.

Refuses to do: no wish of more than a day is granted, and none that would leave no hour.
"""

from __future__ import annotations

import re

from bot.domain import Wishes

LONGEST = 24 * 3600
HEAD = 30_000
"""Characters of a feed in which its wishes stand; and at its end likewise."""
_LAST = (b"</item>", b"</entry>")
_ITEM = re.compile(r"<(?:item|entry)[\s>]")
_TTL = re.compile(r"<ttl>\s*(?:<!\[CDATA\[\s*)?(\d{1,18})\s*(?:\]\]>\s*)?</ttl>")
_PERIOD = re.compile(r"<(?:\w{1,20}:)?updatePeriod[^<>]*>\s*(hourly|daily|weekly|monthly|yearly)\s*<", re.IGNORECASE)
_FREQUENCY = re.compile(r"<(?:\w{1,20}:)?updateFrequency[^<>]*>\s*(\d{1,6})\s*<")
_HOUR = re.compile(r"<hour>\s*(\d{1,2})\s*</hour>")
_DAY = re.compile(r"<day>\s*([A-Za-z]{3})[a-z]*\s*</day>")
_PERIODS = {"hourly": 3600, "daily": 24 * 3600, "weekly": 7 * 24 * 3600, "monthly": 30 * 24 * 3600}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def behind_items(body: bytes) -> str:
    """Return what stands behind the last item of a feed, in whatever charset: the words of wishes are ASCII."""
    end = body[-HEAD:].replace(b"\0", b"")
    last = max(map(end.rfind, _LAST))
    return end[last:].decode("ascii", "ignore") if last >= 0 else ""


def wishes_of(text: str, behind: str = "") -> Wishes:
    """Return what a feed asks for; nothing for what is no XML feed.

    Args:
        text: the beginning of it.
        behind: see `behind_items`.
    """
    item = _ITEM.search(text, 0, HEAD)
    head = text[: item.start() if item else HEAD] + behind
    if "ttl" not in head and "pdate" not in head and "skip" not in head:
        return Wishes()
    hours = {int(hour) % 24 for hour in _HOUR.findall(_within(head, "skipHours"))}
    days = {_DAYS.index(day) for day in map(str.lower, _DAY.findall(_within(head, "skipDays"))) if day in _DAYS}
    return Wishes(
        least=min(max(_ttl(head), _period(head)), LONGEST),
        skip_hours=tuple(sorted(hours)) if len(hours) < 24 else (),
        skip_days=tuple(sorted(days)) if len(days) < 7 else (),
    )


def _ttl(head: str) -> int:
    found = _TTL.search(head)
    return int(found[1]) * 60 if found else 0


def _period(head: str) -> int:
    period, frequency = _PERIOD.search(head), _FREQUENCY.search(head)
    if period is None:
        return 0
    times = max(int(frequency[1]), 1) if frequency else 1
    return _PERIODS.get(period[1].lower(), LONGEST) // times


def _within(head: str, name: str) -> str:
    return head.partition(f"<{name}>")[2].partition(f"</{name}>")[0]
