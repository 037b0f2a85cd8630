"""How do Korean newsrooms credit another paper?

Refuses to do: who is cited in turn is grammar's to find (voices.py).
"""

from __future__ import annotations

import re

from bot.nlp.papers import Crediting
from bot.nlp.plain import NOTHING

_COUNTRY = r"(?:(?:미국?|영국?|일본?|중국?|독일|프랑스|우크라이나|러시아|폴란드|대만|홍콩|한국|현지) )?"
_KIND = r"\S{0,6}(?:일간지?|신문|매체|주간지|경제지|유력지|전문지|방송사?|통신사?|잡지) "
_BARE = r"[가-힣A-Za-z0-9·&.]*[가-힣A-Za-z0-9]"
_EDGE = rf"(?:^|[\s,\"'“”‘’]){_COUNTRY}(?:{_KIND})?(?:더 )?"
_NAME = rf"(?P<name>{_BARE}?)(?:\([^)]{{1,20}}\))?"
_GAP = r"(?:(?!\S*(?:이|가|은|는|고|다),? )[^\s\"“”]+ ){0,8}?"
"""Words between a paper and its verb, none of them another subject or the end of a clause."""

CREDITING = Crediting(
    hint=re.compile(r"보도|따르면|인용|전했|썼|매체"),
    plain=(
        re.compile(rf"{_EDGE}{_NAME}(?:이|가|은|는|도) {_GAP}(?:단독 )?보도(?:했|하|한)"),
        re.compile(rf"(?:^|\s){_COUNTRY}{_KIND}(?:더 )?{_NAME}(?:에 따르면|[을를] 인용|(?:이|가|은|는) )"),
        re.compile(rf"{_EDGE}{_NAME}의? (?:보도|기사)에 따르면"),
        re.compile(rf"^{_COUNTRY}(?:더 )?{_NAME}(?:은|는) .*고 {_GAP}보도(?:했|하)"),
    ),
    likely=(
        re.compile(rf"{_EDGE}{_NAME}(?:에 따르면|[을를] 인용|(?:이|가|은|는) {_GAP}(?:전했|썼))"),
        re.compile(rf"^(?:\S+일(?:\([^)]*\))? )?{_COUNTRY}{_NAME}(?:은|는) .*고 {_GAP}(?:보도|전)했"),
    ),
    headline=(
        re.compile(rf"^{_NAME}[,:]? ?[\"“‘']"),
        re.compile(rf"[\"”’'…,] ?[<(\[]?{_NAME}(?: 보도)?[>)\]]?$"),
    ),
    single=(
        re.compile(rf"{_EDGE}{_NAME}(?:에 따르면|[을를] 인용)"),
        re.compile(rf"{_EDGE}(?P<name>[A-Za-z][A-Za-z0-9&.]+)(?:\([^)]{{1,20}}\))?(?:이|가|은|는) {_GAP}(?:전했|썼)"),
    ),
    # what ends so is a body of a state, and often the holder's own
    person=re.compile(
        r"^[김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추]"
        r"[가-힣]{2}$|(?:부|청|처|실|국|원|군|당|위|회|대사관|사령부|본부|재단|연구소|학회)$"
    ),
    full=NOTHING,
    proper=frozenset({"NNP", "SL"}),
    polls=(
        re.compile(
            rf"(?:여론)?조사 ?(?:전문 ?)?(?:기관|업체|회사)(?:인)? (?:㈜|\(주\))?{_NAME}(?:[이가은는에의을를과와,·])"
        ),
        re.compile(
            rf"{_EDGE}{_NAME}(?:이|가) (?:[^.]{{0,60}} )?(?:실시|진행|조사|발표|공개)한 (?:\S+ )?(?:여론|설문)?조사"
        ),
    ),
    called=re.compile(
        r"(?:일보|신문|방송|통신|뉴스|타임스|타임즈|포스트|저널|트리뷴|헤럴드|텔레그래프|가제트|미러|익스프레스|옵서버"
        r"|매거진|위클리|데일리|인디펜던트|이그재미너|투데이|TV|닷컴|경제|차이퉁|몽드|피가로)$"
    ),
    nobody=re.compile(
        r"^(?:북한|러시아?|중국|일본|미국?|우크라이나?|현지|국영|관영|공영|국내|해외|주요|조간|석간)*"
        r"(?:방송|통신|신문|TV|매체|언론|뉴스|경제|일보)?$|"
        r"^(?:\S*(?:외신|언론|매체|신문들?|방송사?|통신사?|보도|소식통|관계자|당국자?|정부|대변인|대통령\S*|장관|의원|총리|위원장|"
        r"국방부|외교부|통일부|군|그|이|누구|교수|전문가\S*)|\S*들|\d+일?)$(?<!일보)(?<!\S신문)(?<!\S방송)(?<!\S통신)"
    ),
    again=re.compile(r"(?:이|이런|이 같은|이러한|해당) (?:소식|내용|사실|계획|결정)[은을] "),
    citing=re.compile(r"\0[을를] 인용"),
)
