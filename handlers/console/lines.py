"""What is one alert event, or one brief, as a line of JSON?

The keys of an event line are a contract that other tools read; `stancewatch replay` prints the same lines.
Quotes are exact, so nothing is cleaned here: characters that could act on a terminal are escaped as JSON allows.

Refuses to do: nothing is decided; `from` and `to` are the alert's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from bot.domain import Alert, AlertEventKind, Brief, Bundle, Notice, Position, Trouble

# Controls that JSON lets through, invisible and bidirectional format characters, line separators, lone surrogates.
_ACTIVE = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]")


def line_of(notice: Notice, event: AlertEventKind | None = None) -> dict[str, object]:
    """Return the line of a notice.

    Args:
        event: what has happened to an alert for the reader of the line; None takes its latest event.

    Raises:
        TypeError: for a bundle, whose alerts are a line each.
    """
    match notice:
        case Bundle():
            raise TypeError("the alerts of a bundle are a line each")
        case Alert():
            return event_line(notice, event)
        case Brief():
            return brief_line(notice)
        case Trouble():
            return trouble_line(notice)


def event_line(alert: Alert, event: AlertEventKind | None = None) -> dict[str, object]:
    """Return the line of one alert event.

    Args:
        event: what has happened for the reader of the line; None takes the alert's latest event.
    """
    return {
        "at": alert.at.isoformat(),
        "event": str(event or alert.event),
        "alert": alert.id,
        "track": alert.track,
        "holder": alert.holder,
        "register": str(alert.register),
        "from": alert.from_rung,
        "to": alert.to_rung,
        "confirmed": alert.confirmed,
        "origins": alert.origins,
        "articles": list(dict.fromkeys(e.article for e in alert.evidence)),
        "quote": alert.lead.quote,
    }


def brief_line(brief: Brief) -> dict[str, object]:
    """Return the line of one brief: what moved, what is not confirmed, what has ended, where everybody stands."""
    return {
        "at": brief.as_of.isoformat(),
        "event": "brief",
        "brief": brief.id,
        "since": brief.since.isoformat(),
        "catch_up": brief.catch_up,
        "digest": brief.digest.isoformat() if brief.digest else None,
        "moved": [alert.id for alert in brief.moved],
        "signals": [alert.id for alert in brief.signals],
        "ended": [alert.id for alert in brief.ended],
        "positions": [
            {
                "track": standing.track,
                "holder": standing.holder,
                "word": _rung(standing.word or standing.last_word),
                "deed": _rung(standing.deed),
                "baseline": standing.baseline or None,
            }
            for standing in brief.standings
        ],
        "silent": [source.name for source in brief.silent],
        "sources": brief.sources,
    }


def trouble_line(trouble: Trouble) -> dict[str, object]:
    """Return the line of a channel elsewhere that takes nothing, or works again (`resumed`)."""
    return {
        "at": (trouble.resumed or trouble.at).isoformat(),
        "event": "trouble",
        "trouble": trouble.id,
        "platform": trouble.platform,
        "channel": trouble.channel,
        "route": trouble.route,
        "error": trouble.error,
        "since": trouble.at.isoformat(),
        "resumed": trouble.resumed.isoformat() if trouble.resumed else None,
    }


def json_line(line: Mapping[str, object], *, ascii_only: bool = False) -> str:
    """Return a line of JSON that no terminal acts on, without the line's end.

    Args:
        ascii_only: for an output that cannot write other letters.
    """
    text = json.dumps(line, ensure_ascii=ascii_only)
    return _ACTIVE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def _rung(position: Position | None) -> str | None:
    return position.rung if position else None
