"""Which routes hold, and who wins where two name the same?"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.digests import Digests
from bot.domain import Brief, QuietHours, Route, Severity
from bot.errors import InputError
from bot.routebook import RouteBook
from bot.store import SqlStore
from config import load_storyline

NOW = datetime(2024, 10, 24, tzinfo=UTC)
FIXED = Route("desk", "console", "-")
MADE = Route("slack-c1", "slack", "C1", tracks=("pact",), author="U7")


@pytest.fixture
def book(store: SqlStore) -> RouteBook:
    return RouteBook(load_storyline(), store, (FIXED,))


def test_a_route_made_in_chat_holds_beside_those_of_yaml(book: RouteBook) -> None:
    book.save(MADE, NOW)
    assert book.all() == (FIXED, MADE)
    assert book.of("slack", "C1") == (MADE,)


def test_a_route_made_in_chat_holds_after_a_restart(book: RouteBook, store: SqlStore) -> None:
    book.save(MADE, NOW)
    assert RouteBook(load_storyline(), store, (FIXED,)).all() == (FIXED, MADE)


def test_a_route_is_replaced_by_one_of_its_name(book: RouteBook) -> None:
    book.save(MADE, NOW)
    changed = Route("slack-c1", "slack", "C1", author="U8")
    book.save(changed, NOW)
    assert book.of("slack", "C1") == (changed,)


def test_yaml_wins_where_it_names_the_same_route(book: RouteBook, store: SqlStore) -> None:
    book.save(MADE, NOW)
    fixed = Route("slack-c1", "slack", "C2")
    assert RouteBook(load_storyline(), store, (fixed,)).all() == (fixed,)


def test_a_route_of_yaml_is_not_changed_from_chat(book: RouteBook) -> None:
    with pytest.raises(InputError, match=r"routes\.yml"):
        book.save(Route("desk", "console", "-", author="U7"), NOW)
    with pytest.raises(InputError, match=r"routes\.yml"):
        book.remove("console", "-", "U7", NOW)


@pytest.mark.parametrize("route", [Route("r", "slack", "C1", ("no-track",)), Route("r", "slack", "C1", (), ("mars",))])
def test_an_unknown_track_or_holder_is_refused_with_those_there_are(book: RouteBook, route: Route) -> None:
    with pytest.raises(InputError, match="there are"):
        book.save(route, NOW)
    assert book.all() == (FIXED,)


def test_a_route_that_could_bring_nothing_is_refused(book: RouteBook) -> None:
    with pytest.raises(InputError, match="public holds no position on pact"):
        book.save(replace(MADE, holders=("public",)), NOW)
    book.save(replace(MADE, holders=("public", "russia")), NOW)


def test_a_removed_route_holds_no_longer_and_can_be_made_again(book: RouteBook, store: SqlStore) -> None:
    book.save(MADE, NOW)
    assert book.remove("slack", "C1", "U8", NOW)
    assert book.all() == (FIXED,)
    assert store.routes() == ()
    book.save(MADE, NOW)
    assert RouteBook(load_storyline(), store, (FIXED,)).all() == (FIXED, MADE)


@pytest.mark.parametrize("ended", ["removed", "switched off"])
def test_digests_that_begin_again_are_owed_nothing_for_the_time_without(
    book: RouteBook, store: SqlStore, ended: str
) -> None:
    """A first digest follows at the next time that the route names, and not at once, about months."""
    morning = replace(MADE, digest=(time(9),))
    digests = Digests(load_storyline(), store, book.all)
    book.save(morning, NOW)
    digests.tell(NOW)
    if ended == "removed":
        book.remove("slack", "C1", "U8", NOW)
    else:
        book.save(replace(morning, digest=()), NOW)
    later = NOW + timedelta(days=60)
    book.save(morning, later)
    assert digests.tell(later) == 0
    assert digests.tell(later + timedelta(days=1)) == 1
    (told,) = store.due_deliveries(later + timedelta(days=1), 9)
    brief = store.notice(told.kind, told.subject)
    assert isinstance(brief, Brief)
    assert brief.since == later


def test_no_channel_means_every_channel_of_the_platform(book: RouteBook) -> None:
    other = Route("slack-c2", "slack", "C2", author="U7")
    book.save(MADE, NOW)
    book.save(other, NOW)
    assert book.of("slack", "") == (MADE, other)


def test_removing_where_nothing_is_says_so(book: RouteBook) -> None:
    assert not book.remove("slack", "C9", "U8", NOW)


def test_routes_that_many_people_make_at_once_all_hold(book: RouteBook, store: SqlStore) -> None:
    wanted = [Route(f"slack-c{number}", "slack", f"C{number}", author="U7") for number in range(24)]
    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda route: book.save(route, NOW), wanted))
    assert set(book.all()) == {FIXED, *wanted}
    with ThreadPoolExecutor(8) as people:
        assert all(people.map(lambda route: book.remove("slack", route.channel, "U8", NOW), wanted))
    assert book.all() == (FIXED,)


def test_a_route_whose_times_contradict_each_other_is_refused(book: RouteBook) -> None:
    with pytest.raises(InputError, match="digest: 06:00 falls into the quiet hours"):
        book.save(replace(MADE, quiet=QuietHours(time(22), time(7)), digest=(time(6),)), NOW)
    assert book.all() == (FIXED,)


def test_a_route_keeps_its_times_over_a_restart(book: RouteBook, store: SqlStore) -> None:
    timed = replace(
        MADE, quiet=QuietHours(time(22), time(7)), quiet_except=Severity.HIGH, digest=(time(9),), digest_days=(0, 4)
    )
    book.save(timed, NOW)
    assert RouteBook(load_storyline(), store, (FIXED,)).all() == (FIXED, timed)
