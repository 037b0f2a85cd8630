"""Which operators stand at a word itself: negation, modals, tense, qualifying adjectives, and its own class?

Refuses to do: how one gets from the event to the words above it is climb.py's.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.nlp.languages.en import words
from bot.nlp.languages.en.tree import NOMINAL, Tree

_NEGATIVE = frozenset({"not", "n't", "never", "neither", "nor", "hardly", "no"})
_NOTHING = frozenset({"no", "neither", "none", "nothing", "nobody"})
MODALS = {
    "may": "possible", "might": "possible", "could": "possible", "can": "possible", "ca": "possible",
    "will": "future", "'ll": "future", "’ll": "future", "shall": "future", "wo": "future",
    "would": "would", "'d": "would", "should": "ought", "must": "ought", "ought": "ought",
}  # fmt: skip
_QUALIFIED = {
    "possible": "possible", "potential": "possible", "likely": "possible", "prospective": "possible",
    "expected": "possible", "planned": "possible", "proposed": "possible", "future": "possible",
    "eventual": "possible", "imminent": "possible", "looming": "possible", "feared": "possible",
    "further": "possible", "additional": "possible", "probable": "possible", "upcoming": "possible",
    "alleged": "believed", "reported": "believed", "purported": "believed", "suspected": "believed",
    "apparent": "believed", "confirmed": "believed",
}  # fmt: skip
_BESIDE = frozenset(["after", "since", "while", "although", "though", "because", "when", "before", "until"])


@dataclass(slots=True)
class Way:
    """What was met on the way up.

    Args:
        clauses: verbs on the way, innermost first.
        path: every word on the way.
        said: the way ended at a verb of saying.
        aside: the event stands in a clause that modifies something else.
    """

    steps: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    clauses: list[int] = field(default_factory=list)
    path: set[int] = field(default_factory=set)
    negations: int = 0
    history: bool = False
    hypothetic: bool = False
    aside: bool = False
    said: bool = False

    @property
    def ops(self) -> frozenset[str]:
        """The kinds of operators met."""
        return frozenset(self.found)

    def add(self, op: str, word: str) -> None:
        """Note an operator with the word that carries it."""
        self.found.append(op)
        self.steps.append(f"{op}: {word}")

    def negate(self, word: str) -> None:
        """Note a negation."""
        self.negations += 1
        self.steps.append(f"negation: {word}")


def own(tree: Tree, i: int, way: Way) -> None:
    """Note what stands directly at a word: negation, modals, history, qualifying adjectives."""
    if tree.verbal(i):
        way.clauses.append(i)
        if any(tree.lemma(k) == "whether" for k in tree.kids(i, "mark")):
            way.add("considered", "whether")
        if negated(tree, i, way.path):
            way.negate("not")
        if way.ops == {"infinitive"} and any(tree.lemma(k) == "yet" for k in tree.kids(i, "advmod")):
            way.hypothetic = True
            way.steps.append("yet to: not done so far")
        modals(tree, i, way)
        _history(tree, i, way)
        if {tree.lemma(k) for k in tree.kids(i, "mark")} & _BESIDE:
            way.aside = True
        return
    for k in tree.kids(i, "det", "amod", "advmod", "neg", "compound", "preconj", "predet"):
        lemma = tree.lemma(k)
        if lemma in {"no", "neither", "not"} and k not in way.path:
            way.negate(lemma)
        elif lemma in _QUALIFIED:
            way.add(_QUALIFIED[lemma], lemma)


def negated(tree: Tree, i: int, path: set[int]) -> bool:
    """Tell whether a verb is negated, by itself or by a subject or object that is nothing; not by the event's own."""
    beside = (k for k in tree.kids(i, "neg", "advmod", "preconj", "cc", "det") if k not in path)
    if any(tree.lemma(k) in _NEGATIVE or _no_longer(tree, k, path) for k in beside):
        return True
    nouns = tree.kids(i, "dobj", "attr", "nsubj", "nsubjpass")
    nouns += [n for p in tree.kids(i, "prep") if tree.lemma(p) == "with" for n in tree.kids(p, "pobj")]
    return any(is_nothing(tree, n) for n in nouns if n not in path)


