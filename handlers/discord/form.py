"""What do the forms of `/subscribe` hold, and what was entered in them?

Two, as Discord lets a form hold five fields: what is told ("what"), and whom it wakes and when it rests ("when"). Each
begins with what the channel is subscribed to and changes its own five things only. A form's id says which it is, so
that one that was opened before a restart is still understood.

Refuses to do: nothing is subscribed here, and nothing remembered; what makes no sense is refused by handlers/asking.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import discord
from discord import ui

from bot.domain import Route, Severity, Storyline
from handlers import asking, times
from handlers.asking import Choices, Wish
from handlers.discord import idents
from handlers.discord.idents import Form
from handlers.plain import shorten
from handlers.texts import languages, say, tongue

LABEL = 45
WORDS = 100
MOST = 25
"""What Discord takes as letters of a label and of a choice, and as choices of a menu."""

_NONE = "-"
_LEVELS = tuple((severity, signals) for severity in Severity for signals in (True, False))

Field = tuple[str, ui.Item[ui.Modal]]
"""Key of the label, and what is filled in."""


def modal(form: Form, route: Route, storyline: Storyline, language: str) -> ui.Modal:
    """Return a form that begins with what a route brings.

    Args:
        language: of whoever fills it in.
    """
    fields = _what(route, storyline, language) if form is Form.WHAT else _when(route, language)
    made = ui.Modal(title=shorten(say(language, f"form.title.{form}"), LABEL), custom_id=idents.form(form))
    for key, item in fields:
        made.add_item(ui.Label(text=shorten(say(language, key), LABEL), component=item))
    # A finished form is not kept by the library: what comes back is read from its ids.
    made.stop()
    return made


def entered(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what was filled in, by field: of menus what was chosen, of lines what was typed."""
    found: dict[str, list[str]] = {}
    for label in data.get("components", ()):
        item = label.get("component") or {}
        typed = str(item.get("value") or "").strip()
        found[str(item.get("custom_id", ""))] = [str(v) for v in item.get("values", ())] or ([typed] if typed else [])
    return found


def wish(route: Route, form: Form, filled: Mapping[str, Sequence[str]], roles: Mapping[str, Any]) -> Wish:
    """Return what is wished for: what a form says, and of the rest what the route has.

    Args:
        filled: as `entered` returns it.
        roles: those among whom the form names, by id.
    """
    given = {name: next(iter(chosen), "") for name, chosen in filled.items()}
    if form is Form.WHEN:
        whom, style = given.get("mention", ""), filled.get("switches", ())
        return replace(
            _of(route),
            mention=whom and (f"<@&{whom}>" if whom in roles else f"<@{whom}>"),
            mention_from=given.get("from", ""),
            quiet=given.get("quiet", ""),
            quiet_except=given.get("quiet_except", "").strip(_NONE) if given.get("quiet") else "",
            digest_only=_on("digest_only" in style),
            digest_empty=_on("digest_empty" in style),
        )
    clocks, days, zone = times.digest_split(given.get("digest", ""))
    severity, _, signals = given.get("level", "low on").partition(" ")
    return replace(
        _of(route),
        tracks=",".join(filled.get("tracks", ())),
        holders=",".join(filled.get("holders", ())),
        severity=severity,
        signals=signals,
        language=given.get("language", ""),
        digest=clocks,
        digest_days=days,
        digest_only=_on(route.digest_only and bool(clocks)),
        timezone=zone or route.timezone,
    )


def _of(route: Route) -> Wish:
    """Return a route as it would be typed."""
    return Wish(
        tracks=",".join(route.tracks),
        holders=",".join(route.holders),
        severity=route.min_severity.name,
        signals=_on(route.signals),
        mention=route.mention,
        mention_from=route.mention_from.name,
        language=route.language,
        timezone=route.timezone,
        quiet=times.quiet_words(route.quiet) if route.quiet else "",
        quiet_except=route.quiet_except.name if route.quiet_except is not None else "",
        digest=times.clocks_words(route.digest),
        digest_days=times.day_words(route.digest_days, "en"),
        digest_only=_on(route.digest_only),
        digest_empty=_on(route.digest_empty),
    )


