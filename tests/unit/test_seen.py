"""Is an item that was taken in before not taken in again, and any other is?"""

from __future__ import annotations

from dataclasses import replace

from bot.domain import Entry
from bot.seen import Seen

FIRST, SECOND = (Entry(str(n), f"https://a.example/{n}", f"Title {n}", "Text") for n in (1, 2))


def test_everything_is_unseen_at_first():
    assert Seen().unseen("a", [FIRST, SECOND]) == (FIRST, SECOND)


def test_only_what_is_new_or_edited_is_unseen_afterwards():
    seen = Seen()
    seen.taken_in("a", [FIRST, SECOND])
    edited = replace(SECOND, text="Another text")
    third = replace(FIRST, guid="3")
    assert seen.unseen("a", [third, edited, FIRST]) == (third, edited)


def test_sources_are_kept_apart():
    seen = Seen()
    seen.taken_in("a", [FIRST])
    assert seen.unseen("b", [FIRST]) == (FIRST,)


def test_what_left_the_feed_and_came_back_is_looked_at_again():
    seen = Seen()
    seen.taken_in("a", [FIRST])
    seen.taken_in("a", [SECOND])
    assert seen.unseen("a", [FIRST]) == (FIRST,)
