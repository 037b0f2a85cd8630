"""How does Korean tell what somebody wishes of a government?

Refuses to do: what follows from it is decided elsewhere.
"""

from __future__ import annotations

import re

from bot.nlp.wishing import Wishing

_OF = r"(?P<of>(?:(?:우리|한국|대한민국|이재명|윤석열|새|현) )?정부|한국|대한민국|우리나라|러시아|북한)"
_NEED = r"필요(?:가|도|성이|성도)? ?"
_OUGHT = (
    r"(?:야(?:만)? (?:한다|할 (?:것이|때|일이|시점이)다|마땅하다|옳다)|[가-힣] 때다|[선는] 안 (?:된다|될 일이다)"
    rf"|{_NEED}(?:있|크|절실하)다|게 (?:옳|맞|낫)다)"
)
_POLITE = (
    r"(?:야(?:만)? (?:합니다|할 (?:것|때|일|시점)입니다)|[가-힣] 때입니다|[선는] 안 됩니다"
    rf"|{_NEED}있습니다)"
)
"""In a column of a broadcaster; elsewhere it is how ministers talk."""

_OUTSIDER = (
    r"(?:(?:교수|연구위원|연구원|연구실장|센터장|연구소장|전문가|학자|박사|칼럼니스트|논설위원|의원|원내대표"
    r"|민주당|국민의힘|혁신당|개혁신당|진보당|정의당|여당|야당|여권|야권|재계|업계|경제계|학계|기업인|협회|상의|회의소"
    r"|연합회|단체|연대)(?:들|측)?"
    r"|(?:^| )전 (?:(?:[가-힣]*[부원실처청대]|주?[가-힣]*러시아|주러) )?[가-힣]*"
    r"(?:장관|차관|실장|대사|총리|원장|비서관|대통령))"
)
"""Who acts for no government; nor does who once did, whose office alone stands there: no "회담 전 조현 장관"."""

_IN_OFFICE = r"(?:장관|차관|실장|총리|대통령실?|대변인|당국자|관계자|외교부|국방부|통일부)"
_ANSWERED = rf"(?:{_IN_OFFICE}[은는] |[하묻]자 )"
"""Somebody else goes on: "의원이 묻자 장관은 …"."""

_SAYS = r"(?:\([^)]{1,20}\))?(?:은|는|이|가|도) "
_BYLINE = r"^(?:[(\[][^)\]]{1,30}[)\]] ?(?:[^=]{0,20}= ?)?)?"
_HANDED_ON = (
    r"(?:야(?:만)? (?:한다|할 것이라|할 때라)|[선는] 안 된다"
    rf"|{_NEED}(?:있|크|하|절실하)다)[\"”’']?(?:고|며|면서) "
)
_CLAIM = r"(?:[가-힣]야|[가-힣] 때|절실|필요|안 (?:돼|된다)|[하말]라|달라)"

WISHING = Wishing(
    column=re.compile(
        r"^\W?[^\]>】〉]{0,12}(?:사설|칼럼|시론|기고|오피니언|시평|논단|광장|뉴스해설|왜냐면|만물상|횡설수설|분수대|여적"
        r"|수첩|데스크|세상읽기|아침햇발)(?:/[가-힣]+)?[\]>】〉]"
    ),
    wish=re.compile(rf"(?:(?:{_OUGHT}|{_POLITE})\.?|(?:[가-힣]야|[가-힣] 때|[하말]라|[선는] 안 된다|하자))$"),
    outright=re.compile(rf"^(?:[^ \"“:\[]+ ){{0,3}}?{_OF}(?:는|은|도|가|이|로서는) [^\"“”]*{_OUGHT}\.?$"),
    voiced=re.compile(
        rf"{_BYLINE}(?:(?!\S*[은는이가] )[^ \"“]+ ){{0,6}}?[가-힣]*{_OUTSIDER}{_SAYS}"
        rf"(?:(?:(?!{_ANSWERED}).)*{_HANDED_ON}(?!.*(?:{_ANSWERED}|정부[은는] ))"
        rf"|{_OF}(?:에|에게|[을를] 향해) .*(?:건의|촉구|요구|제언|주문|당부))"
        rf"|^(?:[^ \"“'‘]+ ){{0,4}}?[^ \"“'‘]*{_OUTSIDER} ?[\"“'‘][^\"”'’]*{_CLAIM}[\"”'’]"
        rf"|^[\"“'‘][^\"”'’]*{_CLAIM}[\"”'’]…(?:(?![^ ]*{_IN_OFFICE})[^ ,]+ ){{0,3}}?[^ ,]*{_OUTSIDER}"
    ),
    home="정부",
)
