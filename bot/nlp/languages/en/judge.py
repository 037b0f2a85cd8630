"""How factual does an English sentence make an event?

The walk (climb.py) goes from the trigger up to the clause that somebody utters and gathers operators on the way; here
they are completed by what stands beside the way (conditions, questions, history) and read off in a fixed order.

Refuses to do: who the agent or the source is, stands in who.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain import Factuality
from bot.nlp.analysis import Judgement, Trigger
from bot.nlp.languages.en import words
from bot.nlp.languages.en.climb import climb
from bot.nlp.languages.en.operators import Way
from bot.nlp.languages.en.tree import Tree

F = Factuality

_BARE = 0.45
"""Certainty of an event that is only mentioned: below the reader's floor, unless the cue itself says more."""

_ASIDE = 0.48
"""Certainty of an event in a clause that modifies something else: background, by a hair."""

_AHEAD_OF_IT = frozenset({F.POSSIBLE, F.DECIDED, F.CONDITIONAL, F.CONSIDERED})
"""What may come of somebody says nothing against what he is called by: the captured were captured."""

_LATER_IF = re.compile(r"(?<!as )(?<!even )\b(?:if|should|once|provided|in the event|in case|unless)\b", re.IGNORECASE)
_ASKED_IF = re.compile(r"\b(?:ask|asked|know|wonder|see|sure|decide)\s+if\b", re.IGNORECASE)

_PAST = re.compile(
    r"\b(?:until now|in the past|outgoing|previous (?:government|administration)|back in \d{4}|years ago|decades ago"
    r"|in the (?:spring|summer|autumn|fall|winter) of|that year|at the time|earlier this year)\b",
    re.IGNORECASE,
)

_UNPROVED = re.compile(
    r"\b(?:no|not|n['’]t|never|without|lacks?|lacking)\b(?: (?!but\b)\w+){0,3}"
    r" (?:evidence|proof|signs?|indications?)\b",
    re.IGNORECASE,
)
"""Words after which an event is one that nobody has shown; "shows no sign of stopping" is told apart by its end."""

_GUESS = r"(?:hop|expect|predict|believ|reckon|speculat|foresee|bet|guess|forecast)(?:es|s|e)?"
_HOPED = re.compile(rf" [,–—-] (?:(?:[\w’'.-]+ ){{1,6}}{_GUESS}|{_GUESS} (?:in )?[A-Z][\w’'.-]*(?: [\w’'.-]+){{0,3}})$")
"""The end of a headline by which the rest is a hope: "…, hopes Kyiv", "…, hope in Kyiv", "- expert predicts"."""

_OPENING_IF = re.compile(
    r"^\W*(?:if|should|were|once|in the event|in case|unless|provided|depending)\b[^,]*,", re.IGNORECASE
)


def judge(tree: Tree, trigger: Trigger) -> Judgement:
    """Return how factual the sentence makes the event that the trigger names."""
    way = climb(tree, tree.top(trigger), frozenset(range(trigger.first, trigger.last + 1)))
    _conditions(tree, trigger, way)
    if _past(tree):
        way.history = True
        way.steps.append("history: another time")
    if _asks(tree):
        way.hypothetic = True
        way.steps.append("question")
    if tree.title and (hoped := _HOPED.search(" ".join(token.text for token in tree.tokens))):
        way.add("possible", hoped.group().strip())
    factuality, certainty = _verdict(way)
    if factuality is Factuality.DONE and _unproved(tree, trigger):
        way.hypothetic = True
        way.steps.append("unproved: there is no evidence of it")
    if factuality in _AHEAD_OF_IT and _attribute(tree, tree.top(trigger)):
        way.hypothetic = True
        way.steps.append("attribute: it is so already, and no news")
    if way.aside and certainty > _ASIDE:
        certainty = _ASIDE
    return Judgement(
        factuality, not (way.history or way.hypothetic), certainty, tuple(way.steps), _lifted(way, factuality)
    )


