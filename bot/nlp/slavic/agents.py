"""Whose act is the event?

By case and agreement: the nominative of a verb, the instrumental of a passive, the genitive or instrumental of a
noun ("поставки Сеулом", "отправка КНДР войск"), the adjective of what is sent ("южнокорейских снарядов"), the place it
comes from.

Refuses to do: a dative, an accusative and a goal are never the agent.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.nlp.analysis import Mention, Trigger
from bot.nlp.slavic.clauses import Opening, clause_at, is_predicate
from bot.nlp.slavic.forms import trigger_head
from bot.nlp.slavic.nouns import cases_of
from bot.nlp.slavic.reading import Parsed
from bot.nlp.slavic.subjects import Cast

_NEAR = 7
"""How many words after a noun its agent may stand."""


def agent(parsed: Parsed, trigger: Trigger, mentions: Sequence[Mention]) -> Mention | None:
    """Return whose act the event is; None where the sentence does not say, a mention of nobody for a stranger."""
    cast = Cast(parsed, mentions)
    head = trigger_head(parsed.tokens, trigger)
    at = clause_at(parsed.clauses, head)
    token = parsed.tokens[head]
    if "pssv" in token.morph or "prts" in token.morph:
        return _by_instrument(cast, at) or _by_source(cast, at)
    if token.pos == "NOUN":
        return _of_noun(cast, head, at) or _acting(cast, at)
    return _acting(cast, at)


def _acting(cast: Cast, at: int) -> Mention | None:
    """Return the subject of a clause, of what "which" refers to, of the clause before, or who speaks in a headline."""
    pronoun = cast.pronoun(at)
    if meant := cast.meant(at, pronoun):
        return meant
    subject = cast.subject(at) if pronoun < 0 else None
    if subject:
        return subject.mention
    clause = cast.parsed.clauses[at]
    if clause.opening in {Opening.WHICH, Opening.PARTICIPLE}:
        return next((m for m in reversed(cast.mentions) if m.last < clause.first), None)
    inherited = cast.inherited(at)
    return inherited.mention if inherited else _of_colon(cast, at)


def _of_colon(cast: Cast, at: int) -> Mention | None:
    """Return who speaks in "Сеул: …": what he says without a subject is about himself."""
    tokens, first = cast.parsed.tokens, cast.parsed.clauses[0]
    colon = first.last + 1 < len(tokens) and tokens[first.last + 1].text == ":"
    return next((m for m in cast.mentions if m.first in first), None) if colon and at > 0 else None


def _by_instrument(cast: Cast, at: int) -> Mention | None:
    """Return whom a passive names in the instrumental."""
    phrases = [p for p in cast.inside(cast.parsed.clauses[at]) if not p.before and p.cases == {"ablt"}]
    return next((m for p in phrases if (m := p.mention(cast.mentions))), None)


def _by_source(cast: Cast, at: int) -> Mention | None:
    """Return whose the thing is: "солдаты КНДР отправлены", "снаряды из КНДР доставлены"."""
    for phrase in cast.inside(cast.parsed.clauses[at]):
        named = phrase.mention(cast.mentions)
        from_there = phrase.before in cast.parsed.words.origins_of
        belongs = not phrase.before and "nomn" in phrase.cases
        if named and (from_there or (belongs and not named.first <= phrase.head <= named.last)):
            return named
    return None


def _of_noun(cast: Cast, head: int, at: int) -> Mention | None:
    """Return the agent in what depends on a noun of action: the nearest genitive, instrumental, adjective, origin."""
    tokens = cast.parsed.tokens
    last = min(cast.parsed.clauses[at].last, head + _NEAR)
    for m in cast.mentions:
        if not head < m.first <= last or any(is_predicate(t) for t in tokens[head + 1 : m.first]):
            continue
        before = next((p.before for p in cast.phrases if head < p.first <= m.first <= p.last), "")
        cases = cases_of(tokens[m.last])
        if before in cast.parsed.words.origins_of and "gent" in cases:
            return m
        if not before and (tokens[m.first].pos == "ADJ" or cases & {"gent", "ablt"}):
            return m
    return next((m for m in cast.mentions if m.last == head - 1 and tokens[m.last].pos == "ADJ"), None)
