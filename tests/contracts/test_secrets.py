"""Does no secret ever come out, whatever is asked and whatever goes wrong?

Each secret of an installation is planted: tokens in the environment and in a file, passwords and tokens in addresses of
feeds, one that answers, one that fails and one that moves, and the password of the database. Then the program does all
it can, and every output is searched: log at its most talkative, standard output, errors, pages, figures, backups.
"""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from typer.testing import CliRunner

from bot.cli import app
from bot.errors import StancewatchError
from bot.wiring import load_settings

TOKEN = "planted4n7q2x9k5w8r3t6y1u0"
"""In nearly every secret, so that one search finds them all."""

SECRETS = {
    "STANCEWATCH_DISCORD_TOKEN": f"discord.{TOKEN}",
    "STANCEWATCH_SLACK_BOT_TOKEN": f"xoxb-{TOKEN}",
    "STANCEWATCH_SLACK_APP_TOKEN": f"xapp-{TOKEN}",
}
FEED = """<?xml version='1.0'?><rss version='2.0'><channel><title>x</title><item><guid>1</guid>
<title>South Korea decides to supply shells to Ukraine</title><link>https://paper.example/1</link>
<description>Seoul will supply them.</description></item></channel></rss>"""


@pytest.fixture
def config(publisher: Any, tmp_path: Path) -> Path:
    """A folder of YAML whose feeds all need a secret."""

    async def moved(request: web.Request) -> web.Response:
        raise web.HTTPMovedPermanently(f"/well?token={TOKEN}2")

    publisher.serve("/well", FEED, headers={"Content-Type": "application/rss+xml"})
    publisher.serve("/broken", "no feed", status=500)
    publisher.serve("/odd", "<html>no feed</html>")
    publisher.answer("/moved", moved)
    lines = ["sources:"]
    for name in ("well", "broken", "odd", "moved"):
        address = f"{publisher.base.replace('//', f'//desk:{TOKEN}@')}/{name}?token={TOKEN}"
        lines += [f"  {name}:", f"    name: {name}", f"    url: {address}", "    language: en"]
        lines += [f"    publisher: {name}", f"    origin_group: {name}", "    tier: outlet"]
    (tmp_path / "config").mkdir()
    (tmp_path / "config/sources.yml").write_text("\n".join(lines) + "\n", "utf-8")
    return tmp_path / "config"


def guarded(url: str) -> str:
    """Return a database address with a password, where the database takes one."""
    return url.replace("postgres@", f"postgres:{TOKEN}@")


async def ran(environment: dict[str, str], *words: str) -> str:
    """Return all that the program says."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, stdout=PIPE, stderr=PIPE, env=environment
    )
    async with asyncio.timeout(120):
        out, err = await process.communicate()
    return (out + err).decode()


async def test_no_secret_is_in_any_output_of_the_program(
    store_url: str, config: Path, tmp_path: Path, unused_tcp_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = {
        "STANCEWATCH_ALLOW_PRIVATE": "127.0.0.1",
        "STANCEWATCH_HEALTH_PORT": str(unused_tcp_port),
        "STANCEWATCH_DATABASE_URL": guarded(store_url),
        "STANCEWATCH_CONFIG_DIR": str(config),
        "STANCEWATCH_LOG_LEVEL": "debug",
        "STANCEWATCH_LOG_FORMAT": "json",
    }
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STANCEWATCH_")}
    said = await ran(environment | settings, "run", "--once")
    assert "source_failed" in said
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    commands = (
        ["check"],
        ["feeds", "list"],
        ["feeds", "list", "--json"],
        ["brief", "--json"],
        ["why", "https://paper.example/1"],
        ["health"],
        ["db", "check"],
        ["db", "upgrade"],
        ["db", "backup", str(tmp_path / "b.db")],
        ["db", "copy", "--to", f"postgresql://desk:{TOKEN}@127.0.0.1:1/desk"],
        ["db", "copy", "--to", f"mysql://desk:{TOKEN}@127.0.0.1:1/desk"],
        ["db", "restore", str(tmp_path / "b.db")],
    )
    for words in commands:
        answer = await asyncio.to_thread(CliRunner().invoke, app, words)
        told = str(answer.exception) if isinstance(answer.exception, StancewatchError) else ""
        said += f"\n== {words[:2]}\n{answer.output}{told}"
    assert TOKEN not in said, near(said)
    assert TOKEN.encode() not in (tmp_path / "b.db").read_bytes()


def near(said: str) -> str:
    """Return where a secret came out."""
    place = said.find(TOKEN)
    return said[max(0, place - 300) : place + 60]


async def test_no_secret_is_in_the_pages_of_a_running_bot(
    store_url: str, config: Path, unused_tcp_port: int, tmp_path: Path
) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STANCEWATCH_")} | {
        "STANCEWATCH_ALLOW_PRIVATE": "127.0.0.1",
        "STANCEWATCH_HEALTH_PORT": str(unused_tcp_port),
        "STANCEWATCH_DATABASE_URL": guarded(store_url),
        "STANCEWATCH_CONFIG_DIR": str(config),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", stdout=PIPE, stderr=PIPE, env=environment
    )
    try:
        pages = await asyncio.wait_for(until_polled(unused_tcp_port), 120)
    finally:
        process.terminate()
        out, err = await process.communicate()
    said = pages + (out + err).decode()
    assert "stancewatch_polls_total" in said
    assert TOKEN not in said, near(said)


async def until_polled(port: int) -> str:
    """Return all pages, once the first polls are done."""
    async with aiohttp.ClientSession() as session:
        while True:
            said = ""
            try:
                for name in ("health", "healthz", "readyz", "metrics"):
                    async with session.get(f"http://127.0.0.1:{port}/{name}") as answer:
                        said += await answer.text()
            except aiohttp.ClientError:
                pass
            if 'event="source_failed"' in said:
                return said
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_settings_never_show_a_secret(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, SECRETS[name])
    monkeypatch.setenv("STANCEWATCH_DATABASE_URL", f"postgresql://desk:{TOKEN}@db/desk")
    assert TOKEN not in repr(load_settings())
    monkeypatch.setenv("STANCEWATCH_WORKERS", "none")
    with pytest.raises(StancewatchError) as caught:
        load_settings()
    assert TOKEN not in str(caught.value)
