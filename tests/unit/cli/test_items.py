"""Do items come in and readings go out as the contract says?"""

import codecs
import json
from datetime import UTC, datetime

import pytest
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


@pytest.mark.parametrize("wrong", ["31.12.2024", "1718841600", True, [2024, 6, 20], {}, []])
def test_a_wrong_date_is_told_with_how_dates_are_written(wrong: object) -> None:
    bad = parse(json.dumps({"id": "a", "date": wrong}))
    assert isinstance(bad, BadLine)
    assert bad.reason == f"date: {str(wrong)!r} is no date; write it as 2024-06-20 or 2024-06-20T09:00:00+09:00"


@pytest.mark.parametrize("nothing", [None, "", "  ", 0])
def test_no_date_is_none(nothing: object) -> None:
    line = parse(json.dumps({"id": "a", "date": nothing}))
    assert isinstance(line, ItemLine)
    assert line.date is None


def test_a_mark_of_byte_order_before_the_first_line_is_no_part_of_it() -> None:
    first, second = parse_items([codecs.BOM_UTF8 + b'{"id": "a"}', codecs.BOM_UTF8 + b'{"id": "b"}'])
    assert isinstance(first, ItemLine)
    assert isinstance(second, BadLine)


@pytest.mark.parametrize(
    ("escaped", "title"),
    [
        (r"arms \ud83d", "arms \ufffd"),
        (r"\uDE00 arms", "\ufffd arms"),
        (r"\ud83d\ude00 arms", "\U0001f600 arms"),
        (r"\ud83d\ud83d\ude00", "\ufffd\U0001f600"),
        (r"C:\\ud83d", r"C:\ud83d"),
        (r"\ud55c", "한"),
    ],
)
def test_half_a_character_at_the_cut_of_a_title_loses_no_item(escaped: str, title: str) -> None:
    line = parse('{"id": "a", "title": "%s"}' % escaped)  # noqa: UP031 -- braces of JSON
    assert isinstance(line, ItemLine)
    assert line.title == title


def test_half_an_escape_is_no_character_and_stays_wrong() -> None:
    assert isinstance(parse(r'{"id": "a", "title": "\ud8zz"}'), BadLine)


def test_what_is_no_json_is_told_with_its_column_and_no_second_line_number() -> None:
    _, bad = parse_items(['{"id": "a"}', '{"id": "b"},'])
    assert isinstance(bad, BadLine)
    assert (bad.number, bad.reason) == (2, "line: it is no JSON: trailing characters at column 12")


def test_what_is_not_utf8_is_told_as_that() -> None:
    bad = parse_items([b'{"id": "a", "title": "\xcd"}'])
    assert [line.reason for line in bad if isinstance(line, BadLine)] == [
        "line: it is not UTF-8 (byte 23 is 0xcd); save the file as UTF-8"
    ]


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
