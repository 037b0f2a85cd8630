"""What does the card of a brief show, and in which order?

One sentence that says how much moved; what moved and what is not confirmed, with links; where everybody stands,
track by track, in word and deed against the baseline; the sources that are silent. Tracks on which nothing
happened in the window, and what else can wait, are marked as detail.

Refuses to do: nothing is fetched or counted anew; a brief is shown as it was made.
"""

from __future__ import annotations

from datetime import timedelta

from bot.domain import (
    Alert,
    AlertState,
    Brief,
    Mute,
    NoticeKind,
    Position,
    Register,
    Rung,
    Standing,
    Storyline,
    Track,
)
from handlers.card import names
from handlers.card.alert import article_link, badge_text, held_since
from handlers.card.lists import listed
from handlers.card.model import Badge, Block, Card, Entries, Entry, Positions, Spot, Stand
from handlers.card.opening import opening
from handlers.moments import span
from handlers.plain import NAME_LIMIT, TITLE_LIMIT, plain
from handlers.texts import count, say, word

MOST_LINES = 10
MOST_SILENT = 5
MOST_MUTES = 5
LATE = timedelta(minutes=15)
"""From when on a digest is said to be made up for."""


def card_of_brief(brief: Brief, storyline: Storyline, language: str) -> Card:
    """Make the card of a brief. Pure.

    Args:
        language: of the channel: a code that has a catalogue in handlers/texts, else English stands in.
    """
    blocks: list[Block] = []
    for key, alerts in (("brief.moves", brief.moved), ("brief.signals", brief.signals), ("brief.ended", brief.ended)):
        if alerts:
            blocks.append(_told(say(language, key), alerts, storyline, language))
    if brief.mutes:
        blocks.append(_muted(brief.mutes, storyline, language))
    blocks.extend(_positions(brief, track, storyline, language) for track in _tracks(brief, storyline))
    if brief.silent:
        blocks.append(_silent(brief, language))
    sources = count(language, "sources", brief.sources)
    return Card(
        kind=NoticeKind.BRIEF,
        subject=brief.id,
        version=brief.version,
        language=language,
        headline=_headline(brief, language),
        badge=Badge(say(language, _badge(brief))),
        kicker=f"{word(language, storyline.title, storyline.id)} · {sources}",
        at=brief.as_of,
        blocks=tuple(blocks),
        footer=(brief.id,),
    )


def _badge(brief: Brief) -> str:
    if brief.digest:
        return "badge.digest.late" if brief.as_of - brief.digest > LATE else "badge.digest"
    return "badge.catch_up" if brief.catch_up else "badge.brief"


def _headline(brief: Brief, language: str) -> str:
    fields = {
        "window": span(brief.since, brief.as_of, language),
        "moves": count(language, "moves", len(brief.moved)),
        "signals": count(language, "signals", len(brief.signals)),
        "sources": count(language, "sources", brief.sources),
    }
    deaf = len(brief.silent) >= brief.sources
    key = "brief.moved" if brief.moved else "brief.still"
    if brief.signals:
        key += ".signals"
    elif deaf and not brief.moved:
        key = "brief.deaf"  # silence is no proof that nothing moved
    sentence = say(language, key, **fields)
    if brief.ended:
        over = count(language, "brief.over", len(brief.ended))
        sentence = f"{sentence} {over}"
    if deaf and key != "brief.deaf":
        sentence = " ".join((sentence, say(language, "brief.deaf.now")))
    return say(language, "brief.catch_up", sentence=sentence, **fields) if brief.catch_up else sentence


def _told(title: str, alerts: tuple[Alert, ...], storyline: Storyline, language: str) -> Entries:
    """List alerts by their own opening sentences, which say the state of those that are not confirmed."""
    entries = tuple(
        Entry(
            text=opening(alert, storyline, language),
            tag=badge_text(alert, storyline, language) if alert.state is AlertState.CONFIRMED else "",
            at=alert.at,
            link=article_link(alert.lead, language),
            ident=alert.id,
        )
        for alert in alerts[:MOST_LINES]
    )
    return listed(title, entries, len(alerts), language)


def _muted(mutes: tuple[Mute, ...], storyline: Storyline, language: str) -> Entries:
    """List what the channel is spared, with who asked for it and until when."""
    entries = tuple(muted_entry(mute, storyline, language) for mute in mutes[:MOST_MUTES])
    return listed(say(language, "brief.muted"), entries, len(mutes), language)


