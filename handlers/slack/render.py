"""What does a card look like in Slack?

State and subject in small print, the sentence in large letters, the ladder with one dot a rung, the quote with who
says so, then what backs it. A brief is short first: what moved, what is not confirmed, the tracks on which something
happened; everything else waits behind a button.

A card that is too long for Slack is drawn again with less of what can wait: fewer entries of its lists, no addresses
behind positions. Nothing is left to Slack to cut or refuse.

Refuses to do: nothing of a card's text is read as markup; nobody is mentioned but whom the route wakes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain import NoticeKind
from handlers.card import (
    Block,
    Card,
    Entries,
    Entry,
    Fact,
    Facts,
    Ladder,
    Member,
    Positions,
    Quote,
    Spot,
    Stand,
    Usages,
)
from handlers.card.lists import fitting
from handlers.moments import When, ago, day, stamp
from handlers.slack import blocks as kit
from handlers.slack.blocks import Message, Piece
from handlers.slack.escape import mrkdwn, mrkdwn_link
from handlers.slack.ladder import SIGNS, drawn_ladder, spoken
from handlers.slack.look import ROOMS, Look, Room
from handlers.slack.presses import MORE, below, beside
from handlers.texts import listed, say

LONGEST_LINE = 2_500
"""Characters of names and addresses in one line of small print."""


def render(card: Card, look: Look) -> Message:
    """Draw a card. Pure; what it returns is within Slack's limits for any card."""
    text = mrkdwn(" ".join(spoken(card)))
    for room in ROOMS:
        message = Message(text, tuple(_Sheet(card, look, room).drawn()))
        if message.fits:
            return message
    return message.cut()


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One card on its way to Slack."""

    card: Card
    look: Look
    room: Room

    def drawn(self) -> Iterator[kit.Block]:
        card = self.card
        state = card.badge.state
        sign = "wrench" if card.kind is NoticeKind.TROUBLE else SIGNS[state]
        yield kit.small(f":{sign}: *{mrkdwn(card.badge.text)}*", mrkdwn(card.kicker))
        yield kit.header(card.headline)
        if self.look.mention:
            yield kit.section(self.look.mention)
        before: Block | None = None
        for block in self._shown():
            if isinstance(block, Positions) and isinstance(before, Entries):
                # What has happened ends here; where everybody stands begins.
                yield kit.divider()
            yield from self._block(block)
            before = block
        if still := self._unchanged():
            yield kit.small(still)
        yield from self._buttons()
        yield self._footer()

    @property
    def _brief(self) -> bool:
        return self.card.kind is NoticeKind.BRIEF

    @property
    def _short(self) -> bool:
        return self._brief and bool(self.look.more)

    def _shown(self) -> Iterator[Block]:
        """Yield the blocks that do not wait."""
        yield from (block for block in self.card.blocks if not (self._short and block.detail))

    def _unchanged(self) -> str:
        """Name the tracks that a short brief leaves out; where nothing moved, its sentence has said so."""
        positions = [block for block in self.card.blocks if isinstance(block, Positions)]
        titles = [block.title for block in positions if block.detail]
        if not self._short or not titles or len(titles) == len(positions):
            return ""
        return mrkdwn(f"{self._say('brief.unchanged')}: {listed(self.card.language, titles)}")

    def _buttons(self) -> Iterator[kit.Block]:
        if not self.look.answers:
            return
        if any(isinstance(block, Member) for block in self.card.blocks):
            return  # each has its own
        if self.card.kind is NoticeKind.ALERT:
            yield kit.buttons(*below(self.card))
        elif self._short and any(block.detail for block in self.card.blocks):
            yield kit.buttons(kit.button(MORE, self._say("chat.more"), self.look.more))

    def _footer(self) -> kit.Block:
        card = self.card
        at = stamp(card.at, card.language, self.look.zone)
        if self._brief:
            waiting = [block.title for block in card.blocks if isinstance(block, Entries) and block.detail]
            silent = [f":zzz: {mrkdwn(title)}" for title in waiting if self._short]
            return kit.small(mrkdwn(self._say("chat.as_of", at=at)), *silent)
        if any(isinstance(block, Member) for block in card.blocks):
            return kit.small(mrkdwn(at))
        return kit.small(*(mrkdwn(part) for part in (*card.footer[:2], at)))

    def _block(self, block: Block) -> Iterator[kit.Block]:
        match block:
            case Ladder():
                yield kit.rich(kit.line(*drawn_ladder(block, self.card.badge.state)))
            case Quote():
                yield from self._quote(block)
            case Facts():
                yield self._tests(block) if block.detail else kit.rich(*self._facts(block))
            case Entries():
                yield from self._in_a_line(block) if block.detail and self.card.kind else self._entries(block)
            case Positions():
                yield from self._positions(block)
            case Member():
                yield from self._member(block)
            case Usages():
                yield self._usages(block)

    def _quote(self, quote: Quote) -> Iterator[kit.Block]:
        if quote.text:
            above = kit.line(kit.text(quote.heading, bold=True))
            gloss = kit.line(kit.text(quote.gloss))
            yield kit.rich(above, gloss, kit.quoted(kit.text(quote.text)))
        elif quote.heading:
            yield kit.rich(kit.line(kit.text(quote.heading, bold=True)))
        tongue = self._say("quote.in", tongue=quote.tongue) if quote.tongue else ""
        source = mrkdwn_link(quote.source.label, quote.source.url)
        voice = mrkdwn(quote.voice)
        if quote.source.label and quote.source.label in quote.voice:
            # "reported by Reuters" and a link that says Reuters again: one of the two is enough.
            voice, source = mrkdwn_link(quote.voice, quote.source.url), ""
        when = f"{self._stamp(quote.at)} · {self._ago(quote.at)}"
        yield kit.small(f"— {voice}", source, mrkdwn(when), mrkdwn(tongue))

    def _member(self, member: Member) -> Iterator[kit.Block]:
        """Yield one alert among several, with a button of its own."""
        yield kit.divider()
        asked = beside(member, self.card.language) if self.look.answers else None
        sign = f":{SIGNS[member.badge.state]}: *{mrkdwn(member.badge.text)}*"
        yield kit.section(f"{sign}\n{mrkdwn(member.sentence)}", asked)
        if self.room.notes:
            yield from self._quote(member.quote)
        else:
            yield kit.small(mrkdwn_link(member.quote.source.label, self._near(member.quote.source.url)))
        yield kit.small(mrkdwn(member.kicker), mrkdwn(member.carried), mrkdwn(member.ident))

    def _facts(self, facts: Facts) -> Iterator[kit.Block]:
        pieces: list[Piece] = []
        for number, fact in enumerate(facts.rows):
            pieces += [kit.text("\n")] if number else []
            pieces += self._fact(fact)
        yield kit.line(*pieces)

    def _fact(self, fact: Fact) -> Iterator[Piece]:
        yield kit.text(f"{fact.name}: ", bold=True)
        yield kit.text(fact.text)
        if fact.since:
            yield kit.text(f", {self._since(fact.since)}")
        if fact.at:
            yield kit.text(f", {self._day(fact.at)}")
        if fact.note and self.room.notes:
            yield kit.text(" — ")
            yield kit.text(fact.note, italic=True)
        if fact.link and self._near(fact.link.url):
            yield kit.text(" ")
            yield kit.link(fact.link.label, fact.link.url)

    def _tests(self, facts: Facts) -> kit.Block:
        """Return named lines that can wait, in small print."""
        return kit.small(*(mrkdwn(f"{fact.name}: {fact.text}") for fact in facts.rows))

    def _usages(self, usages: Usages) -> kit.Block:
        rows = ([kit.text(row.typed, bold=True), kit.text(f"\n{row.does}")] for row in usages.rows)
        return kit.rich(kit.line(kit.text(usages.title, bold=True)), kit.bullets(rows))

    def _in_a_line(self, entries: Entries) -> Iterator[kit.Block]:
        """Yield a list that is detail as one line of small print: who, with a link, and no more."""
        shown = entries.entries[: self.room.entries]
        if self._brief:
            yield kit.small(f":zzz: {mrkdwn(entries.title)}")
            yield from (kit.rich(kit.bullets(self._entry(entry) for entry in shown)) for _ in shown[:1])
            return
        names: list[str] = []
        for entry in shown:
            name = mrkdwn_link(entry.link.label, self._near(entry.link.url)) if entry.link else ""
            if sum(map(len, names)) + len(name) > LONGEST_LINE:
                break
            names.append(name)
        more = fitting(entries, len(names), self.card.language).more
        yield kit.small(f"{mrkdwn(entries.title)}: {', '.join(filter(None, names))}", mrkdwn(more))

    def _entries(self, entries: Entries) -> Iterator[kit.Block]:
        entries = fitting(entries, self.room.entries, self.card.language)
        yield kit.rich(
            kit.line(kit.text(entries.title, bold=True)),
            kit.bullets(self._entry(entry) for entry in entries.entries),
            kit.line(kit.text(entries.more, italic=True)),
        )

    def _entry(self, entry: Entry) -> list[Piece]:
        pieces = [kit.text(entry.text)]
        after: list[list[Piece]] = []
        if entry.tag:
            after.append([kit.text(entry.tag + (f" {self._day(entry.at)}" if entry.at and not entry.link else ""))])
        if entry.link and entry.link.label:
            after.append([kit.link(entry.link.label, self._near(entry.link.url))])
        if entry.at and entry.link:
            after.append([kit.text(self._day(entry.at))])
        if entry.until:
            after.append([kit.text(self._say("until", moment=self._stamp(entry.until)))])
        if entry.by and not (self.card.kind and entry.by.startswith("slack:")):
            # Nobody of Slack in what is posted: it would wake whom it names.
            after.append([kit.author(entry.by)])
        if entry.ident:
            after.append([kit.text(entry.ident, italic=True)])
        below = entry.ident or not self.card.kind
        for number, more in enumerate(after):
            pieces += [kit.text("\n" if number == 0 and below else " · "), *more]
        return pieces

    def _positions(self, positions: Positions) -> Iterator[kit.Block]:
        shown = positions.rows[: self.room.stands]
        left = len(positions.rows) - len(shown)
        if shown:
            yield kit.rich(
                kit.line(kit.text(positions.title, bold=True)),
                kit.bullets(list(self._stand(row)) for row in shown),
                kit.line(kit.text(self._say("more", n=left) if left else "", italic=True)),
            )

    def _stand(self, row: Stand) -> Iterator[Piece]:
        yield kit.text(f"{row.name}: ")
        for number, spot in enumerate(row.spots):
            yield from [kit.text("; ")] if number else []
            yield from self._spot(spot)
        if not row.spots:
            yield kit.text(self._say("chat.nothing"), italic=True)
        if row.baseline:
            yield kit.text(f" · {row.baseline}", italic=True)
        if row.moved:
            yield kit.text(f" · {row.moved}", bold=True)

    def _spot(self, spot: Spot) -> Iterator[Piece]:
        url = self._near(spot.link.url) if spot.link and self.room.linked else ""
        yield kit.link(spot.label, url, bold=True)
        yield kit.text(f" ({spot.kind}), {self._since(spot.since)}")

    def _near(self, url: str) -> str:
        """Return an address that is short enough to stand in a list, else ""."""
        return url if len(url) <= self.room.url else ""

    def _say(self, key: str, **fields: object) -> str:
        return say(self.card.language, key, **fields)

    def _stamp(self, when: When) -> str:
        return stamp(when, self.card.language, self.look.zone)

    def _day(self, when: When) -> str:
        return day(when, self.card.language, self.look.zone)

    def _ago(self, when: When) -> str:
        return ago(when, self.card.at, self.card.language)

    def _since(self, when: When) -> str:
        return self._say("since", day=self._day(when))
