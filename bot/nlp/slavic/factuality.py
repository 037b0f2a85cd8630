"""How factual does a sentence make an event?

The form of the trigger gives a first answer (forms.py). Then the operators that govern it (scope.py) are applied from
the nearest to the farthest: "не исключает, что рассмотрит поставки" is reviewed, not excluded. Conditions, time and
questions come last.

Refuses to do: whose act it is and who says so are asked elsewhere.
"""

from __future__ import annotations

from bot.domain import Factuality
from bot.nlp.analysis import Judgement, Trigger
from bot.nlp.slavic.clauses import Opening, clause_at
from bot.nlp.slavic.forms import Verdict, is_coming, trigger_head, verdict_of_form
from bot.nlp.slavic.reading import Parsed
from bot.nlp.slavic.scope import governing, governor, overlaps
from bot.nlp.slavic.words import Operator

_BARE = 0.2
"""Certainty of an event that is only named; a cue that fixes the factuality itself does without."""
_GOVERNED = 0.8
"""Certainty of an event that an operator speaks of."""
_REACHED_THROUGH = frozenset({Opening.THAT, Opening.WHICH, Opening.PARTICIPLE})
_NEGATED = {
    Operator.CONSIDER: Factuality.REFUSED,
    Operator.PLAN: Factuality.REFUSED,
    Operator.ALLOW: Factuality.REFUSED,
    Operator.READY: Factuality.REFUSED,
    Operator.END: Factuality.DONE,
    Operator.REFUSE: Factuality.POSSIBLE,
}
_FIXED = {
    Operator.DENY: Factuality.DENIED,
    Operator.CONSIDER: Factuality.CONSIDERED,
    Operator.UNDECIDED: Factuality.CONSIDERED,
    Operator.END: Factuality.ENDED,
    Operator.FEAR: Factuality.POSSIBLE,
}
_KEPT = {
    Operator.ALLOW: frozenset({Factuality.CONSIDERED, Factuality.DENIED, Factuality.ENDED}),
    Operator.READY: frozenset({Factuality.CONSIDERED, Factuality.DENIED, Factuality.ENDED}),
    Operator.PLAN: frozenset(
        {Factuality.NEGATED, Factuality.CONSIDERED, Factuality.REFUSED, Factuality.ENDED, Factuality.DENIED}
    ),
}
"""What an operator leaves as it is: who may review, reviews; who plans to refuse, refuses."""
_OPENED = {Operator.ALLOW: Factuality.POSSIBLE, Operator.READY: Factuality.POSSIBLE, Operator.PLAN: Factuality.DECIDED}


def judge(parsed: Parsed, trigger: Trigger) -> Judgement:
    """Return how factual the sentence makes the event that the trigger names."""
    word = trigger_head(parsed.tokens, trigger)
    head = governor(parsed, word)
    at = clause_at(parsed.clauses, head)
    verdict = verdict_of_form(parsed, head, parsed.clauses[at])
    verdict.bare = verdict.bare and not any(overlaps(m, trigger) for m in parsed.operators)
    for m in governing(parsed, trigger, head, moved=head != word):
        word_before = parsed.tokens[m.first]
        if m.operator is Operator.REACT and word_before.pos == "ADJ":
            verdict.bare = verdict.thing = verdict.noun
        else:
            _apply(verdict, m.operator, negated=m.negated, coming=is_coming(word_before))
        verdict.note(m.operator.value, parsed.said((m.first, m.last)))
    if verdict.noun and (verdict.bare or verdict.reacted):
        verdict.certainty = _BARE
        verdict.note("mention", "nothing says that it happens")
    _conditions(verdict, parsed, at, head)
    _time(verdict, parsed, at)
    _questions(verdict, parsed, at, head)
    certainty = round(max(verdict.certainty, 0.05), 3)
    return Judgement(verdict.factuality, verdict.current, certainty, tuple(verdict.steps))


def _apply(verdict: Verdict, op: Operator, *, negated: bool, coming: bool) -> None:
    """Change a verdict by one operator that governs it; what is only reacted to stays as it is."""
    if verdict.reacted:
        return
    if op is Operator.DOUBT:
        verdict.certainty *= 0.8
    elif op is Operator.REACT:
        verdict.reacted = verdict.noun
    elif op is Operator.ASSERT:
        _assert(verdict, negated=negated, coming=coming)
    elif op is Operator.URGE or (op is Operator.DENY and negated):
        verdict.current = False
    else:
        verdict.bare = False
        verdict.ready = verdict.ready or (op is Operator.READY and not negated)
        verdict.factuality = _moved(verdict, op, negated=negated)
        if op is not Operator.MAYBE or verdict.factuality is not Factuality.DONE:
            verdict.certainty = max(verdict.certainty, _GOVERNED)


