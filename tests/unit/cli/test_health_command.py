"""Asking the running bot how it is: by `stancewatch health`, and by the container's own check."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from typer.testing import CliRunner

from bot.cli import app

DOCKERFILE = Path(__file__).parents[3] / "Dockerfile"


class Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"status": "ok"}')

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing."""


class OverSix(HTTPServer):
    """As asyncio listens on `::`: by IPv6 alone."""

    address_family = socket.AF_INET6

    def server_bind(self) -> None:
        self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        super().server_bind()


@pytest.fixture(params=["127.0.0.1", "0.0.0.0", "127.0.0.2", "::"])
def bot(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    kind = OverSix if ":" in request.param else HTTPServer
    try:
        listening = kind((request.param, 0), Page)
    except OSError as error:
        pytest.skip(f"this machine has no {request.param}: {error}")
    with listening as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield {"STANCEWATCH_HEALTH_HOST": request.param, "STANCEWATCH_HEALTH_PORT": str(server.server_address[1])}
        server.shutdown()


def in_the_container(environment: dict[str, str]) -> int:
    line = next(line for line in DOCKERFILE.read_text("utf-8").splitlines() if line.startswith("HEALTHCHECK"))
    program, *words = json.loads(line.partition("CMD ")[2])
    assert program == "python"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STANCEWATCH_")}
    asked = subprocess.run(
        [sys.executable, *words],
        cwd=DOCKERFILE.parent,
        env=kept | environment,
        capture_output=True,
        check=False,
        timeout=20,
    )
    return asked.returncode


def test_the_bot_is_asked_where_it_answers(bot: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in bot.items():
        monkeypatch.setenv(name, value)
    result = CliRunner().invoke(app, ["health"])
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"status": "ok"})
    assert in_the_container(bot) == 0


def test_a_container_whose_pages_are_switched_off_is_not_unwell() -> None:
    assert in_the_container({"STANCEWATCH_HEALTH_PORT": "0"}) == 0


def test_a_container_in_which_nothing_answers_is_unwell() -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        assert in_the_container({"STANCEWATCH_HEALTH_PORT": str(taken.getsockname()[1])}) == 1
