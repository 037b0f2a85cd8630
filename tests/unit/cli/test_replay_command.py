"""Does a replay take each item once, at its date, and refuse what the storyline cannot hold?"""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main

LABEL = {"track": "seoul-arms", "holder": "south-korea", "rung": "withhold", "by": "official", "quote": "No arms."}


def item(name: str, date: str | None, title: str = "No arms.", **changes: str) -> dict[str, Any]:
    return {"id": name, "date": date, "title": title, "labels": [LABEL | changes]}


@pytest.fixture
def replayed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    """Return what replays items by their labels: the exit status, the lines told and what was said of errors."""
    monkeypatch.chdir(tmp_path)

    def play(*items: dict[str, Any], config: str = "") -> tuple[int, list[dict[str, Any]], str]:
        (tmp_path / "items.jsonl").write_text("\n".join(json.dumps(item) for item in items), encoding="utf-8")
        words = ["replay", "items.jsonl", "--gold", "--json"]
        monkeypatch.setattr("sys.argv", ["stancewatch", *words, *(["--config", config] if config else [])])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), [json.loads(line) for line in said.out.splitlines()], said.err

    return play


def test_an_event_line_has_the_fields_of_the_contract(replayed: Any) -> None:
    status, (line, *_), _ = replayed(item("a", "2024-07-10"))
    assert status == 0
    assert list(line) == [
        *("at", "event", "alert", "track", "holder", "register"),
        *("from", "to", "confirmed", "origins", "articles", "quote"),
    ]
    assert (line["at"], line["event"], line["articles"]) == ("2024-07-10T00:00:00+00:00", "posted", ["a"])


def test_an_id_that_comes_again_in_the_same_words_is_the_same_article(replayed: Any) -> None:
    status, lines, _ = replayed(item("a", "2024-07-12"), item("a", "2024-07-10"))
    assert status == 0
    assert [(line["event"], line["to"], line["at"][:10]) for line in lines] == [("posted", "withhold", "2024-07-10")]


def test_an_id_that_comes_again_in_other_words_is_an_edit(replayed: Any) -> None:
    reworded = item("a", "2024-07-11", "No arms at all.", quote="No arms at all.")
    status, lines, _ = replayed(item("a", "2024-07-10"), reworded, item("a", "2024-07-12", "Rain.", rung="reviewing"))
    assert status == 0
    assert [(line["event"], line["to"], line["quote"]) for line in lines] == [
        ("posted", "withhold", "No arms."),
        ("updated", "withhold", "No arms at all."),
        ("withdrawn", "withhold", "No arms at all."),
    ]


def test_an_item_without_a_date_or_labels_is_taken_too(replayed: Any) -> None:
    status, lines, _ = replayed(item("a", "2024-07-10"), {"id": "b", "title": "Rain.", "labels": None})
    assert (status, len(lines)) == (0, 1)


def test_a_label_on_an_unknown_track_is_one_clear_line(replayed: Any) -> None:
    status, lines, said = replayed(item("a", "2024-07-10", track="mars-arms"))
    assert (status, lines, len(said.splitlines())) == (2, [], 1)
    assert "'mars-arms'" in said


def test_a_team_that_is_told_in_chat_only_sees_a_replay_on_the_console(replayed: Any, tmp_path: Path) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "routes.yml").write_text('routes:\n  desk:\n    platform: slack\n    channel: "C1"\n', encoding="utf-8")
    _, lines, _ = replayed(item("a", "2024-07-10"), config=str(folder))
    assert [line["event"] for line in lines] == ["posted"]
