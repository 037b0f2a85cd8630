"""Which operators govern an event, from its own word up to the clause that somebody utters?

Each edge on the way up either passes the event on as a complement (then the governing word may be an operator, and
its own negation and modals count), or leaves it beside the main line (a relative clause, a subject, an adjunct): then
the walk ends, and what stands above does not touch the event.

Refuses to do: nothing is concluded; judge.py reads the operators off.
"""

from __future__ import annotations

from bot.nlp.languages.en import words
from bot.nlp.languages.en.operators import MODALS, Way, form, governs, is_nothing, modals, negated, own
from bot.nlp.languages.en.tree import NOMINAL, SUBJECTS, Tree

_LIGHT = frozenset(
    """
    have make do take get give conduct carry see begin start be remain become keep hold include involve put
    announce confirm report complete suffer sustain incur inflict issue launch lodge voice express mount stage raise
    convey post log witness mark face impose draw deliver unveil sign seal record register
    """.split()
)
_TAKES_GERUND = frozenset({"ruled out", "considered", "denial", "refused", "ended", "begun"})
"""Kinds of operators whose complement the parser may take for an adjunct: "ruled out sending"."""

_CONTENT = frozenset(
    """
    report claim evidence intelligence fact sign statement confirmation allegation assessment estimate belief
    conclusion indication information news word rumor rumour suggestion assertion accusation charge proof
    """.split()
)
"""Nouns whose that-clause is what is told, not a description of them."""

_COMPLEMENT = frozenset({"ccomp", "xcomp", "pcomp", "acomp", "oprd", "attr", "dative", "csubjpass"})
_INSIDE = frozenset({"compound", "amod", "nmod", "poss"})
_OBJECT = frozenset({"dobj", "nsubjpass", "attr", "oprd"})


def climb(tree: Tree, top: int, inside: frozenset[int] = frozenset()) -> Way:
    """Return the operators above an event; negations inside its own words are part of them."""
    way = Way(path=set(inside))
    form(tree, top, way)
    own(tree, top, way)
    below = top
    for i in tree.up(top):
        way.path.add(i)
        if i == top:
            continue
        if not _edge(tree, i, below, way):
            break
        below = i
    if "denial" not in way.ops:
        _denied_above(tree, top, way)
    return way


def _denied_above(tree: Tree, top: int, way: Way) -> None:
    """Look past claims and reports for a verb that denies them: "dismisses claims that …"."""
    below = top
    for i in tree.up(top):
        if i != top:
            if tree.tokens[below].dep in SUBJECTS and any(
                tree.lemma(k) in words.DENY for k in tree.kids(i, "acomp", "attr", "oprd")
            ):
                way.add("denial", tree.lemma(i))
                return
            if tree.tokens[below].dep in {"advcl", "relcl", "conj"} | SUBJECTS - {"nsubjpass"}:
                return
            if tree.verbal(i) and tree.lemma(i) in words.DENY:
                way.add("denial", tree.lemma(i))
                if negated(tree, i, way.path):
                    way.negate("not")
                return
        below = i


def _edge(tree: Tree, i: int, below: int, way: Way) -> bool:
    """Take one step up; False where the event's line ends."""
    dep = tree.tokens[below].dep
    if tree.verbal(i) and dep in {"ccomp", "parataxis"} and tree.lemma(i) in words.SAY | words.DENY:
        way.said = True
        if tree.lemma(i) in words.DENY:
            way.add("denial", tree.lemma(i))
            own(tree, i, way)
        return False
    if dep in SUBJECTS and dep not in {"nsubjpass", "csubjpass"}:
        _predicate(tree, i, way)
        return False
    if tree.tokens[i].pos == "ADP" or dep in {"prep", "agent"}:
        return _through_preposition(tree, i, below, way)
    if dep in _COMPLEMENT | _OBJECT | _INSIDE:
        return _govern(tree, i, below, way)
    if dep in {"conj", "appos"}:
        return _coordinated(tree, i, below, way)
    return _clause_edge(tree, i, below, way)


def _clause_edge(tree: Tree, i: int, below: int, way: Way) -> bool:
    """Step over an acl, advcl or relcl edge, or end."""
    infinitive = any(tree.lemma(k) == "to" for k in tree.kids(below, "aux"))
    dep = tree.tokens[below].dep
    if dep in {"acl", "advcl", "relcl"} and infinitive and governs(tree, i):
        return _govern(tree, i, below, way)
    if dep in {"acl", "relcl"} and infinitive and tree.lemma(i) in words.GROUND and is_nothing(tree, i):
        way.add("ruled out", f"no {tree.lemma(i)}")
        return False
    if dep in {"acl", "relcl"} and tree.lemma(i) in _CONTENT and _told(tree, i, below):
        way.add("believed", tree.lemma(i))
        own(tree, i, way)
        return True
    if dep == "advcl" and tree.tag(below) == "VBG" and governs(tree, i) in _TAKES_GERUND:
        return _govern(tree, i, below, way)
    marks = {tree.lemma(k) for k in tree.kids(below, "mark")} | {
        tree.lemma(k) for k in tree.kids(below, "aux") if tree.tokens[k].text[:1].isupper()
    }
    if dep == "advcl" and marks & {"if", "unless", "should", "whether", "before", "until"}:
        way.hypothetic = True
        way.steps.append(f"hypothesis: {'/'.join(sorted(marks))}")
    elif dep == "advcl" and infinitive:
        way.add("intended", "to")
    elif dep in {"acl", "advcl", "relcl"} and not (tree.title and tree.tokens[i].dep == "ROOT"):
        way.aside = True
        way.steps.append(f"aside: {dep} of {tree.tokens[i].text}")
    return False


