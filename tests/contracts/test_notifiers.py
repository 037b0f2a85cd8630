"""Does every chat platform keep the promises that delivery relies on?

A platform is tried out through its bench, a file of its name under benches/: what it shows is read back there. A new
platform adds its bench and is tested by everything below.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

import handlers
from bot.domain import Alert, Bundle, Delivery, DeliveryState, News, Notice, NoticeKind
from bot.errors import UndeliverableError
from bot.ports import Notifier
from config import load_storyline
from handlers.samples import samples
from handlers.texts import languages

BENCHES = Path(__file__).with_name("benches")
PLATFORMS = sorted(handlers.load())
STORYLINE = load_storyline()
SAMPLES = samples(STORYLINE)
ALERTS = {name: notice for name, notice in SAMPLES.items() if isinstance(notice, Alert)}
HOSTILE = (
    "@everyone <!channel> <@U123> <@&456> *b* _i_ `c` ||s|| [t](https://evil.example) <https://evil.example|t>",
    "\x1b[31mred\x1b[0m \x07\x08\x9b31m \x00 \r\n\r\n",
    "\u202eright-to-left\u202c \u200b\u200d\ufeff \u2066x\u2069",
    "x" * 10_000,
    "한국" * 5_000,
    "e" + "\u0301" * 10_000,
    "",
)
SECRET = "xoxb-this-is-a-secret"
TOKEN_OPTIONS = {"token": SECRET, "bot_token": SECRET, "signing_secret": SECRET}


def _bench_module(platform: str) -> ModuleType:
    path = BENCHES / f"{platform}.py"
    assert path.exists(), f"{platform} needs a bench: {path}"
    spec = spec_from_file_location(f"bench_{platform}", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _ways() -> Iterator[tuple[str, str]]:
    for platform in PLATFORMS:
        for name, _ in _bench_module(platform).benches(STORYLINE, SECRET):
            yield platform, name


@pytest.fixture(params=_ways(), ids="-".join)
def bench(request: pytest.FixtureRequest) -> tuple[Notifier, Callable[[], str]]:
    platform, name = request.param
    found: tuple[Notifier, Callable[[], str]] = dict(_bench_module(platform).benches(STORYLINE, SECRET))[name]
    return found


def _delivery(notifier: Notifier, notice: Notice | News, language: str = "en", ref: str = "") -> Delivery:
    kind = NoticeKind.ALERT if isinstance(notice, Bundle) else NoticeKind(type(notice).__name__.lower())
    now = datetime(2024, 10, 24, tzinfo=UTC)
    state = DeliveryState.PENDING
    version = notice.version
    return Delivery(
        7, kind, notice.id, "r", notifier.platform, "c", language, "", state, version, 0, ref, 0, now, "", "Asia/Seoul"
    )


def _newer(notice: Notice) -> Notice:
    if isinstance(notice, Bundle):
        shown = tuple(alert.version for alert in notice.alerts)
        return Bundle(tuple(replace(alert, version=alert.version + 1) for alert in notice.alerts), shown)
    return replace(notice, version=notice.version + 1)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_platform_answers_to_the_name_of_its_module(platform: str) -> None:
    module = handlers.load([platform])[platform]
    assert platform == module.PLATFORM
    assert module.build(STORYLINE, TOKEN_OPTIONS).platform == platform


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", SAMPLES)
async def test_every_state_is_sent_and_edited(
    bench: tuple[Notifier, Callable[[], str]], name: str, language: str
) -> None:
    notifier, shown = bench
    notice = SAMPLES[name]
    ref = await notifier.send(_delivery(notifier, notice, language), notice)
    assert ref
    first = shown()
    assert first.strip()
    assert await notifier.edit(_delivery(notifier, notice, language, ref), _newer(notice))
    assert shown().strip()
    await notifier.close()
    assert SECRET not in shown()
    assert SECRET not in repr(notifier)


@pytest.mark.parametrize("name", SAMPLES)
async def test_a_message_is_found_by_its_delivery_and_only_by_it(
    bench: tuple[Notifier, Callable[[], str]], name: str
) -> None:
    notifier, _ = bench
    notice = SAMPLES[name]
    mine, other = _delivery(notifier, notice), replace(_delivery(notifier, notice), id=8)
    first = await notifier.send(mine, notice)
    window = datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC) + timedelta(days=1)
    if notifier.platform == "console":
        with pytest.raises(UndeliverableError, match="cannot be read back"):
            await notifier.find(mine, *window)
        return
    assert await notifier.find(mine, *window) == (first,)
    await notifier.edit(replace(mine, ref=first), _newer(notice))
    await notifier.send(other, notice)
    assert await notifier.find(mine, *window) == (first,)
    assert len(await notifier.find(other, *window)) == 1
    early = window[0], window[0] + timedelta(days=1)
    assert await notifier.find(mine, *early) == ()
    await notifier.remove(mine, first)
    await notifier.remove(mine, first)
    assert await notifier.find(mine, *window) == ()
    assert len(await notifier.find(other, *window)) == 1


async def test_what_is_said_in_a_thread_is_found_by_its_delivery_and_is_no_part_of_the_message(
    bench: tuple[Notifier, Callable[[], str]],
) -> None:
    notifier, _ = bench
    signal = ALERTS["signal"]
    news = News(replace(ALERTS["grown"], id=signal.id, version=2), signal.state, known=1)
    mine = _delivery(notifier, signal)
    first = await notifier.send(mine, signal)
    line = replace(_delivery(notifier, news), id=9, thread=first)
    window = datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC) + timedelta(days=1)
    if notifier.platform == "console":
        assert await notifier.tell(line, news) == "", "a terminal has no threads"
        return
    assert await notifier.find(line, *window) == ()
    said = await notifier.tell(line, news)
    assert said not in {"", first}
    assert await notifier.find(line, *window) == (said,)
    assert await notifier.find(mine, *window) == (first,)
    await notifier.remove(line, said)
    assert await notifier.find(line, *window) == ()
    assert await notifier.find(mine, *window) == (first,)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
async def test_hostile_text_of_any_size_is_shown_and_acts_on_nothing(
    bench: tuple[Notifier, Callable[[], str]], text: str
) -> None:
    notifier, shown = bench
    for alert in (ALERTS["grown"], ALERTS["signal-denied"]):
        evidence = tuple(replace(e, quote=text, title=text, publisher=text, url=text) for e in alert.evidence)
        hostile = replace(alert, evidence=evidence, against=evidence[:1])
        ref = await notifier.send(_delivery(notifier, hostile), hostile)
        await notifier.edit(_delivery(notifier, hostile, ref=ref), hostile)
        full = Bundle(tuple(replace(hostile, id=f"{hostile.id}-{n}") for n in range(5)), (0,) * 5)
        ref = await notifier.send(_delivery(notifier, full), full)
        await notifier.edit(_delivery(notifier, full, ref=ref), full)
    assert not set(shown()) & set("\x1b\x9b\x07\x08\x00\r\u202e\u2066\u200b\ufeff")


async def test_many_notices_at_once_are_not_mixed_up(bench: tuple[Notifier, Callable[[], str]]) -> None:
    notifier, shown = bench
    signal = ALERTS["signal"]
    numbered = [replace(signal, id=f"number-{n}") for n in range(20)]
    await asyncio.gather(*(notifier.send(_delivery(notifier, alert), alert) for alert in numbered))
    for alert in numbered:
        assert shown().count(f"{alert.id} ") + shown().count(f'"{alert.id}"') == 1
