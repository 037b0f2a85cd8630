"""What becomes of an alert when an article that carries it is edited?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import By
from bot.ledger.reasons import Reason


def rewritten(desk, old, *new):
    """Let one reading's article say something else."""
    del desk.evidence[old.id]
    return desk.take(*new)


def test_a_quote_that_reads_differently_is_quoted_anew(arms):
    said = arms.reading("conditional", 1)
    arms.take(said)
    assert arms.take(replace(said, quote="Seoul will, if.")) == ["updated reviewing→conditional confirmed"]
    alert = arms.told[arms.events[0].id]
    assert (alert.lead.quote, alert.reason) == ("Seoul will, if.", Reason.QUOTED_ANEW)
    assert arms.decide() == []


def test_an_article_that_says_otherwise_now_withdraws_what_it_alone_carried(arms):
    said = arms.reading("conditional", 1, article="a")
    arms.take(said)
    events = rewritten(arms, said, arms.reading("withhold", 1, article="a", seen=5))
    assert sorted(events) == ["posted reviewing→withhold confirmed", "withdrawn reviewing→conditional withdrawn"]
    assert arms.stands[0] == "withhold"
    assert arms.decide() == []


def test_an_article_that_says_otherwise_now_disputes_what_others_still_carry(arms):
    said, other = arms.reading("conditional", 1, "A", article="a"), arms.reading("conditional", 2, "B")
    arms.take(said, other)
    assert rewritten(arms, said, arms.reading("reviewing", 1, "A", article="a")) == [
        "disputed reviewing→conditional disputed"
    ]
    alert = arms.told[arms.events[0].id]
    assert (alert.reason, alert.lead.publisher) == (Reason.SAYS_OTHERWISE, "B")
    assert [e.rung for e in alert.against] == ["reviewing"]
    assert arms.stands[0] == "conditional"
    assert arms.decide() == []


def test_an_official_word_that_becomes_hearsay_no_longer_confirms(arms):
    said = arms.reading("conditional", 1)
    arms.take(said)
    assert arms.take(replace(said, by=By.REPORTED)) == ["withdrawn reviewing→conditional withdrawn"]
    assert arms.stands[0] == "reviewing"
    assert arms.reports("conditional", 5, "Other") == ["confirmed reviewing→conditional confirmed"]


def test_what_was_withdrawn_does_not_expire(war):
    said = war.reading("deploying", 1, by=By.OFFICIAL)
    war.take(said)
    assert war.take(replace(said, by=By.REPORTED)) == ["withdrawn arming→deploying withdrawn"]
    assert war.says("denied", 101, "B") == []
    assert war.take(replace(said, by=By.REPORTED, quote="Pyongyang did, they say.")) == []
    assert [alert.state for alert in war.told.values()] == ["withdrawn"]


def test_a_signal_that_has_expired_is_none_again_when_its_first_report_is_taken_back(war):
    first = war.reading("deploying", 1, "A", By.REPORTED)
    war.take(first, war.reading("deploying", 40, "A in English", By.REPORTED, origin="A"))
    assert war.passes(80) == ["expired arming→deploying expired"]
    assert war.loses(first) == ["updated arming→deploying expired"]
    assert war.passes(120) == []


def test_a_signal_whose_time_is_over_has_expired_even_if_its_report_is_gone_by_then(war):
    first = war.reading("deploying", 1, "A", By.REPORTED)
    war.take(first)
    war.now += timedelta(hours=80)
    assert war.loses(first) == ["expired arming→deploying expired"]
    assert war.events[-1].reason == Reason.UNCONFIRMED


def test_a_signal_that_has_expired_is_not_withdrawn_as_well_when_its_report_goes_later(war):
    first = war.reading("deploying", 1, "A", By.REPORTED)
    war.take(first)
    assert war.passes(80) == ["expired arming→deploying expired"]
    war.now += timedelta(hours=100)
    assert war.loses(first) == []
    assert war.passes(200) == []


def test_a_signal_that_is_taken_back_while_it_is_open_is_withdrawn(war):
    first = war.reading("deploying", 1, "A", By.REPORTED)
    war.take(first)
    assert war.loses(first) == ["withdrawn arming→deploying withdrawn"]
    assert war.passes(100) == []


def test_a_confirmed_deed_is_not_confirmed_again_when_another_report_takes_the_place_of_the_one_quoted(war):
    first = war.reading("deploying", 11, "A", article="a")
    war.take(first, war.reading("deploying", 13, "A", article="b"))
    del war.evidence[first.id]
    assert war.take(war.reading("arming", 11, "A", By.REPORTED, article="a", seen=34)) == [
        "updated arming→deploying confirmed"
    ]
    assert (war.events[-1].lead.article, war.events[-1].reason) == ("b", Reason.QUOTED_ANEW)


def test_a_deed_whose_article_takes_it_back_is_withdrawn(war):
    said = war.reading("deploying", 1, by=By.OFFICIAL)
    war.take(said)
    assert war.loses(said) == ["withdrawn arming→deploying withdrawn"]
    assert war.stands[1] == "arming"


