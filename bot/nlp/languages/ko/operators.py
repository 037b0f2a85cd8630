"""Which Korean words bear on an event?

A table of patterns over "lemma/TAG lemma/TAG " (Kiwi's tags, lemmas as in morphemes.py), tried in order at one place.

Refuses to do: what an operator makes of an event is told in turns.py; no walking about in sentences.
"""

from __future__ import annotations

import re

_J = r"(?:\S+/J\w+ )*"
_OWNS = r"(?:시인|자인|인정|확인|긍정)/NNG "
_ETM = r"(?:ㄴ|은|는|던|ㄹ|을)/ETM "

_TABLE: tuple[tuple[str, str], ...] = (
    # denial
    # "neither owns nor denies" and "does not deny" tell nothing of the event
    (
        "neither",
        (
            rf"{_OWNS}(?:\S+ ){{0,3}}?도/JX (?:\S+ ){{0,3}}?(?:부인|부정)/NNG "
            rf"|(?:부인|부정)/NNG (?:\S+ ){{0,3}}?도/JX (?:\S+ ){{0,3}}?{_OWNS}"
        ),
    ),
    (
        "deny_not",
        (
            rf"(?:부인|부정)/NNG {_J}(?:하다/\w+ (?:지/EC|ㄹ/ETM 수/NNB|진/EC) {_J}(?:않다|못하다|없다)/V\w "
            rf"|(?:안|못)/MAG (?:하다/\w+ )?)"
        ),
    ),
    ("owned", rf"(?:사실/NNG 상/XSN |사실상/\S+ ){_OWNS}|(?:시인|자인)/NNG (?=하다/|$|\S+/S)"),
    (
        "deny",
        (
            r"(?:부인|일축|반박|부정|사실무근|허위|날조|낭설|헛소문|뜬소문|모략|억측|음해|가짜"
            r"|거짓|거짓말|소설|궤변)/NN\w "
        ),
    ),
    (
        "deny",
        (
            rf"사실/NNG {_J}(?:아니다/VCN |다르다/VA |무근/NNG )|사실/NNG (?:과|와)/\w+ 다르다/VA "
            rf"|근거/NNG {_J}없다/VA "
        ),
    ),
    (
        "deny",
        (
            r"(?:꾸미다|지어내다|꾸며내다)/VV |터무니없다/VA |부-/XPN 정확/NNG |부정확\w*/\w+ "
            r"|과장/NNG (?:이다/VCP |되다/XSV )"
        ),
    ),
    # what is left open
    (
        "unrefused",
        (
            rf"(?:배제|제외|거부|거절)/NNG (?:하다/XSV 지/EC {_J}(?:않다|못하다)/VX |(?:안"
            rf"|못)/MAG (?:하다/\w+ )?|하다/XSV ㄹ/ETM 수/NNB {_J}없다/VA "
            rf"|(?:하다/XSV 기/ETN {_J})?(?:어렵다|힘들다)/VA )"
        ),
    ),
    (
        "open",
        (
            r"(?:열어두다|열어놓다)/VV |열다/VV 어/EC (?:두다|놓다)/VX "
            r"|여지/NNG (?:\S+/J\w+ )?(?:있다|남기다|두다|열다|남다)/V\w "
        ),
    ),
    ("open", rf"없다/VA (?:ㄴ|는)/ETM (?:것|건)/NNB {_J}아니다/VCN "),
    ("open", rf"(?:선|한계|제한|상한|한도)/NN\w {_J}없다/VA "),
    # what is refused
    ("only_way", r"(?:ㄹ|을)/ETM 수/NNB 밖에/JX 없다/VA |수밖에/\S+ 없다/VA "),
    ("never", r"(?:요청|제안|제의)/NNG 받다/\w+ (?:ㄴ|은)/ETM (?:적|바)/NN\w "),
    ("never", rf"(?:(?:ㄴ|은|던)/ETM )?(?:적|바|사실)/NN\w {_J}(?:전혀/MAG |결코/MAG )?(?:없다|아니다)/V\w+ "),
    (
        "unchanged",
        (
            rf"(?:변화|변함|변동|달라지다/VV ㄴ/ETM (?:것|바)"
            rf"|바뀌다/VV ㄴ/ETM 것)(?:/NN\w)? {_J}없다/VA |불변/NNG |변함없다/VA "
            rf"|변하다/VV ㅁ/ETN (?:\S+/J\w+ )?없다/VA "
        ),
    ),
    (
        "no_plan",
        (
            rf"(?:계획|방침|생각|의사|의향|뜻|예정|이유|필요|일|리|대상"
            rf"|단계)/NN\w {_J}(?:전혀/MAG )?(?:없다/VA |아니다/VCN )"
        ),
    ),
    ("no_plan", rf"생각/NNG {_J}(?:하다/\w+ 지/EC {_J}(?:않다|못하다)/VX |(?:안|못)/MAG )"),
    ("no_plan", rf"염두/NNG 에/JKB {_J}(?:없다/VA |두다/VV 지/EC {_J}(?:않다|못하다)/VX |(?:안|못)/MAG )"),
    ("consider", r"염두/NNG 에/JKB (?:\S+/J\w+ )?두다/VV (?:고/EC 있다/VX |었/EP |ㄴ다/EF )"),
    (
        "undecided",
        rf"(?:말|단정|언급|예단|장담|답변)/\w+ (?:\S+/XS\w |드리다/V\w |하다/V\w )?(?:ㄹ|을)/ETM 수/NNB {_J}없다/VA ",
    ),
    ("cannot", rf"(?:ㄹ|을)/ETM 수/NNB {_J}없다/VA "),
    ("forbidden", r"지/EC (?:\S+/J\w+ )?말다/VX |(?:안|못)/MAG 되다/V\w |안되다/V\w "),
    (
        "refuse",
        (
            r"(?:배제|거부|거절|불허|불가|불가능|금지|불참|난색|불가론|미지원)/NNG |(?:어렵다"
            r"|힘들다)/VA |곤란\w*/\w+ |제한/NNG 되다/XSV "
        ),
    ),
    ("refuse", rf"선/NNG {_J}(?:을/JKO )?긋다/VV |때/NNG {_J}아니다/VCN |시기상조/NNG "),
    # what may be
    ("can", rf"(?:ㄹ|을)/ETM 수/NNB {_J}있다/VA |(?:ㄹ|을)/ETM 수/NNB (?:도/JX )?(?=$|\"|'|”|’|…|\.)|가능\w*/NNG "),
    ("likely", r"었/EP (?:ㄹ|을)/ETM 것/NNB (?:으로|로)/JKB "),
    ("maybe", r"(?:ㄹ|을)/ETM (?:듯\S*|것/NNB 같다)(?:/\w+)? |(?:ㄹ|을)/ETM 것/NNB (?:으로|로)/JKB "),
    ("claimed", r"(?:(?:ㄴ|는|은)/ETM |(?:다는|ㄴ다는|는다는|라는)/ETM )?(?:정황|첩보|흔적)/NNG "),
    ("maybe", r"설/NN\w "),
    ("maybe", r"(?:관측|전망|예상|예측|추측|임박|초읽기|목전|눈앞|코앞|시간문제|유력|조짐|징후|기대|과정)/NNG "),
    ("likely", r"(?:ㄴ|은|는|던)/ETM (?:듯\S*/\w+ |것/NNB (?:으로|로)/JKB |추정/NNG )|추정/NNG "),
    ("whether", r"(?:는지|ㄴ지|은지|던지|느냐|냐|느냐는|냐는|ㄹ까|을까)/E\w+ "),
    # a headline asks: "포탄 보내나…", "또 파병했나"; with a clause after it -나 is a "but"
    ("whether", r"(?:나|는가|ㄴ가|은가|려나)/EF |나/EC (?=$|\S+/S\w )"),
    (
        "undecided",
        (
            r"(?:ㄹ지|을지)/E\w+ |여부/NNG |(?:결정|정하다|확정)/\w+ (?:되다/XSV |어/EC |지다/VX "
            r"|하다/XSV )*ㄴ/ETM (?:바|것)/NNB (?:\S+/J\w+ )?(?:없다/VA )?"
        ),
    ),
    (
        "consider",
        (
            r"(?:재-/XPN )?(?:검토|고려|고심|숙고|논의|협의|타진|저울질|저울|모색|조율|고민|연구|재고"
            r"|재검토|협상|유동|신중)/\w+ "
        ),
    ),
    ("consider", r"만지작\S*/\w+ |(?:으로|로)/JKB (?:\S+/MAG )?(?:무게\S*/\w+ |기울다/VV |저울추\S*/\w+ )"),
    ("consider", r"(?:들여다보다|따지다|저울질하다|따져보다|달라지다|좌우되다)/VV |달리다/VV (?:어|었)/E\w+ "),
    (
        "consider",
        (
            r"따르다/VV 어/EC (?:\S+ ){0,3}?(?:결정|판단|정하다)/\w+ |(?:보|지켜보|살피"
            r"|봐가)다/V\w (?:고|며|면서|어|ㄴ)/E\w+ (?:\S+ ){0,4}?(?:결정|판단|정하다)/\w+ "
        ),
    ),
    ("hint", r"(?:시사|암시)/NNG |(?:내비치다|비치다)/VV "),
    (
        "left_to",
        (
            r"(?:결정|정하다|판단)/\w+ (?:하다/XSV )?(?:ㄹ|을)/ETM (?:일|문제|사안|몫|것"
            r"|권한)/NN\w |(?:몫|주권)/NNG "
        ),
    ),
    (
        "about",
        (
            r"(?:에|에게)/JKB (?:대하|관하)다/VV |을/JKO (?:두다/VV 고|놓다/VV 고)/?"
            r"|를/JKO (?:두다/VV 고|놓다/VV 고)/?|(?:두다|놓다)/VV 고/EC "
        ),
    ),
    # what is asked of others or reacted to is no news of its own
    (
        "asked",
        (
            r"(?:촉구|요청|호소|요구|압박|주문|당부|제안|제의|독려|종용|부탁|설득)/NNG "
            r"|\S*달라/E\w+ |다/VX (?:라는|라고)/E\w+ "
        ),
    ),
    ("will", r"어/EC (?:나가다|가다)/VX 어야/EC (?:하다/V\w )?"),
    ("must", r"기/ETN (?:ㄹ|를)/JK\w (?:바라다/V\w |희망/NNG |원하다/V\w |기대/NNG |\"|”|’|'|$|…)"),
    (
        "must",
        (
            r"(?:어야|아야|여야)/E\w+ (?:(?:하다|되다)/V\w )?|(?:ㄹ|을)/ETM 필요/NNG |(?:으라|라"
            r"|자|달라|으라고|자고|달라고|으라는|라는|자는|으라며|자며)/E\w+ "
        ),
    ),
    (
        "reacted",
        (
            r"(?:규탄|비판|비난|경고|항의|반발|성토|유감|지적|논란|공방|대가|대응|맞대응|반대|찬성"
            r"|지지|환영|충격|파장|여파|의혹|이후|계기|질의|질문|물음|대비|반응|의제)/NN\w "
        ),
    ),
    ("about", r"(?:인정|시인|확인)/NNG (?:은|는|에)/J\w "),
    ("reacted", r"(?:심각|깊다|엄중|강하다|크다)\S* (?:하다/\S+ )?(?:ㄴ|은)/ETM 우려/NNG "),
    ("reacted", r"높이/MAG 평가/NNG "),
    ("concern", r"에/JKB (?:\S+/MAG )?우려/NNG "),
    ("worry", r"(?:우려|걱정)/NNG "),
    (
        "reacted",
        (
            r"(?:맞서다|묻다|둘러싸다|엇갈리다|갈리다|반기다|꼽다|불러오다)/VV |(?:고맙다|반갑다"
            r"|옳다)/VA |맞다/V\w (?=지/EC)|(?:찬반|여론|적절|부적절|실수|잘못|바람직)/\w+ "
        ),
    ),
    # what holds
    (
        "will",
        (
            rf"기/ETN 로/JKB (?:하다/\w+ |(?:결정|의결|합의|확정|결심|약속|방침)/NNG )?"
            rf"|기/ETN {_J}(?:결정|의결|합의|결심|약속)/NNG "
        ),
    ),
    ("will", r"\S*키로/\w+ "),
    ("will", r"겠/EP |(?:ㄹ|을)/ETM (?:것/NNB |예정/NNG |계획/NNG |방침/NNG |참/NNB |생각/NNG |뜻/NNG )"),
    # an agreement whose draft is approved is yet to be made
    ("will", r"안/NNG (?:을/JKO )?(?:승인|재가|결재)/NNG "),
    ("staged", r"(?:시나리오|로드맵)/NNG "),
    (
        "will",
        (
            r"(?:결정|방침|계획|예정|의결|확정|약속|예고|채비|준비|추진|결심|의사|의향|의지|용의"
            r"|구상|공언|합의|의도|계획안)/NN\w "
        ),
    ),
    (
        "starts",
        (
            r"(?:시작|개시|착수|진행|돌입|수순|본격화|재개|완료|단행|강행|노력|지속|계속|유지|참여"
            r"|동참|참가|발생|승인|서명|성사|발표|가결|통과|채택|증거|급증|증가|합류|이행"
            r"|교환|강화|부과)/NNG (?!(?:이|가|은|는|을|를|의|와|과|도|에)/J)"
        ),
    ),
    ("confirm", r"(?:인정|시인|확인|공식화|자인|감사|치하|공인)/NNG "),
    ("stop", r"(?:중단|종료|철회|취소|파기|폐기|종결|중지)/NNG |(?:멈추다|그만두다|끊다|거두다)/VV "),
    ("habit", r"(?:어|아|여|해)/EC (?:오다|왔다)/V\w "),
    (
        "not",
        (
            rf"(?:않다|못하다)/V\w |지/EC {_J}(?:않다|못하다|아니하다)/VX |지/EC {_J}(?:안|못)/MAG "
            rf"|(?:안|못)/MAG (?:(?:하다|되다)/\w+ )?|없다/VA |없이/MAG |아니다/VCN |안하다/V\w "
            rf"|없음/NNG "
        ),
    ),
    ("goes_on", r"고/EC 있다/VX |(?:(?:ㄴ|는)/ETM )?중/NNB "),
    ("past", r"었/EP |았/EP "),
)
OPERATORS: tuple[tuple[str, re.Pattern[str]], ...] = tuple((name, re.compile(text)) for name, text in _TABLE)

GRAMMAR = frozenset({"past", "goes_on", "habit", "not", "will", "can", "must"})
"""Operators that are (also) endings: they belong to the nearest verb and reach no noun before it."""
