"""Is an article worth a model's time?

One pass of an Aho-Corasick automaton over title and text finds every alias, lexicon word and trigger of all
languages at once. An item passes when somewhere in it a topic of the storyline is met within two neighbouring
sentences and the title; it is analysed when a trigger stands there too, and only around the places found.

Refuses to do: no grammar, no language detection, no model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from ahocorasick_rs import AhoCorasick, MatchKind

from bot.domain import Storyline
from bot.errors import ConfigError
from bot.nlp import languages
from bot.nlp.cues import compile_cues, key_forms, parse_topic
from bot.nlp.matching import Alternative, Condition
from bot.nlp.plain import Stretch, stretches
from bot.nlp.resolve import aliases, case_fits

TRIGGER = "trigger"

Hit = tuple[int, int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class GateResult:
    """What the gate found.

    Args:
        relevant: a topic is met.
        reason: in one line.
        places: stretches of the text worth analysing, joined where they touch.
        named: holders and speakers that the item names by a strong alias.
        above, below: keys found in title and text, for the learned part.
    """

    relevant: bool
    passed: bool
    reason: str
    places: tuple[Stretch, ...] = ()
    named: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()
    below: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Form:
    key: str
    left: bool
    right: bool
    cased: str


class Gate:
    """The automaton of one storyline.

    Args:
        most: characters of text that are handed on at most; what comes first in the text goes first.

    Raises:
        ConfigError: a topic cannot be read.
    """

    def __init__(self, storyline: Storyline, most: int = 12_000) -> None:
        self._topics = tuple(
            _topic(storyline, code, text) for code in languages.codes() for text in storyline.topics.get(code, ())
        )
        self._most = most
        forms: dict[str, list[_Form]] = defaultdict(list)
        for code in languages.codes():
            for key, term, cased in _terms(storyline, code, {k for t in self._topics for c in t for k in c.keys}):
                for form in languages.gate_forms(code, term):
                    body = form.strip("*").lower()
                    if body:
                        forms[body].append(_Form(key, form[0] != "*", form[-1] != "*", cased))
        self._forms = tuple(tuple(dict.fromkeys(found)) for found in forms.values())
        self._automaton = AhoCorasick(list(forms), matchkind=MatchKind.Standard)

    def __call__(self, title: str, text: str) -> GateResult:
        """Look at one item; the texts are masked already."""
        above, below = tuple(self._hits(title)), tuple(self._hits(text))
        result = self._result(above, below, text)
        return replace(result, above=_keys(above), below=_keys(below))

    def _result(self, above: Sequence[Hit], below: Sequence[Hit], text: str) -> GateResult:
        keys = _keys(above) | _keys(below)
        named = _named(keys)
        if not named:
            return GateResult(relevant=False, passed=False, reason="no holder")
        if not any(_met(topic, keys) for topic in self._topics):
            return GateResult(relevant=False, passed=False, reason="no topic", named=named)
        return self._windows(above, below, text, named)

    def _windows(self, above: Sequence[Hit], below: Sequence[Hit], text: str, named: frozenset[str]) -> GateResult:
        head = _keys(above)
        places = stretches(text)
        by_place = _share_out(below, places)
        windows = [head | by_place[i] | (by_place[i + 1] if i + 1 < len(places) else set()) for i in range(len(places))]
        met = [any(_met(topic, window) for topic in self._topics) for window in windows or [head]]
        if not any(met):
            return GateResult(relevant=False, passed=False, reason="no topic", named=named)
        wanted = [i for i in range(len(places)) if met[i] or (i > 0 and met[i - 1]) or TRIGGER in by_place[i]]
        if TRIGGER not in head and not any(TRIGGER in by_place[i] for i in wanted):
            return GateResult(relevant=True, passed=False, reason="no cue", named=named)
        return GateResult(True, True, "passed: holder, topic and cue", tuple(self._joined(places, wanted)), named)

    def _joined(self, places: Sequence[Stretch], wanted: Sequence[int]) -> Iterator[Stretch]:
        """Yield the wanted stretches, joined where one follows the other, up to the cap."""
        left, run = self._most, None
        for i in wanted:
            start, end = places[i]
            end = min(end, start + left)
            left -= end - start
            if run is not None and places[i - 1][1] == run[1]:
                left -= start - run[1]
                run = (run[0], max(end + min(left, 0), start))
            else:
                if run is not None:
                    yield run
                run = (start, end)
            if left <= 0:
                break
        if run is not None:
            yield run

    def _hits(self, text: str) -> Iterator[Hit]:
        lower = text.lower()
        if len(lower) != len(text):
            lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
        for index, start, end in self._automaton.find_matches_as_indexes(lower, overlapping=True):
            keys = frozenset(form.key for form in self._forms[index] if _stands(form, text, start, end))
            if keys:
                yield start, end, keys


def _keys(hits: Iterable[Hit]) -> frozenset[str]:
    return frozenset(key for _, _, found in hits for key in found)


def _named(keys: Iterable[str]) -> frozenset[str]:
    """Return the holders and speakers among the keys."""
    return frozenset(key.partition("@")[2] for key in keys if ":@" in key)


def _stands(form: _Form, text: str, start: int, end: int) -> bool:
    if form.left and start > 0 and text[start - 1].isalnum():
        return False
    if form.right and end < len(text) and text[end].isalnum():
        return False
    return not form.cased or case_fits(form.cased, text[start:end])


def _topic(storyline: Storyline, code: str, text: str) -> tuple[Condition, ...]:
    """Compile one topic; its keys carry the language, so that topics of one never meet words of another."""
    names = {f"${name}" for name in storyline.terms.get(code, {})}
    names |= {f"@{h.id}" for h in storyline.holders} | {f"@{s.id}" for s in storyline.speakers}
    try:
        topic = parse_topic(text)
    except ValueError as error:
        raise ConfigError(f"storyline.yml: topics.{code}: {text!r}: {error}") from error
    for key in (key for condition in topic for key in condition.keys):
        if key not in names:
            raise ConfigError(f"storyline.yml: topics.{code}: {text!r}: {key} is no lexicon, holder or speaker")
    return tuple(
        Condition(tuple(Alternative(f"{code}:{key}") for key in condition.keys), condition.negated)
        for condition in topic
    )


def _terms(storyline: Storyline, code: str, wanted: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (key, term, cased form or "") of everything the automaton looks for in one language."""
    for alias in (alias for alias in aliases(storyline, code) if not alias.weak):
        for name in {alias.holder, alias.speaker} - {""}:
            yield f"{code}:@{name}", alias.form, alias.form
    for key in wanted:
        owner, _, name = key.partition(":")
        for form in key_forms(storyline, code, name) if owner == code else ():
            yield key, form, ""
    for _, _, cue in compile_cues(storyline, code):
        for key in cue.triggers:
            for form in key_forms(storyline, code, key):
                yield TRIGGER, form, ""


def _met(topic: Sequence[Condition], keys: AbstractSet[str]) -> bool:
    return all(part.negated is keys.isdisjoint(part.keys) for part in topic)


def _share_out(hits: Sequence[Hit], places: Sequence[Stretch]) -> list[set[str]]:
    """Return the keys found in each stretch; hits come by their end, so one walk suffices."""
    shared: list[set[str]] = [set() for _ in places]
    place = 0
    for start, _, keys in sorted(hits, key=lambda hit: hit[0]):
        while place < len(places) and places[place][1] <= start:
            place += 1
        if place < len(places) and places[place][0] <= start:
            shared[place] |= keys
    return shared
