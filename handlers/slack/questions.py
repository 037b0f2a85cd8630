"""What is answered to those who ask?

Answers are for whoever asked alone; a picture, which Slack cannot show to one person, comes into the channel.

Refuses to do: nothing is fetched or read here, and nothing is changed: the desk answers from what is stored.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from bot.domain import Timeline
from bot.errors import InputError, StancewatchError
from bot.ports import Desk
from handlers import asking
from handlers.acting import read_subject
from handlers.card import (
    Card,
    card_of_evidence,
    card_of_mutes,
    card_of_sources,
    card_of_stance,
    card_of_timeline,
)
from handlers.card.names import track_title
from handlers.picture import drawn
from handlers.slack import answers
from handlers.slack.answers import Reply
from handlers.slack.asked import PLATFORM, Asked
from handlers.slack.look import Look
from handlers.slack.render import render
from handlers.slack.web import Web

log = structlog.get_logger()

LONGEST_ALT = 1_000
"""Characters of the words of a picture that Slack takes."""


def scope_of(since: timedelta, track: str = "", holder: str = "") -> str:
    """Return what a brief was asked for, as the value of its button."""
    return f"{since // timedelta(minutes=1)} {track} {holder}"


@dataclass(frozen=True, slots=True)
class Questions:
    """Answers from a desk."""

    desk: Desk
    web: Web

    async def brief(self, asked: Asked) -> Reply:
        """Answer `/brief [track or holder] [window]`, short first."""
        about, since = asking.split_window(asked.text)
        track, holder = self.about(about, asked.language)
        more = scope_of(asking.window(since, asked.language), track, holder)
        return await self._brief(asked, more, more)

    async def more(self, asked: Asked) -> Reply:
        """Answer the button under a short brief with all of it."""
        reply = await self._brief(asked, asked.text, "")
        return replace(reply, replace=asked.replace)

    async def why(self, asked: Asked) -> Reply:
        """Answer why an address or an alert was told or not."""
        what = asked.text.strip().strip("<>").split("|")[0].replace("&amp;", "&")
        if not what:
            raise InputError(asked.say("slack.need_what"))
        return Reply(answers.steps(await self.desk.explain(what)))

    async def why_alert(self, asked: Asked) -> Reply:
        """Answer the button under an alert: why it was told."""
        return Reply(answers.steps(await self.desk.explain(read_subject(asked.text)[0])))

    async def evidence(self, asked: Asked) -> Reply:
        """Answer the button under an alert with every article that it rests on."""
        alert = await self.desk.alert(read_subject(asked.text)[0])
        return self._card(asked, card_of_evidence(alert, self.desk.storyline, asked.language))

    async def stance(self, asked: Asked) -> Reply:
        """Answer where everybody stands on one track, and how they came there."""
        track = self._track(asked, asked.text)
        brief, timeline = await self.desk.stance(track)
        return self._card(asked, card_of_stance(brief, timeline, self.desk.storyline, asked.language))

    async def timeline(self, asked: Asked) -> Reply:
        """Answer how a track moved: in words for whoever asked, and as a picture in the channel."""
        about, since = asking.split_window(asked.text)
        track = self._track(asked, about)
        window = asking.window(since, asked.language) if since else None
        made = await self.desk.timeline(track, since=window)
        reply = self._card(asked, card_of_timeline(made, self.desk.storyline, asked.language))
        try:
            await self._show(asked, made)
        except StancewatchError as error:
            # The words tell the same story; where the picture cannot be shown they stand alone.
            log.warning("slack_picture_not_shown", channel=asked.channel, error=str(error))
        return reply

    async def sources(self, asked: Asked) -> Reply:
        """Answer what is watched and how well it answers."""
        sources, counts = await self.desk.sources(), await self.desk.source_counts()
        return self._card(asked, card_of_sources(sources, counts, self.desk.storyline, asked.language, self.desk.now()))

    async def muted(self, asked: Asked) -> Reply:
        """Answer what the channel is spared."""
        mutes = await self.desk.muted(PLATFORM, asked.channel)
        return self._card(asked, card_of_mutes(mutes, self.desk.storyline, asked.language, self.desk.now()))

    async def digest(self, asked: Asked) -> Reply:
        """Answer with the digest that the channel would be told now."""
        brief = await self.desk.digest(PLATFORM, asked.channel)
        return Reply(answers.brief(brief, self.desk.storyline, asked.language, asked.zone, ""))

    async def audit(self, asked: Asked) -> Reply:
        """Answer who changed what here, and when."""
        entries = await self.desk.audit(PLATFORM, asked.channel)
        return Reply(answers.audit(entries, asked.language, asked.zone))

    async def help(self, asked: Asked) -> Reply:
        """Answer with what there is to type, and what the channel gets."""
        storyline = self.desk.storyline
        routes = await self.desk.routes(PLATFORM, asked.channel)
        gets = [asking.described(route, storyline, asked.language) for route in routes]
        return Reply(answers.help_text(storyline, asked.language, gets))

    def about(self, typed: str, language: str) -> tuple[str, str]:
        """Return the track, or else the holder, that is meant; InputError names tracks."""
        try:
            return asking.track_id(self.desk.storyline, typed, language), ""
        except InputError as unclear:
            try:
                return "", asking.holder_id(self.desk.storyline, typed, language)
            except InputError:
                raise unclear from None

    async def _brief(self, asked: Asked, scope: str, more: str) -> Reply:
        minutes, track, holder = scope.split(" ")
        since, place = timedelta(minutes=int(minutes)), (PLATFORM, asked.channel)
        brief = await self.desk.brief(since=since, track=track, holder=holder, channel=place)
        return Reply(answers.brief(brief, self.desk.storyline, asked.language, asked.zone, more))

    async def _show(self, asked: Asked, made: Timeline) -> None:
        storyline, language = self.desk.storyline, asked.language
        picture = await drawn(made, storyline, language, asked.zone, longest_alt=LONGEST_ALT)
        title = asked.say("act.picture", title=track_title(storyline, made.track, language))
        await self.web.upload(asked.channel, picture.png, f"{made.track}.png", title, picture.alt)

    def _track(self, asked: Asked, typed: str) -> str:
        track = asking.track_id(self.desk.storyline, typed, asked.language)
        if not track:
            raise InputError(asked.say("slack.need_track", track=self.desk.storyline.tracks[0].id))
        return track

    def _card(self, asked: Asked, card: Card) -> Reply:
        return Reply(render(card, Look(asked.zone, answers=False)))
