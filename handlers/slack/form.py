"""What does the form of `/stancewatch subscribe` hold, and what was entered in it?

Refuses to do: it subscribes nothing; what makes no sense is said at its field, and the form stays open.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.domain import Route, Severity, Storyline
from bot.errors import InputError
from handlers import asking, times
from handlers.asking import Choices, Wish
from handlers.plain import shorten
from handlers.slack.asked import Asked
from handlers.slack.escape import mention
from handlers.texts import languages, say, tongue

CALLBACK = "stancewatch_subscribe"
ON = "on"
MOST_OPTIONS = 100
EVERYBODY = ("here", "channel")
SWITCHES = ("signals", "digest_only", "digest_empty")

_SEVERITIES = tuple(severity.name.lower() for severity in Severity)
Block = dict[str, Any]


def view(storyline: Storyline, asked: Asked, route: Route | None) -> dict[str, Any]:
    """Return the form.

    Args:
        route: what the channel is subscribed to by people, which the form begins with.
    """
    shown = route or Route("", "", asked.channel, language=asked.language, timezone=str(asked.zone))
    language = asked.language
    severities = tuple((name, say(language, f"severity.{name}")) for name in _SEVERITIES)
    woken = shown.mention.strip("<>!@")
    blocks = [
        _several(language, "tracks", asking.track_choices(storyline, language), shown.tracks),
        _several(language, "holders", asking.holder_choices(storyline, language), shown.holders),
        _one(language, "severity", severities, shown.min_severity.name.lower()),
        _one(language, "mention", _groups(woken), woken),
        _person(language, woken),
        _one(language, "from", severities, shown.mention_from.name.lower()),
        _one(language, "language", tuple((code, tongue(code, code)) for code in languages()), shown.language),
        _typed(language, "timezone", shown.timezone),
        _typed(language, "quiet", times.quiet_words(shown.quiet) if shown.quiet else ""),
        _one(language, "quiet_except", severities, shown.quiet_except.name.lower() if shown.quiet_except else ""),
        _typed(language, "digest", ", ".join(f"{time:%H:%M}" for time in shown.digest)),
        _typed(language, "digest_days", times.day_words(shown.digest_days, language)),
        _switches(language, [name for name in SWITCHES if getattr(shown, name)]),
    ]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": json.dumps({"channel": asked.channel, "address": asked.address, "direct": asked.direct}),
        "title": _plain(say(language, "form.title")),
        "submit": _plain(say(language, "form.submit")),
        "close": _plain(say(language, "form.close")),
        "blocks": blocks,
    }


def asked_by(body: Mapping[str, Any]) -> Asked:
    """Return who sent the form, and for which channel."""
    kept = json.loads(body["view"]["private_metadata"])
    number = str(body["view"].get("id", "")) + str(body["view"].get("hash", ""))
    return Asked(kept["channel"], body["user"]["id"], "", kept["direct"], number, kept["address"])


def wish_of(body: Mapping[str, Any]) -> Wish:
    """Return what was entered."""
    entered = {name: fields["in"] for name, fields in body["view"]["state"]["values"].items()}
    on = {option["value"] for option in entered["switches"].get("selected_options") or ()}
    switched = {name: ON if name in on else "off" for name in SWITCHES}
    person = entered["person"].get("selected_user") or ""
    return Wish(
        tracks=",".join(_values(entered["tracks"])),
        holders=",".join(_values(entered["holders"])),
        severity=_value(entered["severity"]),
        mention=mention(person or _value(entered["mention"])),
        mention_from=_value(entered["from"]),
        language=_value(entered["language"]),
        timezone=_text(entered["timezone"]),
        quiet=_text(entered["quiet"]),
        quiet_except=_value(entered["quiet_except"]) if _text(entered["quiet"]) else "",
        digest=_text(entered["digest"]),
        digest_days=_text(entered["digest_days"]) if _text(entered["digest"]) else "",
        **switched,
    )


def flaws(wish: Wish, route_of: Callable[[Wish], Route], language: str) -> dict[str, str]:
    """Return what makes no sense, by field; nothing when the route holds together."""
    readers: dict[str, Callable[[], object]] = {
        "timezone": lambda: asking.timezone_of(wish.timezone, language),
        "quiet": lambda: times.quiet_hours(wish.quiet, language),
        "digest": lambda: times.clock_times(wish.digest, language),
        "digest_days": lambda: times.weekdays(wish.digest_days, language),
    }
    found: dict[str, str] = {}
    for name, read in readers.items():
        try:
            read()
        except InputError as error:
            found[name] = str(error)
    if found:
        return found
    try:
        contradictions = asking.contradictions(route_of(wish), language)
    except InputError as error:
        return {"tracks": str(error)}
    where = {"digest_only": "digest", "quiet_except": "quiet"}
    return {where.get(name, name): said for name, said in contradictions}


def _several(language: str, name: str, choices: Choices, chosen: Sequence[str]) -> Block:
    options = [_option(*choice) for choice in choices[:MOST_OPTIONS]]
    picked = [option for option in options if option["value"] in chosen]
    element = {"type": "multi_static_select", "action_id": "in", "options": options}
    return _field(language, name, element | ({"initial_options": picked} if picked else {}))


def _one(language: str, name: str, choices: Choices, chosen: str) -> Block:
    options = [_option(*choice) for choice in choices]
    picked = [option for option in options if option["value"] == chosen]
    element = {"type": "static_select", "action_id": "in", "options": options}
    return _field(language, name, element | ({"initial_option": picked[0]} if picked else {}))


def _groups(woken: str) -> Choices:
    """Return whom else than one person a channel may wake: Slack lists no user groups, but one that holds is kept."""
    held = () if woken in {"", *EVERYBODY} or _is_person(woken) else (woken,)
    return tuple((name, f"@{name.removeprefix('subteam^')}") for name in (*EVERYBODY, *held))


def _person(language: str, chosen: str) -> Block:
    element: Block = {"type": "users_select", "action_id": "in"}
    return _field(language, "person", element | ({"initial_user": chosen} if _is_person(chosen) else {}))


def _is_person(woken: str) -> bool:
    return woken[:1] in {"U", "W"}


def _typed(language: str, name: str, value: str) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": "in", "max_length": 150}
    return _field(language, name, element | ({"initial_value": value} if value else {}))


def _switches(language: str, on: Iterable[str]) -> Block:
    options = [_option(name, say(language, f"form.on_{name}")) for name in SWITCHES]
    picked = [option for option in options if option["value"] in set(on)]
    element: Block = {"type": "checkboxes", "action_id": "in", "options": options}
    return _field(language, "switches", element | ({"initial_options": picked} if picked else {}))


def _field(language: str, name: str, element: Block) -> Block:
    label = _plain(say(language, f"form.{name}"))
    return {"type": "input", "block_id": name, "optional": True, "label": label, "element": element}


def _option(value: str, words: str) -> Block:
    return {"text": _plain(words), "value": value}


def _plain(words: str) -> Block:
    return {"type": "plain_text", "text": shorten(words, 75), "emoji": False}


def _value(entered: Mapping[str, Any]) -> str:
    return str((entered.get("selected_option") or {}).get("value", ""))


def _values(entered: Mapping[str, Any]) -> list[str]:
    return [str(option["value"]) for option in entered.get("selected_options") or ()]


def _text(entered: Mapping[str, Any]) -> str:
    return str(entered.get("value") or "").strip()
