"""Whose act is an event in a Korean sentence?

The owner that 의 names, the men a headline names without a particle, else the subject still open where the event
stands.

Refuses to do: no names; mentions come from outside. An official without a name is nobody here.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.nlp.analysis import Mention, Sentence, Token, Trigger
from bot.nlp.languages.ko.subjects import NOMINAL, inside_phrase, open_subjects, subject_at, supposes
from bot.nlp.languages.ko.words import ANAPHORS, COUNTED, COUNTERS, PLACES, PLEAS, TROOPS

STRANGER = "somebody-else"
"""Holder of a mention of somebody named whom the storyline does not know: no frame has it among its agents."""
_REACH = 6
"""Nouns that may stand between 의 and the event it owns."""
_PLACED = frozenset({"NNP", "SH", "SN", "NR", "NNB", "JKB", "JX", "SW", "SO", "MAG"})
"""Tags of what a headline puts between its men and what they do: where, when, how many."""


def agent(sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Mention | None:
    """Return whose act the event is; STRANGER for somebody unknown, None where the sentence does not say."""
    owner = _owner(sentence, trigger, mentions)
    if owner is not None:
        return owner
    if sentence.title and (bare := _bare_subject(sentence, trigger, mentions)) is not None:
        return bare
    asked = _asked_for(sentence.tokens, trigger)
    for subject in reversed(open_subjects(sentence, trigger, mentions)):
        if asked and not subject.wide:
            continue
        if subject.mention is not None:
            return subject.mention
        if subject.foreign:
            return Mention(STRANGER, "", subject.first, subject.last)
        if subject.head.lemma in ANAPHORS or subject.head.lemma in COUNTERS:
            return None
    return None


def _asked_for(tokens: Sequence[Token], trigger: Trigger) -> bool:
    """Tell whether the event is what a request asks for: whoever owns or makes that is not whose act it would be."""
    at = trigger.last + 1
    while at < len(tokens) and tokens[at].pos == "JKO":
        at += 1
    return tokens[trigger.last].pos == "NNG" and at < len(tokens) and tokens[at].lemma in PLEAS


def _owner(sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Mention | None:
    """Return who owns the event by 의: 북한의 파병."""
    tokens = sentence.tokens
    if _asked_for(tokens, trigger):
        return None
    for mention in mentions:
        at = mention.last + 1
        while at < trigger.first and inside_phrase(tokens, at) and tokens[at].pos != "JKG":
            at += 1
        if at < trigger.first and tokens[at].pos == "JKG":
            between = _unquoted(tokens[at + 1 : trigger.first])
            if len(between) <= _REACH and all(NOMINAL.match(t.pos) or t.text in "·ㆍ・" for t in between):
                return mention
    return None


def _unquoted(tokens: Sequence[Token]) -> list[Token]:
    """Leave out quotations that are closed: 러시아의 '상응 조치' 경고."""
    kept: list[Token] = []
    depth = 0
    for token in tokens:
        depth += token.pos == "SSO"
        if not depth:
            kept.append(token)
        depth -= token.pos == "SSC" and depth > 0
    return kept


def _bare_subject(sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Mention | None:
    """Return whose men a headline names without a particle: 북한군 2명 생포, 北 특수부대 1천500명 러 파병."""
    tokens = sentence.tokens
    opens = (i + 1 for i, t in enumerate(tokens[: trigger.first]) if t.pos in {"SSO", "SSC"} or t.text in {"…", "..."})
    start = max(opens, default=0)
    if any(subject_at(sentence, at, trigger.first, mentions) for at in range(start, trigger.first)):
        return None
    inside = [mention for mention in mentions if start <= mention.first and mention.last < trigger.first]
    if _pair_of(tokens, inside, start, trigger) and _outsider(mentions, inside, start):
        return inside[0]
    for mention in reversed(inside):
        if any(supposes(tokens, at) for at in range(mention.last, trigger.first)):
            continue
        end = mention.last + 1
        while end < trigger.first and (tokens[end].pos in {"SN", "NR", "NNB"} or tokens[end].lemma in TROOPS | COUNTED):
            end += 1
        between = tokens[end : trigger.first]
        if (
            tokens[end - 1].lemma in TROOPS
            and not tokens[end].pos.startswith("J")
            and all(t.pos in _PLACED or t.lemma in PLACES for t in between)
        ):
            return mention
    return None


def _pair_of(tokens: Sequence[Token], inside: Sequence[Mention], start: int, trigger: Trigger) -> bool:
    """Tell whether two countries written as one word open the phrase of the event: 북러 무기 협상."""
    if len(inside) < 2 or inside[0].first != start or inside[1].first != inside[0].last + 1:
        return False
    return all(NOMINAL.match(token.pos) for token in tokens[inside[1].last + 1 : trigger.first])


def _outsider(mentions: Sequence[Mention], pair: Sequence[Mention], start: int) -> bool:
    """Tell whether whoever speaks before the quotation is none of the two."""
    return not {m.holder for m in mentions if m.last < start} & {pair[0].holder, pair[1].holder}