def _no_longer(tree: Tree, adverb: int, path: set[int]) -> bool:
    return tree.tokens[adverb].text.lower() == "longer" and any(
        tree.lemma(k) == "no" for k in tree.kids(adverb) if k not in path
    )


def is_nothing(tree: Tree, noun: int) -> bool:
    """Tell whether a noun is said not to be there: "no reason"."""
    if tree.lemma(noun) in _NOTHING or any(tree.lemma(d) in _NOTHING for d in tree.kids(noun, "det", "neg")):
        return True
    return any(tree.lemma(j) == "not" for j in range(max(noun - 5, 0), noun)) and bool(
        {"single", "one", "any"} & {tree.lemma(k) for k in tree.kids(noun)}
    )


def modals(tree: Tree, i: int, way: Way) -> None:
    """Note modal verbs and adverbs of a verb."""
    for k in tree.kids(i, "aux"):
        word = tree.tokens[k].text.lower()
        if word in MODALS:
            way.add(MODALS[word], word)
    for k in tree.kids(i, "advmod"):
        if (
            tree.lemma(k) in {"likely", "possibly", "perhaps", "probably", "maybe", "potentially"}
            and "perfect" not in way.ops
        ):
            way.add("possible", tree.lemma(k))


def _history(tree: Tree, i: int, way: Way) -> None:
    for k in tree.kids(i, "advmod"):
        lemma = tree.lemma(k)
        if lemma in words.HISTORY or (tree.tokens[k].text.lower() == "long" and k < i):
            way.history = True
            way.steps.append(f"history: {lemma}")


def governs(tree: Tree, i: int) -> str:
    """Return the kind of operator that a word is for its complement, "" for none."""
    if tree.tokens[i].pos in {"ADP", "SCONJ", "DET", "PRON", "PUNCT"}:
        return ""
    lemma = tree.lemma(i)
    if lemma == "rule":
        return "ruled out" if any(tree.lemma(k) == "out" for k in tree.kids(i)) else ""
    if lemma == "talk" and any(tree.kids(k, "pobj") for k in tree.kids(i, "prep") if tree.lemma(k) == "of"):
        return "believed"
    if lemma in {"ought", "need"} or (lemma == "have" and _to(tree, i)):
        return "ought"
    if lemma in {"talk", "discussion", "negotiation"} and tree.tokens[i].pos in NOMINAL:
        return "considered"
    return next((op for op, lexicon in _CLASSES if lemma in lexicon), "")


def _to(tree: Tree, i: int) -> bool:
    """Tell "has to send" from "has sent" and "has yet to send"."""
    infinitive = any(tree.lemma(aux) == "to" for k in tree.kids(i, "xcomp") for aux in tree.kids(k, "aux"))
    return infinitive and not any(tree.lemma(k) == "yet" for k in tree.kids(i, "advmod"))


_CLASSES = (
    ("ruled out", words.RULE_OUT),
    ("denial", words.DENY),
    ("refused", words.REFUSE),
    ("ended", words.END),
    ("considered", words.CONSIDER),
    ("decided", words.DECIDE),
    ("intended", words.INTEND),
    ("possible", words.EXPECT),
    ("asked", words.ASK),
    ("begun", words.BEGIN),
    ("believed", words.BELIEVE),
)


def _lost_verb(tree: Tree, i: int) -> bool:
    """Tell the root of a headline that the parser took for a noun where no other word can be the verb."""
    if not tree.title or tree.tokens[i].dep != "ROOT" or not tree.kids(i, "nsubj", "compound", "nmod", "poss"):
        return False
    return not any(tree.verbal(k) for k in range(len(tree.tokens)))


def form(tree: Tree, i: int, way: Way) -> None:
    """Note the form of the event's own word."""
    token, tag = tree.tokens[i], tree.tag(i)
    if not tree.verbal(i):
        way.add("tense" if _lost_verb(tree, i) else "noun", token.text)
        return
    helpers = {tree.lemma(k) for k in tree.kids(i, "aux", "auxpass")}
    if "have" in helpers:
        way.add("perfect", "have")
    elif "to" in helpers:
        way.add("infinitive", "to")
    elif (
        tag == "VBG"
        and "be" not in helpers
        and not (tree.title and tree.kids(i, "nsubj", "dobj") and token.dep == "ROOT")
    ):
        way.add("participle", token.text)
    else:
        way.add("tense", token.text)