def _told(tree: Tree, noun: int, clause: int) -> bool:
    """Tell a clause that says what a noun is about from one that only describes it: "evidence that they came".

    What is alleged does without the "that": "claims it passed …".
    """
    opening = [tree.lemma(k) for k in tree.kids(clause, "mark", "nsubj", "nsubjpass")]
    if "that" in opening[:1]:
        return len(opening) > 1
    return bool(opening) and tree.lemma(noun) in words.ALLEGED and opening[0] not in {"which", "who"}


def _govern(tree: Tree, i: int, below: int, way: Way) -> bool:
    """Let a word govern the event as its complement."""
    op = "denial" if words.denied(tree.lemma(i), tree.lemma(below)) else governs(tree, i)
    if tree.lemma(i) in words.LIFT and "refused" in way.ops:
        op = "lifted"
        way.add(op, tree.lemma(i))
        way.negations += 1
    elif op:
        way.add(op, tree.lemma(i))
    nominal_event = tree.tokens[below].pos in NOMINAL and tree.tokens[below].dep in _OBJECT
    if nominal_event and not op and tree.lemma(i) not in _LIGHT and "noun" in way.ops:
        if not way.ops - {"noun"}:
            way.add("mention", tree.lemma(i))
        return False
    own(tree, i, way)
    return True


def _through_preposition(tree: Tree, i: int, below: int, way: Way) -> bool:
    """Pass a preposition: its governor counts only if it is an operator."""
    if tree.tokens[i].pos in {"ADP", "SCONJ"} and tree.tokens[below].dep in {"pobj", "pcomp"}:
        if tree.lemma(i) in {"without", "instead"}:
            way.negate(tree.lemma(i))
        elif tree.lemma(i) == "against":
            way.add("refused", "against")
        return True
    op = "considered" if tree.lemma(i) == "decision" else governs(tree, i)
    if op:
        way.add(op, tree.lemma(i))
        own(tree, i, way)
        return True
    if tree.verbal(i) and tree.tokens[i].dep in {"xcomp", "pcomp"}:
        return True
    if tree.lemma(i) in words.STANCE and (way.negations % 2 or "refused" in way.ops):
        way.negations -= way.negations % 2
        way.add("refused", tree.lemma(i))
        return True
    if not way.ops - {"noun", "participle"}:
        way.add("mention", tree.lemma(i))
    return False


def _coordinated(tree: Tree, i: int, below: int, way: Way) -> bool:
    """Share modals with the verb that a second verb is joined to, unless it has its own subject."""
    own = any(tree.tokens[k].dep in SUBJECTS for k in tree.kids(below))
    if tree.verbal(i) and not own and not tree.kids(below, "aux"):
        modals(tree, i, way)
    return True


_PREDICATES = {
    **dict.fromkeys(words.DENY, "denial"),
    **dict.fromkeys("possible likely option possibility probable".split(), "possible"),
    **dict.fromkeys("impossible unlikely unthinkable".split(), "refused"),
    **dict.fromkeys("begin start continue resume underway".split(), "begun"),
}
_PHRASES = {
    "table": "considered", "consideration": "considered", "review": "considered", "discussion": "considered",
    "question": "refused", "way": "begun",
}  # fmt: skip


def _predicate(tree: Tree, i: int, way: Way) -> None:
    """Note what a predicate says of an event that is its subject: "is on the table", "is unlikely", "has begun"."""
    found = [
        (op, tree.lemma(k))
        for k in (i, *tree.kids(i, "acomp", "attr", "prep", "xcomp", "advmod", "oprd", "prt"))
        if (op := _predicate_op(tree, k))
    ]
    if found:
        for op, lemma in found:
            way.add(op, lemma)
        own(tree, i, way)
        return
    modal = {MODALS.get(tree.tokens[k].text.lower(), "") for k in tree.kids(i, "aux")}
    # "the prospect of X could harm Y" says that X may come; "would" tells only what X would mean
    feared = modal == {"possible"} and way.ops & {"considered", "possible"}
    if modal & {"would", "possible", "future"} and not feared:
        way.hypothetic = True
        way.steps.append("hypothesis: what it would mean")
    elif not way.ops - {"noun", "participle"}:
        way.add("mention", tree.lemma(i))


def _predicate_op(tree: Tree, k: int) -> str:
    if tree.lemma(k) in _PREDICATES:
        return _PREDICATES[tree.lemma(k)]
    if tree.tokens[k].dep != "prep":
        return ""
    return next((_PHRASES[tree.lemma(p)] for p in sorted(tree.subtree(k)) if tree.lemma(p) in _PHRASES), "")
