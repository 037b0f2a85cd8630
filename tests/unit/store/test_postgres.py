"""Does PostgreSQL's part keep one bot at work, say clearly what is wrong, and come back by itself?"""

import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from bot.domain import Standing
from bot.errors import ClaimedError, InputError, StoreBusyError, StoreError
from bot.store import SqlStore, open_store, postgres

MOMENT = datetime(2024, 10, 18, tzinfo=UTC)
PACT = Standing("pact", "russia")


@pytest.fixture
def store(postgres_url: str) -> Iterator[SqlStore]:
    store = open_store(postgres_url)
    yield store
    store.close()


def cut(url: str, store: SqlStore) -> None:
    """End the connection that the claim lives on, as a server does that has lost sight of the bot."""
    assert store._claim is not None
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(%s, 5000)", (store._claim._pid,))


def put(store: SqlStore) -> None:
    with store.unit() as unit:
        unit.save_standing(PACT)


def test_a_claim_that_was_cut_is_taken_again_when_nobody_else_has_it(postgres_url: str, store: SqlStore) -> None:
    store.claim()
    cut(postgres_url, store)
    put(store)
    other = open_store(postgres_url)
    with pytest.raises(ClaimedError, match=rf"another bot \(stancewatch [^)]*:{os.getpid()}\) works with"):
        other.claim()
    other.close()


def test_whoever_lost_the_claim_writes_nothing_after_another_bot_took_over(postgres_url: str, store: SqlStore) -> None:
    store.claim()
    cut(postgres_url, store)
    successor = open_store(postgres_url)
    successor.claim()
    with pytest.raises(ClaimedError, match="another bot"):
        put(store)
    with pytest.raises(ClaimedError):
        store.confirm_claim()
    assert store.standings() == ()
    put(successor)
    successor.close()


def test_the_bot_that_works_goes_on_while_a_command_writes(postgres_url: str, store: SqlStore) -> None:
    store.claim()
    command = open_store(postgres_url)
    put(command)
    store.confirm_claim()
    assert store.standings() == (PACT,)
    command.close()


def test_writing_while_another_machine_writes_for_too_long_is_busy_and_reading_is_not(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "LOCK_SECONDS", 0.05)
    store, other = open_store(postgres_url), open_store(postgres_url)
    with other.unit() as unit:
        unit.save_standing(PACT)
        assert store.standings() == ()
        with pytest.raises(StoreBusyError, match="lock timeout; another program is writing to it; it will be tried"):
            put(store)
    assert store.standings() == (PACT,)
    store.close()
    other.close()


def test_units_of_two_machines_see_what_the_other_has_decided(postgres_url: str) -> None:
    def grow(store: SqlStore) -> None:
        for _ in range(15):
            with store.unit() as unit:
                day, _until = unit.opening("pact", "russia") or (Standing("pact", "russia", baseline="0"), None)
                count = int(day.baseline or 0) + 1
                unit.save_opening(Standing("pact", "russia", baseline=str(count)), MOMENT)

    stores = [open_store(postgres_url), open_store(postgres_url)]
    threads = [threading.Thread(target=grow, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = stores[0].opening("pact", "russia")
    assert found is not None
    assert found[0].baseline == "30"
    for store in stores:
        store.close()


def test_a_server_that_stops_is_busy_and_work_goes_on_when_it_is_back(own_postgres: Any) -> None:
    url = own_postgres.create()
    store = open_store(url)
    store.claim()
    put(store)
    own_postgres.stop()
    for attempt in (store.standings, store.confirm_claim, lambda: put(store), lambda: open_store(url)):
        with pytest.raises(StoreBusyError, match=r"database 127\.0\.0\.1:\d+/stancewatch_\w+: .*cannot be reached"):
            attempt()
    own_postgres.start()
    assert store.standings() == (PACT,)
    store.confirm_claim()
    put(store)
    store.close()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda url: url.rpartition("/")[0] + "/nowhere", "does not exist; check user, password and name"),
        (lambda url: url.replace("postgres@", "nobody:hunter2@"), "does not exist; check user, password and name"),
        (lambda url: url.rpartition("/")[0], "names no database; write postgresql://USER@HOST/DATABASE"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(
    postgres_url: str, change: Any, reason: str
) -> None:
    with pytest.raises(StoreError, match=reason) as caught:
        open_store(change(postgres_url))
    assert "hunter2" not in str(caught.value)


def test_a_text_that_postgresql_cannot_hold_is_refused_and_leaves_nothing(store: SqlStore) -> None:
    with pytest.raises(InputError, match="a text cannot be stored"), store.unit() as unit:  # noqa: PT012 - the block is the subject
        unit.save_standing(PACT)
        unit._connection.exec_driver_sql("UPDATE standings SET value = %s", ("half\0way",))
    assert store.standings() == ()


def test_a_short_form_of_the_address_is_understood(postgres_url: str) -> None:
    store = open_store(postgres_url.replace("postgresql://", "postgres://"))
    assert store.shared
    store.close()
