"""What becomes of what people want changed?

What changes the channel is said to everybody in it; a verdict and a preview are between whoever asked and us.

Refuses to do: who may do what is decided by the desk; an answer says what was done, never what will be.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import unescape

from bot.domain import YAML, Act, Route
from bot.errors import InputError
from bot.ports import Desk
from handlers import acting, asking, times
from handlers.asking import Wish
from handlers.card import card_of_feed, card_of_test
from handlers.card.brief import silenced
from handlers.plain import NAME_LIMIT, plain
from handlers.slack import answers, form
from handlers.slack.answers import Reply
from handlers.slack.asked import PLATFORM, Asked
from handlers.slack.blocks import button, buttons
from handlers.slack.escape import mrkdwn
from handlers.slack.look import Look
from handlers.slack.presses import ADD_FEED
from handlers.slack.ranks import Ranks
from handlers.slack.render import render
from handlers.slack.subscribing import wish_of
from handlers.slack.web import Web
from handlers.texts import listed

TEST = {"event_type": "stancewatch_test", "event_payload": {}}
"""Metadata of a message that no delivery is looked for by."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Makes changes through a desk."""

    desk: Desk
    web: Web
    ranks: Ranks

    async def subscribe(self, asked: Asked) -> Reply | None:
        """Have alerts told in the channel: as typed, or by a form where nothing is typed."""
        asker = await self.ranks.asker(asked, Act.SUBSCRIBE)
        if asked.text.strip():
            return await self._subscribed(asked, wish_of(asked.text, asked.language))
        if asker.rank < self.desk.needed(Act.SUBSCRIBE):
            raise InputError(asked.say("act.denied.manager"))
        routes = [route for route in await self.desk.routes(PLATFORM, asked.channel) if route.author != YAML]
        view = form.view(self.desk.storyline, asked, routes[0] if routes else None)
        await self.web.open_form(asked.number, view)
        return None

    async def change(self, asked: Asked) -> Reply | None:
        """Answer the button under a subscription with the form."""
        return await self.subscribe(replace(asked, text=""))

    async def submitted(self, asked: Asked, wish: Wish) -> Reply:
        """Have alerts told as a form says."""
        return await self._subscribed(asked, wish)

    def understood(self, asked: Asked, wish: Wish) -> Route:
        """Return the route that is wished for; InputError where a part of it makes no sense."""
        storyline = self.desk.storyline
        return asking.route_of(wish, storyline, platform=PLATFORM, channel=asked.channel, author=asked.user)

    async def unsubscribe(self, asked: Asked) -> Reply:
        """End what people subscribed the channel to."""
        asker = await self.ranks.asker(asked, Act.UNSUBSCRIBE)
        if not await self.desk.unsubscribe(asker):
            return Reply(answers.sentence(asked.say("chat.not_subscribed")))
        return Reply(answers.marked(asked.say("chat.unsubscribed", who=asked.who)), public=True)

    async def test(self, asked: Asked) -> Reply:
        """Post a test alert into the channel, the way that alerts are posted."""
        if (await self.ranks.asker(asked, Act.SUBSCRIBE)).rank < self.desk.needed(Act.SUBSCRIBE):
            raise InputError(asked.say("act.denied.manager"))
        await self.ranks.can_be_told(asked)
        card = card_of_test(self.desk.storyline, asked.language, self.desk.now())
        await self.web.post(asked.channel, render(card, Look(asked.zone, answers=False)), TEST)
        return Reply(answers.sentence(asked.say("act.test.done")))

    async def mute(self, asked: Asked) -> Reply:
        """Answer `mute TRACK|HOLDER|ALERT [24h|moves]`."""
        about, span = _span_split(asked.text)
        if not about:
            raise InputError(asked.say("act.need_mute"))
        return await self._muted(asked, span, await acting.meant(self.desk, about, asked.language))

    async def mute_alert(self, asked: Asked) -> Reply:
        """Answer the menu under an alert: its development, for as long as was chosen."""
        carried, _, span = asked.text.partition("|")
        return await self._muted(asked, span, {"alert": acting.read_subject(carried)[0]})

    async def unmute(self, asked: Asked) -> Reply:
        """End mutes of the channel: of a track, a holder, an alert or a mute; all without one."""
        asker = await self.ranks.asker(asked, Act.UNMUTE)
        what = asked.text.strip()
        for named in (asking.track_id, asking.holder_id):
            try:
                what = named(self.desk.storyline, what, asked.language)
                break
            except InputError:
                continue
        ended = await self.desk.unmute(asker, what)
        said = listed(asked.language, (silenced(mute, self.desk.storyline, asked.language) for mute in ended))
        return Reply(answers.marked(asked.say("act.unmuted", who=asked.who, what=mrkdwn(said))), public=True)

    async def useful(self, asked: Asked) -> Reply:
        """Keep that somebody found an alert useful."""
        return await self._judged(asked, asked.text, "useful")

    async def wrong(self, asked: Asked) -> Reply:
        """Keep what somebody says is not right with an alert."""
        carried, _, verdict = asked.text.partition("|")
        return await self._judged(asked, carried, verdict)

    async def digest(self, asked: Asked) -> Reply:
        """Answer `digest 09:00,18:00 [mon-fri] [Asia/Seoul]`, and `digest off`."""
        asker = await self.ranks.asker(asked, Act.DIGEST)
        clocks, days, zone = times.digest_split(asked.text)
        if not await self.desk.routes(PLATFORM, asked.channel):
            raise InputError(asked.say("act.digest.subscribe"))
        route = await self.desk.set_digest(
            asker,
            times.clock_times(clocks, asked.language),
            days=times.weekdays(days, asked.language),
            timezone=asking.timezone_of(zone, asked.language) if zone else "",
        )
        key, said = ("act.digest.set" if route.digest else "act.digest.off"), times.digest_words(route, asked.language)
        return Reply(answers.marked(asked.say(key, who=asked.who, times=mrkdwn(said))), public=True)

    async def find_feed(self, asked: Asked) -> Reply:
        """Show what stands behind an address, with a button that adds it."""
        # Slack writes an address as <address|words>, and three characters as entities.
        address, selector = acting.feed_asked(unescape(asked.text))
        url = address.strip("<>").split("|")[0]
        if not url:
            raise InputError(asked.say("act.need_feed"))
        preview = await self.desk.find_feed(await self.ranks.asker(asked, Act.ADD_FEED), url, selector)
        card = card_of_feed(preview, self.desk.storyline, asked.language, self.desk.now())
        shown = render(card, Look(asked.zone, answers=False))
        # The address as it was asked for: the source is called after its site, wherever the feed of it lies.
        again = f"{url} {acting.selector_of(preview.source)}".strip()
        row = buttons(button(ADD_FEED, asked.say("act.feed.add"), again))
        return Reply(answers.under(shown, row))

    async def add_feed(self, asked: Asked) -> Reply:
        """Answer the button under a preview: the address is tried once more, and watched."""
        asker = await self.ranks.asker(asked, Act.ADD_FEED)
        preview = await self.desk.find_feed(asker, *acting.feed_asked(asked.text))
        source = await self.desk.add_feed(asker, preview.source)
        name = mrkdwn(plain(source.name, NAME_LIMIT))
        return Reply(answers.marked(asked.say("act.feed.added", who=asked.who, name=name)), public=True)

    async def remove_feed(self, asked: Asked) -> Reply:
        """Watch a source no longer."""
        key = asked.text.strip()
        if not key:
            raise InputError(asked.say("act.need_source"))
        await self.desk.remove_feed(await self.ranks.asker(asked, Act.REMOVE_FEED), key)
        name = mrkdwn(plain(key, NAME_LIMIT))
        return Reply(answers.marked(asked.say("act.feed.removed", who=asked.who, name=name)), public=True)

    async def _subscribed(self, asked: Asked, wish: Wish) -> Reply:
        asker = await self.ranks.asker(asked, Act.SUBSCRIBE)
        route = self.understood(asked, wish)
        asking.require_sense(route, asked.language)
        await self.ranks.can_be_told(asked)
        await self.desk.subscribe(asker, route)
        return Reply(answers.subscribed(route, self.desk.storyline, asked.user), public=True)

    async def _muted(self, asked: Asked, span: str, wanted: dict[str, str]) -> Reply:
        asker = await self.ranks.asker(asked, Act.MUTE)
        made = await self.desk.mute(asker, **wanted, span=acting.span_of(span, asked.language))
        what = acting.muted_words(made, self.desk.storyline, asked.language, str(asked.zone))
        return Reply(answers.marked(asked.say("act.muted", who=asked.who, what=mrkdwn(what))), public=True)

    async def _judged(self, asked: Asked, carried: str, verdict: str) -> Reply:
        asker = await self.ranks.asker(asked, Act.JUDGE)
        ident, _ = acting.read_subject(carried)
        said, rung = acting.read_verdict(verdict)
        alert = await self.desk.alert(ident)
        await self.desk.judge(asker, ident, said, rung)
        return Reply(answers.sentence(acting.thanks(said, rung, alert, self.desk.storyline, asked.language)))


def _span_split(typed: str) -> tuple[str, str]:
    """Return what is to be muted, and for how long: "pact until it moves" is "pact" and "moves"."""
    for ending in ("until it moves", "moves"):
        if typed.strip().casefold().endswith(f" {ending}"):
            return typed.strip()[: -len(ending)].strip(), "moves"
    return asking.split_window(typed)
