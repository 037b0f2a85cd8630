"""What does the card of an alert show, and in which order?

The sentence, the ladder, the quote with who says so, then what backs it: outlets and origins, the previous
position, the baseline, what would confirm or falsify it; last the list of sources, which a small screen may fold.

Refuses to do: no decision; an alert is shown in the state that it has.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.domain import Alert, AlertState, By, Evidence, NoticeKind, Position, Register, Storyline, Track
from handlers.card import names
from handlers.card.ladder import baseline_rung, counter_kind, ladder
from handlers.card.lists import listed
from handlers.card.model import Badge, Block, Card, Entries, Entry, Fact, Facts, Link, Quote
from handlers.card.opening import Variant, opening, variant
from handlers.moments import When
from handlers.plain import CODE_LIMIT, QUOTE_LIMIT, TITLE_LIMIT, plain, plain_url
from handlers.texts import count, say, tongue, word

MOST_SOURCES = 10
# Of the held readings above 0.8 nine in ten are right, of those above 0.6 seven, of those below half: docs/accuracy.md.
_SURE = ((0.8, "sure.high"), (0.6, "sure.medium"), (0.0, "sure.low"))


def card_of_alert(alert: Alert, storyline: Storyline, language: str) -> Card:
    """Make the card of an alert in its present state. Pure.

    Args:
        language: of the channel: a code that has a catalogue in handlers/texts, else English stands in.
    """
    track = storyline.find_track(alert.track)
    blocks: list[Block] = []
    if track:
        blocks.append(ladder(alert, track, storyline, language))
    blocks.append(lead_quote(alert, storyline, language))
    if alert.against:
        heading = say(language, f"quote.{counter_kind(alert, track)}")
        blocks.append(quote_of(alert.against[0], storyline, language, heading))
    blocks.append(Facts(_backing(alert, storyline, track, language)))
    tests = _tests(alert, storyline, language)
    if tests:
        blocks.append(Facts(tests, detail=alert.state is not AlertState.SIGNAL))
    if alert.outlets > 1:
        blocks.append(_sources(alert.evidence, language))
    framed = card_about(alert, storyline, language, blocks)
    return replace(framed, kind=NoticeKind.ALERT, footer=(*framed.footer, f"{alert.track}/{alert.holder}"))


def card_about(alert: Alert, storyline: Storyline, language: str, blocks: Iterable[Block]) -> Card:
    """Return a card that says in its head how an alert stands, around what it is to tell of it."""
    return Card(
        kind=None,
        subject=alert.id,
        version=alert.version,
        language=language,
        headline=opening(alert, storyline, language),
        badge=Badge(badge_text(alert, storyline, language), alert.state),
        kicker=kicker(alert, storyline, language),
        at=alert.at,
        blocks=tuple(blocks),
        footer=(alert.id, f"v{alert.version}"),
        severity=alert.severity,
    )


def badge_text(alert: Alert, storyline: Storyline, language: str) -> str:
    """Return the state of an alert in two or three words."""
    frame = variant(alert, storyline)
    if frame in {Variant.DENIED, Variant.MIXED, Variant.BACK}:
        return say(language, f"badge.{frame}")
    if alert.state is not AlertState.CONFIRMED:
        return say(language, f"badge.{alert.state}")
    if any(e.by is By.OFFICIAL for e in alert.evidence):
        return say(language, "badge.confirmed.official")
    return say(language, "badge.confirmed.reported", origins=count(language, "origins", alert.origins))


def kicker(alert: Alert, storyline: Storyline, language: str) -> str:
    """Return what an alert is about in few words: track, holder, register."""
    title = names.track_title(storyline, alert.track, language)
    holder = names.holder_name(storyline, alert.holder, language)
    return f"{title} · {holder} · {say(language, f'register.{alert.register}')}"


def lead_quote(alert: Alert, storyline: Storyline, language: str) -> Quote:
    """Return the sentence that carries an alert, with who says so."""
    return quote_of(alert.lead, storyline, language)


def article_link(evidence: Evidence, language: str) -> Link:
    """Return the article with its publisher as label; the url is "" where it has no web address."""
    return Link(names.outlet(evidence, language), plain_url(evidence.url))


def held_since(position: Position) -> When:
    """Return since when a position is held: a moment, or the day alone for baseline and history."""
    return position.since if position.evidence else position.since.date()


def quote_of(evidence: Evidence, storyline: Storyline, language: str, heading: str = "") -> Quote:
    """Return the sentence of an article, with who says so and where.

    Args:
        heading: what it is, where it does not carry the alert.
    """
    return Quote(
        text=plain(evidence.quote, QUOTE_LIMIT),
        language=plain(evidence.language, CODE_LIMIT),
        tongue=_tongue(evidence, language),
        voice=_voice(evidence, storyline, language),
        source=article_link(evidence, language),
        title=plain(evidence.title, TITLE_LIMIT),
        at=evidence.dated,
        heading=heading,
        gloss=_gloss(evidence, storyline, language),
    )


def _gloss(evidence: Evidence, storyline: Storyline, language: str) -> str:
    """Say in the card's language what a sentence in another one was read as: the rung, never a translation."""
    if not _tongue(evidence, language):
        return ""
    holder = names.named("holder", names.in_sentence(names.holder_name(storyline, evidence.holder, language), language))
    now = names.now_clause(storyline, evidence.track, evidence.rung, language)
    sentence = say(language, "quote.gloss", **holder, now=now)
    return sentence[:1].upper() + sentence[1:]


