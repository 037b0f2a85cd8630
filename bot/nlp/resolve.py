"""Who is named in a sentence, on that day?

Aliases, offices, people and speakers of the storyline are phrases; the longest match wins. A person stands for the
holder whose office he or she held on the item's date, and for nobody before and after. An alias with "?" at its end
("North?") is weak: it counts only where the item names its holder by a strong one, too. With "??" it names nobody: a
holder may be meant by it ("Korean"), which is enough for toward.py.

Refuses to do: pronouns and unnamed officials are grammar, and so the language's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain import POLLSTER, Storyline
from bot.nlp.analysis import Mention, Sentence, Token
from bot.nlp.phrases import Phrase, Span, parse_phrase

_ACRONYM = 4
"""Upper-case aliases up to this length ("US", "NIS") must be upper-case in the text."""

_HINT = "??"

_HANDED_OVER = timedelta(days=90)
"""How long after a term somebody surely speaks for the office no more."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One form of a name, and for whom it stands when; of a person, in which office."""

    form: str
    holder: str
    speaker: str = ""
    voice: bool = False
    since: date | None = None
    until: date | None = None
    weak: bool = False
    office: str = ""

    def valid(self, on: date | None) -> bool:
        """Tell whether the alias stands for its holder on a day; on an unknown day, as it does today."""
        if on is None:
            return self.until is None
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


def aliases(storyline: Storyline, code: str) -> Iterator[Alias]:
    """Yield every alias of one language; speakers first, as they are the more precise.

    Pollsters are none: they say what others think, and polls.py finds them.
    """
    for speaker in storyline.speakers:
        for form in speaker.aliases.get(code, ()) if speaker.kind != POLLSTER else ():
            yield _alias(form, speaker.holder, speaker.id, voice=True)
    for holder in storyline.holders:
        for form in holder.offices.get(code, ()):
            yield _alias(form, holder.id, voice=True)
        for form in holder.aliases.get(code, ()):
            if not form.endswith(_HINT):
                yield _alias(form, holder.id)
        for person in holder.people:
            for form in person.names.get(code, ()):
                yield Alias(form, holder.id, "", True, person.since, person.until, office=person.office)


def hints(storyline: Storyline, code: str, holders: AbstractSet[str]) -> Iterator[str]:
    """Yield the words of one language by which holders may be meant, though they name nobody."""
    for holder in (holder for holder in storyline.holders if holder.id in holders):
        yield from (form.removesuffix(_HINT) for form in holder.aliases.get(code, ()) if form.endswith(_HINT))


def _alias(form: str, holder: str, speaker: str = "", *, voice: bool = False) -> Alias:
    return Alias(form.rstrip("?"), holder, speaker, voice, weak=form.endswith("?"))


@dataclass(frozen=True, slots=True)
class Other:
    """A name that stood, or will stand, for other holders than it does on the item's day.

    Args:
        mention: where it is; its holder is whom it stands for that day, "" for none.
        holders: those that it does not stand for.
    """

    mention: Mention
    holders: frozenset[str]


def case_fits(form: str, surface: str) -> bool:
    """Tell whether the case of a text's words may stand for an alias: "us" is not "US", "rice" is not "Rice"."""
    if form.isupper() and len(form) <= _ACRONYM:
        return surface.isupper()
    return not form[:1].isupper() or not surface[:1].islower()


