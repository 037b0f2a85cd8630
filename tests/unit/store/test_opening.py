"""Does opening a database make it, bring it up to date, and refuse what it must?"""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from bot.domain import Article, By, Evidence, ReadResult, Standing, Tier
from bot.errors import StoreBusyError, StoreError
from bot.store import open_store, sqlite
from bot.store.dialect import make_engine, parse_url
from bot.store.migrations import scripts
from bot.store.schema import metadata
from bot.store.transfer import bring_up_to_date

NOON = datetime(2024, 10, 18, 12, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "stancewatch.db"


@pytest.fixture
def url(file: Path) -> str:
    return f"sqlite:///{file}"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_MILLISECONDS", 20)


def put_a_standing(url: str) -> None:
    store = open_store(url)
    with store.unit() as unit:
        unit.save_standing(Standing("pact", "russia"))
    store.close()


def read_standings(url: str) -> tuple[Standing, ...]:
    store = open_store(url)
    try:
        return store.standings()
    finally:
        store.close()


@pytest.fixture
def writer(url: str, file: Path) -> Iterator[sqlite3.Connection]:
    """Another program in the middle of a write."""
    open_store(url).close()
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield connection
    connection.close()


def test_folder_and_file_are_made(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path / 'a' / 'b' / 'x.db'}").close()
    assert (tmp_path / "a" / "b" / "x.db").is_file()


@pytest.mark.parametrize("first", ["head", "v0001"], ids=["at-once", "by-steps"])
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_new_database_and_one_that_took_every_step_have_the_schema(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, first: str
) -> None:
    bare = f"sqlite:///{tmp_path / 'm.db'}" if kind == "sqlite" else request.getfixturevalue("bare_postgres_url")
    engine = make_engine(parse_url(bare), durable=False)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        for revision in (first, "head"):
            bring_up_to_date(connection, revision)
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == scripts().get_current_head()
        found = inspect(connection)
        for table in metadata.sorted_tables:
            keys = {tuple(key["constrained_columns"]) for key in found.get_foreign_keys(table.name)}
            assert keys == {tuple(key.column_keys) for key in table.foreign_key_constraints}
            assert found.get_pk_constraint(table.name)["constrained_columns"] == list(table.primary_key.columns.keys())
    engine.dispose()


def test_steps_form_one_line_from_the_first_to_the_last() -> None:
    known = scripts()
    assert len(known.get_heads()) == 1
    assert len(known.get_bases()) == 1


def test_what_is_stored_outlives_opening_again(url: str) -> None:
    put_a_standing(url)
    assert read_standings(url) == (Standing("pact", "russia"),)


@pytest.mark.parametrize(("durable", "synchronous"), [(True, 2), (False, 0)])
def test_connection_writes_ahead_checks_references_and_survives_a_power_cut_unless_told(
    url: str, durable: bool, synchronous: int
) -> None:
    store = open_store(url, durable=durable)
    with store.unit() as unit:
        asked = {
            name: unit._connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "foreign_keys", "synchronous")
        }
    assert asked == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": synchronous}
    store.close()


def test_evidence_without_its_article_is_refused(url: str) -> None:
    store = open_store(url)
    evidence = Evidence(
        "e", "missing", "pact", "russia", "signed", By.OFFICIAL, "q", 1.0, "o", NOON, NOON, "t", "", "p", "g",
        Tier.OUTLET, "en",
    )  # fmt: skip
    article = Article("k", "s", "", "", "h", "t", "x", "en", None, NOON, "p", "g", Tier.OUTLET)
    with pytest.raises(StoreError, match="FOREIGN KEY constraint failed"), store.unit() as unit:
        unit.add_article(article, ReadResult("k", True, "passed", "en"), [evidence])
    store.close()


def test_several_may_open_a_new_database_at_once(url: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        for store in pool.map(open_store, [url] * 24):
            store.close()
    assert read_standings(url) == ()


@pytest.mark.usefixtures("writer")
def test_opening_waits_for_no_writer(url: str) -> None:
    assert read_standings(url) == ()


def test_newer_schema_is_refused_and_left_alone(url: str, file: Path) -> None:
    open_store(url).close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'v9999'")
    connection.close()
    with pytest.raises(
        StoreError, match=r"stancewatch\.db has schema 'v9999', which a newer version .* wrote; upgrade"
    ):
        open_store(url)
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("v9999",)]
    connection.close()


def test_file_that_is_no_database_is_named(url: str, file: Path) -> None:
    file.write_text("a diary, not a database\n" * 100)
    with pytest.raises(StoreError, match=r"stancewatch\.db: file is not a database; the file is no SQLite database"):
        open_store(url)
    assert file.read_text().startswith("a diary")


def test_damaged_database_is_named(url: str, file: Path) -> None:
    put_a_standing(url)
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    file.write_bytes(content)
    with pytest.raises(StoreError, match="database disk image is malformed; the file is damaged; restore a backup"):
        read_standings(url)


def test_folder_in_the_place_of_the_file_is_named(url: str, file: Path) -> None:
    file.mkdir()
    with pytest.raises(StoreError, match=r"stancewatch\.db: unable to open database file; it cannot be opened"):
        open_store(url)


def test_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreError, match=r"the database's folder .*data cannot be made"):
        open_store(f"sqlite:///{tmp_path / 'data' / 'x.db'}")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("no address", "is no URL"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("mysql://desk:hunter2@db/x", "no store for 'mysql'"),
    ],
)
def test_address_that_is_not_served_is_refused_without_its_password(address: str, reason: str) -> None:
    with pytest.raises(StoreError, match=reason) as caught:
        open_store(address)
    assert "hunter2" not in str(caught.value)


@pytest.mark.usefixtures("impatient", "writer")
def test_writing_while_another_program_writes_is_busy_and_reading_is_not(url: str) -> None:
    store = open_store(url)
    assert store.standings() == ()
    with (
        pytest.raises(StoreBusyError, match=r"stancewatch\.db: database is locked; another program is writing"),
        store.unit(),
    ):
        pass
    store.close()


@pytest.mark.usefixtures("impatient")
def test_reader_sees_no_half_of_a_unit(url: str) -> None:
    store, other = open_store(url), open_store(url)
    with store.unit() as unit:
        unit.save_standing(Standing("pact", "russia"))
        assert other.standings() == ()
    assert other.standings() == (Standing("pact", "russia"),)
    store.close()
    other.close()


def test_full_disk_may_pass(url: str) -> None:
    store = open_store(url)
    with store.unit() as unit:
        connection = unit._connection
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreBusyError, match="disk is full; free some space"), store.unit() as unit:  # noqa: PT012 - any of them fills it
        for number in range(2000):
            unit.save_standing(Standing("pact", f"holder {number}"))
    assert store.standings() == ()
    store.close()
