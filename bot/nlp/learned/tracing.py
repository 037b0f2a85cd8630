"""How does a person read what came of rules and the learned part together?

A trace tells every step to the reading that it stands with: which rule the weight of the rules is, though it reads
another sentence than the one quoted, and where speaker or holder are not those that the rule named.

Refuses to do: nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain import By
from bot.nlp.candidates import Candidate

_TOLD = 80
"""Characters of a sentence that is told beside the quote."""


def weighed(rules: float, learned: float, sure: float, text: str) -> tuple[str, ...]:
    """Return what each part thinks, and both together.

    Args:
        rules: confidence of the rules' reading, 0 for none.
        text: the place that carries it.
    """
    found = f"rules {rules:.2f}" if rules else "no rule found it"
    return (
        f"learned part: {learned:.2f} that the item reports it, strongest here: {text.strip()[:_TOLD]!r}",
        f"joined: {found}, learned {learned:.2f} → {sure:.2f}",
    )


def elsewhere(rules: Sequence[Candidate], holder: str, by: By) -> Iterator[str]:
    """Yield the steps of rules that read the same in another sentence than the one quoted."""
    for rule in rules:
        yield f"rules find it in another sentence: {rule.sentence.text.strip()[:_TOLD]!r}"
        yield from rule.trace[1:]
        yield from outweighed(rule, holder, by)


def outweighed(rule: Candidate, holder: str, by: By) -> Iterator[str]:
    """Yield where a rule's holder or speaker has given way to the one that all together speak for."""
    if rule.holder != holder:
        yield f"holder: {holder}, all weighed; the rule said {rule.holder}"
    if rule.by is not by:
        yield f"by: {by}, all weighed; the rule said {rule.by}"
