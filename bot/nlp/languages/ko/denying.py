"""How does Korean deny a report?

Refuses to do: what follows from it is decided elsewhere.
"""

from __future__ import annotations

import re

from bot.nlp.denying import Denying

_FALSE = (
    r"(?:사실\s?무근|사실(?:이|은|과)?\s?(?:전혀 )?(?:아니|아냐|아닌|아님|다르|달라|다른)"
    r"|허위|가짜\s?뉴스|오보|근거\s?없|낭설)"
)
_DENY = rf"(?:부인|일축|반박|부정|{_FALSE})"
_NOUN = (
    r"(?:보도|소문|의혹|주장|기사|관측|루머|추측|언론 보도|외신 보도|외신|풍문"
    r"|(?<=[가-힣])설|얘기|이야기)"
)
_HEAD = r"^(?:\s*[^\s,'\"‘“]+(?: [^\s,'\"‘“]+){0,3}?(?:,| ?(?=['\"‘“])|(?<=[가-힣])[은는](?= )))?"
"""Who denies stands first: with a comma, before a quotation, or as the topic."""

_CLAIMED = (
    r"(?:(?!…\s*(?:러|크렘린|모스크바|푸틴|페스코프|라브로프|자하로바|북|北|김여정)[^…'\"‘“’”]{0,14} ['\"‘“])[^.])"
)
"""A character of a claim. Where Moscow or Pyongyang speaks, its answer is no claim of the one who stands first."""

_BRUSH = r"일축|반박|거부|불구|무릅쓰|아랑곳"
_OBJECTOR = (
    r"(?:러시아|러|모스크바|크렘린|푸틴|북한|北|야당|야권|민주당|국민의힘|국회|시민단체|여론|안팎|일각|국내외|각계"
    r"|거센|강한)"
)
_OBJECTION = (
    r"(?:비판|비난|반발|반대|항의|경고|위협|협박|규탄|우려|(?:중단|철회|취소|재고) ?(?:요구|촉구|요청|압박)"
    rf"|{_OBJECTOR}의? ?압박)"
)
"""What is no report; calls (요구) to send shells are none either, and who rejects these sends none."""

_UNSAID = r"(?!(?:(?!지만|이나|으나|인데|이며|하며)[^.…,\"'”’])*(?:없|않|아니|아냐|아닌|아님|사실|오보|부인|일축))"
"""Who has "nothing under review" (검토 중인 바 없다) reviews nothing; "… but nothing is decided" says no more."""

DENYING = Denying(
    hint=re.compile(rf"{_DENY}|{_BRUSH}|거절|증거"),
    reports=(
        re.compile(
            rf"{_HEAD}(?P<claim>{_CLAIMED}*?{_NOUN})(?:들)?(?:을|를|은|는|이|가|에|도|와|과)?['\"’”]?[\s,]"
            rf"[^.]{{0,30}}?{_DENY}"
        ),
        re.compile(rf"{_HEAD}(?P<claim>{_CLAIMED}*?증거)(?:가|는|도)? ?(?:[^\s.…]+ ){{0,2}}?없"),
        re.compile(rf"{_HEAD}(?P<claim>[^.]*?(?:가능성|요구|요청|제안))(?:을|를|은|는)? ?(?:일축|거부|거절)"),
    ),
    undenied=re.compile(
        r"부인(?:도|하지는?|을|하진) ?(?:시인도 )?(?:않|안|못|하지|피|거부)"
        r"|(?:부인|반박|일축|거부|거절)하(?:지|진) ?(?:는 )?(?:않|못)"
        r"|(?:부인|반박|일축|거부|거절)한 (?:적|바|것)[이은도]? ?(?:없|아니)"
        r"|부인도|(?:부인|반박|일축|거부|거절) ?[안못] ?[하한할함해했]"
        r"|(?:부인|반박)을? (?:하지 않|피하|거부)"
    ),
    turned=re.compile(
        r"않|(?<![가-힣])안 [하한할해했보]|못하|없다['\"’”]?는|없을|불가|거부|중단|철회|배제|취소|포기|보류"
        r"|결정(?:이|은) .*(?:행위|위반|위협)"
    ),
    office=re.compile(r"정부|국방부|외교부|통일부|대통령실|청와대|당국|대변인|관계자|합참|방사청"),
    objections=re.compile(
        rf"{_HEAD}(?P<claim>(?:(?!{_NOUN})[^.…])*?(?P<aside>(?:에 대한|에 대해|에 따른|[을를] 둘러싼)?"
        rf"(?: ?{_OBJECTOR}(?:의|측의?)?){{0,2}}"
        rf" ?{_OBJECTION}(?:에도|[을를은는])? ?(?:{_BRUSH})(?:하고도?|하며|했다|해|고)?))"
    ),
    pondered=re.compile(rf"(?:검토 ?(?:중|하고 있|은 하|할 수)|(?:논의|고려|고민) ?(?:중|하고 있)){_UNSAID}"),
)
