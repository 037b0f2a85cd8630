"""What would a keyword alert say? The peer that benchmarks/accuracy.py holds the reader against.

One rule a rung: all of its groups of words must occur in one item. That is what a desk writes today into a keyword
alert, done with some care: the groups are broad, in four languages, and the most telling rung of a track wins.

Refuses to do: no grammar; that is the point.
"""

from __future__ import annotations

import re
from typing import Any

SEOUL = r"south korea|seoul|yoon|lee jae|한국|정부|윤 대통령|대통령실|韓|южн\w+ коре|сеул|юн сок|південн\w+ коре|юн сок"
UKRAINE = r"ukrain|kyiv|kiev|우크라|украин|киев|україн|києв"
MOSCOW = r"russia|moscow|putin|kremlin|lavrov|zakharova|러시아|푸틴|모스크바|크렘린|러 |росси|москв|путин|кремл|рф|росі|путін|рф"
NORTH = (
    r"north korea|pyongyang|dprk|kim jong|북한|북러|北|김정은|평양|кндр|северн\w+ коре|пхеньян|північн\w+ коре|пхеньян"
)
ARMS = r"weapon|arms|lethal|shell|ammunition|무기|살상|포탄|탄약|оружи|вооружен|снаряд|боеприпас|зброю|зброї|зброя|снаряд|боєприпас"
TROOPS = r"troop|soldier|deploy|파병|북한군|병력|военн|солдат|войск|військ|солдат"
PACT = r"treaty|pact|partnership|조약|협정|동반자|договор|соглашени|договір|договор|угод"
TECH = r"technolog|satellite|submarine|space|기술|위성|잠수함|технолог|спутник|підводн|супутник"

RULES: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    (
        "seoul-arms",
        "withhold",
        "south-korea",
        "official",
        (
            SEOUL,
            UKRAINE,
            ARMS,
            r"no plan|not supply|not provide|rule[sd]? out|unchanged|non-lethal|않|없|변함|не намерен|не будет|не має наміру|не буде|нелетальн",
        ),
    ),
    (
        "seoul-arms",
        "conditional",
        "south-korea",
        "official",
        (
            SEOUL,
            UKRAINE,
            ARMS,
            r"depending|if russia|red line|phased|경우|단계|따라|в зависимости|если|за умови|якщо|поэтапн",
        ),
    ),
    (
        "seoul-arms",
        "indirect",
        "south-korea",
        "reported",
        (
            SEOUL,
            UKRAINE,
            ARMS,
            r"via|through the u|third countr|loan|lend|우회|대여|제3국|через сша|третьи стран|через сша|треті країн",
        ),
    ),
    (
        "seoul-arms",
        "committed",
        "south-korea",
        "reported",
        (
            SEOUL,
            UKRAINE,
            ARMS,
            r"will supply|decided to|will send|지원하기로|제공하기로|решил|поставит|вирішив|надасть",
        ),
    ),
    (
        "seoul-arms",
        "reviewing",
        "south-korea",
        "official",
        (
            SEOUL,
            UKRAINE,
            ARMS,
            r"review|consider|mull|not rul|검토|배제하지|рассм|не исключ|пересмотр|розгля|не виключ|перегля",
        ),
    ),
    (
        "seoul-moscow",
        "retaliating",
        "south-korea",
        "official",
        (SEOUL, MOSCOW, r"sanction|export ban|export control|제재|수출 통제|санкци|санкці"),
    ),
    (
        "seoul-moscow",
        "condemning",
        "south-korea",
        "official",
        (SEOUL, MOSCOW, r"condemn|summon|urge|denounc|규탄|초치|촉구|осуд|вызвал|засуд|викликал"),
    ),
    (
        "seoul-moscow",
        "mending",
        "south-korea",
        "official",
        (SEOUL, MOSCOW, r"restor|improv|normali|복원|개선|정상화|восстанов|нормализ|віднов|нормаліз"),
    ),
    (
        "moscow-seoul",
        "warning",
        "russia",
        "official",
        (
            SEOUL,
            MOSCOW,
            r"warn|mistake|consequence|hostile|경고|실수|предупред|ошибк|последств|попередж|помилк|наслідк",
        ),
    ),
    (
        "moscow-seoul",
        "conciliatory",
        "russia",
        "official",
        (SEOUL, MOSCOW, r"hope|appreciat|praise|기대|평가|наде[ея]|оценил|сподіва|цінує"),
    ),
    (
        "pact",
        "ratified",
        "russia",
        "official",
        (NORTH, MOSCOW, PACT, r"ratif|into force|비준|발효|ратиф|вступил|набу|чинн"),
    ),
    ("pact", "invoked", "north-korea", "official", (NORTH, MOSCOW, PACT, r"article 4|invok|제4조|4조|стать\w 4|статт")),
    ("pact", "signed", "russia", "official", (NORTH, MOSCOW, PACT, r"sign|서명|체결|подпис|підпис")),
    (
        "pyongyang-war",
        "denied",
        "north-korea",
        "official",
        (NORTH, MOSCOW, r"den(y|ies|ied)|rumou?r|fake|groundless|부인|사실무근|опроверг|отрица|фейк|спросту|запереч"),
    ),
    (
        "pyongyang-war",
        "withdrawing",
        "north-korea",
        "reported",
        (NORTH, TROOPS, r"withdr|pulled|return home|철수|귀국|отве[лд]|вывел|відв|вивел"),
    ),
    (
        "pyongyang-war",
        "fighting",
        "north-korea",
        "reported",
        (NORTH, TROOPS, r"kursk|combat|casualt|killed|쿠르스크|전투|사상|курск|бо[яйю]|потер|курськ|втрат"),
    ),
    ("pyongyang-war", "deploying", "north-korea", "reported", (NORTH, MOSCOW, TROOPS)),
    ("pyongyang-war", "arming", "north-korea", "reported", (NORTH, MOSCOW, ARMS)),
    ("moscow-tech", "reported", "russia", "reported", (NORTH, MOSCOW, TECH)),
    (
        "allies-arms",
        "requesting",
        "ukraine",
        "official",
        (SEOUL, UKRAINE, ARMS, r"ask|request|urge|call on|요청|촉구|попрос|призва|просит|попрос|заклика"),
    ),
    (
        "seoul-opinion",
        "opposed",
        "public",
        "reported",
        (SEOUL, UKRAINE, ARMS, r"poll|survey|opposition|여론|야당|민주당|опрос|оппозиц|опитув|опозиц"),
    ),
    (
        "expert-depth",
        "transformative",
        "experts",
        "analyst",
        (NORTH, MOSCOW, PACT, r"expert|analyst|전문가|эксперт|експерт"),
    ),
)

_COMPILED = tuple(
    (track, rung, holder, by, tuple(re.compile(group, re.IGNORECASE) for group in groups))
    for track, rung, holder, by, groups in RULES
)


def keyword_readings(title: str, text: str) -> list[dict[str, Any]]:
    """Return what the keyword rule reads in one item: at most one rung a track, the first that matches."""
    whole = f"{title}\n{text}"
    found: dict[str, dict[str, Any]] = {}
    for track, rung, holder, by, groups in _COMPILED:
        if track not in found and all(group.search(whole) for group in groups):
            found[track] = {"track": track, "rung": rung, "holder": holder, "by": by, "quote": title}
    return list(found.values())


def keyword_result(item: dict[str, Any]) -> dict[str, Any]:
    """Return one item's result in the format of `stancewatch read`."""
    readings = keyword_readings(item.get("title") or "", item.get("text") or "")
    return {"id": item["id"], "relevant": bool(readings), "readings": readings}