def test_an_alert_that_loses_one_report_of_several_is_not_withdrawn_when_its_first_one_is_settled(desk):
    arms = desk("arms", "seoul", keep=False)
    arms.says("conditional", 24, "B", seen=52)
    edited = arms.reading("conditional", 117, "F", article="a")
    arms.take(edited)
    arms.reports("conditional", 118, "A")
    assert rewritten(arms, edited, arms.reading("withhold", 117, "F", article="a", seen=128)) == [
        "posted conditional→withhold confirmed"
    ]
    assert [event for hours in range(130, 800, 24) for event in arms.passes(hours)] == []


def test_of_an_article_that_an_edit_gave_a_second_word_neither_is_settled_without_the_other(desk):
    arms = desk("arms", "seoul", keep=False)
    first = arms.reading("reviewing", 114, article="a")
    arms.take(first)
    arms.take(arms.reading("withhold", 159, article="a"))
    assert arms.reason(arms.reading("withhold", 159, article="a")) == Reason.STRONGER_IN_ITEM
    assert {(*arms.passes(hours), arms.stands[0]) for hours in range(160, 1100, 24)} == {("reviewing",)}


def test_troops_that_have_left_do_not_fight_again_once_their_leaving_is_settled(desk):
    war = desk("war", "pyongyang", keep=False)
    war.says("fighting", 1)
    war.says("withdrawing", 100)
    war.take(war.reading("fighting", 160, article="a"), war.reading("withdrawing", 160, article="a"))
    assert {(*war.passes(hours), war.stands[1]) for hours in range(170, 1100, 24)} == {("withdrawing",)}


def test_a_return_that_loses_the_holders_own_word_is_disputed_again_and_says_so(arms):
    arms.reports("reviewing", 471, "F")
    arms.says("withhold", 474, "B")
    arms.reports("reviewing", 491, "E")
    arms.says("withhold", 468, "C", seen=548)
    own = arms.reading("reviewing", 593, "D")
    assert arms.take(own) == ["confirmed reviewing→reviewing confirmed"]
    assert arms.loses(own) == ["disputed reviewing→reviewing disputed"]
    assert arms.decide() == []


def test_old_news_that_joins_a_development_long_past_is_not_told(arms):
    arms.take(arms.reading("conditional", 1, silent=True))
    arms.passes(24 * 10)
    assert arms.says("conditional", 2, "Other", seen=24 * 10) == []


edits = st.lists(
    st.tuples(
        st.integers(0, 7),
        st.sampled_from(["keep", "drop", "reword", "hearsay", "withhold", "conditional", "committed"]),
        st.integers(1, 40),
    ),
    max_size=8,
)


@given(
    st.lists(st.tuples(st.sampled_from(["withhold", "reviewing", "conditional"]), st.integers(0, 40)), max_size=8),
    edits,
)
@settings(max_examples=80, deadline=None)
def test_whatever_is_edited_nothing_is_told_twice_and_the_ledger_is_that_of_what_is_left(desk, first, changes):
    at_work = desk("arms", "seoul")
    made = [at_work.reading(rung, at, "ABCD"[n % 4], article=f"a{n}") for n, (rung, at) in enumerate(first)]
    at_work.take(*made, decided=41)
    for which, change, after in changes:
        old = next((e for e in at_work.evidence.values() if e.article == f"a{which}"), None)
        if old is None:
            continue
        hours = 41 + after
        if change in {"drop", "withhold", "conditional", "committed"}:
            del at_work.evidence[old.id]
            if change != "drop":
                fresh = at_work.reading(change, (old.dated - at_work.opened[1]) / timedelta(hours=1), old.publisher)
                at_work.evidence[f"{old.article}/{change}"] = replace(
                    fresh, id=f"{old.article}/{change}", article=old.article, seen=old.seen
                )
        elif change != "keep":
            by = By.REPORTED if change == "hearsay" else old.by
            at_work.evidence[old.id] = replace(old, by=by, quote=f"{old.quote} {after}")
        at_work.passes(hours)
        assert at_work.decide() == []
    left = desk("arms", "seoul")
    left.take(*at_work.evidence.values(), decided=200)
    at_work.passes(200)
    assert left.standing == at_work.standing


def test_a_denial_that_an_alert_has_told_is_not_told_again_when_the_holder_owns_up(arms):
    """Hours later, and beside the word that holds by then, it would read as the latest."""
    first = arms.reading("committed", 0, "A", By.REPORTED)
    arms.take(first)
    arms.reports("committed", 2, "B")
    assert arms.says("withhold", 4, "C") == ["updated reviewing→withhold disputed"]
    arms.loses(first)
    assert arms.says("committed", 14, "B") == ["updated reviewing→committed disputed"]
    assert arms.stands[0] == "committed"
    (alert,) = arms.told.values()
    assert [e.rung for e in alert.against] == ["withhold"]
    assert arms.decide() == []


def test_who_has_taken_a_report_back_is_not_named_beside_the_denial_any_more(arms):
    first, second = (arms.reading("committed", hours, outlet, By.REPORTED) for hours, outlet in ((1, "A"), (2, "B")))
    arms.take(first)
    arms.take(second)
    arms.says("withhold", 4, "C")
    assert arms.loses(first) == ["updated reviewing→withhold disputed"]
    (alert,) = arms.told.values()
    assert ([e.publisher for e in alert.against], alert.reason) == (["B"], Reason.QUOTED_ANEW)
    assert arms.loses(second) == arms.decide() == []
