"""Does `read` answer line for line, in order, whatever comes in?"""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main

TITLE = "South Korea rules out lethal arms for Ukraine"


@pytest.mark.parametrize("jobs", [(), ("--jobs", "2")], ids=["here", "workers"])
def test_readings_come_in_the_order_of_the_items_and_bad_lines_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], jobs: tuple[str, ...]
) -> None:
    lines = [
        json.dumps({"id": "b", "title": TITLE, "lang": "en", "text": None}).encode(),
        b"{broken",
        b"",
        json.dumps({"id": "a", "title": "Rain \x9b31m expected", "lang": "en"}).encode(),
        b'{"title": "no id"}',
        b"\xff\xfe",
        json.dumps({"id": "b", "title": "Rain again"}).encode(),
    ]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\n".join(lines))))
    monkeypatch.setattr("sys.argv", ["stancewatch", "read", *jobs])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    said = capsys.readouterr()
    results: list[dict[str, Any]] = [json.loads(line) for line in said.out.splitlines()]
    assert [result["id"] for result in results] == ["b", "a", "b"]
    assert [list(result) for result in results] == [["id", "relevant", "readings"]] * 3
    assert [reading["rung"] for reading in results[0]["readings"]] == ["withhold"]
    assert [line.partition(": ")[2].partition(": ")[0] for line in said.err.splitlines()] == [
        "<stdin>:2",
        "<stdin>:5",
        "<stdin>:6",
    ]


TWO = "\n".join(json.dumps({"id": name, "title": TITLE, "lang": "en", "date": "2024-03-01"}) for name in ("a", "b"))


def explained(monkeypatch: pytest.MonkeyPatch, wanted: str, lines: str = TWO) -> int | str | None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    monkeypatch.setattr("sys.argv", ["stancewatch", "read", "--explain", wanted])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code


def test_one_item_is_explained_step_by_step(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not explained(monkeypatch, "b")
    said = capsys.readouterr().out
    assert said.startswith(TITLE)
    assert "reading: seoul-arms withhold, south-korea, official" in said
    assert "learned part:" in said
    assert "rule: " in said


def test_an_item_that_ends_at_the_gate_is_told_what_that_means(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    explained(monkeypatch, "a", '{"id": "a", "title": "Rain"}')
    assert "not relevant: no holder: Nobody is named whose position is watched, so nothing" in capsys.readouterr().out


def test_item_that_is_not_there_is_said_to_be_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explained(monkeypatch, "c")
    assert "no item 'c'" in capsys.readouterr().err


def test_broken_line_is_named_where_the_item_to_explain_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    explained(monkeypatch, "a", '{"id": "a", "date": "soon"}')
    assert "<stdin>:1: date: 'soon' is no date" in capsys.readouterr().err


def test_each_line_is_answered_before_the_next_is_asked_and_in_utf8_whatever_the_locale() -> None:
    env = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", "bot", "read"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env) as child:
        assert child.stdin
        assert child.stdout
        for name in ("앞", "b"):
            child.stdin.write(json.dumps({"id": name}).encode() + b"\n")
            child.stdin.flush()
            assert json.loads(child.stdout.readline().decode("utf-8"))["id"] == name
        child.stdin.close()
        assert child.wait() == 0


def test_full_disk_under_the_output_is_one_line_on_standard_error() -> None:
    command = [sys.executable, "-m", "bot", "read"]
    with Path("/dev/full").open("wb") as full:
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        ended = subprocess.run(command, input=b'{"id": "a"}', stdout=full, stderr=subprocess.PIPE, env=env, check=False)
    assert ended.returncode == 1
    assert ended.stderr.decode().splitlines() == [
        "stancewatch: what was written is cut short: No space left on device; make room and start again"
    ]
