"""Which words of Korean news does Kiwi's dictionary lack, or cut now so and now so?

General vocabulary of diplomacy and defence and the names that stand in such news; nothing here says what a word means
for a storyline.

Refuses to do: no cues, no holders; those are in config/storyline.yml.
"""

NAMES = (
    "조현", "안규백", "위성락", "조태열", "조태용", "장호진", "김홍균", "신원식", "김용현", "이종섭", "서욱",
    "정의용", "이도훈", "이석배", "홍장원", "이종석", "정동영", "조용원", "김영복", "리창호", "박정천",
    "김정규", "최선희", "김여정", "김정은", "노광철", "강순남", "라브로프", "페스코프", "자하로바", "루덴코",
    "지노비예프", "쿨릭", "마체고라", "쇼이구", "벨로우소프", "메드베데프", "볼로딘", "나리시킨", "우샤코프",
    "코제먀코", "게라시모프", "네벤쟈", "젤렌스키", "우메로우", "시비하", "쿨레바", "부다노우", "시르스키",
    "예르마크", "포노마렌코", "스톨텐베르그", "뤼터", "스톨텐베르크", "블링컨", "오스틴", "커비", "설리번",
    "루비오", "헤그세스", "왈츠", "켈로그", "위트코프", "보렐", "칼라스", "미셸", "코스타", "폰데어라이엔",
    "두다", "투스크", "시코르스키", "나브로츠키", "코시니아크카미시", "바이든", "트럼프", "푸틴", "시진핑",
    "이시바", "기시다", "다카이치", "윤석열", "이재명", "한덕수", "최상목", "우크라", "쿠르스크", "보스토치니",
    "하르키우", "도네츠크", "자포리자", "나진항", "라진항", "두만강", "이스칸데르", "네벤자", "돈바스",
    "라트비아", "리투아니아", "에스토니아", "슬로바키아", "벨고로드", "나우세다", "차크나", "차흐크나",
    "시야르토", "베어보크", "룬제스쿠", "클레벌리", "장피에르", "카니", "피초", "피알라", "키슬리차", "수낵",
    "프레데릭센", "박찬대", "박선원", "김병주", "추경호", "한기호", "신홍철", "이도운", "석종건", "왕이",
    "잘루즈니", "다클랄라", "파파로", "스타노", "브라제", "하야시", "요시마사", "앨버니지", "드라고네",
    "브와슈차크", "프라우다", "수스필네", "빌트", "국힘", "리선권", "판치르", "샤헤드", "드니프로",
    "포크로우스크", "루한스크", "벨라루스", "우원식", "한동훈", "우크라이나", "러시아", "북한", "한국", "미국",
    "나토", "두마", "국가두마",
)  # fmt: skip

NOUNS = (
    "초치", "맞대응", "대러", "방러", "주러", "친러", "반러", "방북", "대북", "주북", "핵잠", "안보실",
    "안보실장", "대통령실", "크렘린궁", "국정원", "국가정보원", "합참", "합동참모본부", "조선중앙통신",
    "노동신문", "중앙통신", "총참모장", "외무상", "국방상", "국방성", "외무성", "국방정보국", "정보총국",
    "총정찰국", "정보사령부", "방위사업청", "방사청", "방사포", "파병군", "특수전", "우회로", "설계도", "수해",
    "대여", "정략결혼", "거부권", "산업부", "뉴스1", "전략대화", "사실무근", "비준서", "비준안", "참전",
    "파견", "정령", "포로", "공병", "전사자", "사상자", "방공망", "군수품", "군수물자", "불곰사업", "백악관",
    "국무부", "국무장관", "국방부", "외교부", "외무부", "외무장관", "국방장관", "외교장관", "특사단", "대표단",
    "주한", "소통", "유감", "급파",
)  # fmt: skip

COMPOUNDS = ("한국산", "북한산", "북한제", "러시아산", "미국산", "한국군", "북한군", "러시아군", "우크라군", "한국형")
"""Compounds that Kiwi should see as one word first (한국산 is no 국산), and that part afterwards."""

COUNTRY_HEADS = (
    "북한", "러시아", "우크라이나", "우크라", "한국", "미국", "일본", "중국", "폴란드", "독일", "영국",
    "프랑스", "나토", "이란", "체코",
)  # fmt: skip
"""Countries and pairs of countries: whatever noun is written on to them is a word of its own."""