def _what(route: Route, storyline: Storyline, language: str) -> Iterator[Field]:
    yield "form.tracks", _several("tracks", asking.track_choices(storyline, language), route.tracks)
    yield "form.holders", _several("holders", asking.holder_choices(storyline, language), route.holders)
    levels = tuple((_level(severity, on=on), _level_words(severity, language, on=on)) for severity, on in _LEVELS)
    yield "form.level", _one("level", levels, _level(route.min_severity, on=route.signals))
    yield "form.language", _one("language", tuple((code, tongue(code, code)) for code in languages()), route.language)
    zone = "" if route.timezone == "UTC" and not route.digest else route.timezone
    days = times.day_words(route.digest_days, language)
    planned = " ".join(part for part in (times.clocks_words(route.digest), days, zone) if part)
    yield "form.digests", _typed("digest", planned, "09:00, 18:00 mon-fri Asia/Seoul")


def _when(route: Route, language: str) -> Iterator[Field]:
    severities = tuple((severity.name.lower(), asking.severity_name(severity, language)) for severity in Severity)
    woken = [discord.SelectDefaultValue(id=ident, type=kind) for ident, kind in _named(route.mention)]
    yield "form.mention", ui.MentionableSelect(custom_id="mention", default_values=woken, required=False, min_values=0)
    yield "form.from", _one("from", severities, route.mention_from.name.lower())
    yield "form.quiet", _typed("quiet", times.quiet_words(route.quiet) if route.quiet else "", "22:00-07:00")
    never = (_NONE, say(language, "form.never"))
    held = route.quiet_except.name.lower() if route.quiet_except is not None else _NONE
    yield "form.quiet_except", _one("quiet_except", (never, *severities), held)
    switches = tuple((name, say(language, f"form.on_{name}")) for name in ("digest_only", "digest_empty"))
    yield "form.switches", _several("switches", switches, [name for name, _ in switches if getattr(route, name)])


def _named(mention: str) -> Iterator[tuple[int, discord.SelectDefaultValueType]]:
    """Yield the one whom a mention names."""
    number = mention.strip("<@&!>")
    if number.isdecimal():
        kinds = discord.SelectDefaultValueType
        yield int(number), kinds.role if mention.startswith("<@&") else kinds.user


def _several(name: str, choices: Choices, chosen: Sequence[str]) -> ui.Select[ui.Modal]:
    options = _options(choices, chosen)
    return ui.Select(custom_id=name, options=options, min_values=0, max_values=len(options), required=False)


def _one(name: str, choices: Choices, chosen: str) -> ui.Select[ui.Modal]:
    return ui.Select(custom_id=name, options=_options(choices, (chosen,)), required=True)


def _options(choices: Choices, chosen: Sequence[str]) -> list[discord.SelectOption]:
    # Of more than a menu takes, those that hold come first: a form that nobody touched changes nothing.
    ordered = sorted(choices, key=lambda choice: choice[0] not in chosen) if len(choices) > MOST else choices
    return [
        discord.SelectOption(label=shorten(words, WORDS), value=value, default=value in chosen)
        for value, words in ordered[:MOST]
    ]


def _typed(name: str, value: str, example: str) -> ui.TextInput[ui.Modal]:
    # As long as Discord lets it be: a digest every hour is written longer than anybody would expect.
    return ui.TextInput(custom_id=name, default=value, placeholder=example, required=False)


def _level(severity: Severity, *, on: bool) -> str:
    return f"{severity.name.lower()} {_on(on)}"


def _level_words(severity: Severity, language: str, *, on: bool) -> str:
    return say(
        language, "form.level.all" if on else "form.level.sure", severity=asking.severity_name(severity, language)
    )


def _on(switched: bool) -> str:
    return "on" if switched else "off"
