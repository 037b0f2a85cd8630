"""May somebody change this, and why not?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import Act, Asker, Rank
from bot.errors import InputError, NotAllowedError
from bot.permissions import AREAS, NEEDED, Leave, leave, needed, opened, require


@pytest.mark.parametrize(
    ("act", "rank", "found"),
    [
        (Act.JUDGE, Rank.MEMBER, Leave.ANYBODY),
        (Act.MUTE, Rank.MEMBER, Leave.RANK_TOO_LOW),
        (Act.MUTE, Rank.MANAGER, Leave.RANK),
        (Act.SUBSCRIBE, Rank.ADMIN, Leave.RANK),
        (Act.ADD_FEED, Rank.MANAGER, Leave.RANK_TOO_LOW),
        (Act.ADD_FEED, Rank.ADMIN, Leave.RANK),
    ],
)
def test_a_channel_is_for_its_managers_and_what_is_watched_for_admins(act: Act, rank: Rank, found: Leave) -> None:
    assert leave(act, rank) is found


def test_a_setting_opens_an_area_to_every_member() -> None:
    mutes = opened(["mute"])
    assert leave(Act.UNMUTE, Rank.MEMBER, mutes) is Leave.OPENED
    assert leave(Act.SUBSCRIBE, Rank.MEMBER, mutes) is Leave.RANK_TOO_LOW
    assert needed(Act.MUTE, mutes) is Rank.MEMBER
    assert opened(["nonsense"]) == frozenset()


@given(st.sampled_from(Act), st.sampled_from(Rank), st.sets(st.sampled_from(sorted(AREAS))))
def test_a_higher_rank_may_always_do_what_a_lower_one_may(act: Act, rank: Rank, areas: set[str]) -> None:
    higher = [other for other in Rank if other >= rank]
    if leave(act, rank, opened(areas)).given:
        assert all(leave(act, other, opened(areas)).given for other in higher)
    assert leave(act, rank, opened(areas)).given is (rank >= needed(act, opened(areas)))


def test_every_act_has_a_rank_and_a_refusal_names_it() -> None:
    assert set(NEEDED) == set(Act)
    with pytest.raises(NotAllowedError, match="mute needs manager") as refused:
        require(Act.MUTE, Asker("slack", "U1", "C1"))
    assert (refused.value.act, refused.value.needed) == ("mute", "manager")
    assert isinstance(refused.value, InputError)
