"""What is shown of an address before it is watched, in a chat and on the command line?"""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.clock import SystemClock
from bot.domain import By, Item, PollState, Reading, ReadResult, Source, Tier
from bot.errors import InputError, NotAFeedError
from bot.finding import LAST, FeedFinder, located, source_at, tried
from bot.store import open_store
from config import load_storyline
from handlers.card import card_of_feed
from watchers import Fetcher, Limits, Parser, load
from watchers.answers import Answer

NOW = datetime(2024, 6, 21, tzinfo=UTC)
PAGE = (
    "<!DOCTYPE html><html><head><title>Ministry</title></head><body><nav><ul><li><a href='/home'>Home page</a></li>"
    "<li><a href='/about'>About us</a></li></ul></nav><table class='board'>{rows}</table></body></html>"
)
ROW = "<tr><td><a href='/n/{n}'>Statement {n}</a></td><td>2024-06-{day:02}</td></tr>"
BOARD = PAGE.format(rows="".join(ROW.format(n=n, day=n % 28 + 1) for n in range(40)))


async def read(items: Sequence[Item]) -> list[ReadResult]:
    said = (Reading("seoul-arms", "south-korea", "withhold", By.OFFICIAL, "x", 0.9),)
    return [ReadResult(i.id, True, "passed", "en", said if i.title.endswith("9") else ()) for i in items]


@pytest.fixture
async def finder() -> AsyncIterator[FeedFinder]:
    clock = SystemClock()
    async with Fetcher(clock, allow_private=("127.0.0.1",), limits=Limits(seconds=5)) as fetcher, Parser() as parser:
        yield FeedFinder(fetcher, load(fetcher, parser), read, clock)


async def test_a_selector_watches_the_page_itself(finder: FeedFinder, publisher: Any) -> None:
    url = publisher.serve("/news", BOARD)
    preview = await finder.find(url, "slack:U1", "table.board > tr")
    source = preview.source
    assert (source.url, source.kind, source.selector, source.author) == (url, "page", "table.board > tr", "slack:U1")
    assert preview.number == 40
    assert len(preview.items) == LAST
    assert sum(bool(item.read) for item in preview.items) == 3


async def test_the_usual_lists_of_a_page_need_no_selector(finder: FeedFinder, publisher: Any) -> None:
    preview = await finder.find(publisher.serve("/news", BOARD.replace("nav", "div")), "cli", "usual")
    assert (preview.source.kind, preview.source.selector) == ("page", "")


@pytest.mark.parametrize(
    ("selector", "why"),
    [("table[", "is no CSS selector .* or give 'usual'"), ("ul.gone li", "selector 'ul.gone li' finds no item")],
)
async def test_a_selector_that_finds_nothing_is_one_clear_line(
    finder: FeedFinder, publisher: Any, selector: str, why: str
) -> None:
    with pytest.raises(InputError, match=why) as refused:
        await finder.find(publisher.serve("/news", BOARD), "cli", selector)
    assert "\n" not in str(refused.value)


async def test_a_page_without_a_feed_says_that_it_can_be_watched_itself(finder: FeedFinder, publisher: Any) -> None:
    with pytest.raises(NotAFeedError, match="watch the page itself"):
        await finder.find(publisher.serve("/news", BOARD), "cli")


async def test_a_page_that_robots_txt_forbids_is_refused_at_once(finder: FeedFinder, publisher: Any) -> None:
    publisher.serve("/robots.txt", "User-agent: *\nDisallow: /news")
    with pytest.raises(InputError, match=r"robots\.txt of the host forbids it; look for a feed"):
        await finder.find(publisher.serve("/news", BOARD), "cli", "table.board > tr")
    assert not publisher.asked("/news")


