"""How is one block of a card written as Discord's text?

A ladder is lines from the top rung down; rungs that play no part are small. Moments are Discord's own, so that
everybody reads them in their own time zone; days stay days.

Refuses to do: no limits of a whole message; each text here is bounded by what it is made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from bot.domain import AlertState, Register
from handlers.card import (
    Entries,
    Entry,
    Fact,
    Facts,
    Ladder,
    Mark,
    Member,
    Positions,
    Quote,
    Spot,
    Stand,
    Step,
    Usages,
)
from handlers.card.lists import fitting
from handlers.discord import mentions
from handlers.discord.escape import cut, escape, link, moment
from handlers.moments import When, day, zone_of
from handlers.plain import plain
from handlers.texts import say

_UNMOVED = {AlertState.SIGNAL, AlertState.WITHDRAWN, AlertState.EXPIRED}
_REACHED: dict[AlertState | None, str] = {AlertState.SIGNAL: "◐", AlertState.WITHDRAWN: "×", AlertState.EXPIRED: "×"}
_LINE = 80
_NOTE = 240
_STEP = 320
_PIECE = 1800
_QUOTE = 500
_SENTENCE = 400


def ladder(block: Ladder, state: AlertState | None) -> str:
    """Return a ladder, the top rung first, reversals last."""
    climbing = [step for step in block.steps if not step.aside]
    aside = [step for step in block.steps if step.aside]
    return "\n".join(_rung(step, state) for step in (*reversed(climbing), *aside))


def quote(block: Quote, language: str) -> str:
    """Return a quote with who says so, where and when."""
    source = block.source
    who = [link(block.voice, source.url)] if source.label in block.voice else []
    said = who or [escape(block.voice), link(source.label, source.url)]
    tongue = [say(language, "quote.in", tongue=block.tongue)] if block.tongue else []
    heading = f"**{escape(block.heading)}**\n" if block.heading else ""
    heading += f"{cut(block.gloss, _NOTE)}\n" if block.gloss else ""
    foot = " · ".join([*said, _at(block.at, language), *tongue])
    return f"{heading}> {cut(block.text, _QUOTE)}\n-# — {foot}"


def member(block: Member, sign: str) -> str:
    """Return one alert among several without its quote: its state, its sentence, and in small letters what backs it."""
    foot = " · ".join([cut(block.kicker, _NOTE), escape(block.carried), escape(block.ident), moment(block.at)])
    return f"{sign} **{block.number} · {escape(block.badge.text)}**\n**{cut(block.sentence, _SENTENCE)}**\n-# {foot}"


def facts(block: Facts, language: str) -> str:
    """Return named lines, small ones where they can wait."""
    small = "-# " if block.detail else ""
    return "\n".join(small + _fact(row, language) for row in block.rows)


def _fact(row: Fact, language: str) -> str:
    """Return a named line, with what it rests on in small letters below."""
    parts = [f"**{escape(row.name)}** {cut(row.text, _NOTE)}"]
    if row.since:
        parts.append(_since(row.since, language))
    if row.at:
        parts.append(_at(row.at, language))
    note = [cut(row.note, _NOTE)] if row.note else []
    if row.link:
        note.append(link(row.link.label, row.link.url))
    return ", ".join(parts) + ("\n-# " + " · ".join(note) if note else "")


def told(block: Entries, language: str, most: int, style: str = "R") -> tuple[str, ...]:
    """Return a list of alerts, each with its article and its id, in pieces that any message has room for.

    Args:
        style: of their moments, Discord's letter.
    """
    block = fitting(block, most, language)
    lines = [f"**{escape(block.title)}**"]
    lines += [f"- {_entry(entry, language, style)}" for entry in block.entries]
    if block.more:
        lines.append(f"-# {escape(block.more)}")
    return pieces(lines)


def sources(block: Entries, language: str, room: int = 900) -> str:
    """Return the publishers of a list in one small line, as many as there is room for."""
    shown: list[str] = []
    for entry in block.entries:
        one = link(entry.link.label, entry.link.url) if entry.link else cut(entry.text, _LINE)
        if sum(map(len, shown)) + len(one) > room:
            break
        shown.append(one)
    rest = fitting(block, len(shown), language).more
    return f"-# **{escape(block.title)}** " + " · ".join([*shown, *([escape(rest)] if rest else [])])


def usages(block: Usages, clickable: Mapping[str, int]) -> tuple[str, ...]:
    """Return what can be typed, a line each; a command that Discord knows is one that can be pressed."""
    lines = [f"**{escape(block.title)}**"]
    for row in block.rows:
        rest = row.typed.removeprefix(f"/{row.name}").strip()
        known = clickable.get(row.name.partition(" ")[0])
        command = f"</{row.name}:{known}>" if known else f"**/{escape(row.name)}**"
        lines.append(f"- {' '.join(filter(None, (command, escape(rest))))}\n  -# {cut(row.does, _NOTE)}")
    return pieces(lines)


def silent(block: Entries, language: str) -> str:
    """Return the sources that are silent, a small line each."""
    lines = [f"-# ⚠️ **{escape(block.title)}**"]
    for entry in block.entries:
        since = f" {_at(entry.at, language, 'R')}" if entry.at else ""
        lines.append(f"-# {cut(entry.text, _LINE)} · {escape(entry.tag)}{since}")
    if block.more:
        lines.append(f"-# {escape(block.more)}")
    return "\n".join(lines)


def stands(block: Positions, language: str, *, notes: bool = False) -> tuple[str, ...]:
    """Return where everybody stands on one track, in pieces that any message has room for.

    Args:
        notes: with what a position rests on where no article carries it: baseline and history.
    """
    rows = [
        "\n".join([" · ".join(_stand_head(row)), *(_spot(spot, language, notes=notes) for spot in row.spots)])
        for row in block.rows
    ]
    return pieces([f"**{escape(block.title)}**", *rows])


def stands_in_short(block: Positions) -> str:
    """Return where everybody stands on one track in one small line."""
    rows = (f"{escape(row.name)} _{escape(' / '.join(spot.label for spot in row.spots))}_" for row in block.rows)
    return f"-# **{escape(block.title)}** · " + " · ".join(rows)


def steps(lines: Iterable[str]) -> Iterator[str]:
    """Return an explanation, a step a line: what each step is in bold, what belongs to one small below it."""
    return (_step(line) for line in lines)


def pieces(lines: list[str]) -> tuple[str, ...]:
    """Join lines to as few texts as stay below the room of a piece; a line alone may be longer."""
    joined = lines[:1]
    for line in lines[1:]:
        if len(joined[-1]) + len(line) < _PIECE:
            joined[-1] += f"\n{line}"
        else:
            joined.append(line)
    return tuple(joined)


def _step(line: str) -> str:
    label, _, text = line.strip().partition(" ")
    said = f"**{escape(plain(label, _LINE))}** {escape(plain(text, _STEP))}"
    return f"-# {said}" if line.startswith(" ") else said


def _rung(step: Step, state: AlertState | None) -> str:
    label = escape(step.label)
    if step.register is Register.DEED:
        label += f" ({escape(step.kind)})"
    said = f" ◂ {escape(' · '.join(step.said))}" if step.said else ""
    sign = "⤺" if step.aside and not step.marks else _sign(step, state)
    if Mark.TO in step.marks:
        return f"**{sign} {label}**{said}"
    return f"{sign} {label}{said}" if step.marks else f"-# {sign} {label}"


def _sign(step: Step, state: AlertState | None) -> str:
    if Mark.TO in step.marks:
        return _REACHED.get(state, "●")
    if Mark.FROM in step.marks:
        return "●" if state in _UNMOVED else "◎"
    return "○"


def _entry(entry: Entry, language: str, style: str) -> str:
    tag = f"**{escape(entry.tag)}** · " if entry.tag else ""
    foot = [link(entry.link.label, entry.link.url)] if entry.link else []
    if entry.at:
        foot.append(_at(entry.at, language, style))
    if entry.until:
        foot.append(say(language, "until", moment=_at(entry.until, language)))
    if entry.by:
        foot.append(say(language, "mute.by", author=mentions.author(entry.by)))
    if entry.ident:
        foot.append(escape(entry.ident))
    return f"{tag}{cut(entry.text, _NOTE)}" + (f"\n  -# {' · '.join(foot)}" if foot else "")


def _stand_head(row: Stand) -> list[str]:
    moved = [f"**{escape(row.moved)}**"] if row.moved else []
    baseline = [escape(row.baseline)] if row.baseline else []
    return [f"__{escape(row.name)}__", *moved, *baseline]


def _spot(spot: Spot, language: str, *, notes: bool) -> str:
    parts = [f"{escape(spot.kind)} **{escape(spot.label)}** {_since(spot.since, language)}"]
    if spot.link:
        parts.append(link(spot.link.label, spot.link.url))
    elif notes and spot.note:
        parts.append(escape(spot.note))
    return "-# " + " · ".join(parts)


def _since(when: When, language: str) -> str:
    return say(language, "since", day=_at(when, language, "D"))


def _at(when: When, language: str, style: str = "f") -> str:
    """Return a moment as Discord's own, a day as it is written in the channel's language."""
    return moment(when, style) if isinstance(when, datetime) else day(when, language, zone_of("UTC"))