def _attribute(tree: Tree, top: int) -> bool:
    """Tell whether an event is but what its noun has gone through: "may hand over captured soldiers"."""
    return tree.tokens[top].dep == "amod" and tree.lemma(top) in words.UNDERGONE


def _lifted(way: Way, factuality: Factuality) -> bool:
    """Tell whether a refusal may be given up, or is ruled out itself; one given up is a decision, which others hear."""
    if factuality is Factuality.POSSIBLE:
        lifted = "lifted" in way.ops and not way.ops.isdisjoint({"possible", "considered", "would", "intended"})
        return lifted or "ruled out" in way.ops
    return factuality is Factuality.CONSIDERED and {"refused", "considered"} <= way.ops and not way.negations % 2


def _past(tree: Tree) -> bool:
    """Tell whether it is told of another time; beside a verb in the present such words date something else."""
    text = " ".join(token.text for token in tree.tokens)
    for found in _PAST.finditer(text):
        verb = tree.clause(text.count(" ", 0, found.end()))
        if tree.tag(verb) not in {"VBP", "VBZ"} or tree.lemma(verb) in {"have", "be"}:
            return True
    return False


def _asks(tree: Tree) -> bool:
    return any(token.text == "?" for token in tree.tokens[-2:])


def _unproved(tree: Tree, trigger: Trigger) -> bool:
    """Tell whether the event is what there is no evidence of: it stands after these words, in the same breath."""
    before = " ".join(token.text for token in tree.tokens[: trigger.last + 1])
    found = next(iter(reversed(list(_UNPROVED.finditer(before)))), None)
    if not found or re.search(r" (?:but|and|,|;|–|—|…) ", before[found.end() :]):
        return False
    return before.count(" ", 0, found.end()) <= trigger.first


def _conditions(tree: Tree, trigger: Trigger, way: Way) -> None:
    """Note a condition on the event: beside its clauses, or opening the sentence."""
    for i in way.clauses:
        for k in tree.kids(i, "advcl", "prep", "ccomp", "npadvmod"):
            word = _condition(tree, k)
            if word and not any(trigger.first <= j <= trigger.last for j in tree.subtree(k)):
                way.add("depending" if word.startswith("depending") else "condition", word)
                return
    text = " ".join(token.text for token in tree.tokens)
    opening = _OPENING_IF.match(text)
    if opening:
        before = len(opening.group().split())
        if trigger.first >= before:
            word = opening.group().split()[0].lower()
            way.add("depending" if word == "depending" else "condition", word)
        elif way.clauses and not way.said:
            way.hypothetic = True
            way.steps.append("hypothesis: the condition itself")
    elif way.ops & {"would", "future", "possible"}:
        after = " ".join(token.text for token in tree.tokens[trigger.last + 1 :])
        later = _LATER_IF.search(after)
        if later and not _ASKED_IF.search(text):
            way.add("condition", later.group().lower())


def _condition(tree: Tree, k: int) -> str:
    if tree.tokens[k].dep == "prep":
        text = " ".join(tree.tokens[j].text.lower() for j in sorted(tree.subtree(k))[:4])
        return text if text.startswith(("in the event", "in case", "on condition", "depending")) else ""
    marks = {tree.lemma(m) for m in tree.kids(k, "mark", "advmod", "aux")}
    return next(iter(sorted(marks & {"if", "once", "unless", "should", "provided"})), "")


@dataclass(frozen=True, slots=True)
class _Rule:
    """Which operators make which factuality: all of `needs`, one of `any_of` where given, none of `without`."""

    factuality: Factuality
    certainty: float
    needs: frozenset[str] = frozenset()
    any_of: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    def fits(self, ops: frozenset[str]) -> bool:
        """Tell whether the rule applies to a set of operators."""
        return (
            self.needs <= ops and (not self.any_of or not self.any_of.isdisjoint(ops)) and self.without.isdisjoint(ops)
        )


def _ops(*names: str) -> frozenset[str]:
    return frozenset(names)


