"""What do the cards of help, of the sources and of the mutes show?

Refuses to do: what can be typed differs from platform to platform and is brought by each; nothing is looked up here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.domain import YAML, Mute, PollState, Source, Storyline
from handlers.card.brief import muted_entry
from handlers.card.lists import listed
from handlers.card.model import Badge, Block, Card, Entries, Entry, Fact, Facts, Usage, Usages
from handlers.moments import ago
from handlers.plain import NAME_LIMIT, TITLE_LIMIT, plain
from handlers.texts import count, say, tongue, word

MOST_SOURCES = 8
"""Listed of each kind of trouble, and of those that people added."""

MOST_MUTES = 20

Counts = Mapping[str, tuple[int, int, int]]
"""By source: articles of the last 30 days, those of the storyline, and those that hold a position."""


def card_of_help(
    usages: Sequence[Usage], gets: Sequence[str], storyline: Storyline, language: str, now: datetime
) -> Card:
    """Make the card of what can be asked, and of what the channel gets. Pure.

    Args:
        usages: what can be typed on the platform, most useful first.
        gets: what each route brings the channel, in words.
        language: of whoever asks: a code that has a catalogue in handlers/texts, else English stands in.
    """
    tracks = tuple(Entry(text=word(language, track.title, track.id), ident=track.id) for track in storyline.tracks)
    routes = tuple(Entry(text=plain(said, TITLE_LIMIT * 2)) for said in gets)
    key = "discord.help.routes" if routes else "discord.help.no_routes"
    blocks: tuple[Block, ...] = (
        Usages(say(language, "help.ask"), tuple(usages)),
        Entries(say(language, key), routes),
        Entries(say(language, "slack.help.tracks"), tracks, detail=True),
    )
    headline, kicker = say(language, "discord.help.what"), word(language, storyline.title, storyline.id)
    return _page("help", headline, kicker, blocks, language, now)


def card_of_sources(
    sources: Sequence[tuple[Source, PollState]], counts: Counts, storyline: Storyline, language: str, now: datetime
) -> Card:
    """Make the card of what is watched and how well it answers. Pure.

    Args:
        sources: every source with its state, those that are switched off too.
        counts: what became of their articles.
        now: up to when the states are known.
    """
    watched = [(source, state) for source, state in sources if source.enabled]
    failing = [(source, state) for source, state in watched if state.last_error or state.retired]
    quiet = [(source, state) for source, state in watched if state.quiet and not (state.last_error or state.retired)]
    added = [(source, state) for source, state in watched if source.author != YAML]
    lists = (("sources.failing", failing), ("sources.quiet", quiet), ("sources.added", added))
    kinds = _kinds([source for source, _ in watched], language)
    blocks: tuple[Block, ...] = (
        *((Facts(kinds),) if kinds else ()),
        *(_listed(key, found, counts, language, now) for key, found in lists if found),
    )
    fields = {
        "sources": count(language, "sources", len(watched)),
        "failing": count(language, "sources.fail", len(failing)),
        "quiet": count(language, "sources.rest", len(quiet)),
    }
    key = "sources.some" if failing or quiet else "sources.well"
    return _page("sources", say(language, key, **fields), word(language, storyline.title), blocks, language, now)


def card_of_mutes(mutes: Sequence[Mute], storyline: Storyline, language: str, now: datetime) -> Card:
    """Make the card of what a channel is spared, with who asked for it and until when. Pure.

    Args:
        mutes: those that hold in the channel, by end.
    """
    shown = mutes[:MOST_MUTES]
    entries = tuple(muted_entry(mute, storyline, language) for mute in shown)
    blocks = (listed(say(language, "brief.muted"), entries, len(mutes), language),) if entries else ()
    headline = count(language, "mutes", len(mutes)) if mutes else say(language, "mutes.none")
    return _page("mutes", headline, word(language, storyline.title, storyline.id), blocks, language, now)


def _page(subject: str, headline: str, kicker: str, blocks: tuple[Block, ...], language: str, now: datetime) -> Card:
    badge = Badge(say(language, f"badge.{subject}"))
    return Card(None, subject, 1, language, headline, badge, kicker, now, blocks, ())


def _kinds(sources: Sequence[Source], language: str) -> tuple[Fact, ...]:
    """Return how many there are of each tier and language."""
    tiers = Counter(source.tier for source in sources)
    tongues = Counter(source.language for source in sources)
    names = {tier: say(language, f"tier.{tier}") for tier in tiers}
    by_tier = " · ".join(f"{names[tier]} {number}" for tier, number in tiers.most_common())
    mixed = say(language, "sources.mixed")
    by_tongue = " · ".join(
        f"{tongue(language, plain(code, NAME_LIMIT)) if code else mixed} {number}"
        for code, number in tongues.most_common()
    )
    rows = (("sources.tiers", by_tier), ("sources.languages", by_tongue))
    return tuple(Fact(say(language, key), said) for key, said in rows if said)


def _listed(
    key: str, found: Sequence[tuple[Source, PollState]], counts: Counts, language: str, now: datetime
) -> Entries:
    never = datetime.min.replace(tzinfo=UTC)
    ordered = sorted(found, key=lambda pair: (pair[1].last_success or never, pair[0].name))
    entries = tuple(
        _source(source, state, health_words(state, counts.get(source.key), language, now), language)
        for source, state in ordered[:MOST_SOURCES]
    )
    return listed(say(language, key), entries, len(found), language)


def health_words(state: PollState, counted: tuple[int, int, int] | None, language: str, now: datetime) -> str:
    """Return a source's newest item, how long a poll takes, and what of its articles passed each gate; "" for none."""
    parts = []
    if state.last_new_item is not None:
        parts.append(say(language, "sources.newest", ago=ago(state.last_new_item, now, language)))
    if state.seconds:
        parts.append(say(language, "sources.took", seconds=f"{state.seconds:.1f}"))
    if counted is not None and counted[0]:
        items, relevant, read = counted
        share = {"relevant": round(100 * relevant / items), "read": round(100 * read / items)}
        parts.append(say(language, "sources.share", items=items, **share))
    return " · ".join(parts)


def _source(source: Source, state: PollState, health: str, language: str) -> Entry:
    """Return a source with what is wrong and when it last answered, or printed anything where it answers."""
    over = say(language, "sources.gone") if state.retired else ""
    trouble = "; ".join(filter(None, (plain(state.last_error, TITLE_LIMIT), over)))
    author = plain(source.author, NAME_LIMIT) if source.author != YAML else ""
    text = ": ".join(filter(None, (plain(source.name, NAME_LIMIT), trouble)))
    last = state.last_new_item if state.quiet and not trouble else state.last_success
    key = "brief.silent.never" if last is None else "sources.printed" if last is not state.last_success else ""
    tag = say(language, key or "brief.silent.since")
    by = say(language, "sources.by", author=author) if author else ""
    return Entry(
        text=" · ".join(filter(None, (text, by, health))), tag=tag, at=last, ident=plain(source.key, NAME_LIMIT)
    )
