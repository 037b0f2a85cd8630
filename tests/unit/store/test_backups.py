"""Does everything survive a backup, a restore and a move, and nothing else?"""

import json
import sqlite3
import stat
from collections.abc import Callable, Generator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, Table, create_engine, insert

from bot.domain import (
    Alert,
    AlertEventKind,
    AlertState,
    Article,
    By,
    Evidence,
    Feedback,
    NoticeKind,
    ReadResult,
    Register,
    Route,
    Severity,
    Standing,
    Tier,
    Verdict,
)
from bot.errors import ClaimedError, InputError, StoreError
from bot.store import backups, open_store, transfer
from bot.store.dialect import make_engine, parse_url
from bot.store.examining import VALUES, examine, schema_of
from bot.store.migrations import scripts, upgrade
from bot.store.schema import metadata

NOON = datetime(2024, 10, 18, 12, tzinfo=UTC)
PREVIOUS = sorted((Path(__file__).parent / "previous").glob("v*.json"))


def uncounted(_: int) -> backups.Step:
    return lambda _: None


@pytest.fixture(params=["sqlite sqlite", "sqlite postgres", "postgres sqlite"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """Two databases, the second without any table yet."""
    first, second = request.param.split()
    urls = {"sqlite": f"sqlite:///{tmp_path / 'first.db'}"}
    if "postgres" in request.param:
        urls["postgres"] = request.getfixturevalue("postgres_url" if first == "postgres" else "bare_postgres_url")
    return urls[first], urls[second] if first != second else f"sqlite:///{tmp_path / 'second.db'}"


@pytest.fixture
def first_url(pair: tuple[str, str]) -> str:
    return pair[0]


@pytest.fixture
def other_url(pair: tuple[str, str]) -> str:
    return pair[1]


def fill(url: str, articles: int = 3) -> None:
    evidence = Evidence("e", "k0", "pact", "russia", "signed", By.OFFICIAL, "q", 1.0, "g", NOON, NOON, "t", "", "p",
                        "g", Tier.OUTLET, "en")  # fmt: skip
    alert = Alert("a", 1, AlertState.CONFIRMED, AlertEventKind.POSTED, NOON, NOON, "pact", "russia", Register.DEED,
                  None, "signed", By.OFFICIAL, Severity.HIGH, (evidence,))  # fmt: skip
    store = open_store(url)
    with store.unit() as unit:
        # Texts that two databases may sort or write differently.
        titles = ("북한군 파병", "Ж « ' \\ \t 100%", "a\nB")
        stored = [
            Article(f"k{n}", "s", "", "", "h", titles[n % 3], "x", "en", None, NOON, "p", "g", Tier.OUTLET)
            for n in range(articles)
        ]
        unit.add_article(stored[0], ReadResult("k0", True, "passed", "en"), [evidence])
        unit.add_articles((article, ReadResult(article.key, False, "passed", "en")) for article in stored[1:])
        unit.save_standing(Standing("pact", "russia"))
        unit.save_alert(alert)
        unit.enqueue(NoticeKind.ALERT, "a", 1, [Route("d", "console", "1"), Route("d", "console", "2")], NOON)
        unit.save_feedback(Feedback("a", "someone", NOON, Verdict.USEFUL))
    store.close()


def everything(url: str) -> dict[str, list[dict[str, Any]]]:
    engine = make_engine(parse_url(url), durable=True)
    with engine.connect() as connection:
        found = {
            table.name: [
                dict(row) for row in connection.execute(table.select().order_by(*table.primary_key)).mappings()
            ]
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return found


def test_a_backup_restored_into_either_store_is_what_was_saved(first_url: str, other_url: str, tmp_path: Path) -> None:
    fill(first_url, 2100)
    backups.backup(first_url, tmp_path / "b.db", uncounted)
    assert backups.restore(tmp_path / "b.db", other_url, uncounted, replace=False) == 2100 + 8
    assert everything(other_url) == everything(first_url)


def test_a_copy_is_the_same_and_goes_on_counting(first_url: str, other_url: str) -> None:
    fill(first_url)
    backups.copy(first_url, other_url, uncounted, replace=False)
    assert everything(other_url) == everything(first_url)
    store = open_store(other_url)
    with store.unit() as unit:
        unit.enqueue(NoticeKind.ALERT, "a", 1, [Route("d", "console", "3")], NOON)
    assert [delivery.id for delivery in store.deliveries(NoticeKind.ALERT, "a")] == [1, 2, 3]
    store.close()


def test_a_backup_is_one_file_that_only_its_owner_reads_and_restoring_leaves_it_alone(
    first_url: str, other_url: str, tmp_path: Path
) -> None:
    fill(first_url)
    (tmp_path / "saved").mkdir()
    file = tmp_path / "saved" / "b.db"
    backups.backup(first_url, file, uncounted)
    content = file.read_bytes()
    backups.restore(file, other_url, uncounted, replace=False)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]
    assert file.read_bytes() == content


def test_a_backup_is_taken_beside_a_bot_that_writes(store_url: str, tmp_path: Path) -> None:
    fill(store_url)
    bot = open_store(store_url)
    bot.claim()
    with bot.unit() as unit:
        unit.save_standing(Standing("pact", "north-korea"))
        backups.backup(store_url, tmp_path / "b.db", uncounted)
    bot.close()
    kept = open_store(f"sqlite:///{tmp_path / 'b.db'}")
    assert kept.standings() == (Standing("pact", "russia"),)
    kept.close()


def test_a_file_that_is_there_is_not_overwritten(store_url: str, tmp_path: Path) -> None:
    fill(store_url)
    (tmp_path / "b.db").write_text("a diary")
    with pytest.raises(InputError, match=r"b\.db: is there already"):
        backups.backup(store_url, tmp_path / "b.db", uncounted)
    assert (tmp_path / "b.db").read_text() == "a diary"


def test_what_a_killed_backup_left_is_in_nobodys_way(store_url: str, tmp_path: Path) -> None:
    fill(store_url)
    (tmp_path / "b.db.part").write_text("half a backup")
    backups.backup(store_url, tmp_path / "b.db", uncounted)
    assert not (tmp_path / "b.db.part").exists()


def test_a_database_that_holds_something_is_only_replaced_when_told(
    first_url: str, other_url: str, tmp_path: Path
) -> None:
    fill(first_url)
    fill(other_url, 5)
    backups.backup(first_url, tmp_path / "b.db", uncounted)
    before = everything(other_url)
    with pytest.raises(InputError, match="is not empty"):
        backups.restore(tmp_path / "b.db", other_url, uncounted, replace=False)
    assert everything(other_url) == before
    backups.restore(tmp_path / "b.db", other_url, uncounted, replace=True)
    assert everything(other_url) == everything(first_url)


def test_what_a_bot_works_with_is_neither_written_over_nor_moved(
    first_url: str, other_url: str, tmp_path: Path
) -> None:
    fill(first_url)
    backups.backup(first_url, tmp_path / "b.db", uncounted)
    bot = open_store(first_url)
    bot.claim()
    with pytest.raises(ClaimedError, match="another bot"):
        backups.restore(tmp_path / "b.db", first_url, uncounted, replace=True)
    with pytest.raises(ClaimedError, match="another bot"):
        backups.copy(first_url, other_url, uncounted, replace=False)
    bot.close()


def test_a_transfer_that_breaks_leaves_the_target_as_it_was(
    first_url: str, other_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(first_url)
    fill(other_url, 5)
    before = everything(other_url)

    def counted(_: int) -> backups.Step:
        def break_off(_: int) -> None:
            raise KeyboardInterrupt

        return break_off

    with pytest.raises(KeyboardInterrupt):
        backups.copy(first_url, other_url, counted, replace=True)
    assert everything(other_url) == before


def test_a_row_that_comes_out_differently_is_found_and_named_by_its_key_alone(
    first_url: str, other_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(first_url)

    read = transfer._batches

    def careless(connection: Connection, table: Table) -> Generator[list[dict[str, Any]], None, None]:
        theirs = table.name == "articles" and connection.get_execution_options().get("writes")
        with closing(read(connection, table)) as found:
            for rows in found:
                yield [row | {"title": "rounded off"} for row in rows] if theirs else rows

    monkeypatch.setattr(transfer, "_batches", careless)
    with pytest.raises(StoreError, match=r"articles of .*: row k0 came out differently; nothing was changed") as caught:
        backups.copy(first_url, other_url, uncounted, replace=False)
    assert "rounded" not in str(caught.value)
    assert schema_of(other_url)[0] == ""


def test_nothing_is_restored_from_a_file_that_is_no_backup(store_url: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        backups.restore(tmp_path / "missing.db", store_url, uncounted, replace=False)
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE diary (day TEXT)").connection.close()
    with pytest.raises(InputError, match="holds nothing of Stancewatch's"):
        backups.restore(tmp_path / "other.db", store_url, uncounted, replace=False)
    (tmp_path / "text.db").write_text("a diary, not a database\n" * 100)
    with pytest.raises(StoreError, match="not a database"):
        backups.restore(tmp_path / "text.db", store_url, uncounted, replace=False)


def test_what_is_not_ours_in_the_database_is_never_touched(first_url: str, other_url: str) -> None:
    fill(first_url)
    fill(other_url)
    engine = make_engine(parse_url(other_url), durable=True)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql("CREATE TABLE diary (day TEXT)")
        connection.exec_driver_sql("INSERT INTO diary VALUES ('monday')")
    backups.copy(first_url, other_url, uncounted, replace=True)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT day FROM diary").scalar_one() == "monday"
    engine.dispose()


# --- older and newer schemas


@pytest.fixture(params=["sqlite", "postgres"])
def kinds(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The kind of an older database, and the other one."""
    return ("sqlite", "postgres") if request.param == "sqlite" else ("postgres", "sqlite")


@pytest.fixture
def bare_urls(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Return what makes a database of a kind without any table."""
    return lambda kind: (
        f"sqlite:///{tmp_path / 'bare.db'}" if kind == "sqlite" else request.getfixturevalue("bare_postgres_url")
    )


@pytest.fixture(params=PREVIOUS, ids=lambda path: path.stem)
def previous(
    request: pytest.FixtureRequest, kinds: tuple[str, str], bare_urls: Callable[[str], str]
) -> tuple[str, dict[str, list[dict[str, Any]]]]:
    """A database as an earlier version wrote it, and its rows."""
    url = bare_urls(kinds[0])
    path: Path = request.param
    rows = {table: [_as_read(row) for row in rows] for table, rows in json.loads(path.read_text("utf-8")).items()}
    engine = make_engine(parse_url(url), durable=True)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        upgrade(connection, path.stem)
        found = MetaData()
        found.reflect(connection)
        for table in found.sorted_tables:
            if rows.get(table.name):
                connection.execute(insert(table), rows[table.name])
    engine.dispose()
    return url, rows


def _as_read(row: dict[str, Any]) -> dict[str, Any]:
    """A row as a database gives it back; SQLite wrote its booleans as numbers."""
    flags = {"enabled", "gone", "relevant", "silent", "open"}
    return {name: bool(value) if name in flags else value for name, value in row.items()}


Previous = tuple[str, dict[str, list[dict[str, Any]]]]


def test_a_database_of_an_earlier_version_is_brought_up_to_date_with_all_it_holds(previous: Previous) -> None:
    url, before = previous
    open_store(url).close()
    for table, rows in before.items():
        kept = [{name: row[name] for name in rows[0]} for row in raw(url, table)] if rows else raw(url, table)
        assert sorted(map(repr, kept)) == sorted(map(repr, rows))
    assert [finding for finding in examine(url, uncounted) if finding.trouble] == []


def raw(url: str, table: str) -> list[dict[str, Any]]:
    engine = create_engine(parse_url(url))
    found = MetaData()
    with engine.connect() as connection:
        found.reflect(connection, only=[table])
        order = found.tables[table].primary_key
        rows = [dict(row) for row in connection.execute(found.tables[table].select().order_by(*order)).mappings()]
    engine.dispose()
    return rows


def test_a_backup_of_an_earlier_version_is_restored_into_todays_schema(
    previous: Previous, kinds: tuple[str, str], bare_urls: Callable[[str], str], tmp_path: Path
) -> None:
    (url, before), target = previous, bare_urls(kinds[1])
    backups.backup(url, tmp_path / "b.db", uncounted)
    assert schema_of(url)[0] != scripts().get_current_head(), "saving has changed what was saved"
    backups.restore(tmp_path / "b.db", target, uncounted, replace=False)
    after = everything(target)
    assert {name: len(after[name]) for name in before} == {name: len(rows) for name, rows in before.items()}
    assert [finding for finding in examine(target, uncounted) if finding.trouble] == []


def test_a_newer_schema_is_refused_by_every_command_and_left_alone(
    first_url: str, other_url: str, tmp_path: Path
) -> None:
    open_store(first_url).close()
    engine = make_engine(parse_url(first_url), durable=True)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'v9999'")
    engine.dispose()
    newer = r"has schema 'v9999', which a newer version of Stancewatch wrote; upgrade"
    for attempt in (
        lambda: open_store(first_url),
        lambda: backups.backup(first_url, tmp_path / "b.db", uncounted),
        lambda: backups.copy(first_url, other_url, uncounted, replace=False),
        lambda: list(examine(first_url, uncounted)),
    ):
        with pytest.raises(StoreError, match=newer):
            attempt()
    assert not (tmp_path / "b.db").exists()


def test_every_text_sorts_by_code_point_in_postgresql(postgres_url: str) -> None:
    engine = create_engine(parse_url(postgres_url))
    with engine.connect() as connection:
        asked = "SELECT DISTINCT collation_name FROM information_schema.columns WHERE table_name = ANY(%s)"
        found = connection.exec_driver_sql(f"{asked} AND data_type = 'text'", ([*metadata.tables],)).scalars()
        assert list(found) == ["C"]
    engine.dispose()


# --- looking whether it is whole


def test_every_column_of_values_is_read_when_a_database_is_checked() -> None:
    values = {(table.name, column.name) for table in metadata.sorted_tables for column in table.columns}
    values = {
        (table, name) for table, name in values if name in {"value", "result"} or (table, name) == ("sources", "state")
    }
    assert {(table.name, name) for table, name in VALUES} == values


def test_a_value_that_cannot_be_read_is_named(store_url: str) -> None:
    fill(store_url)
    assert {finding.trouble for finding in examine(store_url, uncounted)} == {""}
    engine = make_engine(parse_url(store_url), durable=True)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(metadata.tables["standings"].update().values(value="{}"))
    engine.dispose()
    (wrong,) = [finding for finding in examine(store_url, uncounted) if finding.trouble]
    assert wrong.part == "standings.value"
    assert "holds a Standing that this version cannot read" in wrong.trouble


def test_an_older_schema_is_told_and_left_as_it_is(previous: Previous) -> None:
    url, _ = previous
    before = schema_of(url)
    (wrong,) = examine(url, uncounted)
    assert "stancewatch db upgrade" in wrong.trouble
    assert schema_of(url) == before