OFFICE_TAILS = (
    "관계", "조약", "협력", "정부", "대통령", "장관", "차관", "대변인", "대사", "총리", "의원", "위원장",
    "정상", "회담", "통신", "방송", "연구소", "타임스", "뉴스",
)  # fmt: skip
"""Nouns that are a word of their own whatever they are written on to."""


def listed(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


def any_of(text: str) -> str:
    """Return a pattern that matches any word of a text."""
    return f"(?:{'|'.join(text.split())})"


ANAPHORS = listed(
    """
    그 이 그녀 이들 그들 관계자 당국자 대변인 실장 장관 차관 대통령 총리 위원장 의원 대사 대표 총장
    보고서 신문 매체 통신 방송 대표단 특사단 대표부 소식통 후보자 인사 고위급 양측 양국 두 정상 나라
    당국 정부 군 국방부 외교부 후보 부의장 의장 보좌관 조정관 차관보 부대변인 사령관 총참모장 국장
    본부장 특사 특파원 기자 위원회 여당 야당 원내대표 간사 우리 저 나 누구 자신 .split(
    """
)
"""Heads of a subject that stands for somebody named before."""

PEOPLE = listed(
    """
    정상 사상자 전사자 사망자 파병군 정부군 부대 병력 병사 군인 특수부대 공병 대원 장병 명 지도부
    외무부 외무성 의회 하원 상원 대사관 당 측 외교관 대표부 총리실 국회 행정부 백악관 부통령 서기 주석
    외무장관 국방장관 장군 제1부부장 부부장 외무상 국방상 부상 차장 국장 의원들 보좌진 특임대사 공사
    참사관 장성 인사들 지휘관 사람 국민 시민 응답자 외신 언론 여론 야 여 與 野 진영 포로 기관지 수장
    외교수장 단장 안보실장 처장 청장 원장 부원장 총국장 합참의장 사무총장 장 .split(
    """
)
"""Heads that make somebody of a phrase that a name stands in."""

COUNTERS = listed(
    """
    명 발 개 척 대 기 여단
    """
)
"""Heads that only count: 6천여 명이 does not say whose men."""

TROOPS = listed(
    """
    군 부대 병력 병사 군인 명 공병 정예 여단 포로 사상자 정부 당국
    """
)
"""Nouns for men that a headline puts after a country: 북한군, 北 특수부대 1천500명."""

COUNTED = listed(
    """
    최소 최대 약 추가 특수 정예 지상 파병
    """
)
"""Nouns between a country and its men."""

SENDING = listed(
    """
    보내다 주다 넘기다 내주다 건네다 지원 제공 공급 파병 파견 증파 재파병
    """
)
"""Acts done in a moment: told in the present tense, a headline announces them."""

PLEAS = listed(
    """
    요청 요구 호소 촉구 간청 압박
    """
)
"""Nouns for what somebody asks of another, behind the act that is asked for: 무기 지원 요청."""

PLACES = listed(
    """
    전장 전선 지역 본토 접경 최전선 최전방 격전지 국경 전투 실전 연말 내달 이달 추가 전격 대거 임시
    """
)
"""Nouns of place and time between men and what they do."""

FOLLOWERS = listed(
    """
    등 들 측 이상 가량 안팎 정도 일부 대부분 다수 전원
    """
)
"""Nouns that follow the head of a phrase."""

OF_FACT = listed(
    """
    데 것 사실 점 주장 보도 소식 이후 뒤 후 만큼 가운데 상황
    """
)
"""Nouns before which a clause is complete: …가 인정한 데 대해."""

OF_SPEECH = listed(
    """
    방안 가능 문제 것 계획 방침 가능성 원칙 입장 의사 뜻 생각 의향 의지 여부 데 사안 옵션 선택지 카드
    조치 결정 주장 설 얘기 이야기 말 보도 관측 전망 정황 첩보 정보 사실 적 바 일 수 듯 경우 때 안 합의
    시나리오 구상 준비 채비 중 예정 단계 방향 쪽 형태 방식 움직임 조짐 징후 논의 검토 소식 소문 점 취지
    기조 시점 대로 법안 결의안 지시 명령 과정 작업 참 모습 장면 건 게 길 의혹 데다 셈 상태 상황 발언
    """
)
"""Nouns that a clause before them fills: 지원하는 방안, 보냈다는 첩보; what bears on them bears on the event."""
