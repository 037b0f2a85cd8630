"""What becomes of what people want changed?

Who asks is checked before anything is acknowledged, so that a refusal is seen by nobody else. What changes the channel
is said to everybody in it; a verdict and a preview are between whoever asked and us.

Refuses to do: who may do what is decided by the desk; an answer says what was done, never what will be.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from bot.domain import Act, Storyline
from bot.errors import InputError
from bot.ports import Desk
from handlers import acting, asking, times
from handlers.card import card_of_feed
from handlers.card.brief import silenced
from handlers.discord import idents
from handlers.discord.answers import Asked, Work, zone
from handlers.discord.escape import escape
from handlers.discord.idents import OfAlert, Step
from handlers.discord.notifier import PLATFORM
from handlers.discord.questions import COLOUR, note
from handlers.discord.ranks import asker
from handlers.discord.render import answer_sheets
from handlers.discord.sheet import Button, Menu, Part, Sheet, buttons
from handlers.plain import NAME_LIMIT, plain
from handlers.texts import listed, say


def digest(desk: Desk, own: str, asked: Asked, clocks: str, days: str, timezone: str) -> Work:
    """Return what sets when the channel gets its digests."""
    who = asker(asked, desk, Act.DIGEST)
    at, on = times.clock_times(clocks, own), times.weekdays(days, own)
    where = asking.timezone_of(timezone, own) if timezone.strip() else ""

    async def work(language: str) -> Sequence[Sheet]:
        if not await desk.routes(PLATFORM, who.channel):
            raise InputError(say(language, "act.digest.subscribe"))
        route = await desk.set_digest(who, at, days=on, timezone=where)
        key, said = ("act.digest.set" if route.digest else "act.digest.off"), times.digest_words(route, language)
        return [note(say(language, key, who=asked.user.mention, times=escape(said)))]

    return work


def mute(desk: Desk, own: str, asked: Asked, what: str, span: str) -> Work:
    """Return what mutes a track, a holder, or the development of an alert."""
    if not what.strip():
        raise InputError(say(own, "act.need_mute"))
    return _muted(desk, own, asked, span, lambda language: acting.meant(desk, what, language))


def mute_alert(desk: Desk, own: str, asked: Asked, alert: str, span: str) -> Work:
    """Return what mutes the development of an alert, for as long as was chosen."""

    async def meant(_: str) -> dict[str, str]:
        return {"alert": alert}

    return _muted(desk, own, asked, span, meant)


def unmute(desk: Desk, asked: Asked, what: str) -> Work:
    """Return what ends mutes of the channel; all of them for ""."""
    who = asker(asked, desk, Act.UNMUTE)

    async def work(language: str) -> Sequence[Sheet]:
        ended = await desk.unmute(who, _named(desk.storyline, what, language))
        said = listed(language, (silenced(one, desk.storyline, language) for one in ended))
        return [note(say(language, "act.unmuted", who=asked.user.mention, what=escape(said)))]

    return work


def menu(desk: Desk, asked: Asked, pressed: OfAlert) -> Work:
    """Return what offers for how long an alert's development may be muted, or what may not be right with it."""
    mutes = pressed.step is Step.MUTE
    asker(asked, desk, Act.MUTE if mutes else Act.JUDGE)

    async def work(language: str) -> Sequence[Sheet]:
        alert = await desk.alert(pressed.alert)
        if mutes:
            key, chosen, choices = "act.mute", Step.MUTED, acting.span_choices(language)
        else:
            key, chosen = "act.wrong", Step.JUDGED
            choices = acting.verdict_choices(alert.track, alert.to_rung, desk.storyline, language)
        words, ident = say(language, key), idents.of_alert(chosen, alert.id, pressed.version)
        return [Sheet(words, COLOUR, (Part(f"**{escape(words)}**", 1),), menu=Menu(ident, words, choices))]

    return work


def judge(desk: Desk, asked: Asked, alert: str, verdict: str) -> Work:
    """Return what keeps somebody's verdict, and thanks them."""
    who = asker(asked, desk, Act.JUDGE)
    given, rung = acting.read_verdict(verdict)

    async def work(language: str) -> Sequence[Sheet]:
        judged = await desk.alert(alert)
        await desk.judge(who, alert, given, rung)
        return [note(escape(acting.thanks(given, rung, judged, desk.storyline, language)))]

    return work


def find_feed(desk: Desk, asked: Asked, url: str, selector: str) -> Work:
    """Return what shows what stands behind an address, with a button that watches it."""
    who = asker(asked, desk, Act.ADD_FEED)

    async def work(language: str) -> Sequence[Sheet]:
        preview = await desk.find_feed(who, url.strip(), selector.strip())
        sheets = answer_sheets(card_of_feed(preview, desk.storyline, language, desk.now()))
        # The address as it was asked for: the source is called after its site, wherever the feed of it lies.
        again = idents.watch(url.strip(), acting.selector_of(preview.source))
        add = buttons(Button(say(language, "act.feed.add"), ident=again))
        if not add:
            return [*sheets, note(say(language, "discord.feeds.long"))]
        last = sheets[-1]
        return [*sheets[:-1], Sheet(last.title, last.colour, last.parts, add)]

    return work


def add_feed(desk: Desk, asked: Asked, url: str, selector: str) -> Work:
    """Return what tries an address, once more where it was previewed, and watches it."""
    who = asker(asked, desk, Act.ADD_FEED)

    async def work(language: str) -> Sequence[Sheet]:
        preview = await desk.find_feed(who, url.strip(), selector.strip())
        added = await desk.add_feed(who, preview.source)
        name = escape(plain(added.name, NAME_LIMIT))
        return [note(say(language, "act.feed.added", who=asked.user.mention, name=name))]

    return work


def remove_feed(desk: Desk, asked: Asked, key: str) -> Work:
    """Return what watches a source no longer."""
    who = asker(asked, desk, Act.REMOVE_FEED)

    async def work(language: str) -> Sequence[Sheet]:
        await desk.remove_feed(who, key.strip())
        name = escape(plain(key, NAME_LIMIT))
        return [note(say(language, "act.feed.removed", who=asked.user.mention, name=name))]

    return work


def _muted(desk: Desk, own: str, asked: Asked, span: str, meant: Callable[[str], Awaitable[dict[str, str]]]) -> Work:
    who, back = asker(asked, desk, Act.MUTE), acting.span_of(span, own)

    async def work(language: str) -> Sequence[Sheet]:
        made = await desk.mute(who, **await meant(language), span=back)
        said = acting.muted_words(made, desk.storyline, language, str(await zone(asked, desk)))
        return [note(say(language, "act.muted", who=asked.user.mention, what=escape(said)))]

    return work


def _named(storyline: Storyline, what: str, language: str) -> str:
    """Return the id of a track or holder that is named; ids of mutes and alerts, and "", as they are."""
    for named in (asking.track_id, asking.holder_id):
        try:
            return named(storyline, what, language)
        except InputError:
            continue
    return what.strip()
