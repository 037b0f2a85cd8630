"""Until when is it quiet, whatever the clocks do that night?"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain import QuietHours
from bot.quiet import quiet_until

NIGHT = QuietHours(time(22), time(7))
MINUTE = timedelta(minutes=1)
ZONES = st.sampled_from(
    [
        "UTC", "Asia/Seoul", "Europe/Kyiv", "America/New_York", "America/Havana", "Asia/Beirut", "Australia/Lord_Howe",
        "Pacific/Apia", "Asia/Kathmandu", "America/St_Johns", "Africa/Casablanca", "Pacific/Kiritimati",
    ]
)  # fmt: skip
CLOCKS = st.times().map(lambda t: t.replace(second=0, microsecond=0))
HOURS = st.tuples(CLOCKS, CLOCKS).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: QuietHours(*pair))
MOMENTS = st.datetimes(datetime(2011, 1, 1), datetime(2027, 1, 1)).map(lambda t: t.replace(tzinfo=UTC))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2024-10-18T13:00+00:00", "2024-10-18T22:00+00:00"),  # 22:00 in Seoul
        ("2024-10-18T21:59+00:00", "2024-10-18T22:00+00:00"),
        ("2024-10-18T22:00+00:00", None),
        ("2024-10-18T12:59:59+00:00", None),
    ],
)
def test_the_night_lasts_from_its_first_minute_to_its_last_on_the_clock_of_the_channel(now, morning) -> None:
    assert quiet_until(NIGHT, "Asia/Seoul", at(now)) == (at(morning) if morning else None)


def test_a_night_in_which_the_clocks_go_forward_is_an_hour_shorter() -> None:
    dusk = at("2024-03-30T22:00+02:00")
    assert quiet_until(NIGHT, "Europe/Kyiv", dusk) - dusk == timedelta(hours=8)


def test_a_night_in_which_the_clocks_go_back_is_an_hour_longer() -> None:
    dusk = at("2024-10-26T22:00+03:00")
    assert quiet_until(NIGHT, "Europe/Kyiv", dusk) - dusk == timedelta(hours=10)


def test_an_end_that_the_clocks_leave_out_is_when_they_are_turned() -> None:
    hours = QuietHours(time(22), time(2, 30))
    assert quiet_until(hours, "America/New_York", at("2024-03-10T01:30-05:00")) == at("2024-03-10T03:00-04:00")


def test_an_end_that_comes_twice_counts_the_first_time_and_the_repeated_hour_is_quiet_again() -> None:
    hours = QuietHours(time(22), time(1, 30))
    first = at("2024-11-03T01:30-04:00")
    assert quiet_until(hours, "America/New_York", at("2024-11-03T00:30-04:00")) == first
    assert quiet_until(hours, "America/New_York", first) is None
    assert quiet_until(hours, "America/New_York", at("2024-11-03T01:10-05:00")) == at("2024-11-03T01:30-05:00")


def test_clocks_turned_back_out_of_the_night_end_it() -> None:
    """At midnight Havana's clocks go from 01:00 back to 00:00, before quiet hours that begin at 00:15."""
    hours = QuietHours(time(0, 15), time(7))
    assert quiet_until(hours, "America/Havana", at("2024-11-03T00:30-04:00")) == at("2024-11-03T01:00-04:00")


def test_a_channel_without_quiet_hours_has_no_night() -> None:
    assert quiet_until(None, "Asia/Seoul", at("2024-10-18T18:00+00:00")) is None


@given(HOURS, ZONES, MOMENTS)
@example(NIGHT, "Pacific/Apia", at("2011-12-30T09:30+00:00"))
@example(NIGHT, "Europe/Kyiv", at("2024-10-27T00:30+00:00"))
def test_it_is_quiet_exactly_while_the_clock_on_the_wall_shows_a_time_of_the_night(hours, zone, now) -> None:
    def quiet(moment: datetime) -> bool:
        return hours.covers(moment.astimezone(ZoneInfo(zone)).time())

    until = quiet_until(hours, zone, now)
    assert (until is not None) == quiet(now)
    if until is not None:
        assert until > now
        assert not quiet(until)
        steps = (until - now) // MINUTE
        assert all(quiet(now + n * MINUTE) for n in range(0, steps, 7))
        assert quiet(until - timedelta(seconds=1)) or until - now < timedelta(seconds=1)
