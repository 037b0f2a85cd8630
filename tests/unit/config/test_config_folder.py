"""Which file wins, and what does a folder that is not right say?"""

from pathlib import Path

import pytest

from bot.errors import ConfigError
from config import load_sources, load_storyline
from config.folder import FILES, SHIPPED, find
from config.yamlfile import read_yaml


def test_a_folder_overrides_the_shipped_files_one_by_one(folder: Path) -> None:
    (folder / "sources.yml").unlink()
    assert load_storyline(folder).id == "mini"
    assert len(load_sources(folder)) == len(load_sources())


def test_every_known_file_ships() -> None:
    assert sorted(path.name for path in SHIPPED.glob("*.yml")) == sorted(FILES)
    assert all(find(name).is_file() for name in FILES)


@pytest.mark.parametrize("name", ["source.yml", "sources.yaml", "notes.yml"])
def test_yaml_that_nothing_reads_is_an_error(folder: Path, name: str) -> None:
    (folder / name).write_text("sources: {}\n", "utf-8")
    with pytest.raises(ConfigError, match=r"is read by nothing; known are storyline\.yml"):
        find("sources.yml", folder)


def test_other_files_beside_the_yaml_are_nobodys_business(folder: Path) -> None:
    (folder / "README.txt").write_text("ours", "utf-8")
    assert find("sources.yml", folder) == folder / "sources.yml"


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="absent: is no folder"):
        load_storyline(tmp_path / "absent")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", ":1: file: is empty"),
        (b"# only a remark\n", ":1: file: is empty"),
        (b"sources:\n  a: \xff\xfe", ":1: file: is not UTF-8"),
        (b"a: 1\nb: [1\n", "file: is no YAML"),
        (b"a: 1\nb: \x07\n", ":2: file: holds a control character"),
        (b"a: 1\n---\nb: 2\n", ":2: file: holds a second document"),
        (b"a: *b\n", ":1: file: uses an alias"),
        (b"a: &b [1]\nc: *b\n", ":2: file: uses an alias"),
        (b"a: &b [*b]\n", "uses an alias"),
        (b"a: 1\nb: 2\na: 3\n", ":3: a: stands twice"),
        (b"[" * 60 + b"]" * 60, "nested too deep"),
        (b"[" * 1_000_000, "nested too deep"),
        (b"- " * 100_000 + b"a", "nested too deep"),
    ],
)
def test_a_file_of_no_use_is_told_in_one_line(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "sources.yml"
    path.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        read_yaml(path)
    assert told in str(caught.value)
    assert str(path) in str(caught.value).splitlines()[-1]


def test_a_path_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "sources.yml").mkdir()
    with pytest.raises(ConfigError, match=r"sources\.yml:1: file: cannot be read"):
        load_sources(tmp_path)


def test_words_that_yaml_elsewhere_turns_into_truth_or_time_stay_words(tmp_path: Path) -> None:
    path = tmp_path / "words.yml"
    path.write_text("norway: no\nclock: 12:30\nnumber: 010\nnothing: null\nquoted: 'null'\n", "utf-8")
    assert read_yaml(path).value == {
        "norway": "no",
        "clock": "12:30",
        "number": "010",
        "nothing": "",
        "quoted": "null",
    }


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "marked.yml"
    path.write_bytes("\ufeffa: 1\n".encode())
    assert read_yaml(path).value == {"a": "1"}
