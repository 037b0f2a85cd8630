"""What is said to those who ask something?

Refuses to do: no acknowledgement and no sending (answers.py); nothing is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import structlog

from bot.domain import AuditEntry, Timeline, shown
from bot.errors import InputError, StancewatchError
from bot.ports import Desk
from handlers.acting import changed
from handlers.asking import holder_id, track_id, window
from handlers.card import (
    card_of_brief,
    card_of_evidence,
    card_of_mutes,
    card_of_sources,
    card_of_stance,
    card_of_timeline,
    health_words,
)
from handlers.discord import mentions
from handlers.discord.answers import Asked, Work, channel_of, zone
from handlers.discord.escape import escape, moment
from handlers.discord.notifier import PLATFORM
from handlers.discord.render import MOST_PAGES, acts, answer_sheets, brief_sheet, full
from handlers.discord.sheet import ALT_LIMIT, Button, Image, Part, Sheet, paged
from handlers.discord.wording import pieces, steps
from handlers.picture import drawn
from handlers.plain import NAME_LIMIT, plain
from handlers.texts import say

log = structlog.get_logger()

COLOUR = 0x5865F2
MOST_STEPS = 60
"""Lines of an explanation that are shown."""

MOST_LISTED = 100
FEW = 10
"""Sources of a list that are shown."""


def brief(desk: Desk, own: str, asked: Asked, track: str, since: str) -> Work:
    """Return what answers with a brief in short.

    Args:
        own: the asker's language, in which a refusal is worded.
    """
    back = window(since, own)
    one = track_id(desk.storyline, track, own)

    async def work(language: str) -> Sequence[Sheet]:
        made = await desk.brief(since=back, track=one, channel=(PLATFORM, channel_of(asked)))
        return [brief_sheet(card_of_brief(made, desk.storyline, language), back, track=one)]

    return work


def everything(desk: Desk, asked: Asked, back: timedelta, track: str, holder: str) -> Work:
    """Return what answers with a brief in full."""

    async def work(language: str) -> Sequence[Sheet]:
        made = await desk.brief(since=back, track=track, holder=holder, channel=(PLATFORM, channel_of(asked)))
        return full(card_of_brief(made, desk.storyline, language), notes=bool(track))

    return work


def stance(desk: Desk, own: str, track: str, holder: str) -> Work:
    """Return what answers where everybody, or one holder, stands on one track, and how they came there."""
    one, whose = track_id(desk.storyline, track, own), holder_id(desk.storyline, holder, own)

    async def work(language: str) -> Sequence[Sheet]:
        made, timeline = await desk.stance(one, whose)
        return answer_sheets(card_of_stance(made, timeline, desk.storyline, language))

    return work


def timeline(desk: Desk, own: str, asked: Asked, track: str, since: str, holder: str) -> Work:
    """Return what answers how a track moved: as a picture, and in words below it."""
    one, whose = track_id(desk.storyline, track, own), holder_id(desk.storyline, holder, own)
    back = window(since, own) if since.strip() else None

    async def work(language: str) -> Sequence[Sheet]:
        made = await desk.timeline(one, since=back, holder=whose)
        words = answer_sheets(card_of_timeline(made, desk.storyline, language))
        shown = await _picture(desk, asked, made, language)
        return [*shown, *words]

    return work


async def _picture(desk: Desk, asked: Asked, made: Timeline, language: str) -> list[Sheet]:
    """Return the picture; nothing where it cannot be drawn: the words tell the same story."""
    try:
        picture = await drawn(made, desk.storyline, language, await zone(asked, desk), dark=True, longest_alt=ALT_LIMIT)
    except StancewatchError as error:
        log.warning("discord_picture_not_drawn", track=made.track, error=str(error))
        return []
    return [Sheet(made.track, COLOUR, (), image=Image(f"{made.track}.png", picture.png, picture.alt))]


def why(desk: Desk, what: str, version: int | None = None) -> Work:
    """Return what answers why an article or an alert was told, or not, a step a line.

    Args:
        version: of the alert whose button was pressed; what can be done about it is offered below the answer.
    """

    async def work(language: str) -> Sequence[Sheet]:
        lines = await desk.explain(what.strip())
        shown = list(steps(lines[:MOST_STEPS]))
        if left := max(0, len(lines) - MOST_STEPS):
            shown.append("-# " + say(language, "more", n=left))
        offered = () if version is None else acts(what, version, language)
        return _pages(say(language, "button.why"), shown, offered)

    return work


def evidence(desk: Desk, alert: str) -> Work:
    """Return what answers with every article that an alert rests on."""

    async def work(language: str) -> Sequence[Sheet]:
        return answer_sheets(card_of_evidence(await desk.alert(alert), desk.storyline, language))

    return work


def sources(desk: Desk) -> Work:
    """Return what answers what is watched, and how well it answers."""

    async def work(language: str) -> Sequence[Sheet]:
        watched, counts = await desk.sources(), await desk.source_counts()
        return answer_sheets(card_of_sources(watched, counts, desk.storyline, language, desk.now()))

    return work


def feeds(desk: Desk, search: str) -> Work:
    """Return what answers with the sources by name and key, those that hold what is searched for."""
    wanted = search.strip().casefold()

    async def work(language: str) -> Sequence[Sheet]:
        watched = [pair for pair in await desk.sources() if pair[0].enabled]
        # Addresses as they may be shown: a token must not be found letter by letter.
        found = [
            (s, at)
            for s, at in watched
            if any(wanted in t.casefold() for t in (s.name, s.key, shown(s.url), s.language))
        ]
        if not found:
            raise InputError(say(language, "discord.feeds.none", given=plain(search, NAME_LIMIT)))
        # Of few that are asked for by name it is told how they are.
        counts, few = await desk.source_counts(), bool(wanted) and len(found) <= FEW
        lines = [
            " · ".join(
                filter(None, (f"- {escape(plain(s.name, NAME_LIMIT))}", escape(plain(s.key, NAME_LIMIT)), health))
            )
            for s, at in found[:MOST_LISTED]
            for health in [health_words(at, counts.get(s.key), language, desk.now()) if few else ""]
        ]
        if left := len(found) - len(lines):
            lines.append("-# " + say(language, "more", n=left))
        return _pages(say(language, "act.sources"), lines)

    return work


def muted(desk: Desk, asked: Asked) -> Work:
    """Return what answers what the channel is spared."""

    async def work(language: str) -> Sequence[Sheet]:
        mutes = await desk.muted(PLATFORM, channel_of(asked))
        return answer_sheets(card_of_mutes(mutes, desk.storyline, language, desk.now()))

    return work


def digest(desk: Desk, asked: Asked) -> Work:
    """Return what answers with the digest that the channel would be told now."""

    async def work(language: str) -> Sequence[Sheet]:
        made = await desk.digest(PLATFORM, channel_of(asked))
        return [brief_sheet(card_of_brief(made, desk.storyline, language), made.as_of - made.since)]

    return work


def audit(desk: Desk, asked: Asked) -> Work:
    """Return what answers who changed what here, and when."""

    async def work(language: str) -> Sequence[Sheet]:
        entries = await desk.audit(PLATFORM, channel_of(asked))
        if not entries:
            return [note(say(language, "act.audit.none"))]
        return _pages(say(language, "act.audit"), [f"- {_entry(entry, language)}" for entry in entries])

    return work


def note(*texts: str) -> Sheet:
    """Return a short message of ours, a rule between its texts."""
    return Sheet(texts[0], COLOUR, tuple(Part(text, 100 - i, ruled=i > 0) for i, text in enumerate(texts)))


def _pages(title: str, lines: list[str], offered: tuple[Button, ...] = ()) -> list[Sheet]:
    """Return lines in as many pages as they take; what can be pressed is on the last."""
    pages = paged(Part(piece, 1) for piece in pieces([f"**{escape(title)}**", *lines]))[:MOST_PAGES]
    last = len(pages) - 1
    return [Sheet(title, COLOUR, page, offered if i == last else ()) for i, page in enumerate(pages)]


def _entry(entry: AuditEntry, language: str) -> str:
    return f"{moment(entry.at)} · {mentions.author(entry.author)} · {escape(changed(entry, language))}"
