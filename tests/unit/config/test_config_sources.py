"""Do the sources load, and is every mistake in them told with file, line and advice?"""

from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from bot.domain import Tier
from bot.errors import ConfigError
from config import load_sources, load_storyline
from watchers import unwatched

LANGUAGES = {"en", "ko", "ru", "uk"}


def test_the_shipped_sources_are_many_and_in_four_languages() -> None:
    sources = load_sources()
    assert len(sources) >= 120
    feeds = Counter(source.language for source in sources if source.tier is not Tier.SEARCH)
    assert set(feeds) == LANGUAGES
    assert min(feeds.values()) >= 20


def test_every_track_is_searched_for_in_every_language() -> None:
    searches = {source.key for source in load_sources() if source.kind == "search"}
    wanted = {f"google-{code}-{track.id}" for code in LANGUAGES for track in load_storyline().tracks}
    assert wanted <= searches


def test_shipped_searches_are_of_tier_search_and_the_other_way_round() -> None:
    assert all((source.kind == "search") is (source.tier is Tier.SEARCH) for source in load_sources())


def test_shipped_sources_of_high_confidence_stand_before_the_others() -> None:
    levels = [source.confidence for source in load_sources()]
    assert levels == sorted(levels)
    assert "low" not in levels


def test_shipped_addresses_are_their_own_and_have_no_secret() -> None:
    addresses = [source.url for source in load_sources()]
    assert len({unquote(url) for url in addresses}) == len(addresses)
    assert not [url for url in addresses if urlsplit(url).username or "key=" in url.lower()]


def test_one_house_is_one_origin_group() -> None:
    groups: dict[str, set[str]] = {}
    for source in load_sources():
        groups.setdefault(source.publisher, set()).add(source.origin_group)
    assert {publisher: found for publisher, found in groups.items() if len(found) > 1} == {}


def test_the_tier_sets_the_interval_unless_the_source_does(folder: Path) -> None:
    gazette, herald = load_sources(folder)
    assert (gazette.interval, gazette.kind, gazette.confidence, gazette.language) == (300, "rss", "high", "en")
    assert (herald.interval, herald.confidence, herald.language) == (900, "medium", "")
    assert {source.author for source in (gazette, herald)} == {"yaml"}


def test_a_source_may_stand_in_folders(edit, folder: Path) -> None:
    edit("sources.yml", "language: en", "language: en\n    folders: [Korea, Asia/Seoul]")
    gazette, herald = load_sources(folder)
    assert (gazette.folders, herald.folders) == (("Korea", "Asia/Seoul"), ())


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("https://gazette.example/rss", "ftp://gazette.example/rss", 4, "is no web address"),
        ("https://gazette.example/rss", "https:///rss", 4, "is no web address"),
        ("https://gazette.example/rss", "https://gazette example/rss", 4, "is no web address"),
        ("https://gazette.example/rss", "http://[::1/rss", 4, "url"),
        ("https://gazette.example/rss", "http://gazette.example:99999/rss", 4, "has a port that is none"),
        ("https://gazette.example/rss", "http://gazette.example:0/rss", 4, "has a port that is none"),
        ("interval: 900", "selector: 'table[['", 15, "is no CSS selector"),
        ("https://gazette.example/rss", "https://gazette.example:port/rss", 4, "has a port that is none"),
        ("https://herald.example/rss", "https://gazette.example/rss/", 11, "polled by 'gazette-en-news' already"),
        ("  herald-en-news:", "  gazette-en-news:", 9, "stands twice"),
        ("  herald-en-news:", "  Herald News:", 9, "write small letters"),
        ("tier: agency", "tier: agent", 8, "'official', 'agency', 'outlet'"),
        ("interval: 900", "interval: 59", 15, "greater than or equal to 60"),
        ("interval: 900", "interval: soon", 15, "valid integer"),
        ("interval: 900", "intervall: 900", 15, "did you mean 'interval'?"),
        ("confidence: medium", "confidence: some", 16, "'high', 'medium' or 'low'"),
        ("    publisher: Herald\n", "", 9, "publisher: is missing"),
        ("sources:\n", "feeds:\n", 1, "is no known field"),
        ("name: Gazette", "name:", 3, "is empty"),
        ("language: en", "language: English", 5, "write its code, such as ko"),
    ],
)
def test_a_mistake_in_the_sources_is_told_with_its_line(
    edit, folder: Path, old: str, new: str, line: int, told: str
) -> None:
    path = edit("sources.yml", old, new)
    with pytest.raises(ConfigError) as caught:
        load_sources(folder)
    problems = [problem for problem in str(caught.value).splitlines() if told in problem]
    assert problems, str(caught.value)
    assert problems[0].startswith(f"{path}:{line}: ")
    assert "secret" not in str(caught.value)


def test_no_sources_at_all_is_allowed(folder: Path) -> None:
    (folder / "sources.yml").write_text("sources: {}\n", "utf-8")
    assert load_sources(folder) == ()


def test_a_kind_that_nobody_watches_is_told_with_its_line(edit, folder: Path) -> None:
    path = edit("sources.yml", "language: en", "kind: rrs\n    language: en")
    with pytest.raises(ConfigError) as caught:
        load_sources(folder, unwatched)
    assert f"{path}:5: sources.gazette-en-news.kind: nothing watches kind 'rrs'; the kinds are " in str(caught.value)