def _tongue(evidence: Evidence, language: str) -> str:
    """Return the name of an article's language, "" where it is the card's own."""
    spoken = plain(evidence.language, CODE_LIMIT)
    if spoken in {"", language}:
        return ""
    return tongue(language, spoken)


def _voice(evidence: Evidence, storyline: Storyline, language: str) -> str:
    """Say who speaks in a quote and how near to the holder that is."""
    if evidence.by is By.OFFICIAL:
        return say(language, "voice.official", holder=names.holder_name(storyline, evidence.holder, language))
    speaker = names.in_sentence(names.who(evidence, storyline, language), language)
    if evidence.by is By.ANALYST:
        return say(language, "voice.analyst", who=speaker)
    return say(language, "voice.reported", who=speaker)


def _backing(alert: Alert, storyline: Storyline, track: Track | None, language: str) -> tuple[Fact, ...]:
    """Say who carries it and what it is measured against."""
    sure = say(language, next(key for floor, key in _SURE if alert.lead.confidence >= floor))
    carried = say(
        language,
        "carried",
        outlets=count(language, "outlets", alert.outlets),
        origins=count(language, "origins", alert.origins),
        sure=sure,
    )
    return (
        Fact(say(language, "fact.carried"), carried),
        _before(alert, storyline, language),
        _baseline(alert, storyline, track, language),
    )


def _before(alert: Alert, storyline: Storyline, language: str) -> Fact:
    name = say(language, "fact.before")
    if alert.from_rung is None:
        return Fact(name, say(language, f"none.{alert.register}"))
    label = names.rung_label(storyline, alert.track, alert.from_rung, language)
    previous = alert.previous
    if previous is None or previous.rung != alert.from_rung:
        return Fact(name, label)
    since = held_since(previous)
    if not previous.evidence and since == storyline.baseline_day:
        # The line below names the baseline; what it rests on is in `stance` and `why`.
        return Fact(name, label, since=since)
    old = previous.carrier
    if old is None:
        return Fact(name, label, since=since, note=plain(previous.note, QUOTE_LIMIT))
    tongue = _tongue(old, language)
    note = f" ({say(language, 'quote.in', tongue=tongue)})" if tongue else ""
    return Fact(name, label, since=since, note=plain(old.quote, QUOTE_LIMIT) + note, link=article_link(old, language))


def _baseline(alert: Alert, storyline: Storyline, track: Track | None, language: str) -> Fact:
    """Show what the track started from: a deed too is held against what was said or feared."""
    name = say(language, "fact.baseline")
    rung = baseline_rung(alert, track, storyline) if track else ""
    if not rung:
        return Fact(name, say(language, "none.baseline"))
    return Fact(name, names.rung_label(storyline, alert.track, rung, language), storyline.baseline_day)


def _tests(alert: Alert, storyline: Storyline, language: str) -> tuple[Fact, ...]:
    """Say what would confirm and what would falsify it, where that is still open."""
    rung = storyline.find_rung(alert.track, alert.to_rung)
    if rung is None or alert.ended:
        return ()
    asked = [("fact.falsifies", rung.falsifies)]
    if alert.state is not AlertState.CONFIRMED or alert.register is Register.WORD:
        asked.insert(0, ("fact.confirms", rung.confirms))
    return tuple(Fact(say(language, key), word(language, forms)) for key, forms in asked if forms)


def _sources(evidence: tuple[Evidence, ...], language: str) -> Entries:
    """List the articles that carry it besides the lead, one a publisher."""
    firsts: dict[str, Evidence] = {}
    for e in evidence:
        firsts.setdefault(e.publisher, e)
    ordered = tuple(firsts.values())[1:]
    entries = tuple(
        Entry(text=plain(e.title, TITLE_LIMIT), at=e.dated, link=article_link(e, language))
        for e in ordered[:MOST_SOURCES]
    )
    return listed(say(language, "also"), entries, len(ordered), language, detail=True)
