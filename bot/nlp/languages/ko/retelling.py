"""How do Korean newsrooms mark what is told again?

Refuses to do: what follows from it is decided elsewhere.
"""

from __future__ import annotations

import re

from bot.nlp.lasting import Lasting
from bot.nlp.retelling import Retelling

_ANCHOR = (
    r"(?:(?=지난해|작년|재작년|20\d\d년|\d{1,2}월)(?:(?P<lately>지난해|작년|재작년) ?|(?P<year>20\d\d)년 ?)?"
    r"(?:(?P<month>[1-9]|1[0-2])월 ?)?(?:[말초봄]|여름|가을|겨울|[상하]반기)?|전쟁 (?:발발|개시|초기) ?)"
    r"(?:부터|이후|이래)"
)

_ASKED = r"(?:요청|요구|언급|거론)"
_TALK = rf"(?:{_ASKED}|논의|얘기|이야기|대화)"
_OF = r"[이가은는도를을]? ?(?:(?:전혀|따로|별도로|일절) )?"
_UNSAID = (
    rf"{_TALK}{_OF}(?:없었|안 (?:했|하고|나왔|됐|나눴)|(?:하|되|나오|오가|나누)지[는도]? ?않았)[가-힣]*"
    rf"|{_ASKED}{_OF}(?:없[어다]|안 [해돼])[가-힣]*|{_TALK}{_OF}안 나와"
    rf"|{_ASKED}(?:받은|한|된|해 ?온|온)? (?:적|바|것|일)[이은도가]? ?없[가-힣]*|{_ASKED}받지[는도]? ?(?:않|못)[가-힣]*"
    r"|의제[가는도]? ?(?:아니|아녔)[가-힣]*|다(?:루|뤄지)지[는도]? ?않았[가-힣]*"
)
"""Nobody spoke of it at some talks, or asked for it. What is not discussed at all (논의된 바 없다) is refused."""

RETELLING = Retelling(
    # "앞서" may belong to a clause, as a date may; it does not where the sentence's own subject follows or goes before
    opening=re.compile(
        r"앞서 (?!이날|오늘|\d+일)(?:[가-힣]*[^한는은던된인간온 ] )?[가-힣]+[은는] "
        # what somebody said last month is no news; what was done then may be
        r"|[가-힣]+(?: [가-힣]+){0,2}[은는] 지난달 .*"
        r"(?:요청|경고|촉구|규탄|비난|강조|주장|선언|언급|당부|요구|약속|말)했(?:다|습니다)\.?$"
        r"|[가-힣]+(?: [가-힣]+)?[은는] (?:당시|지난해|작년|재작년) (?!.*(?:[다라](?:고|며)|것으로) ).*다\.?$"
    ),
    # a date at the head of a Korean sentence may belong to a clause within it; only "N일" with its subject behind is
    dated=re.compile(
        r"(?:(?P<year>20\d\d)년 |지난 )?(?P<month>[1-9]|1[0-2])월 \d+일,? (?:[가-힣]+[와과] ){0,2}[가-힣]+[은는이가] "
    ),
    months=[str(month) for month in range(1, 13)],
    corrected=re.compile(
        r"[가-힣]*[했혔었았였났렸됐갔왔졌켰쳤겼섰]었(?:다|습니다)\.?$"
        r"|[가-힣]{1,9} 바 있(?:다|습니다|었다|었습니다)\.?$"
        r"|(?:이전|앞선|당초|애초|최초|수정 전|정정 전) (?:기사|보도|제목|버전)(?:에서|에는|는|은)"
        r"|(?:기사|보도|제목)를? ?(?:바로잡습니다|정정합니다)"
    ),
    # who demands a correction ("정정보도를 청구") denies; a newsroom sets its own over it as a heading
    retracted=re.compile(
        r"^\W{0,2}(?:정정\s?보도(?:문)?|바로\s?잡습니다|바로잡음)\s*[\]>)】〉:]"
        r"|바로\s?잡습니다|정정\s?보도(?:를)? ?(?:합니다|냈다|냈습니다|게재했다)"
        r"|(?:기사|보도)를 (?:철회|취소)(?:했|하고|한다|합니다|하기로)"
    ),
    lasting=Lasting(
        clause=re.compile(rf"{_ANCHOR} [^,.\"“”‘’]{{1,80}}?[가-힣] ?온 (?!것|사실|정황|바 )"),
        whole=re.compile(
            rf"(?:[가-힣]+[와과] )?[가-힣]+[은는이가] {_ANCHOR} [^\"“”‘’]*(?:왔다|왔습니다|고 있다|고 있습니다)\.?$"
        ),
        news=re.compile(
            r"[다라]고 |왔(?:으나|지만|는데)|따르면|것으로|추가|더 |새로|신규|또 |다시|처음|이제"
            r"|확인|밝[혀힌]|드러[나났]|전해|알려"
        ),
    ),
    # arms that talks did not touch upon are neither asked for nor refused
    unproved=re.compile(
        r"(?P<claim>(?:(?:살상|공격용?|방어용|대공) ?)?(?:무기|포탄|탄약|미사일|군사 ?지원)(?! ?거래)"
        rf"(?:(?!입장|방침|변[함화]|지만|으나|는데|며 |면서|하고 )[^.,;\"“”‘’'…]){{0,40}}?(?:{_UNSAID}))"
    ),
    # "…해 왔다" and nothing after it; what has come from somewhere (돌아왔다, 내려왔다) is another verb
    habit=re.compile(
        r"(?!.*(?:최근|이날|이번|올해|올 들어|따르면|드러[나났]|[\"“”‘’]|\d일))"
        r"(?:(?:앞서|그동안|그간|한편|다만|하지만|그러나|반면) )?"
        r"(?:[가-힣]+[와과] )?[가-힣]+(?: [가-힣]+)?[은는] .*"
        r"(?:[해혀켜여쳐] ?|(?:이어|늘려|받아|미뤄|막아) )왔(?:다|습니다)\.?$"
    ),
)