async def test_a_source_is_called_after_the_site_that_was_named(finder: FeedFinder, publisher: Any) -> None:
    feed = publisher.serve("/hidden.xml", "<rss version='2.0'><channel><item><title>A</title></item></channel></rss>")
    link = f"<html><head><link rel='alternate' type='application/rss+xml' href='{feed}'></head></html>"
    preview = await finder.find(publisher.serve("/", link), "cli")
    assert (preview.source.url, preview.source.kind, preview.source.selector) == (feed, "rss", "")
    assert preview.source.name == publisher.url("/").split("/")[2]


@pytest.mark.parametrize(
    "url",
    [
        "https://WWW.Paper.Example/feed",
        "https://paper.example?token=a1b2c3d4e5f6a7b8c9d0",
        "https://paper.example#top",
        "https://reader:word@www.paper.example/feed",
    ],
)
def test_a_site_has_one_name_however_its_address_is_written(url: str) -> None:
    source = source_at(url, "cli")
    assert (source.name, source.publisher, source.origin_group) == ("paper.example",) * 3


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("paper.example/feed", "https://paper.example/feed"),
        ("Paper.Example", "https://Paper.Example"),
        ("пример.рф:8080/rss?a=b", "https://пример.рф:8080/rss?a=b"),
        ("feed://paper.example/rss", "http://paper.example/rss"),
        ("feed:https://paper.example/rss", "https://paper.example/rss"),
        (" http://paper.example/rss ", "http://paper.example/rss"),
        ("file:///etc/passwd", "file:///etc/passwd"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("localhost", "localhost"),
    ],
)
def test_an_address_is_taken_as_a_browser_or_a_reader_shows_it(typed: str, url: str) -> None:
    assert source_at(typed, "cli").url == url


def test_an_address_that_is_none_is_one_clear_line() -> None:
    with pytest.raises(InputError, match=r"'http://\[bad' is no web address"):
        source_at("http://[bad", "cli")


class Answering(Fetcher):
    """A fetcher that gets the same from every address."""

    async def get(self, url: str, **_: Any) -> Answer:
        return Answer(url, b"<rss version='2.0'><channel><item><title>A</title></item></channel></rss>")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://news.google.com/rss/search?q=Seoul&hl=en-US", "search"),
        ("https://www.google.com/alerts/feeds/0123/4567", "search"),
        ("https://www.bing.com/news/search?q=Seoul&format=rss", "search"),
        ("https://google.com.example/alerts/feeds/1", "rss"),
        ("https://blog.google.com/rss", "rss"),
    ],
)
async def test_a_news_search_is_known_for_one_and_never_an_origin(url: str, kind: str) -> None:
    source = await located(source_at(url, "cli"), "", Answering(SystemClock()))
    assert (source.kind, source.tier is Tier.SEARCH) == (kind, kind == "search")