class Resolver:
    """The names of one language."""

    def __init__(self, storyline: Storyline, code: str, lemmas: Callable[[str], tuple[str, ...]]) -> None:
        self._aliases: dict[str, list[Alias]] = defaultdict(list)
        phrases: list[tuple[str, Phrase]] = []
        for alias in aliases(storyline, code):
            key = f"alias:{alias.form}"
            self._aliases[key].append(alias)
            phrases.append((key, parse_phrase(alias.form, lemmas)))
        self.phrases = tuple(phrases)
        self._seats: dict[tuple[str, str], list[Alias]] = defaultdict(list)
        for alias in (alias for known in self._aliases.values() for alias in known if alias.office):
            self._seats[alias.holder, alias.office].append(alias)

    def mentions(
        self, sentence: Sentence, found: Mapping[str, Sequence[Span]], on: date | None, strong: frozenset[str]
    ) -> tuple[Mention, ...]:
        """Return who is named, in text order, without overlaps.

        Args:
            found: what PhraseIndex.find said of the sentence.
            on: the item's date; None for today.
            strong: holders and speakers that the item names by a strong alias.
        """
        spans: dict[Span, Mention] = {}
        for key, places in found.items():
            for alias in self._aliases.get(key, ()):
                if not alias.valid(on) or (alias.weak and strong.isdisjoint({alias.holder, alias.speaker})):
                    continue
                for first, last in places:
                    if (first, last) not in spans and case_fits(alias.form, _surface(sentence.tokens, first, last)):
                        spans[first, last] = Mention(alias.holder, alias.speaker, first, last, alias.voice)
        return _longest(spans)

    def others(self, sentence: Sentence, found: Mapping[str, Sequence[Span]], on: date | None) -> tuple[Other, ...]:
        """Return the names of a sentence that stand for their holders on another day, in text order; none on no day.

        Who is out of office without another counts where that was a while ago and somebody else holds it: few terms are
        known to the day, and who is named for an office speaks as its holder before the first.
        """
        if on is None:
            return ()
        spans: dict[Span, Mention] = {}
        away: dict[Span, frozenset[str]] = {}
        for key, places in found.items():
            known = [alias for alias in self._aliases.get(key, ()) if not alias.weak]
            now = {alias.holder: alias for alias in known if alias.valid(on)}
            gone = frozenset(a.holder for a in known if a.holder not in now and (now or self._succeeded(a, on)))
            for first, last in places if known else ():
                if case_fits(known[0].form, _surface(sentence.tokens, first, last)):
                    spans[first, last] = Mention(next(iter(now), ""), "", first, last, voice=True)
                    away[first, last] = gone
        return tuple(Other(m, away[m.first, m.last]) for m in _longest(spans) if away[m.first, m.last])

    def _succeeded(self, alias: Alias, on: date) -> bool:
        """Tell whether a person has left an office for a while, and another holds it on a day."""
        if alias.until is None or on - alias.until < _HANDED_OVER:
            return False
        return any(other.valid(on) for other in self._seats.get((alias.holder, alias.office), ()))


def take_up_names(sentences: Sequence[Sentence], mentions: Sequence[tuple[Mention, ...]]) -> list[tuple[Mention, ...]]:
    """Add the short forms by which a text takes up a full name: "Cho" after "Cho Hyun"."""
    known: dict[str, Mention] = {}
    completed: list[tuple[Mention, ...]] = []
    for sentence, named in zip(sentences, mentions, strict=True):
        taken = {i for m in named for i in range(m.first, m.last + 1)}
        again = [
            replace(known[token.text], first=i, last=i)
            for i, token in enumerate(sentence.tokens)
            if i not in taken and token.text in known
        ]
        completed.append(tuple(sorted((*named, *again), key=lambda m: m.first)))
        for m in named:
            if m.voice and not m.speaker and m.last - m.first == 1 and _is_name(sentence, m):
                known.update({sentence.tokens[i].text: m for i in (m.first, m.last)})
    return completed


def _is_name(sentence: Sentence, mention: Mention) -> bool:
    """Tell a person's two names from an office: both are capitalised proper nouns."""
    return all(
        token.pos == "PROPN" and token.text[:1].isupper() for token in sentence.tokens[mention.first : mention.last + 1]
    )


def _surface(tokens: Sequence[Token], first: int, last: int) -> str:
    return " ".join(token.text for token in tokens[first : last + 1])


def _longest(spans: Mapping[Span, Mention]) -> tuple[Mention, ...]:
    taken: set[int] = set()
    chosen: list[Mention] = []
    for (first, last), mention in sorted(spans.items(), key=lambda pair: (pair[0][0] - pair[0][1], pair[0][0])):
        if taken.isdisjoint(range(first, last + 1)):
            taken.update(range(first, last + 1))
            chosen.append(mention)
    return tuple(sorted(chosen, key=lambda mention: mention.first))


def mention_keys(mentions: Sequence[Mention]) -> dict[str, tuple[Span, ...]]:
    """Return the mentions as cue keys: "@holder" and "@speaker" → spans."""
    keys: dict[str, list[Span]] = defaultdict(list)
    for mention in mentions:
        for name in {mention.holder, mention.speaker} - {""}:
            keys[f"@{name}"].append((mention.first, mention.last))
    return {key: tuple(places) for key, places in keys.items()}
