"""A storyline small enough to break in every way."""

from collections.abc import Callable
from pathlib import Path

import pytest

STORYLINE = """\
id: mini
title: {en: A small story, ko: 작은 이야기}
baseline_day: 2024-06-20
tracks:
  arms:
    title: {en: Arms, ko: 무기}
    question: {en: Will it?, ko: 하는가?}
    holders: [north, south]
    baseline:
      positions:
        north:
          rung: refuses
          evidence:
            - {article: 1, paragraph: 2, says: it refuses}
    rungs:
      refuses:
        register: word
        label: {en: refuses, ko: 거부}
        now: {en: refuses, ko: 거부한다}
        before: {en: refused, ko: 거부했다}
      sends:
        register: deed
        label: {en: sends, ko: 보냄}
        now: {en: sends, ko: 보낸다}
        before: {en: sent, ko: 보냈다}
    events:
      sending:
        agents: [north]
        default_agent: north
        rungs: {done: sends, refused: refuses}
        cues:
          en: [send + $arms]
holders:
  north:
    kind: state
    names: {en: North, ko: 북}
    aliases:
      en: [North]
    people:
      first-lead:
        names: {en: [First Lead]}
        terms:
          - {office: president, since: 2020-01-01, until: 2022-01-01}
      second-lead:
        names: {en: [Second Lead]}
        terms:
          - {office: president, since: 2022-01-01}
  south:
    kind: state
    names: {en: South, ko: 남}
    aliases:
      en: [South]
speakers:
  gazette:
    kind: agency
    holder: south
    aliases:
      en: [Gazette]
terms:
  en:
    arms: [arms, shells]
"""

HISTORY = """\
moves:
  - day: 2023-01-01
    track: arms
    holder: north
    rung: refuses
    note: It refuses.
  - day: 2025-02-01
    track: arms
    holder: south
    rung: sends
    note: It sends.
    about: true
"""

SOURCES = """\
sources:
  gazette-en-news:
    name: Gazette
    url: https://gazette.example/rss
    language: en
    publisher: Gazette
    origin_group: gazette
    tier: agency
  herald-en-news:
    name: Herald
    url: https://herald.example/rss
    publisher: Herald
    origin_group: herald
    tier: outlet
    interval: 900
    confidence: medium
"""

ROUTES = """\
routes:
  desk:
    platform: console
    channel: "-"
    tracks: [arms]
    holders: [north]
    min_severity: medium
    timezone: Asia/Seoul
    language: ko
"""

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with all four files, right in every way."""
    for name, text in (
        ("storyline.yml", STORYLINE),
        ("history.yml", HISTORY),
        ("sources.yml", SOURCES),
        ("routes.yml", ROUTES),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Replace the only place of a text in a file by another."""

    def replace(name: str, old: str, new: str) -> Path:
        path = folder / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), "utf-8")
        return path

    return replace
