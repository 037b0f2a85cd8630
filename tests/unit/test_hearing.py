"""Is it the sources that fail, or the bot's own network?"""

from datetime import UTC, datetime, timedelta

from bot.hearing import DEAF, Hearing

NOON = datetime(2024, 7, 10, 12, tzinfo=UTC)
LATER = NOON + DEAF + timedelta(minutes=1)


def hearing(*failed: str) -> Hearing:
    found = Hearing(NOON)
    for source in failed:
        found.failed(source)
    return found


def test_few_sources_that_fail_are_to_blame_themselves() -> None:
    assert not hearing("a", "b", "c").doubtful
    assert not hearing("a", "b", "c").deaf(LATER)


def test_same_source_that_fails_again_and_again_is_one() -> None:
    assert not hearing(*"aaaaaaaa").doubtful


def test_many_that_fail_with_no_answer_between_them_leave_doubt_and_after_hours_none() -> None:
    found = hearing(*"abcd")
    assert found.doubtful
    assert not found.deaf(NOON + DEAF)
    assert found.deaf(LATER)
    assert "none of 4 sources has answered since 2024-07-10 12:00 UTC" in found.said()


def test_one_answer_ends_the_doubt_and_is_told_once() -> None:
    found = hearing(*"abcd")
    assert found.answered(LATER)
    assert not found.doubtful
    assert not found.answered(LATER)


def test_first_answer_of_a_bot_is_told_as_one_before_it_may_have_heard_nobody() -> None:
    found = hearing()
    assert found.answered(NOON)
    assert not found.answered(NOON)
