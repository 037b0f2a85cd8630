"""Do items come in and readings go out as the contract says?"""

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.cli.items import BadLine, ItemLine, parse_items, readings_line
from bot.domain import By, Reading, ReadResult


def parse(line: str) -> ItemLine | BadLine:
    (parsed,) = parse_items([line])
    return parsed


def test_an_item_may_leave_out_all_but_its_id() -> None:
    line = parse('{"id": "a"}')
    assert isinstance(line, ItemLine)
    assert (line.item().title, line.item().language, line.item().date) == ("", "", None)


def test_a_day_is_midnight_utc() -> None:
    line = parse('{"id": "a", "date": "2024-06-20"}')
    assert isinstance(line, ItemLine)
    assert line.date == datetime(2024, 6, 20, tzinfo=UTC)


def test_a_moment_keeps_its_zone() -> None:
    line = parse('{"id": "a", "date": "2024-06-20T09:00:00+09:00"}')
    assert isinstance(line, ItemLine)
    assert line.date == datetime(2024, 6, 20, tzinfo=UTC)


def test_a_line_that_is_no_json_is_named_with_its_number() -> None:
    good, bad = parse_items(['{"id": "a"}', "{broken"])
    assert isinstance(good, ItemLine)
    assert isinstance(bad, BadLine)
    assert bad.number == 2


def test_a_missing_id_names_the_field() -> None:
    bad = parse('{"title": "x"}')
    assert isinstance(bad, BadLine)
    assert bad.reason.startswith("id:")


def test_a_wrong_date_names_the_field() -> None:
    bad = parse('{"id": "a", "date": "last week"}')
    assert isinstance(bad, BadLine)
    assert bad.reason.startswith("date:")


def test_empty_lines_are_passed_over_and_still_counted() -> None:
    (bad,) = parse_items(["", "  ", "[]"])
    assert isinstance(bad, BadLine)
    assert bad.number == 3


def test_labels_read_as_if_they_had_been_read() -> None:
    label = {"track": "pact", "rung": "signed", "holder": "russia", "by": "official", "quote": "Signed."}
    line = parse(json.dumps({"id": "a", "lang": "en", "relevant": True, "labels": [label]}))
    assert isinstance(line, ItemLine)
    (reading,) = line.gold().readings
    assert (reading.track, reading.rung, reading.by, reading.confidence) == ("pact", "signed", By.OFFICIAL, 1.0)


def test_a_result_has_the_fields_of_the_contract() -> None:
    reading = Reading("pact", "russia", "signed", By.OFFICIAL, "Signed.", 0.91234, "tass", ("sentence: Signed.",))
    line = readings_line(ReadResult("a", True, "passed", "en", (reading,)))
    assert list(line) == ["id", "relevant", "readings"]
    assert line["readings"] == [
        {
            "track": "pact",
            "rung": "signed",
            "holder": "russia",
            "by": "official",
            "confidence": 0.912,
            "quote": "Signed.",
            "origin": "tass",
            "trace": ["sentence: Signed."],
        }
    ]


@given(st.one_of(st.text(), st.binary()))
def test_no_line_ends_the_run(line: str | bytes) -> None:
    for parsed in parse_items([line]):
        assert isinstance(parsed, ItemLine | BadLine)
