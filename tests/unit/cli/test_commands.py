"""Do the commands refuse what is wrong, in one clear line?"""

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli.brief import span_of
from bot.cli.db import _address
from bot.domain import Source, Tier
from bot.errors import InputError
from bot.store import SqlStore, open_store
from bot.store.dialect import make_engine, parse_url
from bot.store.examining import schema_of
from bot.store.transfer import bring_up_to_date
from config import load_sources
from handlers.console import ConsoleNotifier
from watchers.opml import read_opml


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("90m", timedelta(minutes=90)),
        ("24h", timedelta(days=1)),
        ("7d", timedelta(days=7)),
        ("2W", timedelta(days=14)),
    ],
)
def test_a_span_is_a_number_and_a_unit(written: str, meant: timedelta) -> None:
    assert span_of(written) == meant


@pytest.mark.parametrize("written", ["", "7", "d", "0d", "-1d", "7 days", "99999d", "٧d1"])
def test_any_other_span_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(InputError, match="write for example"):
        span_of(written)


def stancewatch(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["stancewatch", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    "words",
    [
        ("brief", "--since", "yesterday"),
        ("brief", "--track", "seoul-army"),
        ("why", "https://nowhere.example/article"),
        ("timeline", "pact", "--timezone", "Asia/Seul"),
        ("demo", "--since", "last summer", "--speed", "0"),
        ("demo", "--since", "2024-6", "--speed", "0"),
        ("demo", "--since", "2030", "--speed", "0"),
        ("db", "check", "--database", "sqlite:///nowhere.db"),
        ("replay", "missing.jsonl"),
        ("baseline", "missing.txt"),
        ("feeds", "remove", "no-such-source"),
        ("feeds", "import", "missing.opml"),
        ("feeds", "test", "no-such-source"),
        ("feeds", "add", "file:///etc/passwd"),
        ("feeds", "add", "http://127.0.0.1/feed"),
        ("mute", "peace"),
        ("mute", "pact", "--for", "a while"),
        ("mute", "pact", "--channel", "discord"),
        ("mute", "pact", "--channel", "slak:C1"),
        ("mute", "russia", "--holder", "russia"),
        ("unmute", "pact"),
        ("feedback", "add", "no-such-alert", "useful"),
    ],
    ids=" ".join,
)
def test_wrong_input_is_one_clear_line_and_a_status_that_is_not_zero(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert stancewatch(monkeypatch, *words) != 0
    said = capsys.readouterr().err.strip().splitlines()
    assert len(said) == 1
    assert said[0].startswith("stancewatch: ")


def test_a_check_of_a_database_that_is_not_there_makes_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert stancewatch(monkeypatch, "db", "check", "--database", f"sqlite:///{tmp_path}/lost/stancewatch.db") != 0
    assert "there is no such file" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@contextmanager
def opened_at(folder: Path) -> Iterator[SqlStore]:
    store = open_store(f"sqlite:///{folder / 'data' / 'stancewatch.db'}")
    try:
        yield store
    finally:
        store.close()


def _config_of(path: Path, key: str, *, kind: str, tier: str) -> Path:
    """Return a configuration folder whose sources.yml names one source."""
    folder = path / "config"
    folder.mkdir()
    (folder / "sources.yml").write_text(
        f"sources:\n  {key}:\n    name: {key.title()}\n    url: https://{key}.example/feed\n    kind: {kind}\n"
        f"    publisher: {key.title()}\n    origin_group: {key}\n    tier: {tier}\n",
        encoding="utf-8",
    )
    return folder


def test_a_wrong_yaml_names_its_file_and_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "sources.yml").write_text("sources:\n  one:\n    url: nowhere\n", encoding="utf-8")
    assert stancewatch(monkeypatch, "run", "--once", "--config", str(folder)) == 1
    assert "sources.yml:3" in capsys.readouterr().err


def test_what_was_exported_can_be_imported_elsewhere(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert stancewatch(monkeypatch, "feeds", "export", "all.opml") == 0
    assert stancewatch(monkeypatch, "feeds", "remove", "yonhap-en-news") == 0
    assert stancewatch(monkeypatch, "feeds", "import", "all.opml") == 0
    assert "left out" in capsys.readouterr().err
    assert stancewatch(monkeypatch, "feeds", "list", "--json") == 0
    assert '"yonhap-en-news"' in capsys.readouterr().out


def test_what_the_yaml_of_another_bot_names_outlives_the_next_start_here(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = _config_of(tmp_path, "press", kind="rss", tier="official")
    assert stancewatch(monkeypatch, "feeds", "export", "theirs.opml", "--config", str(folder)) == 0
    other = f"sqlite:///{tmp_path / 'other.db'}"
    assert stancewatch(monkeypatch, "feeds", "import", "theirs.opml", "--database", other) == 0
    capsys.readouterr()
    store = open_store(other)
    store.seed_sources(load_sources())
    assert [source.tier for source, _ in store.sources() if source.key == "press"] == ["official"]
    store.close()


def test_groups_of_another_reader_go_through_the_store_and_out_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    feed = '<outline text="Wire" type="rss" xmlUrl="https://wire.example/feed"/>'
    came = f'<opml><body><outline text="Asia"><outline text="Seoul">{feed}</outline></outline></body></opml>'
    (tmp_path / "reader.opml").write_text(came, encoding="utf-8")
    assert stancewatch(monkeypatch, "feeds", "import", str(tmp_path / "reader.opml")) == 0
    assert stancewatch(monkeypatch, "feeds", "export", "all.opml") == 0
    written = Path("all.opml").read_bytes()
    (wire,) = [source for source in read_opml(written, "all.opml") if source.name == "Wire"]
    assert wire.folders == ("Asia/Seoul",)
    capsys.readouterr()


def test_what_cannot_be_watched_in_the_list_of_another_reader_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = 'xmlns:s="https://stancewatch.invalid/opml" s:kind="page" s:selector="div["'
    outlines = (
        '<outline text="No scheme" xmlUrl="wire.example/feed"/>',
        '<outline text="No port" xmlUrl="https://wire.example:99999/feed"/>',
        f'<outline text="No selector" xmlUrl="https://board.example/" {ours}/>',
        '<outline text="Old" xmlUrl="feed://old.example/rss"/>',
        '<outline text="Older" XMLURL="feed:https://older.example/rss"/>',
    )
    Path("reader.opml").write_text(f"<opml><body>{''.join(outlines)}</body></opml>", encoding="utf-8")
    assert stancewatch(monkeypatch, "feeds", "import", "reader.opml") == 0
    said = capsys.readouterr()
    assert "left out: wire.example/feed is no web address" in said.err
    assert "left out: https://wire.example:99999/feed has a port that is none" in said.err
    assert "left out: selector 'div[' is no CSS selector" in said.err
    assert "added 2 of 5 sources" in said.out
    assert stancewatch(monkeypatch, "feeds", "export") == 0
    written = capsys.readouterr().out
    assert 'xmlUrl="http://old.example/rss"' in written
    assert 'xmlUrl="https://older.example/rss"' in written


def test_a_list_of_which_nothing_can_be_watched_is_refused_with_the_reasons(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outlines = '<outline text="A" xmlUrl="wire.example/feed"/><outline text="B" xmlUrl="http://[bad"/>'
    Path("reader.opml").write_text(f"<opml><body>{outlines}</body></opml>", encoding="utf-8")
    assert stancewatch(monkeypatch, "feeds", "import", "reader.opml") == 2
    said = capsys.readouterr().err
    assert "left out: wire.example/feed is no web address" in said
    assert "left out: http://[bad is no web address; write http://" in said


def answering(body: bytes) -> socket.socket:
    """Return a port of this machine on which something answers every line with these bytes."""
    here = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        with contextlib.suppress(OSError):
            while True:
                caller, _ = here.accept()
                with caller:
                    caller.recv(4096)
                    caller.sendall(body)

    threading.Thread(target=answer, daemon=True).start()
    return here


@pytest.mark.parametrize("body", [b"220 mail.example ready\r\n", b"HTTP/1.0 200 OK\r\n\r\n<html>", b""])
def test_what_is_no_bot_is_not_taken_for_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], body: bytes
) -> None:
    with answering(body) as here:
        monkeypatch.setenv("STANCEWATCH_HEALTH_PORT", str(here.getsockname()[1]))
        assert stancewatch(monkeypatch, "health") == 1
    assert capsys.readouterr().err.startswith("no bot answers at http://127.0.0.1:")


def test_the_health_of_a_bot_here_is_not_asked_through_a_proxy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with answering(b'HTTP/1.0 200 OK\r\n\r\n{"status": "ok"}') as here:
        monkeypatch.setenv("STANCEWATCH_HEALTH_PORT", str(here.getsockname()[1]))
        assert stancewatch(monkeypatch, "health") == 0
    assert '"ok"' in capsys.readouterr().out


def test_a_source_that_nothing_watches_is_named_by_check_and_not_imported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = _config_of(tmp_path, "odd", kind="telepathy", tier="outlet")
    assert stancewatch(monkeypatch, "check", "--sources", "--config", str(folder)) == 1
    assert "WRONG  source odd: nothing watches kind 'telepathy'" in capsys.readouterr().out
    assert stancewatch(monkeypatch, "feeds", "export", "odd.opml", "--config", str(folder)) == 0
    other = ("--database", f"sqlite:///{tmp_path / 'other.db'}")
    assert stancewatch(monkeypatch, "feeds", "import", "odd.opml", *other) == 0
    said = capsys.readouterr()
    assert "left out: odd: nothing watches kind 'telepathy'" in said.err
    assert "added 0 of 1 sources" in said.out


def test_check_polls_what_people_added_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = _config_of(tmp_path, "odd", kind="telepathy", tier="outlet")
    with opened_at(tmp_path) as store:
        store.seed_sources(load_sources(folder))
        blog = Source("blog", "Blog", "http://127.0.0.1/feed", "rss", "en", "Blog", "blog", Tier.OUTLET)
        for key, url in (("blog", blog.url), ("dropped", "http://127.0.0.1/dropped")):
            store.add_source(replace(blog, key=key, url=url, author="discord:5"))
        store.remove_source("dropped", "discord:5")
    assert stancewatch(monkeypatch, "check", "--sources", "--config", str(folder)) == 1
    said = capsys.readouterr().out
    assert "WRONG  source blog: '127.0.0.1' is not fetched" in said
    assert "source dropped" not in said
    assert "0 of 2 sources answer" in said


def test_check_does_not_poll_what_people_switched_off(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = _config_of(tmp_path, "odd", kind="rss", tier="outlet")
    with opened_at(tmp_path) as store:
        store.seed_sources(load_sources(folder))
        store.remove_source("odd", "discord:5")
    assert stancewatch(monkeypatch, "check", "--sources", "--config", str(folder)) == 0
    said = capsys.readouterr().out
    assert "source odd" not in said
    assert "0 of 0 sources answer" in said


def test_a_source_that_is_switched_off_is_said_to_be_and_not_to_be_polled_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    there = ("--config", str(_config_of(tmp_path, "paper", kind="rss", tier="outlet")))
    assert stancewatch(monkeypatch, "feeds", "remove", "paper", *there) == 0
    assert "switched off paper, which sources.yml names; `stancewatch feeds add`" in capsys.readouterr().out
    assert stancewatch(monkeypatch, "feeds", "retry", "paper", *there) != 0
    said = capsys.readouterr()
    assert "source paper is switched off; `stancewatch feeds add` with its address has it watched again" in said.err
    assert "polled again" not in said.out


def test_check_polls_what_sources_yml_has_switched_on_since_the_last_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = _config_of(tmp_path, "odd", kind="rss", tier="outlet")
    with opened_at(tmp_path) as store:
        store.seed_sources([replace(source, enabled=False) for source in load_sources(folder)])
    stancewatch(monkeypatch, "check", "--sources", "--config", str(folder))
    assert "0 of 1 sources answer" in capsys.readouterr().out


def test_check_makes_no_database_and_upgrades_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Whoever tries a new version may still want to go back."""
    assert stancewatch(monkeypatch, "check") == 0
    assert "well   database: is not there yet" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []
    older = make_engine(parse_url(f"sqlite:///{tmp_path / 'data' / 'stancewatch.db'}"), durable=True)
    with older.connect().execution_options(writes=True) as connection, connection.begin():
        bring_up_to_date(connection, "v0008")
    older.dispose()
    assert stancewatch(monkeypatch, "check") == 0
    assert "well   database: has schema v0008; the next start brings it to v0009" in capsys.readouterr().out
    assert schema_of(f"sqlite:///{tmp_path / 'data' / 'stancewatch.db'}")[0] == "v0008"


def test_check_tells_how_each_chat_platform_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def problems(_: object) -> tuple[str, ...]:
        return ("console: nobody listens; sit down",)

    assert stancewatch(monkeypatch, "check") == 0
    assert "well   platform console: ready" in capsys.readouterr().out
    monkeypatch.setattr(ConsoleNotifier, "problems", problems)
    assert stancewatch(monkeypatch, "check") == 1
    assert "WRONG  platform console: console: nobody listens; sit down" in capsys.readouterr().out


def test_what_is_muted_is_listed_and_stands_in_the_brief_until_it_is_unmuted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*words: str) -> str:
        assert stancewatch(monkeypatch, *words) == 0
        return capsys.readouterr().out

    assert said("muted") == "nothing is muted\n"
    made = said("mute", "pact", "--holder", "russia", "--for", "7d", "--channel", "discord:123")
    assert made.startswith("muted pact russia in discord:123 until ")
    assert said("muted", "--channel", "discord:123") == made
    assert said("muted", "--channel", "slack:C1") == "nothing is muted\n"
    assert said("mute", "north-korea", "--for", "moves").startswith("muted north-korea in every channel until it moves")
    assert len(json.loads(said("muted", "--json"))) == 2
    assert {mute["channel"] for mute in json.loads(said("brief", "--json"))["muted"]} == {None, "123"}
    assert "Muted here" in said("brief")
    assert said("unmute", "--channel", "discord:123") == f"no longer {made}"
    assert said("unmute").count("no longer") == 1
    assert said("feedback", "list") == "0 alerts judged\n"
    assert said("feedback", "export") == ""


def test_what_is_muted_and_miswritten_is_told_with_what_may_be_meant(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for given, meant in (("seoul-army", "did you mean 'seoul-arms'?"), ("xyz", "tracks are: seoul-arms, ")):
        assert stancewatch(monkeypatch, "mute", given) != 0
        assert f"no track, holder or alert {given!r}; {meant}" in capsys.readouterr().err


def test_a_mute_may_be_asked_for_by_somebody_who_has_no_name_on_this_machine(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.getuid", lambda: 2_000_000_001)
    assert stancewatch(monkeypatch, "mute", "pact") == 0
    assert ", by cli [" in capsys.readouterr().out


def test_an_address_is_read_from_a_file_that_begins_with_a_byte_order_mark(tmp_path):
    file = tmp_path / "url"
    file.write_text("sqlite:///desk.db\n", "utf-8-sig")
    assert _address(f"@{file}") == "sqlite:///desk.db"
