"""Who says so?

A phrase such as "по данным НИС", a speaker before a colon or after a dash, the subject of a verb of saying: the one
nearest to the event. Experts make it analysis, sources and papers make it a report.

Refuses to do: no judgement of the speaker; candidates.py makes official, reported or analyst of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.nlp.analysis import Attribution, Mention, Trigger
from bot.nlp.phrases import Span
from bot.nlp.slavic.clauses import clause_at, is_predicate
from bot.nlp.slavic.forms import trigger_head
from bot.nlp.slavic.reading import Parsed
from bot.nlp.slavic.subjects import Cast
from bot.nlp.slavic.words import Operator

_MARKS = frozenset({",", ":", "—", "–", ";", "("})
_REACH = 8
"""How many words after "according to" its source may stand."""


@dataclass(frozen=True, slots=True)
class _Voice:
    """A place of the sentence that names a source: `first` to `last` are searched for who it is."""

    first: int
    last: int
    how: str


def attribution(parsed: Parsed, trigger: Trigger, mentions: Sequence[Mention]) -> Attribution:
    """Return who says what the sentence reports."""
    head = trigger_head(parsed.tokens, trigger)
    cast = Cast(parsed, mentions)
    voices = [*_according(parsed), *_beside_marks(parsed, head), *_saying(cast, trigger, head)]
    told = [a for a in (_known(parsed, voice, mentions) for voice in voices) if _tells(a)]
    if not told:
        hearsay = any(m.operator is Operator.DOUBT for m in parsed.operators)
        return Attribution(unnamed=True, steps=("source: hearsay",)) if hearsay else Attribution()
    named = [a.mention for a in told if a.mention]
    return Attribution(
        mention=next((m for m in named if m.holder), named[0] if named else None),
        unnamed=any(a.unnamed for a in told),
        analyst=any(a.analyst for a in told),
        named_before=any(a.named_before for a in told),
        steps=tuple(step for a in told for step in a.steps),
    )


def _tells(source: Attribution) -> bool:
    return bool(source.mention or source.unnamed or source.analyst or source.named_before)


def _according(parsed: Parsed) -> Iterator[_Voice]:
    for first, last in parsed.spans("according"):
        end = min(last + _REACH, len(parsed.tokens) - 1)
        stop = next((i for i in range(last + 1, end + 1) if parsed.tokens[i].text in _MARKS), end + 1)
        yield _Voice(last + 1, stop - 1, parsed.said((first, last)))


def _beside_marks(parsed: Parsed, head: int) -> Iterator[_Voice]:
    """Yield "Кремль: …" and "… — разведка Сеула"."""
    tokens = parsed.tokens
    colon = next((i for i, t in enumerate(tokens[:12]) if t.text == ":"), -1)
    if 0 < colon < head and (colon <= 4 or not any(is_predicate(t) for t in tokens[:colon])):
        yield _Voice(0, colon - 1, "before a colon")
    dash = next((i for i in range(len(tokens) - 1, 0, -1) if tokens[i].text in {"—", "–", "-"}), -1)
    if parsed.title and dash > head and len(tokens) - dash <= 7 and not any(is_predicate(t) for t in tokens[dash:]):
        yield _Voice(dash + 1, len(tokens) - 1, "after a dash")


def _saying(cast: Cast, trigger: Trigger, head: int) -> Iterator[_Voice]:
    """Yield the subject of each verb of saying, thanks or opinion, the nearest to the event first.

    Thanks may be the event itself ("Лавров поблагодарил солдат КНДР"): they say that the deed was done.
    """
    parsed = cast.parsed
    spans = {*parsed.spans("speech"), *parsed.spans("opinion")}
    spans = {span for span in spans if not trigger.first <= span[0] <= trigger.last} | {*parsed.spans("thanking")}
    for span in sorted(spans, key=lambda span: (abs(span[0] - head), span)):
        at = clause_at(parsed.clauses, span[0])
        speaker = cast.speaker(at)
        if speaker is not None and not speaker.first <= head <= speaker.last:
            yield _Voice(speaker.first, speaker.last, parsed.said(span))
        pronoun = _pronoun(parsed, at)
        if speaker is None and pronoun >= 0:
            yield _Voice(pronoun, pronoun, parsed.said(span))


def _pronoun(parsed: Parsed, at: int) -> int:
    """Return the index of the personal pronoun in clause `at`, -1 for none."""
    span = range(parsed.clauses[at].first, parsed.clauses[at].last + 1)
    return next((i for i in span if parsed.tokens[i].lemma in parsed.words.pronouns), -1)


def _known(parsed: Parsed, voice: _Voice, mentions: Sequence[Mention]) -> Attribution:
    """Return who a place of the sentence names; somebody unnamed of a named office speaks for the office."""
    inside = [m for m in mentions if m.first <= voice.last and voice.first <= m.last]
    mention = next((m for m in inside if m.speaker), inside[0] if inside else None)
    office = any(t.lemma in parsed.words.offices for t in parsed.tokens[voice.first : voice.last + 4])
    media = _any_within(parsed.spans("media"), voice)
    analyst = _any_within(parsed.spans("analysts"), voice)
    unnamed = media or (_any_within(parsed.spans("unnamed"), voice) and not (office or (mention and mention.holder)))
    if media or analyst:
        mention = mention if mention and mention.speaker else None
    what = parsed.said((voice.first, min(voice.last, voice.first + 7)))
    stand_ins = parsed.words.persons | parsed.words.pronouns
    refers = any(t.lemma in stand_ins for t in parsed.tokens[voice.first : voice.last + 1])
    named_before = refers and not (mention or unnamed or analyst)
    return Attribution(mention, unnamed, analyst, named_before, (f"source: {voice.how}: {what}",))


def _any_within(spans: Sequence[Span], voice: _Voice) -> bool:
    return any(voice.first <= first and last <= voice.last for first, last in spans)
