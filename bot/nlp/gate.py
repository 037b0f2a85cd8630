"""Is an article worth a model's time?

One pass of an Aho-Corasick automaton over title and text finds every alias, lexicon word and trigger of all
languages at once. An item passes when somewhere in it a topic of the storyline is met within two neighbouring
sentences and the title; it is analysed when a trigger stands there too, and only around the places found.

Refuses to do: no grammar, no language detection, no model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, partial

from ahocorasick_rs import AhoCorasick, MatchKind

from bot.domain import Storyline
from bot.errors import ConfigError
from bot.nlp import languages
from bot.nlp.cues import compile_cues, key_forms, parse_topic
from bot.nlp.plain import Stretch, stretches
from bot.nlp.resolve import aliases, case_fits

TRIGGER = "trigger"

Hit = tuple[int, int, frozenset[str]]

_NONE: frozenset[str] = frozenset()


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
class Forms:
    """What one string of the automaton stands for, where its edges fall alike.

    Args:
        left, right: there must be an edge of a word.
        plain: keys however the text writes it.
        cased: (alias, keys) where the text's case must fit the alias.
    """

    left: bool
    right: bool
    plain: frozenset[str]
    cased: tuple[tuple[str, frozenset[str]], ...]

    def fits(self, edges: int) -> bool:
        """Tell whether it stands at a place; 1 says that a word goes on to its left, 2 to its right, 3 both."""
        return not (edges & (self.left + 2 * self.right))


_Edged = tuple[bool, bool, str]
"""Whether there must be an edge of a word to the left and to the right, and the alias that the case must fit, or ""."""
_Found = tuple[_Edged, frozenset[str]]
"""The keys of what is so edged."""
_Standing = tuple[frozenset[str], frozenset[str], frozenset[str]]
"""What a string stands for between two edges, written small, with a capital at its head, and all in capitals."""


@dataclass(frozen=True, slots=True)
class _Topic:
    """What must be met, and of what nothing may be."""

    wanted: tuple[frozenset[str], ...]
    barred: frozenset[str]

    def met(self, keys: AbstractSet[str]) -> bool:
        """Tell whether the keys meet the topic."""
        for part in self.wanted:
            if part.isdisjoint(keys):
                return False
        return self.barred.isdisjoint(keys)


class Gate:
    """The automaton of one storyline.

    Args:
        most: characters of text that are handed on at most; what comes first in the text goes first.

    Attributes:
        forms: lower-case string of the automaton → what it stands for.

    Raises:
        ConfigError: a topic cannot be read.
    """

    def __init__(self, storyline: Storyline, most: int = 12_000) -> None:
        self._topics = tuple(
            _topic(storyline, code, text) for code in languages.codes() for text in storyline.topics.get(code, ())
        )
        self._openers = _NONE.union(*(topic.wanted[0] for topic in self._topics))
        self._most = most
        wanted = {key for topic in self._topics for part in (*topic.wanted, topic.barred) for key in part}
        self.forms = _strings(storyline, wanted)
        self._by_index = tuple(self.forms.values())
        self._standing: dict[int, _Standing] = {}
        self._automaton = AhoCorasick(list(self.forms), matchkind=MatchKind.Standard)

    def __call__(self, title: str, text: str) -> GateResult:
        """Look at one item; the texts are masked already."""
        below = self.hits(text)
        head, body = _keys(self.hits(title)), _keys(below)
        keys = head | body
        named = _named(keys)
        found = partial(GateResult, named=named, above=head, below=body)
        if not named:
            return found(relevant=False, passed=False, reason="no holder")
        if not self._meets(keys):
            return found(relevant=False, passed=False, reason="no topic")
        return self._windows(head, below, text, found)

    def _windows(
        self, head: frozenset[str], below: Sequence[Hit], text: str, found: Callable[..., GateResult]
    ) -> GateResult:
        places = stretches(text)
        by_place = _share_out(below, places)
        windows = [head | by_place[i] | (by_place[i + 1] if i + 1 < len(places) else set()) for i in range(len(places))]
        met = [self._meets(window) for window in windows or [head]]
        if not any(met):
            return found(relevant=False, passed=False, reason="no topic")
        wanted = [i for i in range(len(places)) if met[i] or (i > 0 and met[i - 1]) or TRIGGER in by_place[i]]
        if TRIGGER not in head and not any(TRIGGER in by_place[i] for i in wanted):
            return found(relevant=True, passed=False, reason="no cue")
        return found(True, True, "passed: holder, topic and cue", tuple(self._joined(places, wanted)))

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

    def hits(self, text: str) -> list[Hit]:
        """Return (start, end, keys) of everything that stands in a text, in the order of the ends."""
        lower = text.lower()
        if len(lower) != len(text):
            lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
        edged, standing = f" {text} ", self._standing  # so that no end of the text has to be asked for
        hits: list[Hit] = []  # no generator: an article has a hundred of them
        for index, start, end in self._automaton.find_matches_as_indexes(lower, overlapping=True):
            place = 4 * index
            if edged[start].isalnum():
                place += 1
            if edged[end + 1].isalnum():
                place += 2
            try:
                small, headed, shouted = standing[place]
            except KeyError:
                small, headed, shouted = standing[place] = self._between(index, place % 4)
            if small is shouted:  # as it is of most, for half of them stand for nothing within a longer word
                keys = small
            elif shouted is not headed and text[start:end].isupper():
                keys = shouted
            else:
                keys = small if text[start].islower() else headed
            if keys:
                hits.append((start, end, keys))
        return hits

    def _between(self, index: int, edges: int) -> _Standing:
        """Return what a string stands for between edges; remembered, for a few thousand strings make up all news."""
        forms = [form for form in self._by_index[index] if form.fits(edges)]
        cased = [one for form in forms for one in form.cased]
        small = _NONE.union(*(form.plain for form in forms), *(keys for form, keys in cased if case_fits(form, "a")))
        headed = small.union(*(keys for form, keys in cased if case_fits(form, "Aa")))
        shouted = headed.union(*(keys for _, keys in cased))
        if shouted == headed:
            shouted = headed
        return (small, small, small) if small == shouted else (small, headed, shouted)

    def holders(self, text: str) -> frozenset[str]:
        """Return the holders and speakers that are named in a text."""
        return _named(_keys(self.hits(text)))

    def about(self, text: str) -> bool:
        """Tell whether a text names one of those whom the storyline is about: with them its topics begin."""
        return not self._openers.isdisjoint(_keys(self.hits(text)))

    def _meets(self, keys: AbstractSet[str]) -> bool:
        return not self._openers.isdisjoint(keys) and any(topic.met(keys) for topic in self._topics)


def _strings(storyline: Storyline, wanted: set[str]) -> dict[str, tuple[Forms, ...]]:
    """Return every string that the automaton looks for, and what it stands for."""
    terms: dict[tuple[str, str, str], set[str]] = defaultdict(set)  # most are of several keys, and are inflected once
    for code in languages.codes():
        for key, term, cased in _terms(storyline, code, wanted):
            terms[code, term, cased].add(key)
    found: dict[str, set[_Found]] = defaultdict(set)
    for (code, term, cased), known in terms.items():
        keys = frozenset(known)
        for form in languages.gate_forms(code, term):
            if body := form.strip("*").lower():
                found[body].add(((form[0] != "*", form[-1] != "*", cased), keys))
    # most strings stand for what many others stand for, such as the forms of one word
    grouped = cache(_grouped)
    return {string: grouped(frozenset(told)) for string, told in found.items()}


def _grouped(found: frozenset[_Found]) -> tuple[Forms, ...]:
    """Return what one string stands for, by the edges it must have."""
    by_edges: dict[tuple[bool, bool], dict[str, frozenset[str]]] = defaultdict(dict)
    for (left, right, cased), keys in found:
        mine = by_edges[left, right]
        mine[cased] = mine.get(cased, _NONE) | keys
    return tuple(Forms(*edges, mine.pop("", _NONE), tuple(mine.items())) for edges, mine in by_edges.items())


def _keys(hits: Iterable[Hit]) -> frozenset[str]:
    return _NONE.union(*{found for _, _, found in hits})


def _named(keys: Iterable[str]) -> frozenset[str]:
    """Return the holders and speakers among the keys."""
    return frozenset(key.partition("@")[2] for key in keys if ":@" in key)


def _topic(storyline: Storyline, code: str, text: str) -> _Topic:
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
    if all(part.negated for part in topic):
        raise ConfigError(f"storyline.yml: topics.{code}: {text!r}: it only says what may not be met")
    keyed = [(part.negated, frozenset(f"{code}:{key}" for key in part.keys)) for part in topic]
    return _Topic(
        tuple(keys for negated, keys in keyed if not negated),
        frozenset(key for negated, keys in keyed if negated for key in keys),
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
