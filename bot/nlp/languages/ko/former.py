"""How does Korean name who has left an office?

Refuses to do: whether somebody holds another today is decided elsewhere, but where the sentence says so.
"""

from __future__ import annotations

import re

from bot.nlp.former import Former

_OFFICE = (
    r"(?:총장|대통령|총리|장관|차관|대사|공사|사령관|의장|의원|실장|원장|국장|보좌관|비서관|특사|대표|외교관|장성|장군"
    r"|대장|중장|소장|준장|제독|대령|관료|당국자|관리|대변인|총재|주석)"
)
_WHEN = "회담 회의 회견 방문 방북 방한 방러 방미 출국 취임 전쟁 침공 파병 선거 대선 총선 체결 서명 통화 면담".split()
_NO_TIME = "".join(rf"(?<!{event} )" for event in _WHEN)
"""After these 전 says when: "회담 전 조현 장관"."""
_NOT_ALL = "(?!세계|국민|지구|군 )"
"""Before these 전 is "all": "전 세계 외교장관"."""

FORMER = Former(
    office=re.compile(
        rf"(?:{_NO_TIME}(?<![년월일주간] )(?<![가-힣0-9])전 {_NOT_ALL}"
        rf"|(?<![가-힣])전직 ?|前 ?|(?<![가-힣])(?:예비역|퇴역) )"
        rf"(?:[가-힣A-Za-z·]+ ){{0,3}}?[가-힣A-Za-z·]*{_OFFICE}(?![가-힣]*(?:실|관|부)\b)"
    ),
    before=re.compile(r"(?:^(?:\[[^\]]*\] ?)?|[\"”’'](?:…|\.{3}|, ?| )?)(?:[가-힣A-Z·]{1,8} ){0,2}$"),
    after=re.compile(r"(?:[은는이가]|도)?(?:\([^)]*\))?,? ?[\"“‘']"),
    now=re.compile(r"(?<![가-힣])현(?:직)? |(?<![가-힣])現"),
)
