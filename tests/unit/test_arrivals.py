"""Is what was stored a moment ago remembered, as long as that can be relied on?"""

from __future__ import annotations

from bot.arrivals import Written


def names(*words: str) -> frozenset[str]:
    return frozenset(words)


def test_what_was_stored_since_a_moment_is_known():
    written = Written()
    first = written.moment
    written.note(names("a", "b"))
    second = written.moment
    written.note(names("c"))
    assert written.since(first) == names("a", "b", "c")
    assert written.since(second) == names("c")
    assert written.since(written.moment) == names()


def test_what_is_long_ago_is_not_known_any_more():
    written = Written(most=3)
    first = written.moment
    written.note(names("a", "b"))
    second = written.moment
    written.note(names("c", "d"))
    assert written.since(first) is None
    assert written.since(second) == names("c", "d")


def test_after_a_doubtful_commit_nothing_before_it_is_known():
    written = Written()
    written.note(names("a"))
    before = written.moment
    written.forget()
    assert written.since(before) is None
    after = written.moment
    written.note(names("b"))
    assert written.since(after) == names("b")