def muted_entry(mute: Mute, storyline: Storyline, language: str) -> Entry:
    """Return what a channel is spared in one line: what, by whom, until when."""
    return Entry(
        text=silenced(mute, storyline, language),
        tag="" if mute.until else say(language, "mute.moves"),
        until=mute.until,
        ident=plain(mute.id, NAME_LIMIT),
        by=plain(mute.author, NAME_LIMIT),
    )


def silenced(mute: Mute, storyline: Storyline, language: str) -> str:
    """Return what a mute keeps away, by name."""
    parts = [
        names.track_title(storyline, mute.track, language) if mute.track else "",
        names.holder_name(storyline, mute.holder, language) if mute.holder else "",
        names.rung_label(storyline, mute.track, mute.rung, language) if mute.rung else "",
    ]
    return " · ".join(part for part in parts if part)


def _tracks(brief: Brief, storyline: Storyline) -> tuple[Track, ...]:
    """Return the tracks that anybody holds a position on, in the storyline's order."""
    held = {standing.track for standing in brief.standings}
    return tuple(track for track in storyline.tracks if track.id in held)


def _positions(brief: Brief, track: Track, storyline: Storyline, language: str) -> Positions:
    moved = {alert.holder for alert in brief.moved if alert.track == track.id}
    told = any(alert.track == track.id for alert in (*brief.signals, *brief.ended))
    return Positions(
        track=track.id,
        title=word(language, track.title, track.id),
        question=word(language, track.question),
        rows=tuple(
            _stand(standing, track, storyline, language, moved=standing.holder in moved)
            for standing in brief.standings
            if standing.track == track.id
        ),
        detail=not moved and not told,
    )


def _stand(standing: Standing, track: Track, storyline: Storyline, language: str, *, moved: bool) -> Stand:
    word_now, deed, last = standing.word, standing.deed, standing.last_word
    if track.deeds_outrank_words and deed:
        # What was said before the deed is overtaken by it; a later word is a denial or an outlook.
        word_now = word_now if word_now and word_now.since > deed.since else None
        last = last if last and last.since > deed.since else None
    held = [("register.word", word_now), ("register.deed", deed)]
    if last and (word_now is None or last.rung != word_now.rung):
        held.insert(1, ("brief.lately", last))
    spots = tuple(_spot(key, at, track, language) for key, at in held if at)
    return Stand(
        holder=standing.holder,
        name=names.holder_name(storyline, standing.holder, language),
        spots=spots,
        baseline=_against_baseline(standing, track, language),
        moved=say(language, "brief.moved.mark") if moved else "",
    )


def _spot(key: str, position: Position, track: Track, language: str) -> Spot:
    rung = _rung(track, position.rung)
    return Spot(
        kind=say(language, key),
        rung=position.rung,
        label=word(language, rung.label, rung.id) if rung else plain(position.rung, NAME_LIMIT),
        since=held_since(position),
        link=article_link(position.carrier, language) if position.carrier else None,
        register=Register.DEED if key == "register.deed" else Register.WORD,
        note=plain(position.note, TITLE_LIMIT),
    )


def _against_baseline(standing: Standing, track: Track, language: str) -> str:
    """Say in words how the position that the baseline speaks of compares with it."""
    base = _rung(track, standing.baseline or track.baseline.get(standing.holder, ""))
    position = _comparable(standing, track, base) if base else None
    rung = _rung(track, position.rung) if position else None
    if base is None or rung is None:
        return ""
    label = word(language, base.label, base.id)
    if rung.reversal:
        return say(language, "against.reversed", baseline=label)
    change = track.step(rung.id) - track.step(base.id)
    key = "against.same" if change == 0 else "against.higher" if change > 0 else "against.lower"
    return say(language, key, baseline=label)


def _comparable(standing: Standing, track: Track, base: Rung) -> Position | None:
    """Return the position in the baseline's register; the deed where deeds outrank words, as there it tells."""
    said = standing.word or standing.last_word
    if base.register is Register.DEED or (track.deeds_outrank_words and standing.deed):
        return standing.deed
    return said


def _rung(track: Track, rung_id: str) -> Rung | None:
    return next((rung for rung in track.rungs if rung.id == rung_id), None)


def _silent(brief: Brief, language: str) -> Entries:
    entries = tuple(
        Entry(
            text=": ".join(filter(None, (plain(source.name, NAME_LIMIT), plain(source.error, TITLE_LIMIT)))),
            tag=say(language, "brief.silent.since") if source.last_success else say(language, "brief.silent.never"),
            at=source.last_success,
        )
        for source in brief.silent[:MOST_SILENT]
    )
    title = count(language, "brief.silent", len(brief.silent))
    return listed(title, entries, len(brief.silent), language, detail=True)
