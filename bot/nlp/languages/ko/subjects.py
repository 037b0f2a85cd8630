"""Which noun phrases of a Korean sentence can be the subject of an event?

By particles: 이/가 is the subject of the next verb, 은/는 stays on offer for all that follow; a headline puts its
subject before a comma or a quotation. A subject goes with its clause: …가 인정한 데 대해 leaves nobody behind, nor
does …가 …하면.

Refuses to do: no names; mentions come from outside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.nlp.analysis import Mention, Sentence, Token, Trigger
from bot.nlp.languages.ko.line import QUOTATIVE, Line
from bot.nlp.languages.ko.words import ANAPHORS, FOLLOWERS, OF_FACT, PEOPLE

NOMINAL = re.compile(r"N|XSN|XPN|SN|SH|SL|MM|SW|XR")
_BINDS = frozenset({"·", "ㆍ", "-", "∼", "~"})
_IDLE = frozenset({"지나다", "오다", "이르다", "대하다", "관하다", "위하다"})
"""Verbs before a noun that are hardly verbs any more: 지난 8일, 이른바."""
_ASIDE = 8
"""Tokens of a bracket behind a name."""
_IFS = frozenset({"면", "으면", "다면", "ㄴ다면", "는다면", "라면", "이라면"})


@dataclass(frozen=True, slots=True)
class Subject:
    """A noun phrase that may be the subject of an event.

    Args:
        mention: who it is, None for somebody or something without a name.
        last: its last token, the particle included.
        wide: it holds beyond its own clause (은/는, a headline's head).
        foreign: a proper name that stands for no holder.
    """

    mention: Mention | None
    first: int
    last: int
    wide: bool
    head: Token
    foreign: bool = False


def open_subjects(sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> list[Subject]:
    """Return the subjects still open where the trigger stands, the outermost first."""
    tokens = sentence.tokens
    stack: list[Subject] = []
    quoted = bool(QUOTATIVE.search(Line(tokens, trigger.last + 1).text))
    at = 0
    while at < trigger.first:
        subject = subject_at(sentence, at, trigger.first, mentions)
        if subject is not None:
            stack.append(subject)
            at = subject.last + 1
            continue
        if supposes(tokens, at):
            _close(stack, wide=opening(tokens, at) >= 0)
        elif QUOTATIVE.match(f"{tokens[at].lemma}/{tokens[at].pos} "):
            del stack[1:]
        elif _closes(tokens, at, quoted=quoted):
            _close(stack, wide=False)
        at += 1
    return stack


def all_subjects(sentence: Sentence, stop: int, mentions: Sequence[Mention]) -> list[Subject]:
    """Return every subject before a place, open or not."""
    found: list[Subject] = []
    at = 0
    while at < stop:
        subject = subject_at(sentence, at, stop, mentions)
        if subject is not None:
            found.append(subject)
            at = subject.last
        at += 1
    return found


def subject_at(
    sentence: Sentence, at: int, stop: int, mentions: Sequence[Mention], *, asides: bool = False
) -> Subject | None:
    """Return the subject whose noun phrase begins at `at`, None where none begins.

    Args:
        asides: a bracket behind the name belongs to it: 뉴욕타임스(NYT)가.
    """
    tokens = sentence.tokens
    if not inside_phrase(tokens, at) or (at and inside_phrase(tokens, at - 1)):
        return None
    end = at
    while end < stop and (inside_phrase(tokens, end) or _appositive(tokens, end) or _listed(tokens, end, at)):
        end += 1
    named, end = end, _behind_aside(tokens, end) if asides else end
    if end >= len(tokens):
        return None
    mark = tokens[end]
    wide = mark.pos == "JX" and mark.lemma in {"은", "는"}
    head_first = sentence.title and _headline(tokens, at, end)
    if not (wide or head_first or mark.pos == "JKS" or mark.lemma == "께서"):
        return None
    if end >= stop and not head_first:
        return None
    head = tokens[_head(tokens, at, named)]
    mention = (
        speaks_for(mentions, at, named - 1)
        if _animate(tokens, mentions, at, named) or (head_first and mark.pos == "SSO")
        else None
    )
    foreign = mention is None and head.pos in {"NNP", "SH"} and head.lemma not in ANAPHORS
    return Subject(mention, at, end if end < stop else end - 1, wide or head_first, head, foreign)


def _behind_aside(tokens: Sequence[Token], at: int) -> int:
    """Return the place behind a bracket that opens at `at` and closes soon, else `at`."""
    within = tokens[at : at + _ASIDE] if at < len(tokens) and tokens[at].text == "(" else ()
    return next((at + i + 1 for i, token in enumerate(within) if token.text == ")"), at)


def _closes(tokens: Sequence[Token], at: int, *, quoted: bool) -> bool:
    """Tell whether a token ends a clause that had its own 이/가: before a noun, or before a verb of saying."""
    token = tokens[at]
    if token.pos == "ETM":
        verb = tokens[at - 1] if at else token
        return verb.pos not in {"VA", "XSA"} and verb.lemma not in _IDLE and _complement(tokens, at, quoted=quoted)
    return token.pos == "ETN"


def _complement(tokens: Sequence[Token], at: int, *, quoted: bool) -> bool:
    """Tell whether a clause before a noun has taken its subject with it; in reported speech only …한 데, …한 것 do."""
    following = tokens[at + 1].lemma if at + 1 < len(tokens) else ""
    return not quoted or following in OF_FACT


def supposes(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a token ends an if-clause; its subject is not that of what would follow."""
    return tokens[at].pos == "EC" and tokens[at].lemma in _IFS and tokens[at - 1].lemma != "이르다"


def _close(stack: list[Subject], *, wide: bool) -> None:
    if len(stack) > 1 and (wide or not stack[-1].wide):
        stack.pop()


def _head(tokens: Sequence[Token], first: int, end: int) -> int:
    """Return the noun that a phrase is headed by; 등 and 들 only follow it."""
    at = end - 1
    while at > first and (tokens[at].lemma in FOLLOWERS or tokens[at].pos == "XSN"):
        at -= 1
    return at


def _animate(tokens: Sequence[Token], mentions: Sequence[Mention], first: int, end: int) -> bool:
    """Tell whether a phrase is somebody: it ends in a name or in a noun for people; 북러 협력 is nobody."""
    head = _head(tokens, first, end)
    return tokens[head].lemma in PEOPLE | ANAPHORS or any(m.first <= head <= m.last for m in mentions)


def somebody(tokens: Sequence[Token], subject: Subject) -> bool:
    """Tell whether a subject is somebody, known or not; of 정부, 북러 조약 1년 "…" only the first is."""
    named = subject.mention is not None and tokens[subject.mention.last] is subject.head
    return named or subject.foreign or subject.head.lemma in PEOPLE | ANAPHORS


def _appositive(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a token joins two names of one phrase: 러시아의 푸틴 대통령, 미국과 한국."""
    return tokens[at].pos in {"JKG", "JC"} and at + 1 < len(tokens) and inside_phrase(tokens, at + 1)


def _listed(tokens: Sequence[Token], at: int, first: int) -> bool:
    """Tell whether a comma only parts the names of one list that 과/와 has opened: 미국과 한국, 일본 정상은."""
    joined = any(token.pos == "JC" for token in tokens[first:at])
    return joined and tokens[at].text == "," and at + 1 < len(tokens) and inside_phrase(tokens, at + 1)


def _headline(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Tell whether a headline's subject ends here: before a comma or a quotation."""
    return (
        end < len(tokens)
        and end > at
        and (tokens[end].text in {",", "，"} or tokens[end].pos == "SSO")
        and tokens[end].text not in "(["
    )


def speaks_for(mentions: Sequence[Mention], first: int, last: int) -> Mention | None:
    """Return who a noun phrase names: its last name, unless a country stands right before it (우크라 외교장관)."""
    inside = [mention for mention in mentions if first <= mention.first and mention.last <= last]
    while len(inside) > 1 and inside[-1].voice and inside[-2].last + 1 == inside[-1].first:
        inside.pop()
    return inside[-1] if inside else None


def inside_phrase(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a token may stand within a noun phrase."""
    return bool(NOMINAL.match(tokens[at].pos)) or tokens[at].text in _BINDS


def opening(tokens: Sequence[Token], at: int) -> int:
    """Return where the quotation round a token opens, -1 where it stands in none."""
    opened: list[int] = []
    for i, token in enumerate(tokens[:at]):
        if token.pos == "SSO" and token.text not in "([":
            opened.append(i)
        elif token.pos == "SSC" and token.text not in ")]" and opened:
            opened.pop()
    return opened[0] if opened else -1