def _assert(verdict: Verdict, *, negated: bool, coming: bool) -> None:
    """Take a report for true: "сообщил об отправке"; "начал отправлять" does, "начнет отправлять" will do.

    What somebody "did not confirm", or sees no proof of, is no report.
    """
    verdict.bare = verdict.bare and (negated or verdict.thing)
    verdict.current = verdict.current and not negated
    if verdict.infinitive and verdict.factuality is Factuality.POSSIBLE:
        verdict.factuality = Factuality.DECIDED if coming else Factuality.DONE
        verdict.certainty = _GOVERNED


def _moved(verdict: Verdict, op: Operator, *, negated: bool) -> Factuality:
    now = verdict.factuality
    if negated:
        return _NEGATED.get(op, now)
    if op in _OPENED:
        return now if now in _KEPT[op] else _OPENED[op]
    if op is Operator.MAYBE:
        open_still = now is Factuality.DECIDED or (verdict.noun and now is Factuality.POSSIBLE)
        return Factuality.POSSIBLE if open_still else now
    if op is Operator.REFUSE:
        verdict.current = verdict.current and now is not Factuality.DENIED
        return now if now is Factuality.CONSIDERED and not verdict.noun else Factuality.REFUSED
    return _FIXED.get(op, now)


def _conditions(verdict: Verdict, parsed: Parsed, at: int, head: int) -> None:
    """A condition on what will be done makes it conditional; the condition itself is no event at all."""
    if parsed.clauses[at].opening is Opening.IF or (verdict.noun and _is_condition(parsed, head)):
        verdict.current = False
        verdict.note("hypothesis", "inside a condition")
        return
    said = _condition(parsed, at)
    promised = verdict.factuality is Factuality.DECIDED
    if said and (promised or (verdict.ready and verdict.factuality is Factuality.POSSIBLE)):
        verdict.factuality = Factuality.CONDITIONAL
        verdict.note("condition", said)
    left_open = next((parsed.said(span) for span in parsed.spans("dependent")), "")
    if left_open and verdict.factuality in {Factuality.DECIDED, Factuality.CONDITIONAL, Factuality.POSSIBLE}:
        verdict.factuality = Factuality.CONSIDERED
        verdict.note("depends", left_open)


def _condition(parsed: Parsed, at: int) -> str:
    """Return the words of a condition on clause `at`: a clause with "if" beside it, or a phrase in it."""
    beside = [c for i, c in enumerate(parsed.clauses) if c.opening is Opening.IF and abs(i - at) <= 2]
    if beside:
        return parsed.said((beside[0].first, min(beside[0].last, beside[0].first + 5)))
    near = {at, parsed.clauses[at].parent}
    spans = (span for span in parsed.spans("conditions") if clause_at(parsed.clauses, span[0]) in near)
    return next((parsed.said(span) for span in spans), "")


def _is_condition(parsed: Parsed, head: int) -> bool:
    """Tell whether a noun is itself the condition: "в случае отправки войск", "при отправке войск"."""
    return any(0 <= head - last <= 2 for _, last in parsed.spans("conditions"))


def _time(verdict: Verdict, parsed: Parsed, at: int) -> None:
    """Tell history from what is said now; what is yet to come is no history, whatever year is named."""
    if verdict.factuality is Factuality.NEGATED and parsed.spans("so_far"):
        verdict.current = False
        verdict.note("history", "so far")
    own = parsed.clauses[at]
    spans = [span for span in parsed.spans("history") if _reaches(parsed, span[0], at)]
    past = next((span for span in spans if not (verdict.coming and span[0] in own)), None)
    if past and not any(span[0] in own for span in parsed.spans("recent")):
        verdict.current = False
        verdict.note("history", parsed.said(past))


def _questions(verdict: Verdict, parsed: Parsed, at: int, head: int) -> None:
    opens_with_question = parsed.clauses[at].opening is Opening.WHICH and parsed.clauses[at].first == 0
    if parsed.asked(at) or parsed.whether(head) or opens_with_question:
        verdict.current = verdict.current and verdict.factuality is Factuality.CONSIDERED
        verdict.note("question", parsed.tokens[head].text)


def _reaches(parsed: Parsed, token: int, at: int) -> bool:
    """A phrase of time reaches its clause, and the clauses reported in it."""
    where = clause_at(parsed.clauses, token)
    while at >= 0:
        if at == where:
            return True
        clause = parsed.clauses[at]
        at = clause.parent if clause.opening in _REACHED_THROUGH else -1
    return False
