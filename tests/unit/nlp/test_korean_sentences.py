"""What do Korean sentences say of an event? The event's word stands in brackets."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import Factuality
from bot.nlp.analysis import Attribution, Judgement, Language, Mention, Sentence, Trigger
from bot.nlp.languages import ko
from bot.nlp.languages.ko.agents import STRANGER

NAMES = {
    "정부": ("south-korea", ""),
    "한국": ("south-korea", ""),
    "대통령실": ("south-korea", ""),
    "외교부": ("south-korea", ""),
    "북한": ("north-korea", ""),
    "北": ("north-korea", ""),
    "북": ("north-korea", ""),
    "러시아": ("russia", ""),
    "러": ("russia", ""),
    "푸틴": ("russia", ""),
    "미국": ("united-states", ""),
    "백악관": ("united-states", ""),
    "우크라이나": ("ukraine", ""),
    "우크라": ("ukraine", ""),
    "국정원": ("south-korea", "nis"),
    "조선중앙통신": ("north-korea", "kcna"),
}


@cache
def korean() -> Language:
    return ko.build()


def marked(text: str, *, title: bool) -> tuple[Sentence, Trigger, tuple[Mention, ...]]:
    """Analyse a text with one bracketed word; return the sentence, where the word is, and who is named."""
    start, end = text.index("["), text.index("]") - 1
    sentence = next(
        s
        for s in korean().analyse(text.replace("[", "").replace("]", ""), title=title)
        if s.start <= start < s.start + len(s.text)
    )
    inside = [i for i, token in enumerate(sentence.tokens) if start <= token.start and token.end <= end]
    mentions = tuple(
        Mention(*NAMES[token.text], i, i, True) for i, token in enumerate(sentence.tokens) if token.text in NAMES
    )
    return sentence, Trigger(inside[0], inside[-1]), mentions


def judged(text: str, *, title: bool = False) -> Judgement:
    sentence, trigger, _ = marked(text, title=title)
    return korean().judge(sentence, trigger)


def agent(text: str, *, title: bool = False) -> str | None:
    found = korean().agent(*marked(text, title=title))
    return found.holder if found else None


def source(text: str, *, title: bool = False) -> Attribution:
    return korean().attribution(*marked(text, title=title))


@pytest.mark.parametrize(
    ("text", "factuality"),
    [
        ("한국이 포탄을 [보내]왔다고 밝혔다.", Factuality.DONE),
        ("한국이 포탄을 [지원]했다.", Factuality.DONE),
        ("포탄이 [인도]됐다.", Factuality.DONE),
        ("정부는 포탄을 [지원]하고 있다고 말했다.", Factuality.DONE),
        ("정부는 포탄 [지원]을 시작했다.", Factuality.DONE),
        ("정부는 포탄을 [지원]하기로 했다.", Factuality.DECIDED),
        ("정부는 포탄을 [지원]하기로 의결했다.", Factuality.DECIDED),
        ("정부는 포탄을 [지원]할 계획이다.", Factuality.DECIDED),
        ("정부는 포탄을 [지원]하겠다고 밝혔다.", Factuality.DECIDED),
        ("정부는 포탄 [지원] 방침을 정했다.", Factuality.DECIDED),
        ("정부는 선을 넘으면 포탄을 [지원]하겠다고 밝혔다.", Factuality.CONDITIONAL),
        ("정부는 파병이 확인될 경우 포탄을 [지원]할 방침이다.", Factuality.CONDITIONAL),
        ("정부는 포탄을 [지원]하는 시나리오를 마련했다.", Factuality.CONDITIONAL),
        ("정부는 포탄 [지원]을 검토한다.", Factuality.CONSIDERED),
        ("정부는 포탄을 [지원]하는 방안을 저울질하고 있다.", Factuality.CONSIDERED),
        ("정부는 포탄을 [지원]할지를 상황을 보고 결정하겠다고 했다.", Factuality.CONSIDERED),
        ("정부는 포탄 [지원] 여부는 정해진 바 없다고 했다.", Factuality.CONSIDERED),
        ("정부는 포탄을 [지원]할 수 있다고 말했다.", Factuality.POSSIBLE),
        ("정부는 포탄 [지원]을 배제하지 않는다고 말했다.", Factuality.POSSIBLE),
        ("정부는 포탄 [지원] 가능성을 열어뒀다.", Factuality.POSSIBLE),
        ("북한이 포탄을 [지원]할 것으로 보인다.", Factuality.POSSIBLE),
        ("정부는 포탄을 [지원]하지 않겠다고 밝혔다.", Factuality.REFUSED),
        ("정부는 포탄을 [지원]할 계획이 없다고 밝혔다.", Factuality.REFUSED),
        ("정부는 포탄을 [지원]할 수 없다고 밝혔다.", Factuality.REFUSED),
        ("정부는 포탄 [지원]을 거부했다.", Factuality.REFUSED),
        ("정부는 포탄 [지원]은 어렵다고 밝혔다.", Factuality.REFUSED),
        ("정부는 포탄 [지원]을 검토하고 있지 않다고 밝혔다.", Factuality.REFUSED),
        ("정부는 포탄을 [지원]하지 않는다는 방침에 변함이 없다고 밝혔다.", Factuality.REFUSED),
        ("정부는 포탄을 [지원]한 적이 없다고 밝혔다.", Factuality.NEGATED),
        ("북한은 [파병]을 부인했다.", Factuality.DENIED),
        ("북한은 [파병]은 사실이 아니라고 밝혔다.", Factuality.DENIED),
        ("북한은 [파병]설이 근거 없는 소문이라고 밝혔다.", Factuality.DENIED),
        ("정부는 주지 않는다는 원칙을 바꿔 [지원]을 검토할 수 있다고 했다.", Factuality.CONSIDERED),
        ("정부는 포탄을 [지원]하지 않는다고 못 박은 적이 없다고 했다.", Factuality.POSSIBLE),
        ("북한이 병력 [파병]을 중단했다.", Factuality.ENDED),
        ("북한이 포탄을 [보낸] 것으로 추정된다.", Factuality.DONE),
        ("북한이 포탄을 [보냈]다는 첩보를 정부가 들여다보고 있다.", Factuality.DONE),
    ],
)
def test_a_sentence_makes_its_event_so_factual(text: str, factuality: Factuality) -> None:
    found = judged(text)
    assert (found.factuality, found.current) == (factuality, True)


@pytest.mark.parametrize(
    ("text", "factuality"),
    [
        ('정부 "우크라에 포탄 [지원] 안 해"', Factuality.NEGATED),
        ('정부 "포탄 [지원] 계획 없어"', Factuality.REFUSED),
        ("정부, 포탄 [지원] 않기로", Factuality.REFUSED),
        ("정부, 포탄 [지원]키로", Factuality.DECIDED),
        ("정부, 포탄 [지원] 결정", Factuality.DECIDED),
        ("정부, 포탄 [지원] 재검토", Factuality.CONSIDERED),
        ('정부 "포탄 [지원] 배제 안 해"', Factuality.POSSIBLE),
        ("정부, 포탄 [지원] 가능성 시사", Factuality.POSSIBLE),
        ('정부 "파병 확인되면 포탄 [지원]"', Factuality.CONDITIONAL),
        ("북한군 주력 [철수] 시작", Factuality.DONE),
        ("러 하원, 조약 [비준]", Factuality.DONE),
        ("북한, [파병] 첫 시인", Factuality.DONE),
        ("북한, [파병] 부인", Factuality.DENIED),
        ("北, 포탄 [보낸] 듯", Factuality.DONE),
        ("北, 추가 [파병]할 듯", Factuality.POSSIBLE),
    ],
)
def test_a_headline_makes_its_event_so_factual(text: str, factuality: Factuality) -> None:
    found = judged(text, title=True)
    assert (found.factuality, found.current) == (factuality, True)


@pytest.mark.parametrize(
    "text",
    [
        "앞서 정부는 포탄을 [지원]하지 않겠다고 밝혔다.",
        "정부는 그동안 포탄을 [지원]하지 않았다.",
        "정부는 비살상 물자만 [지원]해 왔다.",
        "한국이 포탄을 [지원]하면 관계가 무너진다고 경고했다.",
        "한국이 포탄을 [지원]할 경우 대응하겠다고 했다.",
        "정부는 포탄 [지원] 문제를 설명했다.",
        "정부는 북한의 [파병]을 규탄했다.",
        "정부는 포탄 [지원] 요청을 받았다.",
        "쿠르스크에 [파병]된 북한군이 포로가 됐다.",
        "정부는 포탄을 [지원]해야 한다는 주장을 들었다.",
    ],
)
def test_history_hypothesis_and_mere_mention_are_no_news(text: str) -> None:
    assert not judged(text).current


def test_what_is_only_conceded_is_less_sure_than_the_point() -> None:
    assert judged("정부는 포탄을 [지원]하지 않았지만 앞으로 검토하겠다고 했다.").certainty < 0.7


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("한국은 우크라이나에 포탄을 [지원]했다.", "south-korea"),
        ("국정원은 북한이 러시아에 포탄을 [보냈]다고 밝혔다.", "north-korea"),
        ("북한의 러시아 [파병]을 확인했다.", "north-korea"),
        ("정부는 북한이 파병한 데 대해 러시아를 [규탄]했다.", "south-korea"),
        ("정부는 러시아가 기술을 넘기면 포탄을 [지원]하겠다고 했다.", "south-korea"),
        ("북한군 1천500명이 지난 8일 러시아로 [이동]했다고 국정원이 밝혔다.", "north-korea"),
        ("북러 군사협력이 깊어지면 포탄을 [지원]하겠다고 했다.", None),
        ("이 관계자는 포탄을 [지원]하겠다고 말했다.", None),
        ("6천여 명이 [사망]했다고 국정원은 밝혔다.", None),
    ],
)
def test_an_event_is_the_act_of(text: str, holder: str | None) -> None:
    assert agent(text) == holder


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("정부, 우크라에 포탄 [지원]", "south-korea"),
        ('푸틴 "한국, 우크라에 포탄 [지원]"', "south-korea"),
        ('푸틴 "북한에 기술 [지원] 배제 안 해"', "russia"),
        ('국정원 "北 특수부대 1천500명 러 [파병]"', "north-korea"),
        ('국정원 "북한군 2명 [생포]"', "north-korea"),
        ('백악관 "북러 무기 [협상] 진전"', "north-korea"),
        ('정부 "러, 기술 넘기면 포탄 [지원]"', "south-korea"),
    ],
)
def test_a_headline_event_is_the_act_of(text: str, holder: str) -> None:
    assert agent(text, title=True) == holder


def test_a_stranger_is_none_of_ours_and_not_nobody_either() -> None:
    assert agent("숄츠가 우크라이나에 전차를 [지원]했다.") == STRANGER


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("국정원은 북한이 포탄을 [보냈]다고 보고했다.", "nis"),
        ("북한이 조약을 [비준]했다고 조선중앙통신이 보도했다.", "kcna"),
        ("국정원은 북한이 포탄을 [보낸] 것으로 파악했다.", "nis"),
        ("국정원은 북한이 포탄을 [보냈]다고 밝혔다고 의원들이 전했다.", "nis"),
    ],
)
def test_the_speaker_is_the_one_who_says_it(text: str, speaker: str) -> None:
    found = source(text)
    assert found.mention is not None
    assert found.mention.speaker == speaker


@pytest.mark.parametrize(
    ("text", "holder"),
    [('푸틴 "한국, 포탄 [지원] 결정"', "russia"), ('"북한군 [철수] 시작" 백악관', "united-states")],
)
def test_a_headline_quotation_belongs_to_whom_it_is_put_beside(text: str, holder: str) -> None:
    found = source(text, title=True)
    assert found.mention is not None
    assert found.mention.holder == holder


@pytest.mark.parametrize(
    "text",
    [
        "북한이 포탄을 [보낸] 것으로 알려졌다.",
        "북한이 포탄을 [보냈]다는 관측이 나왔다.",
        "북한이 포탄을 [보낸] 것으로 전해졌다.",
    ],
)
def test_somebody_without_a_name_says_it(text: str) -> None:
    found = source(text)
    assert found.unnamed
    assert found.mention is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("한 전문가는 북한이 병력을 [파병]할 것이라고 말했다.", False),
        ("북한이 병력을 [파병]할 것이라는 분석이 나온다.", False),
        ("［칼럼］ 북한 [파병]과 우리의 선택".replace("［", "(").replace("］", ")"), True),
    ],
)
def test_an_expert_is_no_witness(text: str, title: bool) -> None:
    assert source(text, title=title).analyst or title


def test_a_pronoun_is_whoever_spoke_before() -> None:
    assert source("그는 포탄을 [지원]하지 않겠다고 말했다.").named_before


@given(st.text('한국은무기를지원하지않겠다고고…"“”() ,.北', max_size=50), st.booleans(), st.data())
@settings(max_examples=80, deadline=None)
def test_no_text_and_no_place_in_it_is_an_error(text: str, title: bool, data: st.DataObject) -> None:
    for sentence in korean().analyse(text, title=title):
        at = data.draw(st.integers(0, len(sentence.tokens) - 1))
        trigger = Trigger(at, at)
        mentions = tuple(Mention("south-korea", "", i, i) for i in range(0, len(sentence.tokens), 3))
        korean().judge(sentence, trigger)
        korean().agent(sentence, trigger, mentions)
        korean().attribution(sentence, trigger, mentions)
