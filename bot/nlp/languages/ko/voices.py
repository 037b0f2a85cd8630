"""Who says what a Korean sentence tells of an event?

The subject of the verb of saying that the event's clause is handed to (…했다고 국정원이 밝혔다), what stands before or
after a headline's quotation, or somebody without a name (…한 것으로 알려졌다).

Refuses to do: no names; mentions come from outside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.nlp.analysis import Attribution, Mention, Sentence, Token, Trigger
from bot.nlp.languages.ko.line import QUOTATIVE, Line
from bot.nlp.languages.ko.subjects import (
    Subject,
    all_subjects,
    inside_phrase,
    opening,
    somebody,
    speaks_for,
    subject_at,
)
from bot.nlp.languages.ko.words import ANAPHORS

_ANALYSTS = re.compile(
    r"(?:전문가|연구위원|연구원|교수|애널리스트|학자|학계|연구소|싱크탱크|분석가"
    r"|칼럼니스트|평론가|논설위원|선임연구원|석좌|연구실장|연구센터장|박사)/NN\w "
)
_ANALYSIS = re.compile(
    r"(?:분석|해석|평가|진단|지적|풀이)/NN\w (?:이|도|가|을)/J\w+ (?:\S+ ){0,2}?(?:나오다"
    r"|있다|제기|우세|잇따르다|많다|지배)"
)
_COLUMN = re.compile(
    r"^\[/SSO (?:\S+ ){0,3}?(?:칼럼|사설|기고|시론|오피니언|전문가|진단|시평|논단|해설"
    r"|분석|수첩|특별기고|포럼|만물상|횡설수설|분수대|오늘과내일|데스크)/\w+ "
)
_UNNAMED = re.compile(
    r"것/NNB (?:으로|로)/JKB (?:\S+/S[NW] |\S+/NN[BG] "
    r"|\(/SSO (?:\S+ ){1,4}\)/SSC )*(?:알려지다|전하다|보이다|추정|관측|알리다|파악|추산"
    r"|전해지다|드러나다|풀이|예상|전망|분석|평가)|소식통/NNG |(?:정황|첩보|관측|보도|소문"
    r"|설|의혹)/NN\w (?:이|가|도)/JKS (?:\S+ ){0,4}?(?:있다|나오다|제기|포착|돌다|나돌다"
    r"|흘러나오다|퍼지다)|(?:외신|언론|매체|보도)/NN\w (?:들/XSN )?(?:에/JKB 따르다|은/JX"
    r"|는/JX|이/JKS|가/JKS)|알려지다/V\w |전해지다/V\w |(?:듯|듯하다)/\w+ "
)
_CONFIRMED = re.compile(r"것/NNB (?:으로|로)/JKB (?:\S+ ){0,3}?확인/NNG ")
_FINDS = re.compile(
    r"것/NNB (?:으로|로)/JKB (?:\S+ ){0,6}?(?:(?:보고|파악|추산|추정|판단|분석|평가|예상|전망)/NNG 하다/|보다/VV )"
)
"""A clause in 것으로 with somebody's verb: 보낸 것으로 파악했다; 보낸 것으로 파악됐다 has nobody's."""
_CITING = ("JKO", "인용")
_UNCITED = re.compile(
    r"인용/NNG (?:\S+/J\w+ )?(?:하다/XSV )?(?:지/EC |ㅁ/ETN )?(?:\S+/J\w+ )?"
    r"(?:않다|못하다|못|안|아니하다|없이|없다|말다)/"
)
"""Nobody is cited: 인용하지 않았다, 인용하지 못했다, 인용 없이."""
_ACCORDING = re.compile(
    r"(?:(?:관계자|당국자|대변인|소식통|측|당국|들|등|보고서|자료|발표|통신|보도|신문|뉴스)"
    r"/\w+ ){0,3}에/JKB 따르다/VV 면/EC "
)
"""What stands behind the name of who says so: 국정원에 따르면, 국방부 관계자들에 따르면."""
_DENIES = re.compile(r"(?:부인|일축|반박|시인|인정|부정)/NNG ")


def attribution(sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Attribution:
    """Return who says what the sentence tells of the event."""
    right = Line(sentence.tokens, trigger.last + 1)
    whole = Line(sentence.tokens, 0)
    if sentence.title and _COLUMN.search(whole.text):
        return Attribution(analyst=True, steps=("source: a column",))
    speaker = _speaker(sentence, trigger, mentions, right)
    if speaker is not None and speaker.mention is None and _analysts(sentence.tokens, speaker):
        return Attribution(analyst=True, steps=("source: an expert",))
    if speaker is None and _ANALYSIS.search(right.text):
        return Attribution(analyst=True, steps=("source: an analysis",))
    unnamed = bool(_UNNAMED.search(right.text)) and not _CONFIRMED.search(right.text)
    unnamed = unnamed and not (speaker is not None and _FINDS.search(right.text))
    named = _named(sentence.tokens, speaker, mentions)
    if named is not None:
        return Attribution(named, unnamed=unnamed, steps=(f"source: {named.speaker or named.holder}",))
    if speaker is None and not sentence.title:
        subjects = all_subjects(sentence, trigger.first, mentions)
        speaker = subjects[0] if subjects and subjects[0].wide and subjects[0].mention is None else None
    if speaker is not None and speaker.head.lemma in ANAPHORS and not unnamed:
        return Attribution(named_before=True, steps=("source: who spoke before",))
    return Attribution(unnamed=unnamed, steps=("source: unnamed",) if unnamed else ())


def _named(tokens: Sequence[Token], speaker: Subject | None, mentions: Sequence[Mention]) -> Mention | None:
    """Return who says so by name: the speaker, whom a messenger cites, or according to whom it is."""
    if speaker is None or speaker.mention is None:
        return next((m for m in mentions if _ACCORDING.match(Line(tokens, m.last + 1).text)), None)
    return (_cited(tokens, mentions) if not speaker.mention.holder else None) or speaker.mention


def _cited(tokens: Sequence[Token], mentions: Sequence[Mention]) -> Mention | None:
    """Return whom a messenger cites: 로이터통신은 국가정보원을 인용해, not 인용하지 않고."""
    for mention in mentions:
        after = tokens[mention.last + 1 : mention.last + 3]
        if (
            mention.holder
            and len(after) == len(_CITING)
            and after[0].pos == _CITING[0]
            and after[1].lemma == _CITING[1]
            and not _UNCITED.match(Line(tokens, mention.last + 2).text)
        ):
            return mention
    return None


def _speaker(sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention], right: Line) -> Subject | None:
    """Return who hands on what is told of the event; None where it is the article itself or nobody named."""
    subjects = all_subjects(sentence, trigger.first, mentions)
    first = subjects[0] if subjects else None
    said = QUOTATIVE.search(right.text)
    if said:
        after = trigger.last + 1 + sum(place < said.end() for place in right.places)
        return _named_between(sentence, after, mentions) or first
    if sentence.title:
        return _quoted_by(sentence, trigger, mentions) or (first if _DENIES.search(right.text) else None)
    return first if _FINDS.search(right.text) or _DENIES.search(right.text) else None


def _named_between(sentence: Sentence, start: int, mentions: Sequence[Mention]) -> Subject | None:
    """Return the subject between the quoted clause and its verb: …했다고 | 국정원이 | 밝혔다."""
    tokens = sentence.tokens
    at = start
    while at < len(tokens) and not tokens[at].pos.startswith(("VV", "XSV")):
        subject = subject_at(sentence, at, len(tokens), mentions, asides=True)
        if subject is not None:
            return subject
        at += 1
    return None


def _quoted_by(sentence: Sentence, trigger: Trigger, mentions: Sequence[Mention]) -> Subject | None:
    """Return whose quotation a headline's event stands in: what stands before it, or after it where nothing does."""
    tokens = sentence.tokens
    opened = opening(tokens, trigger.first)
    if opened < 0:
        return None
    before = [s for s in all_subjects(sentence, opened, mentions) if s.last <= opened]
    if before:
        return next((s for s in reversed(before) if somebody(tokens, s)), before[-1])
    closed = next((i for i in range(trigger.last + 1, len(tokens)) if tokens[i].pos == "SSC"), len(tokens))
    end = closed + 1
    while end < len(tokens) and inside_phrase(tokens, end):
        end += 1
    mention = speaks_for(mentions, closed + 1, end - 1)
    return Subject(mention, closed + 1, end - 1, True, tokens[end - 1]) if mention else None


def _analysts(tokens: Sequence[Token], speaker: Subject) -> bool:
    return bool(_ANALYSTS.search(Line(tokens, speaker.first, speaker.last + 1).text))
