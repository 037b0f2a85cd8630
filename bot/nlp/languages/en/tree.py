"""How does one walk a parsed sentence?

Refuses to do: no word is judged here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.nlp.analysis import Sentence, Token, Trigger

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


class Tree:
    """The parse of one sentence: children, ancestors and subtrees by token index."""

    def __init__(self, sentence: Sentence) -> None:
        self.tokens: Sequence[Token] = sentence.tokens
        self.title = sentence.title
        self.children: list[list[int]] = [[] for _ in self.tokens]
        for i, token in enumerate(self.tokens):
            if token.head not in {i, -1}:
                self.children[token.head].append(i)

    def head_of(self, first: int, last: int) -> int:
        """Return the token of a span that governs the others."""
        for i in range(first, last + 1):
            head = self.tokens[i].head
            if head == i or not first <= head <= last:
                return i
        return last

    def top(self, trigger: Trigger) -> int:
        """Return the governing token of a trigger."""
        return self.head_of(trigger.first, trigger.last)

    def up(self, i: int) -> Iterator[int]:
        """Yield the token and its ancestors, the root last; cycles end the walk."""
        seen: set[int] = set()
        while i not in seen:
            seen.add(i)
            yield i
            i = self.tokens[i].head if self.tokens[i].head >= 0 else i

    def kids(self, i: int, *deps: str) -> list[int]:
        """Return the children of a token that stand in one of the relations; all without any."""
        return [child for child in self.children[i] if not deps or self.tokens[child].dep in deps]

    def subtree(self, i: int) -> set[int]:
        """Return the indices of a token and all below it."""
        found, queue = {i}, [i]
        while queue:
            for child in self.children[queue.pop()]:
                if child not in found:
                    found.add(child)
                    queue.append(child)
        return found

    def lemma(self, i: int) -> str:
        """Return the lemma of a token."""
        return self.tokens[i].lemma

    def verbal(self, i: int) -> bool:
        """Tell whether a token is a verb or an auxiliary."""
        return self.tokens[i].pos in {"VERB", "AUX"}

    def tag(self, i: int) -> str:
        """Return the Penn tag of a token."""
        return self.tokens[i].morph.partition("|")[0]

    def clause(self, i: int) -> int:
        """Return the nearest verb at or above a token, itself when there is none."""
        return next((j for j in self.up(i) if self.verbal(j)), i)

    def subject(self, verb: int) -> int | None:
        """Return the subject of a verb, looking up through coordination, raising and control."""
        for i in self.up(verb):
            for child in self.kids(i):
                if self.tokens[child].dep in SUBJECTS:
                    return self._antecedent(i, child)
            token = self.tokens[i]
            if token.dep in {"acl", "relcl"} and self.tokens[i].dep == "acl":
                return token.head if self.tag(i) == "VBG" else None
            if token.dep not in {
                "acl",
                "xcomp",
                "conj",
                "aux",
                "auxpass",
                "advcl",
                "pcomp",
                "prep",
                "dep",
                "dobj",
                "pobj",
                "ccomp",
                "attr",
            }:
                return None
        return None

    def _antecedent(self, verb: int, subject: int) -> int:
        """Return what a relative pronoun stands for, else the subject itself."""
        relative = self.tag(subject) in {"WDT", "WP"} or (
            self.tokens[verb].dep == "relcl" and self.lemma(subject) == "that"
        )
        return self.tokens[verb].head if relative and self.tokens[verb].dep == "relcl" else subject

    def passive(self, verb: int) -> bool:
        """Tell whether a verb is passive: its own auxiliary, somebody by whom, or a bare participle after a noun."""
        if self.kids(verb, "auxpass", "nsubjpass", "agent"):
            return True
        return self.tag(verb) == "VBN" and self.tokens[verb].dep == "acl"

    def by_phrase(self, verb: int) -> int | None:
        """Return the noun after "by"."""
        for child in self.kids(verb, "agent", "prep"):
            if self.lemma(child) == "by":
                return next(iter(self.kids(child, "pobj")), None)
        return None
