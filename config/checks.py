"""Do the parts of a storyline fit each other?

Notes every mistake that the shape alone cannot show, at the line where it stands: unknown rungs, holders and
tracks, a ladder whose texts lack a language, dates of one office that overlap, forms that name two holders.

Refuses to do: nothing is repaired or left out; a storyline with a mistake is not used.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from config.shapes import (
    EventShape,
    FormsPerLanguage,
    HistoryShape,
    HolderShape,
    PerLanguage,
    RungShape,
    StorylineShape,
    TermShape,
    TrackShape,
)
from config.yamlfile import Document, Place, nearest


def check_storyline(document: Document, shape: StorylineShape) -> None:
    """Note every mistake in the storyline."""
    languages = tuple(shape.title)
    for name, track in shape.tracks.items():
        place: Place = ("tracks", name)
        _check_texts(document, place, languages, title=track.title, question=track.question)
        for holder in track.holders:
            _expect(document, (*place, "holders"), "holder", holder, shape.holders)
        for other in track.toward:
            _expect(document, (*place, "toward"), "holder", other, shape.holders)
        for voice, spoken_for in track.voices.items():
            _expect(document, (*place, "voices", voice), "holder", voice, shape.holders)
            _expect(document, (*place, "voices", voice), "holder of this track", spoken_for, track.holders)
        for rung_name, rung in track.rungs.items():
            _check_rung(document, (*place, "rungs", rung_name), languages, rung)
        for event_name, event in track.events.items():
            _check_event(document, (*place, "events", event_name), track, event)
        _check_baseline(document, place, track)
    for name, holder_shape in shape.holders.items():
        _check_texts(document, ("holders", name), languages, names=holder_shape.names)
        _check_offices(document, ("holders", name, "people"), holder_shape)
    for name, speaker in shape.speakers.items():
        if speaker.holder:
            _expect(document, ("speakers", name, "holder"), "holder", speaker.holder, shape.holders)
    _check_people(document, shape)
    _check_forms(document, _holder_forms(shape))
    _check_forms(document, _speaker_forms(shape))


def check_history(document: Document, shape: HistoryShape, tracks: dict[str, TrackShape]) -> None:
    """Note every move of the history that the storyline does not know."""
    for index, move in enumerate(shape.moves):
        place: Place = ("moves", index)
        if not _expect(document, (*place, "track"), "track", move.track, tracks):
            continue
        track = tracks[move.track]
        _expect(document, (*place, "rung"), f"rung of {move.track}", move.rung, track.rungs)
        _expect(document, (*place, "holder"), f"holder of {move.track}", move.holder, track.holders)


def _expect(document: Document, place: Place, what: str, given: str, known: Collection[str]) -> bool:
    if given in known:
        return True
    hint = nearest(given, known) or f"; known are {', '.join(known)}"
    document.complain(place, f"{given!r} is no {what}{hint}")
    return False


def _check_texts(document: Document, place: Place, languages: Iterable[str], **texts: PerLanguage) -> None:
    for name, text in texts.items():
        for language in languages:
            if language not in text:
                document.complain((*place, name), f"lacks its text in {language!r}, a language of the title; add it")


def _check_rung(document: Document, place: Place, languages: tuple[str, ...], rung: RungShape) -> None:
    _check_texts(document, place, languages, label=rung.label, now=rung.now, before=rung.before)
    for name, text in (("confirms", rung.confirms), ("falsifies", rung.falsifies)):
        if text:
            _check_texts(document, place, languages, **{name: text})
    if rung.reversal and rung.register_ != "deed":
        document.complain((*place, "reversal"), "only a deed can be reversed; set register to deed or drop it")


def _check_event(document: Document, place: Place, track: TrackShape, event: EventShape) -> None:
    for agent in event.agents:
        _expect(document, (*place, "agents"), "holder of this track", agent, track.holders)
    for factuality, rung in event.rungs.items():
        _expect(document, (*place, "rungs", factuality), "rung of this track", rung, track.rungs)
    if event.default_agent:
        _expect(document, (*place, "default_agent"), "agent of this event", event.default_agent, event.agents)


def _check_baseline(document: Document, place: Place, track: TrackShape) -> None:
    for holder, position in track.baseline.positions.items():
        here = (*place, "baseline", "positions", holder)
        _expect(document, here, "holder of this track", holder, track.holders)
        _expect(document, (*here, "rung"), "rung of this track", position.rung, track.rungs)


def _check_offices(document: Document, place: Place, holder: HolderShape) -> None:
    held: dict[str, list[tuple[str, TermShape]]] = {}
    for name, person in holder.people.items():
        for index, term in enumerate(person.terms):
            for other, earlier in held.get(term.office, []):
                if _overlap(term, earlier):
                    what = f"holds {term.office!r} at the same time as {other}; correct the dates of one"
                    document.complain((*place, name, "terms", index), what)
            held.setdefault(term.office, []).append((name, term))


def _overlap(one: TermShape, other: TermShape) -> bool:
    """Whether two terms share more than the day of a hand-over."""
    begin = max(one.since or date.min, other.since or date.min)
    end = min(one.until or date.max, other.until or date.max)
    return begin < end


Form = tuple[str, str, str, TermShape, Place]
"""Language, form, whose it is, when, and where it stands."""

_ALWAYS = TermShape(office="any")


def _holder_forms(shape: StorylineShape) -> Iterator[Form]:
    for name, holder in shape.holders.items():
        place: Place = ("holders", name)
        for kind, forms in (("aliases", holder.aliases), ("offices", holder.offices)):
            yield from _forms(forms, name, _ALWAYS, (*place, kind))
        for person_name, person in holder.people.items():
            for term in person.terms:
                yield from _forms(person.names, name, term, (*place, "people", person_name, "names"))


def _speaker_forms(shape: StorylineShape) -> Iterator[Form]:
    for name, speaker in shape.speakers.items():
        yield from _forms(speaker.aliases, name, _ALWAYS, ("speakers", name, "aliases"))


def _forms(forms: FormsPerLanguage, owner: str, term: TermShape, place: Place) -> Iterator[Form]:
    for language, known in forms.items():
        for form in known:
            yield language, form, owner, term, (*place, language)


def _check_forms(document: Document, forms: Iterable[Form]) -> None:
    seen: dict[tuple[str, str], list[tuple[str, TermShape]]] = {}
    for language, form, owner, term, place in forms:
        others = seen.setdefault((language, form), [])
        for other, earlier in others:
            if other != owner and _overlap(term, earlier):
                document.complain(place, f"{form!r} stands for {other} too at that time; a form names one, so drop one")
        others.append((owner, term))


def _check_people(document: Document, shape: StorylineShape) -> None:
    owner: dict[str, str] = {}
    for holder_name, holder in shape.holders.items():
        for name in holder.people:
            if name in owner:
                what = f"stands under {owner[name]} too; a person has one id, so give this one another"
                document.complain(("holders", holder_name, "people", name), what)
            owner.setdefault(name, holder_name)