class Board(BaseHTTPRequestHandler):
    """A site with one page."""

    def do_GET(self) -> None:
        body = BOARD.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """A site that answers while a command runs its own event loop."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Board)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/news"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Return what runs a command and gives its exit code."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STANCEWATCH_ALLOW_PRIVATE", "127.0.0.1")
    monkeypatch.setattr("bot.cli.feeds.reader_factory", lambda _: Unread)

    def run(*words: str) -> int:
        monkeypatch.setattr("sys.argv", ["stancewatch", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    return run


class Unread:
    """A reader that finds nothing."""

    def read(self, item: Item) -> ReadResult:
        return ReadResult(item.id, False, "no holder", item.language)


def test_a_page_is_added_by_command_with_a_selector(command, site: str, tmp_path: Path, capsys) -> None:
    assert command("feeds", "add", site, "--selector", "table.board > tr", "--publisher", "Ministry") == 0
    said = capsys.readouterr().out
    assert f"{site} (page): 40 items" in said
    assert said.count("Statement ") == LAST
    assert "Home page" not in said
    store = open_store(f"sqlite:///{tmp_path / 'data/stancewatch.db'}")
    (source,) = [source for source, _ in store.sources() if source.url == site]
    store.close()
    assert (source.kind, source.selector, source.publisher) == ("page", "table.board > tr", "Ministry")


def test_feeds_list_shows_how_each_source_is_and_its_problems_alone(command, tmp_path: Path, capsys) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'data/stancewatch.db'}")
    for key in ("well", "ill"):
        host = f"{key}.example"
        store.add_source(Source(key, key, f"https://{host}/feed?token=s3cr3t", "rss", "en", key, host, Tier.OUTLET))
    well = PollState(NOW, last_success=NOW, last_new_item=NOW, seconds=1.2)
    with store.unit() as unit:
        unit.save_polls({"well": well, "ill": PollState(NOW, failures=3, last_error="asks for less (429)")})
    store.close()
    assert command("feeds", "list") == 0
    said = capsys.readouterr().out
    assert "2 sources" in said
    assert said.index(" ill ") < said.index(" well  ", said.index("\n"))
    assert "1.2 s" in said
    assert command("feeds", "list", "--problems") == 0
    said = capsys.readouterr().out
    assert "3 times running: asks for less (429)" in said
    assert "1 source;" in said
    assert "s3cr3t" not in said


@pytest.mark.parametrize("words", [("test",), ("add",)])
def test_a_wrong_selector_is_refused_by_command(command, site: str, capsys, words: tuple[str, ...]) -> None:
    assert command("feeds", *words, site, "--selector", "table[") != 0
    assert "is no CSS selector" in capsys.readouterr().err


def test_a_selector_is_tried_by_command_without_adding_anything(command, site: str, capsys) -> None:
    assert command("feeds", "test", site, "--selector", "usual") == 0
    assert "(page): " in capsys.readouterr().out


def test_a_token_in_an_address_is_in_nothing_that_is_shown_of_it(command, site: str, tmp_path: Path, capsys) -> None:
    for token in ("s3cr3t", "0th3r"):
        assert command("feeds", "add", f"{site}?token={token}", "--selector", "table.board > tr") == 0
    assert command("feeds", "list") == 0
    said = capsys.readouterr().out
    assert "s3cr3t" not in said
    assert "0th3r" not in said
    store = open_store(f"sqlite:///{tmp_path / 'data/stancewatch.db'}")
    added = {source.url: source.key for source, _ in store.sources() if source.author != "yaml"}
    store.close()
    assert set(added) == {f"{site}?token=s3cr3t", f"{site}?token=0th3r"}
    assert len(set(added.values())) == 2


def test_a_source_that_is_switched_off_is_watched_again_as_it_was(command, site: str, tmp_path: Path, capsys) -> None:
    (tmp_path / "config").mkdir()
    yaml = f"sources:\n  board:\n    name: Board\n    url: {site}\n    kind: page\n    publisher: Ministry\n"
    (tmp_path / "config/sources.yml").write_text(f"{yaml}    origin_group: ministry\n    tier: outlet\n", "utf-8")
    there = ("--config", "config")
    assert command("feeds", "remove", "board", *there) == 0
    assert command("feeds", "add", site, "--selector", "table.board > tr", *there) == 0
    assert capsys.readouterr().out.endswith("board: watched again, as sources.yml has it\n")
    assert command("feeds", "list", *there) == 0
    assert " 0.0 s" not in capsys.readouterr().out


async def test_a_token_is_not_in_the_preview_of_a_chat(finder: FeedFinder, publisher: Any) -> None:
    preview = await finder.find(f"{publisher.serve('/news', BOARD)}?token=s3cr3t", "slack:U1", "table.board > tr")
    card = card_of_feed(preview, load_storyline(), "en", NOW)
    assert "s3cr3t" not in str(card)


async def test_a_kind_that_nothing_watches_is_told_without_what_is_secret_in_the_address(finder: FeedFinder) -> None:
    source = replace(source_at("https://user:pass@paper.example/feed?token=s3cr3t", "slack:U1"), kind="rrs")
    with pytest.raises(NotAFeedError, match="nothing watches kind 'rrs'; the kinds are atom, ") as caught:
        await tried(source, finder.watchers, SystemClock())
    assert "s3cr3t" not in str(caught.value)
    assert "pass@" not in str(caught.value)
