"""Which positions does a Korean headline or lead report, with the storyline that ships?

Each row of korean_readings.tsv is an item of its own, in our own words, with its date: office-holders change.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain import By, Item, ReadResult

from .readers import reader

ROWS = tuple(
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "korean_readings.tsv").read_text(encoding="utf-8").splitlines()[1:]
)


def read(day: str, *, title: str = "", text: str = "") -> ReadResult:
    return reader(learned=False).read(Item("item", title, text, "ko", datetime.fromisoformat(day).replace(tzinfo=UTC)))


def positions(result: ReadResult) -> str:
    return " ".join(sorted({f"{reading.track}/{reading.rung}" for reading in result.readings}))


@pytest.mark.parametrize(("day", "where", "expected", "words"), ROWS)
def test_an_item_reports_these_positions(day: str, where: str, expected: str, words: str) -> None:
    assert (positions(read(day, **{where: words})) or "-") == expected


def test_a_quotation_is_an_exact_span_of_the_item() -> None:
    text = "(서울=가나통신) 홍길동 기자 = 정부는 우크라이나에 살상무기를 지원하지 않겠다고 밝혔다."
    (found,) = read("2024-10-01", text=text).readings
    assert found.quote == "정부는 우크라이나에 살상무기를 지원하지 않겠다고 밝혔다."


@pytest.mark.parametrize(
    ("text", "by", "origin"),
    [
        ("국가정보원은 북한이 러시아에 포탄을 보냈다고 보고했다.", By.REPORTED, "nis"),
        ("북한은 러시아에 무기를 수출한 적이 없다고 주장했다.", By.OFFICIAL, "north-korea"),
        ("북한이 러시아에 포탄을 보낸 것으로 알려졌다.", By.REPORTED, ""),
    ],
)
def test_who_says_so_is_kept(text: str, by: By, origin: str) -> None:
    (found,) = read("2023-11-01", text=text).readings
    assert (found.by, found.origin) == (by, origin)


def test_the_trace_names_sentence_event_and_rule() -> None:
    (found,) = read("2024-06-20", title="정부, 우크라이나 무기 지원 재검토").readings
    assert found.trace[0].startswith("sentence: ")
    assert any(step.startswith("consider: ") for step in found.trace)
    assert found.trace[-1].startswith("rule: ")


@pytest.mark.parametrize(
    ("text", "neutral"),
    [
        ("미 국무부는 한국이 우크라이나에 무기를 지원하기로 결정했다고 전했다.", False),
        ("미 국무부는 우크라이나 무기 지원은 한국이 스스로 결정할 문제라고 밝혔다.", True),
        ("미 국무부는 우크라이나에 대한 무기 지원은 한국이 결정할 사안이라고 말했다.", True),
    ],
)
def test_decision_that_was_made_is_not_left_to_seoul(text, neutral):
    assert any(r.rung == "neutral" for r in read("2024-11-20", text=text).readings) is neutral


def test_whom_a_messenger_cites_is_the_origin():
    (found,) = read(
        "2024-10-18", text="로이터통신은 국가정보원을 인용해 북한이 러시아에 병력 3000명을 보냈다고 보도했다."
    ).readings
    assert found.origin == "nis"


@pytest.mark.parametrize(
    "text",
    [
        "로이터통신은 북한이 러시아에 병력 3000명을 보냈다고 보도하면서 우크라이나를 인용하지 않았다.",
        "로이터통신은 국가정보원을 인용하지 않고 북한이 러시아에 병력 3000명을 보냈다고 보도했다.",
        "로이터통신은 국가정보원을 인용하지는 못했지만 북한이 러시아에 병력 3000명을 보냈다고 보도했다.",
        "로이터통신은 국가정보원을 인용함 없이 북한이 러시아에 병력 3000명을 보냈다고 보도했다.",
    ],
)
def test_whom_a_messenger_does_not_cite_is_not_the_origin(text: str) -> None:
    assert {r.origin for r in read("2024-10-18", text=text).readings} == {"reuters"}


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("우크라이나 정보총국에 따르면 북한군 1만여명이 쿠르스크에 배치됐다.", "hur"),
        ("국가정보원 관계자들에 따르면 북한은 러시아에 병력을 파병했다.", "nis"),
        ("북러 조약에 따라 북한은 러시아에 병력을 파병했다.", ""),
    ],
)
def test_according_to_whom_it_is_told_is_the_origin(text: str, origin: str) -> None:
    assert {r.origin for r in read("2024-10-18", text=text).readings if r.track == "pyongyang-war"} == {origin}
