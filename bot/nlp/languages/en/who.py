"""Whose act is an event in an English sentence, and who says so?

Refuses to do: which holder a name stands for is resolved already; here it is found in its place in the grammar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.nlp.analysis import Attribution, Mention, Trigger
from bot.nlp.languages.en import words
from bot.nlp.languages.en.tree import NOMINAL, SUBJECTS, Tree

_STAND_INS = frozenset(
    """
    it they he she its their his her country government office side nation who that which president minister
    ministry official leader leadership army military troop soldier spokesman spokeswoman spokesperson envoy
    adviser aide embassy authority administration commission delegation agency parliament lawmaker state capital
    regime force statement ambassador diplomat general commander unit man move step decision party opposition
    poll survey pact treaty deal support majority cent percent respondent source document communique force
    report people we both two one
    """.split()
)
_TELLING = words.SAY | words.BELIEVE | words.DENY | words.ADMIT
_SAYING = words.SAY | words.DENY | words.ADMIT
_CITING = frozenset({"cite", "quote", "citing", "quoting"})
_NOT = frozenset({"not", "n't", "never", "no", "without", "neither", "nor", "instead", "rather"})
_TOLD = frozenset({"say", "tell", "report", "claim", "announce", "write", "confirm", "state", "add", "estimate"})
_NAMING = frozenset({"NOUN", "PROPN", "DET", "ADJ", "ADP", "PART", "CCONJ", "NUM"})
"""Parts of speech of a name with its titles: "a spokesman for South Korea's defence ministry"."""
_HYPHENS = frozenset({"-", "‑"})
_BESIDE = 2
"""Tokens between a name at the end and its verb of saying, where the parser has lost the subject."""

_NOBODY = Mention("", "", 0, 0)
"""Stands for an agent that is named and is none of the holders."""


def agent(tree: Tree, trigger: Trigger, mentions: Sequence[Mention]) -> Mention | None:
    """Return whose act the event is; None where the sentence does not say."""
    top = tree.top(trigger)
    if not tree.verbal(top):
        own = _of_noun(tree, top, mentions)
        if own:
            return own
    verb = tree.clause(top)
    if tree.verbal(verb):
        return _of_verb(tree, verb, mentions)
    return _left(mentions, trigger.first) if tree.title else None


def _of_noun(tree: Tree, noun: int, mentions: Sequence[Mention]) -> Mention | None:
    """Return the owner of a noun: "Seoul's refusal", "Russian warning", "a pledge by Moscow"."""
    before = tree.kids(noun, "poss", "amod", "compound", "nmod")
    by = tree.by_phrase(noun)
    of = [n for p in tree.kids(noun, "prep") if tree.lemma(p) == "of" for n in tree.kids(p, "pobj")]
    for place in (*before, *([by] if by is not None else []), *of):
        found = _within(tree, place, mentions)
        if found:
            return found
    return None


def _of_verb(tree: Tree, verb: int, mentions: Sequence[Mention]) -> Mention | None:
    if tree.passive(verb):
        by = tree.by_phrase(verb)
        return _within(tree, by, mentions) if by is not None else None
    subject = tree.subject(verb)
    if subject is None:
        return _left(mentions, verb) if tree.title else None
    found = _within(tree, subject, mentions)
    if found is None and tree.lemma(subject) in _STAND_INS:
        return _speaker(tree, verb, mentions)
    return found or _NOBODY


def _speaker(tree: Tree, verb: int, mentions: Sequence[Mention]) -> Mention | None:
    """Return the subject of the clause above, for which a pronoun stands."""
    for i in tree.up(verb):
        if i != verb and tree.verbal(i):
            subject = tree.subject(i)
            if subject is not None:
                return _within(tree, subject, mentions)
    return None


def _within(tree: Tree, top: int, mentions: Sequence[Mention]) -> Mention | None:
    """Return the mention that a noun phrase stands for: its head, else what modifies the head."""
    phrase = tree.subtree(top)
    inside = [m for m in mentions if tree.head_of(m.first, m.last) in phrase]
    for mention in inside:
        if mention.first <= top <= mention.last:
            return mention
    near = [m for m in inside if m.first <= top]
    if near:
        return near[-1] if any(m.voice for m in near[-1:]) else near[0]
    return inside[0] if inside else None


def _left(mentions: Sequence[Mention], place: int) -> Mention | None:
    return next((m for m in mentions if m.first < place), None)


def attribution(tree: Tree, trigger: Trigger, mentions: Sequence[Mention]) -> Attribution:
    """Return who says what the sentence reports of the event; of a messenger whom it cites."""
    source = _attribution(tree, trigger, mentions)
    messenger = source.mention
    cited = None
    if messenger is not None and messenger.speaker and not messenger.holder:
        cited = _cited(tree, messenger, mentions)
    if cited is None:
        return source
    return replace(source, mention=cited, steps=(*source.steps, f"cited: {tree.tokens[cited.first].text}"))


def _cited(tree: Tree, messenger: Mention, mentions: Sequence[Mention]) -> Mention | None:
    """Return whom a messenger cites: "citing the NIS", not "citing North Korean papers", nor "without citing"."""
    for i, token in enumerate(tree.tokens):
        if not {token.lemma, token.text.lower()} & _CITING or not _cites(tree, i, messenger, mentions):
            continue
        for noun in tree.kids(i, "dobj", "pobj", "nsubj"):
            found = _within(tree, noun, mentions)
            if found is None or not found.holder or found.first < i or _negated(tree, [noun, i], noun):
                continue
            if found.voice or found.first <= noun <= found.last or tree.lemma(noun) in _STAND_INS:
                return found
    return None


def _cites(tree: Tree, citing: int, messenger: Mention, mentions: Sequence[Mention]) -> bool:
    """Tell whether it is the messenger who cites: under its own verb of saying, or beside its name."""
    between = range(messenger.last + 1, citing)
    if citing > messenger.last and all(_passed(tree, j, messenger, mentions) for j in between):
        return not any(m.first in between for m in mentions)
    way = list(tree.up(citing))
    above = next((at for at, j in enumerate(way) if at and tree.verbal(j)), 0)
    subject = tree.subject(citing)
    if subject is None or _within(tree, subject, mentions) != messenger or _negated(tree, way[1:above], citing):
        return False
    hangs = any(messenger.first <= j <= messenger.last for j in way[1:above])
    return hangs or above == 0 or tree.lemma(way[above]) in _TELLING


def _passed(tree: Tree, i: int, messenger: Mention, mentions: Sequence[Mention]) -> bool:
    """Tell whether a word may stand between a messenger and its citing: "Yonhap reported on Friday, citing"."""
    if tree.tokens[i].dep in SUBJECTS and _within(tree, i, mentions) != messenger:
        return False
    known = tree.tokens[i].pos in {"PUNCT", "NOUN", "PROPN", "ADP", "DET", "NUM"} or tree.lemma(i) in _TELLING
    return known and tree.lemma(i) not in _NOT


def _negated(tree: Tree, places: Sequence[int], end: int) -> bool:
    """Tell whether one of the places, or what hangs on it before the end, is a word of negation."""
    return any(tree.lemma(j) in _NOT for i in places for j in (i, *tree.kids(i)) if j <= end)


def _attribution(tree: Tree, trigger: Trigger, mentions: Sequence[Mention]) -> Attribution:
    top = tree.top(trigger)
    below = top
    for i in tree.up(top):
        edge, what, below = tree.tokens[below].dep, tree.lemma(below), i
        if i == top or not tree.verbal(i):
            continue
        denied = words.denied(tree.lemma(i), what)
        telling = tree.lemma(i) in _TELLING or denied
        if not telling and not _makes_clear(tree, i):
            continue
        if tree.passive(i) and edge in {"xcomp", "ccomp"}:
            return Attribution(unnamed=True, steps=(f"source: unnamed ({tree.lemma(i)})",))
        if denied or tree.lemma(i) in words.DENY | words.ADMIT:
            edge = "ccomp" if edge in {"dobj", "pcomp", "xcomp", "prep"} else edge
        if edge not in {"ccomp", "parataxis"} or (telling and not denied and tree.lemma(i) not in _SAYING):
            continue
        subject = tree.subject(i)
        if subject is not None:
            return _source(tree, subject, mentions, tree.lemma(i))
        beside = next((m for m in mentions if 0 < i - m.last <= _BESIDE and m.first > trigger.last), None)
        if beside is not None:
            return _source(tree, tree.head_of(beside.first, beside.last), mentions, tree.lemma(i))
    told = _according(tree, mentions) or _told_after(tree, trigger, mentions)
    if told:
        return told
    return _headline(tree, trigger, mentions) if tree.title else Attribution()


def _makes_clear(tree: Tree, i: int) -> bool:
    """Tell whether a verb is "make clear" or "make it plain", which is to say so."""
    return tree.lemma(i) == "make" and any(tree.lemma(k) in {"clear", "plain"} for k in tree.kids(i))


def _source(tree: Tree, noun: int, mentions: Sequence[Mention], verb: str) -> Attribution:
    mention = _within(tree, noun, mentions)
    lemmas = {tree.lemma(i) for i in tree.subtree(noun)}
    who = " ".join(tree.tokens[i].text for i in sorted(tree.subtree(noun)))[:60]
    return Attribution(
        mention=mention,
        unnamed=tree.lemma(noun) in words.UNNAMED,
        named_before=mention is None and tree.lemma(noun) in _STAND_INS - words.UNNAMED,
        analyst=bool(lemmas & words.ANALYST) and tree.tokens[noun].pos in NOMINAL and not _in_office(mention, noun),
        steps=(f"source: {who} ({verb})",),
    )


def _in_office(mention: Mention | None, noun: int) -> bool:
    """Tell of a source whether it is somebody known to speak for a holder, whatever else he directs."""
    if mention is None or mention.speaker or not (mention.holder and mention.voice):
        return False
    return mention.first <= noun <= mention.last


def _according(tree: Tree, mentions: Sequence[Mention]) -> Attribution | None:
    for i, token in enumerate(tree.tokens):
        if token.lemma == "accord" or token.text.lower() == "according":
            noun = next((j for j in range(i + 1, len(tree.tokens)) if tree.tokens[j].dep == "pobj"), None)
            if noun is not None:
                return _source(tree, noun, mentions, "according to")
    return None


def _told_after(tree: Tree, trigger: Trigger, mentions: Sequence[Mention]) -> Attribution | None:
    """Return who says so behind a comma: "…, spokesman John Kirby said"; the parser often hangs that on a noun."""
    for i in range(trigger.last + 1, len(tree.tokens)):
        after = tree.tokens[i + 1].text if i + 1 < len(tree.tokens) else ""
        if tree.lemma(i) not in _TOLD or not tree.verbal(i) or after in {"to", "by"}:
            continue
        comma = i - 1
        while comma > trigger.last and (tree.tokens[comma].pos in _NAMING or tree.tokens[comma].text in _HYPHENS):
            comma -= 1
        behind = [m for m in mentions if comma < m.first and m.last < i]
        if comma > trigger.last and tree.tokens[comma].text == "," and behind:
            return _source(tree, tree.head_of(behind[-1].first, behind[-1].last), behind[-1:], tree.lemma(i))
    return None


def _apart(tree: Tree, i: int) -> bool:
    """Tell a mark that parts a headline from a hyphen inside a word."""
    after = tree.tokens[i + 1].start if i + 1 < len(tree.tokens) else -1
    return after != tree.tokens[i].end


def _headline(tree: Tree, trigger: Trigger, mentions: Sequence[Mention]) -> Attribution:
    """Read the headline's own marks: "NIS: …", "… : Seoul", "… - ministry"."""
    marks = [i for i, token in enumerate(tree.tokens) if token.text in {":", "-", "–", "—", "|"} and _apart(tree, i)]
    for mark in marks:
        before = [m for m in mentions if m.last < mark]
        after = [m for m in mentions if m.first > mark]
        if tree.tokens[mark].text == ":" and mark < trigger.first and before and mark <= 5:
            return Attribution(before[0], steps=(f"source: {tree.tokens[before[0].first].text}:",))
        if mark > trigger.last and len(tree.tokens) - mark <= 6:
            tail = {t.lemma for t in tree.tokens[mark + 1 :]}
            if after or tail & words.UNNAMED:
                return Attribution(
                    after[0] if after else None,
                    unnamed=bool(tail & words.UNNAMED),
                    analyst=bool(tail & words.ANALYST),
                    steps=("source: at the end of the headline",),
                )
    return Attribution()
