"""What is left when the program is killed in the middle?"""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import ClassVar

import pytest

from bot.clock import SystemClock
from bot.deliver import drain
from bot.domain import Delivery, News, Notice
from bot.errors import StoreError
from bot.store import open_store

START = """
import sys, time
from datetime import UTC, datetime
from bot.domain import *
from bot.store import open_store
import bot.store.transfer as transfer

URL = sys.argv[1]
NOON = datetime(2024, 10, 18, tzinfo=UTC)
ARTICLE = Article("k", "s", "", "", "h", "t", "x", "en", None, NOON, "p", "g", Tier.OUTLET)
EVIDENCE = Evidence("e", "k", "pact", "russia", "signed", By.OFFICIAL, "q", 1.0, "g", NOON, NOON, "t", "", "p", "g",
                    Tier.OUTLET, "en")
ALERT = Alert("a", 1, AlertState.CONFIRMED, AlertEventKind.POSTED, NOON, NOON, "pact", "russia", Register.DEED, None,
              "signed", By.OFFICIAL, Severity.HIGH, (EVIDENCE,))

def write(unit):
    unit.add_article(ARTICLE, ReadResult("k", True, "passed", "en"), [EVIDENCE])
    unit.save_standing(Standing("pact", "russia"))
    unit.save_alert(ALERT)
    unit.enqueue(NoticeKind.ALERT, "a", 1, [Route("desk", "console", "-")], NOON)

def hang():
    print("here", flush=True)
    time.sleep(60)
"""

INSIDE_A_UNIT = """
store = open_store(URL)
store.claim()
with store.unit() as unit:
    write(unit)
    hang()
"""

AFTER_A_UNIT = """
store = open_store(URL)
store.claim()
with store.unit() as unit:
    write(unit)
hang()
"""

INSIDE_AN_UPGRADE = """
upgrade = transfer.upgrade
def upgrade_and_hang(connection, revision):
    upgrade(connection, revision)
    hang()
transfer.upgrade = upgrade_and_hang
open_store(URL)
"""

WITH_A_CHILD = """
import os
store = open_store(URL)
store.claim()
if os.fork() == 0:
    time.sleep(60)
else:
    hang()
"""


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'stancewatch.db'}"
    address: str = request.getfixturevalue("bare_postgres_url")
    return address


def killed(url: str, what: str) -> int:
    """Run a program until it says that it is there, kill it, and return what its process id was."""
    with subprocess.Popen(
        [sys.executable, "-c", START + what, url], stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as program:
        try:
            assert program.stdout is not None
            assert program.stdout.readline() == "here\n"
            if "claim" in what:
                bystander = open_store(url)
                with pytest.raises(StoreError, match=rf"another bot \([^)]*\b{program.pid}\) works with"):
                    bystander.claim()
                bystander.close()
        finally:
            os.kill(program.pid, signal.SIGKILL)
            program.wait()
    return program.pid


def counts_after(url: str) -> dict[str, int]:
    store = open_store(url)
    store.claim()
    try:
        return dict(store.counts())
    finally:
        store.close()


def test_killed_inside_a_unit_leaves_nothing_of_it(url: str) -> None:
    killed(url, INSIDE_A_UNIT)
    assert set(counts_after(url).values()) == {0}


def test_killed_after_a_unit_leaves_all_of_it_with_its_delivery_pending(url: str) -> None:
    killed(url, AFTER_A_UNIT)
    counts = counts_after(url)
    assert {name: counts[name] for name in ("articles", "evidence", "alerts", "deliveries_pending")} == {
        "articles": 1,
        "evidence": 1,
        "alerts": 1,
        "deliveries_pending": 1,
    }


async def test_killed_between_commit_and_post_is_posted_once_after_the_restart(url: str) -> None:
    class Wall:
        platform = "console"
        posts: ClassVar[list[tuple[str, int]]] = []

        async def send(self, delivery: Delivery, notice: Notice) -> str:
            self.posts.append((delivery.subject, notice.version))
            return "m1"

        async def edit(self, delivery: Delivery, notice: Notice) -> bool:
            raise AssertionError("nothing has changed")

        async def tell(self, delivery: Delivery, news: News) -> str:
            raise AssertionError("nothing has changed")

        async def close(self) -> None:
            return None

    killed(url, AFTER_A_UNIT)
    for _restart in range(2):
        store = open_store(url)
        await drain(store, {"console": Wall()}, SystemClock())
        store.close()
    assert Wall.posts == [("a", 1)]


def test_killed_inside_an_upgrade_leaves_the_old_state_and_the_next_start_upgrades(url: str) -> None:
    killed(url, INSIDE_AN_UPGRADE)
    assert set(counts_after(url).values()) == {0}


def test_worker_that_outlives_a_killed_bot_does_not_keep_the_next_one_out(url: str) -> None:
    group = killed(url, WITH_A_CHILD)
    try:
        counts_after(url)
    finally:
        os.killpg(group, signal.SIGKILL)
