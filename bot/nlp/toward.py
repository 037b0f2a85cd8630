"""Is a position taken toward those whom its track is about?

"Moscow warns Bulgaria against arming Ukraine" is worded as its warning to Seoul was. What is said to somebody shows in
whose name stands there, not in the words; an item that names nobody of theirs is about others.

Refuses to do: nobody is found in a sentence here; that a name stands anywhere in the item is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Self

from bot.domain import Storyline
from bot.nlp import languages
from bot.nlp.candidates import Candidate, doubtful
from bot.nlp.plain import NOTHING
from bot.nlp.resolve import aliases, hints

_ENVOY = "ambassador-to-"
"""How the id of an envoy's office begins, before the holder that he is sent to."""


@dataclass(frozen=True, slots=True)
class Toward:
    """Knows whom an item must name.

    Args:
        tracks: track → holders and speakers of whom one must be named, for the tracks where that matters.
        names: track → the forms that may name them, or hint at them, where nothing stronger does: "Korea" or an envoy
            to them, as group `weak`, and what they are part of: "North Korea".
    """

    tracks: Mapping[str, frozenset[str]]
    names: Mapping[str, re.Pattern[str]]

    @classmethod
    def of(cls, storyline: Storyline) -> Self:
        """Return it for a storyline."""
        tracks = {track.id: frozenset(track.toward) for track in storyline.tracks if track.toward}
        names = {holders: _names(storyline, holders) for holders in set(tracks.values())}
        spoken = {
            track: holders | {speaker.id for speaker in storyline.speakers if speaker.holder in holders}
            for track, holders in tracks.items()
        }
        return cls(spoken, {track: names[holders] for track, holders in tracks.items()})

    def told(self, read: Sequence[Candidate], named: AbstractSet[str], title: str, text: str) -> tuple[Candidate, ...]:
        """Return what was read, doubtful where the item names nobody whom it could be said to.

        Args:
            named: holders and speakers that the item names by a strong alias.
        """
        strange = {
            track
            for track in {c.track for c in read} & self.tracks.keys()
            if self.tracks[track].isdisjoint(named) and not self._weakly(track, title, text)
        }
        why = "the item names nobody whom it could be said to"
        return tuple(doubtful(c, why) if c.track in strange else c for c in read)

    def _weakly(self, track: str, *fields: str) -> bool:
        return any(found["weak"] for field in fields for found in self.names[track].finditer(field))


def _names(storyline: Storyline, holders: AbstractSet[str]) -> re.Pattern[str]:
    """Return the weak forms and the hints of holders, after the longer names of others that hold one of them."""
    every, longer = set[str](), set[str]()
    for code in languages.codes():
        known = tuple(aliases(storyline, code))
        weak = {re.escape(alias.form) for alias in known if alias.weak and alias.holder in holders}
        hinted = {
            _inflected(code, form) for form in (*hints(storyline, code, holders), *_envoys(storyline, code, holders))
        }
        own = re.compile(rf"\b(?:{_any(weak | hinted)})\b")
        # an office is no other place: Russia's envoy to Korea is one to Korea
        others = {a.form for a in known if not a.voice and own.search(a.form) and not own.fullmatch(a.form)}
        longer |= {_inflected(code, form) if hinted else re.escape(form) for form in others}
        every |= weak | hinted
    return re.compile(rf"\b(?:{_any(longer)}|(?P<weak>{_any(every)}))\b")


def _envoys(storyline: Storyline, code: str, holders: AbstractSet[str]) -> Iterator[str]:
    """Yield the names of those who are sent to holders: what they say is said to these, whomever they name."""
    offices = {f"{_ENVOY}{holder}" for holder in holders}
    for holder in storyline.holders:
        yield from (form for one in holder.people if one.office in offices for form in one.names.get(code, ()))


def _inflected(code: str, form: str) -> str:
    """Return a pattern of what a form may look like in a text of its language, word by word."""
    words = (languages.gate_forms(code, word) for word in form.split())
    found = ("|".join(re.escape(it.strip("*")) + r"\w*" * it.endswith("*") for it in every) for every in words)
    return rf"(?i:{' '.join(f'(?:{it})' for it in found)})"


def _any(patterns: AbstractSet[str]) -> str:
    return "|".join(sorted(patterns, key=len, reverse=True)) or NOTHING.pattern