_OF_REFUSALS = _ops("refused", "lifted", "considered", "ruled out")
_SET_AGAINST = _ops("refused", "ruled out")
_AHEAD = _ops("decided", "intended", "future", "would")

_GOVERNED = (
    (_Rule(F.DENIED, 0.9, _ops("denial")), _Rule(F.POSSIBLE, _BARE, _ops("denial"))),
    (_Rule(F.POSSIBLE, 0.9, _ops("ruled out", "refused")), _Rule(F.POSSIBLE, 0.9, _ops("ruled out", "refused"))),
    (_Rule(F.REFUSED, 0.9, _ops("ruled out")), _Rule(F.POSSIBLE, 0.9, _ops("ruled out"))),
    (_Rule(F.POSSIBLE, _BARE, any_of=_ops("asked", "ought")),) * 2,
    (_Rule(F.CONSIDERED, 0.8, _ops("refusal considered")),) * 2,
    (_Rule(F.REFUSED, 0.85, _ops("refused")), _Rule(F.POSSIBLE, 0.6, _ops("refused"))),
    (_Rule(F.CONSIDERED, 0.9, _ops("considered")), _Rule(F.REFUSED, 0.85, _ops("considered"))),
)
"""Words that govern the event, the strongest first: as they stand, and under a negation."""

_NEGATIVE = (
    _Rule(F.CONDITIONAL, 0.7, _ops("condition")),
    _Rule(F.NEGATED, _BARE, _ops("mention")),
    _Rule(F.REFUSED, 0.85, any_of=_ops("intended", "future", "would", "infinitive", "possible")),
    _Rule(F.CONSIDERED, 0.7, _ops("decided")),
    _Rule(F.DONE, _BARE, _ops("believed")),
    _Rule(F.NEGATED, 0.85),
)

_POSITIVE = (
    _Rule(F.CONSIDERED, 0.8, _ops("depending")),
    _Rule(F.CONDITIONAL, 0.85, _ops("condition"), any_of=_AHEAD | {"possible", "infinitive"}),
    _Rule(F.ENDED, 0.8, _ops("ended")),
    _Rule(F.DONE, 0.9, _ops("perfect"), without=_ops("future", "would")),
    _Rule(F.POSSIBLE, 0.85, _ops("possible")),
    _Rule(F.DECIDED, 0.85, any_of=_AHEAD),
    _Rule(F.DONE, _BARE, _ops("mention")),
    _Rule(F.DECIDED, 0.7, _ops("infinitive"), without=_ops("believed", "begun")),
    _Rule(F.DONE, _BARE, _ops("noun"), without=_ops("begun", "believed")),
    _Rule(F.DONE, 0.85),
)


def _verdict(way: Way) -> tuple[Factuality, float]:
    """Read the factuality off the operators: the first rule that fits decides."""
    if _upheld(way):
        return Factuality.REFUSED, 0.9
    ops, odd = way.ops, way.negations % 2 == 1
    if {"refused", "considered"} <= ops and way.found.index("considered") > way.found.index("refused"):
        ops |= {"refusal considered"}
    if "asked" in ops and not ops & {"denial", "ruled out"}:
        way.hypothetic = True
    governed = tuple(pair[odd] for pair in _GOVERNED)
    rules = (*governed, *(_NEGATIVE if odd else _POSITIVE))
    rule = next(rule for rule in rules if rule.fits(ops))
    return rule.factuality, rule.certainty


def _upheld(way: Way) -> bool:
    """Tell whether a refusal is not to be given up, nor looked at again: "rules out reviewing its ban"."""
    met = [op for op in way.found if op in _OF_REFUSALS]
    if met[:1] != ["refused"] or met[1:2] not in (["lifted"], ["considered"]):
        return False
    negations = way.negations - met.count("lifted")  # which is one of them
    against = sum(op in _SET_AGAINST for op in met[2:])  # who declines to rule it out upholds nothing
    return against > 0 and (against + negations) % 2 == 1
