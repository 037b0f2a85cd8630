"""What do tests of several parts stand on?

A publisher: a real web server on the loopback address, whose pages a test writes.
A small storyline: three tracks in two languages, so that a test does not hang on the wording that ships.
Databases: an address for each kind of store, empty and up to date; PostgreSQL's tests are skipped where there is none.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
import structlog
from aiohttp import web
from hypothesis import settings

from bot.domain import Holder, Register, Rung, Speaker, Storyline, Track
from bot.store import open_store

# How fast a machine is, and what else it does, is no property of the code.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


HANG_SECONDS = 60


@pytest.fixture
def hang_guard() -> Iterator[None]:
    """Stops what would take the square of its input: what takes as long as its input ends long before."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"it has not come to an end within {HANG_SECONDS} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(HANG_SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def _postgres_kit() -> Any:
    """Return the module that knows where a PostgreSQL is."""
    if "postgres_server" not in sys.modules:
        spec = spec_from_file_location("postgres_server", Path(__file__).with_name("postgres_server.py"))
        assert spec is not None
        assert spec.loader is not None
        sys.modules["postgres_server"] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules["postgres_server"])
    return sys.modules["postgres_server"]


POSTGRES = _postgres_kit()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A PostgreSQL server on which databases can be made; it may not be stopped."""
    with POSTGRES.any_server() as server:
        if server is None:
            pytest.skip(POSTGRES.NONE)
        yield server


@pytest.fixture(scope="session")
def _postgres_template(postgres: Any) -> Iterator[str]:
    url = postgres.create()
    open_store(url).close()
    yield url
    postgres.drop(url)


@pytest.fixture
def postgres_url(postgres: Any, _postgres_template: str) -> Iterator[str]:
    """The address of a PostgreSQL database with today's schema and nothing in it."""
    url = postgres.create(_postgres_template.rpartition("/")[2])
    yield url
    postgres.drop(url)


@pytest.fixture
def bare_postgres_url(postgres: Any) -> Iterator[str]:
    """The address of a PostgreSQL database without any table."""
    url = postgres.create()
    yield url
    postgres.drop(url)


@pytest.fixture
def own_postgres() -> Iterator[Any]:
    """A PostgreSQL server of the test's own, to be stopped and started."""
    if POSTGRES.binaries() is None:
        pytest.skip(POSTGRES.NONE)
    with POSTGRES.own_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgres"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database of each kind, one after the other, with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'deep' / 'stancewatch.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Publisher:
    """A web server on 127.0.0.1 that answers what a test tells it to, and remembers what it was asked."""

    base: str = ""
    pages: dict[str, Handler] = field(default_factory=dict)
    requests: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"{self.base}{path}"

    def serve(
        self, path: str, body: bytes | str = b"", *, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> str:
        """Answer `path` with this from now on; return its address."""
        content = body.encode() if isinstance(body, str) else body

        async def page(_: web.Request) -> web.StreamResponse:
            return web.Response(status=status, body=content, headers=headers)

        return self.answer(path, page)

    def answer(self, path: str, page: Handler) -> str:
        """Answer `path` by calling `page` from now on; return its address."""
        self.pages[path] = page
        return self.url(path)

    def asked(self, path: str) -> list[Mapping[str, str]]:
        """Return the headers of every request for `path` so far."""
        return [headers for asked, headers in self.requests if asked == path]

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self.requests.append((request.path, dict(request.headers)))
        page = self.pages.get(request.path)
        return await page(request) if page else web.Response(status=404)


@pytest.fixture
async def publisher() -> AsyncIterator[Publisher]:
    site = Publisher()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", site._handle)
    runner = web.AppRunner(application, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield site
    await runner.cleanup()


def _rung(name: str, register: Register, label: str, now: str, before: str, **flags: bool) -> Rung:
    both = [dict(zip(("en", "ko"), text.split(" | "), strict=True)) for text in (label, now, before)]
    return Rung(
        name,
        register,
        *both,
        confirms={"en": f"a document on {name}", "ko": f"{name} 문서"},
        falsifies={"en": f"a denial of {name}", "ko": f"{name} 부인"},
        **flags,
    )


@pytest.fixture(scope="session")
def small_storyline() -> Storyline:
    word, deed = Register.WORD, Register.DEED
    arms = (
        _rung("withhold", word, "rules out | 배제", "rules out arms | 지원을 배제한다", "ruled them out | 배제했다"),
        _rung(
            "reviewing", word, "reviewing | 검토", "says it is reviewing arms | 검토한다고 한다", "reviewed | 검토했다"
        ),
        _rung("indirect", deed, "through others | 우회", "lets shells pass | 우회 지원한다", "let some pass | 그쳤다"),
        _rung("supplying", deed, "supplying | 지원", "supplies arms | 지원한다", "supplied arms | 지원했다"),
    )
    war = (
        _rung("denied", word, "denied | 부인", "denies any part | 부인한다", "denied any | 부인했다"),
        _rung("arming", deed, "arming | 무기", "has shells in the war | 무기를 보낸다", "sent only arms | 그쳤다"),
        _rung("deploying", deed, "troops | 파병", "has troops there | 파병했다", "had troops there | 파병했다"),
        _rung("withdrawing", deed, "leaving | 철수", "is leaving | 철수한다", "had left | 철수했다", reversal=True),
    )
    allies = (
        _rung("neutral", word, "neutral | 중립", "is neutral | 중립이다", "was neutral | 중립이었다", quiet=True),
        _rung("requesting", word, "asking | 요청", "asks for arms | 요청한다", "asked | 요청했다"),
        _rung("signing", deed, "signed | 서명", "has signed it | 서명했다", "had signed | 서명했다"),
    )
    names = {
        "south-korea": ("South Korea", "한국"),
        "north-korea": ("North Korea", "북한"),
        "united-states": ("The United States", "미국"),
    }
    return Storyline(
        id="small",
        title={"en": "A small storyline", "ko": "작은 줄거리"},
        baseline_day=date(2024, 6, 20),
        tracks=(
            Track(
                "seoul-arms",
                {"en": "Arms", "ko": "무기 지원"},
                {"en": "Arms?", "ko": "무기?"},
                ("south-korea",),
                arms,
                (),
                baseline={"south-korea": "reviewing"},
            ),
            Track(
                "pyongyang-war",
                {"en": "The war", "ko": "참전"},
                {"en": "Part?", "ko": "관여?"},
                ("north-korea",),
                war,
                (),
                deeds_outrank_words=True,
                baseline={"north-korea": "arming"},
            ),
            Track(
                "allies-arms",
                {"en": "Allies", "ko": "우방"},
                {"en": "Do they?", "ko": "?"},
                ("united-states",),
                allies,
                (),
            ),
        ),
        holders=tuple(Holder(key, "state", {"en": en, "ko": ko}, {}) for key, (en, ko) in names.items()),
        speakers=(Speaker("nis", "intelligence", {"en": ("The spy agency",), "ko": ("국정원",)}, "south-korea"),),
        terms={},
    )


@pytest.fixture(autouse=True)
def _log_apart() -> None:
    """Keep the log off standard output, which belongs to what is told."""
    structlog.reset_defaults()
    structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.__stderr__))
