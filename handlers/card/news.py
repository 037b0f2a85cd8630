"""What do the cards of an alert's thread, of its sources and of a feed that may be added show?

Refuses to do: nothing is looked up or judged again; an alert is shown in the state that it has.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain import Alert, AlertState, By, Evidence, FeedItem, FeedPreview, News, Storyline, shown
from handlers.card import names
from handlers.card.alert import article_link, badge_text, card_about, kicker, quote_of
from handlers.card.ladder import counter_kind
from handlers.card.lists import listed
from handlers.card.model import Badge, Block, Card, Entries, Entry, Link
from handlers.card.opening import opening
from handlers.plain import NAME_LIMIT, TITLE_LIMIT, plain, plain_url
from handlers.texts import say

MOST_ARTICLES = 15
MOST_PREVIEWED = 10


def card_of_news(news: News, storyline: Storyline, language: str) -> Card:
    """Make the card of what has become of an alert: its sentence as it is now, and the quote that made it so. Pure.

    Args:
        language: of the channel: a code that has a catalogue in handlers/texts, else English stands in.
    """
    return card_about(news.alert, storyline, language, _proof(news.alert, storyline, language))


def card_of_evidence(alert: Alert, storyline: Storyline, language: str) -> Card:
    """Make the card of every article that an alert rests on, and of those that speak against it. Pure."""
    lists = (("act.evidence.for", alert.evidence), ("act.evidence.against", alert.against))
    blocks: tuple[Block, ...] = tuple(_articles(say(language, key), found, language) for key, found in lists if found)
    badge = Badge(badge_text(alert, storyline, language), alert.state)
    headline, about = opening(alert, storyline, language), kicker(alert, storyline, language)
    return Card(None, alert.id, alert.version, language, headline, badge, about, alert.at, blocks, (alert.id,))


def card_of_feed(preview: FeedPreview, storyline: Storyline, language: str, now: datetime) -> Card:
    """Make the card of a feed that may be added: what it holds, and what would be read in it. Pure."""
    source = preview.source
    name, url = plain(source.name, NAME_LIMIT), plain_url(shown(source.url))
    headline = say(language, "act.feed.found", name=name, n=preview.number, url=url)
    telling = [item for item in preview.items if item.read]
    # What would be told comes first where not all have room; those shown stand in their order.
    chosen = [*telling, *(item for item in preview.items if not item.read)][:MOST_PREVIEWED]
    entries = tuple(_item(item, storyline, language) for item in preview.items if item in chosen)
    share = say(language, "act.feed.share", n=len(telling), of=len(preview.items))
    blocks = (Entries(share, entries, plain(preview.advice, TITLE_LIMIT)),) if entries else ()
    badge = Badge(say(language, "badge.sources"))
    return Card(None, source.key, 1, language, headline, badge, name, now, blocks, (plain(source.key, NAME_LIMIT),))


def _proof(alert: Alert, storyline: Storyline, language: str) -> Iterator[Block]:
    if alert.denied or (alert.state is AlertState.DISPUTED and alert.against):
        kind = counter_kind(alert, storyline.find_track(alert.track))
        if kind in {"also", "reported"} and alert.lead.seen > alert.against[-1].seen:
            yield quote_of(alert.lead, storyline, language)  # the other word is what the thread knows
        else:
            yield quote_of(alert.against[-1], storyline, language, say(language, f"quote.{kind}"))
    elif alert.state is AlertState.CONFIRMED:
        yield quote_of(_bearing_out(alert), storyline, language)
    elif alert.state is AlertState.WITHDRAWN and alert.against:
        yield quote_of(alert.against[-1], storyline, language)


def _bearing_out(alert: Alert) -> Evidence:
    """Return what came last of what counts most: the holder's own word, where there is one, is no report's echo."""
    own = [e for e in alert.evidence if e.by is By.OFFICIAL]
    return max(own or alert.evidence, key=lambda e: (e.seen, e.dated))


def _articles(title: str, found: tuple[Evidence, ...], language: str) -> Entries:
    shown = found[:MOST_ARTICLES]
    entries = tuple(Entry(text=plain(e.title, TITLE_LIMIT), at=e.dated, link=article_link(e, language)) for e in shown)
    return listed(title, entries, len(found), language)


def _item(item: FeedItem, storyline: Storyline, language: str) -> Entry:
    read = "; ".join(
        f"{names.holder_name(storyline, holder, language)}: {names.rung_label(storyline, track, rung, language)}"
        for track, holder, rung in item.read
    )
    link = Link(say(language, "act.sources"), plain_url(item.url)) if plain_url(item.url) else None
    title = plain(item.title, TITLE_LIMIT)
    return Entry(text=title, tag=read or say(language, "act.feed.empty"), at=item.published, link=link)
