"""What a reading does to its ledger, and what the team hears of it: one sentence a rule."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import AlertState, By, Severity, Tier
from bot.ledger import EVIDENCE_WINDOW, ledgers_of, opening, voices_in


def test_the_same_rung_reaffirms_and_is_not_told(arms):
    said = arms.reading("reviewing", 1)
    assert arms.take(said) == []
    assert arms.reason(said) == "reaffirmed"


def test_an_official_word_is_a_confirmed_shift_at_once(arms):
    said = arms.reading("conditional", 1)
    assert arms.take(said) == ["posted reviewing→conditional confirmed"]
    assert arms.reason(said) == "official"
    assert arms.stands[0] == "conditional"


def test_a_reported_move_is_a_signal_and_leaves_the_ledger_alone(arms):
    said = arms.reading("conditional", 1, by=By.REPORTED)
    assert arms.take(said) == ["posted reviewing→conditional signal"]
    assert arms.reason(said) == "reported-once"
    assert arms.stands[0] == "reviewing"


def test_a_second_independent_origin_confirms_a_signal(arms):
    arms.reports("conditional", 1, "Wire")
    second = arms.reading("conditional", 9, "Daily", By.REPORTED)
    assert arms.take(second) == ["confirmed reviewing→conditional confirmed"]
    assert arms.reason(second) == "second-origin"
    assert arms.stands[0] == "conditional"


def test_a_paper_of_the_same_house_confirms_nothing(arms):
    arms.reports("conditional", 1, "Wire", origin="house")
    sister = arms.reading("conditional", 9, "Wire English", By.REPORTED, origin="house")
    assert arms.take(sister) == []
    assert arms.reason(sister) == "same-origin"
    assert arms.stands[0] == "reviewing"


def test_two_papers_that_credit_one_speaker_are_one_origin(war):
    war.reports("deploying", 1, "Wire", origin="spy-agency")
    assert war.reports("deploying", 2, "Daily", origin="spy-agency") == []
    assert war.stands[1] == "arming"


def test_copies_of_one_text_are_one_origin(arms):
    text = tuple(range(24))
    arms.reports("conditional", 1, "Wire", fingerprint=text)
    assert arms.reports("conditional", 2, "Daily", fingerprint=text) == []
    assert arms.stands[0] == "reviewing"


def test_the_holders_word_in_a_specialists_page_waits_for_a_second_origin(arms):
    said = arms.reading("conditional", 1, "North Watch", tier=Tier.SPECIALIST)
    assert arms.take(said) == ["posted reviewing→conditional signal"]
    assert arms.reason(said) == "distant-source"
    assert arms.says("conditional", 2, "Blog", tier=Tier.SEARCH) == ["confirmed reviewing→conditional confirmed"]


def test_an_analyst_moves_nothing(war):
    said = war.reading("fighting", 1, by=By.ANALYST)
    assert war.take(said) == []
    assert war.reason(said) == "analyst"


def test_a_signal_expires_visibly_after_72_hours(arms):
    arms.reports("conditional", 1)
    assert arms.passes(72) == []
    assert arms.passes(74) == ["expired reviewing→conditional expired"]
    assert arms.passes(80) == []
    assert arms.told[arms.events[0].id].reason == "unconfirmed"


def test_a_signal_expires_even_when_its_readings_are_no_longer_given(arms):
    arms.reports("conditional", 1)
    arms.evidence.clear()
    arms.opened = (arms.opened[0], arms.now)
    assert arms.passes(80) == ["expired reviewing→conditional expired"]


def test_a_second_origin_after_72_hours_begins_a_new_development(arms):
    arms.reports("conditional", 1, "Wire")
    arms.passes(74)
    assert arms.reports("conditional", 75, "Daily") == ["posted reviewing→conditional signal"]


def test_late_copies_join_the_alert_and_edit_it_when_people_see_more(arms):
    arms.says("conditional", 1, "A")
    assert arms.says("conditional", 2, "B") == ["updated reviewing→conditional confirmed"]
    assert arms.says("conditional", 3, "C") == ["updated reviewing→conditional confirmed"]
    assert arms.says("conditional", 4, "D") == []
    assert arms.says("conditional", 30, "E") == ["updated reviewing→conditional confirmed"]
    alert = arms.told[arms.events[0].id]
    assert (alert.version, alert.origins, alert.outlets, alert.reason) == (4, 5, 5, "more-origins")


def test_the_same_article_delivered_twice_changes_nothing(arms):
    arms.says("conditional", 1)
    assert arms.says("conditional", 1) == []


def test_a_deed_is_a_shift_only_beyond_the_furthest(war):
    assert war.says("fighting", 1, "A") == ["posted arming→fighting confirmed"]
    lesser = war.reading("deploying", 5, "B")
    assert war.take(lesser) == []
    assert war.stands[1] == "fighting"
    war.says("fighting", 6, "C")
    lesser = war.reading("deploying", 7, "D")
    assert war.take(lesser) == []
    assert war.reason(lesser) == "lesser-deed"


def test_a_repeated_deed_reaffirms(war):
    again = war.reading("arming", 5)
    assert war.take(again) == []
    assert war.reason(again) == "reaffirmed"


def test_a_first_deed_is_a_shift_from_nowhere(ties):
    assert ties.says("retaliating", 1) == ["posted nowhere→retaliating confirmed"]


def test_a_word_never_undoes_a_deed(arms):
    arms.says("supplying", 1)
    arms.says("withhold", 5)
    assert arms.stands == ("withhold", "supplying")


def test_only_a_named_reversal_undoes_a_deed_and_a_deed_after_it_is_a_move_again(war):
    war.says("fighting", 1)
    assert war.says("withdrawing", 300) == ["posted fighting→withdrawing confirmed"]
    assert war.says("fighting", 500) == ["posted withdrawing→fighting confirmed"]


def test_after_a_reversal_the_deed_that_never_stopped_is_no_move(war):
    war.says("fighting", 1)
    war.says("withdrawing", 300)
    shells = war.reading("arming", 400)
    assert war.take(shells) == []
    assert war.reason(shells) == "lesser-deed"


def test_the_echo_of_what_a_reversal_undid_is_not_told_until_more_houses_carry_it(war):
    war.says("fighting", 1, "A")
    war.says("withdrawing", 300, "A")
    echo = war.reading("fighting", 310, "B")
    assert war.take(echo) == []
    assert war.reason(echo) == "mixed-signals"
    assert war.stands[1] == "withdrawing"
    assert war.says("fighting", 311, "C") == ["posted withdrawing→fighting confirmed"]


def test_a_reversal_of_nothing_is_nothing(desk):
    fresh = desk("war", "moscow")
    gone = fresh.reading("withdrawing", 1)
    fresh.take(gone)
    assert fresh.reason(gone) == "nothing-to-undo"


def test_an_article_that_has_troops_fighting_and_leaving_is_no_reversal(war):
    war.says("fighting", 1)
    both = [war.reading(rung, 300, article="both") for rung in ("fighting", "withdrawing")]
    assert war.take(*both) == []
    assert war.reason(both[1]) == "stronger-in-item"


def test_an_article_that_counts_the_dead_of_those_who_have_left_is_no_return(war):
    war.says("fighting", 1)
    assert war.says("withdrawing", 300, "A") == ["posted fighting→withdrawing confirmed"]
    for house, hours in (("B", 310), ("C", 311)):
        both = [war.reading(rung, hours, house, article=house) for rung in ("fighting", "withdrawing")]
        assert not [told for told in war.take(*both) if "posted" in told]
        assert war.reason(both[0]) == "stronger-in-item"
    assert war.stands[1] == "withdrawing"
    assert war.says("fighting", 500) == ["posted withdrawing→fighting confirmed"]


def test_a_word_below_the_deed_is_an_outlook_and_never_told(war):
    feared = war.reading("denied", 1, by=By.REPORTED)
    outlook = war.reading("denied", 2, "Daily", by=By.REPORTED)
    assert war.take(feared, outlook) == []
    assert war.reason(outlook) == "outlook"
    assert war.stands == ("denied", "arming")


def test_a_quiet_rung_is_not_told_and_moves_are_measured_from_the_last_that_is_not(ties):
    quiet = ties.reading("managing", 1)
    assert ties.take(quiet) == []
    assert ties.reason(quiet) == "quiet"
    assert ties.standing.last_word.rung == "managing"
    assert ties.says("condemning", 40) == []
    assert ties.says("mending", 80) == ["posted condemning→mending confirmed"]


def test_the_first_word_of_a_register_without_baseline_is_taken_silently(desk):
    nato = desk("allies", "nato")
    first = nato.reading("neutral", 1)
    assert nato.take(first) == []
    assert nato.reason(first) == "first-word"
    assert nato.says("requesting", 30) == ["posted neutral→requesting confirmed"]


def test_a_track_for_the_brief_is_never_told(desk):
    experts = desk("depth", "experts")
    experts.says("symbolic", 1)
    other = experts.reading("divided", 30)
    assert experts.take(other) == []
    assert experts.reason(other) == "brief-only"
    assert experts.stands[0] == "divided"


def test_a_word_that_returns_within_14_days_edits_its_alert(arms):
    arms.says("conditional", 1)
    assert arms.says("reviewing", 200) == ["updated reviewing→reviewing confirmed"]
    assert len(arms.told) == 1
    assert arms.stands[0] == "reviewing"
    alert = arms.told[arms.events[0].id]
    assert alert.reason == "swing"
    assert [e.rung for e in alert.against] == ["conditional"]


def test_a_word_that_returns_to_what_an_alert_told_first_is_quoted_as_it_is_said_now(arms):
    arms.says("withhold", 1, "A")
    arms.says("reviewing", 25, "B")
    assert arms.says("withhold", 76, "C") == ["updated reviewing→withhold confirmed"]
    assert arms.events[-1].lead.publisher == "C"
    arms.says("withhold", 77, "D")
    arms.says("withhold", 78, "E")
    assert (arms.events[-1].event, arms.events[-1].lead.publisher) == ("updated", "C")


@pytest.mark.parametrize("again", [50, 90])
def test_a_word_that_returns_is_carried_by_those_alone_who_say_so_now(arms, again):
    for outlet in "ABCD":
        arms.says("withhold", 1, outlet)
    arms.says("reviewing", 25, "E")
    arms.says("withhold", again, "F")
    told = arms.events[-1]
    assert (told.to_rung, told.outlets, [e.publisher for e in told.evidence]) == ("withhold", 1, ["F"])
    arms.says("withhold", again + 1, "A", article="A-again")
    arms.says("withhold", again + 2, "B", article="B-again")
    assert arms.events[-1].outlets == 3


def test_a_word_that_swings_twice_stays_one_alert_and_is_told_no_more_than_once(arms):
    arms.says("conditional", 1, "A")
    arms.says("conditional", 132, "B")
    arms.says("reviewing", 138, "C")
    assert arms.says("conditional", 144, "D") == ["updated reviewing→conditional confirmed"]
    assert len(arms.told) == 1
    assert arms.decide() == []


def test_what_comes_late_of_the_first_turn_of_a_word_that_swung_twice_is_told_by_its_one_alert(arms):
    arms.says("conditional", 1, "A")
    arms.says("reviewing", 80, "B")
    arms.says("conditional", 140, "C")
    assert arms.says("conditional", 0.5, "D", seen=145) == []
    assert len(arms.told) == 1
    assert arms.decide() == []


def test_what_would_have_confirmed_an_expired_signal_joins_the_alert_that_tells_the_move_by_now(war):
    war.reports("deploying", 2, "A")
    war.reports("deploying", 3, "A in English", origin="A")
    war.passes(80)
    assert war.says("deploying", 120, "B") == ["posted arming→deploying confirmed"]
    assert war.reports("deploying", 20, "C", seen=130) == ["updated arming→deploying confirmed"]
    signal, move = war.posted()
    assert war.told[signal.id].state == "expired"
    assert {e.publisher for e in war.told[move.id].evidence} == {"A", "A in English", "B", "C"}
    assert war.decide() == []


@pytest.mark.parametrize("silent", [False, True])
def test_a_word_that_was_taken_back_before_it_was_heard_of_is_never_told(arms, silent):
    arms.says("reviewing", 17, "A", silent=silent)
    assert arms.says("withhold", 10, "B", seen=58) == []
    assert [event for hours in (88, 90, 129, 131) for event in arms.passes(hours)] == []
    assert arms.stands[0] == "reviewing"


def test_what_confirms_a_word_days_after_it_was_taken_back_does_not_tell_it_as_standing(arms):
    arms.reports("withhold", 12, "A")
    arms.says("reviewing", 26, "B")
    assert arms.reports("withhold", 14, "C", seen=110) == ["confirmed reviewing→reviewing confirmed"]
    assert arms.stands[0] == "reviewing"
    assert arms.decide() == []


def test_the_end_of_a_move_that_nobody_was_told_of_is_no_news_as_time_goes_by(arms):
    arms.says("reviewing", 41, "A")
    arms.says("withhold", 0, "B", seen=45)
    arms.says("reviewing", 60, "C")
    assert [event for hours in range(112, 140, 4) for event in arms.passes(hours)] == []
    assert arms.events == []


def test_an_open_report_of_a_word_that_was_taken_back_unheard_of_makes_no_news_of_the_word_that_stands(arms):
    arms.says("reviewing", 102, "A")
    arms.says("withhold", 98, "B", seen=103)
    arms.reports("withhold", 124, "B")
    assert [event for hours in range(125, 210, 3) for event in arms.passes(hours)] == []


@pytest.mark.parametrize("silent", [False, True])
def test_a_move_that_a_late_report_confirms_is_told_though_the_first_report_is_known_for_days(war, silent):
    war.says("deploying", 23, "B", tier=Tier.OFFICIAL)
    war.says("withdrawing", 149, "E")
    war.reports("arming", 178, "C")
    told = ["posted withdrawing→arming confirmed"]
    assert war.reports("arming", 175, "A", seen=295, silent=silent) == ([] if silent else told)
    assert war.decide() == []


def test_a_word_that_stands_is_told_though_it_came_and_went_before_unheard_of(arms):
    arms.says("reviewing", 13, "A")
    arms.says("withhold", 0, "B", seen=63)
    arms.says("reviewing", 70, "C")
    assert arms.says("withhold", 107, "D", seen=137) == ["posted reviewing→withhold confirmed"]
    assert arms.decide() == []


def test_a_word_that_stands_is_told_though_old_news_of_it_came_first(arms):
    arms.says("reviewing", 339, "A")
    assert arms.says("withhold", 31, "B", seen=427) == []
    assert arms.says("withhold", 435, "C") == ["posted reviewing→withhold confirmed"]


def test_a_word_that_stands_is_told_though_late_reports_had_it_come_and_go_before(ties):
    ties.says("condemning", 100, "A")
    assert ties.says("mending", 12, "B", seen=169) == []
    assert ties.says("condemning", 81, "C", seen=223) == []
    assert ties.says("mending", 276, "B") == ["posted condemning→mending confirmed"]
    assert ties.passes(300) == []


def test_what_speaks_against_an_alert_counts_a_paper_and_who_retells_it_as_one_origin(arms):
    arms.says("conditional", 1, "The Tribune")
    arms.says("conditional", 2, "Gazette", origin="tribune")
    arms.says("withhold", 20, "Courier")
    (alert,) = arms.told.values()
    assert [e.publisher for e in alert.against] == ["The Tribune", "Gazette"]
    assert len({e.origin for e in alert.against}) == 1


def test_a_deed_undone_again_is_told_once_when_a_late_report_had_it_undone_just_now(war):
    war.says("deploying", 4, "A", seen=5)
    assert war.says("withdrawing", 1, "A", seen=9) == ["posted arming→withdrawing confirmed"]
    assert war.says("withdrawing", 10, "A") == []
    assert war.stands[1] == "withdrawing"


def test_a_word_that_comes_back_is_told_though_what_it_turns_against_began_as_an_earlier_signal(arms):
    arms.reports("withhold", 53, "A")
    arms.says("committed", 55, "C")
    assert arms.says("withhold", 56, "E") == ["confirmed committed→withhold confirmed"]
    assert arms.says("committed", 110, "D") == ["updated committed→committed confirmed"]


def test_a_word_that_all_still_take_to_stand_is_no_news_when_a_late_report_bears_out_an_expired_signal(arms):
    arms.reports("committed", 191, "B", seen=220)
    assert arms.says("reviewing", 304, "D") == ["expired reviewing→committed expired"]
    assert arms.says("committed", 191, "E", seen=361) == []
    assert arms.stands[0] == "reviewing"


def test_what_fills_the_ledger_silently_confirms_no_signal_that_has_expired(arms):
    arms.reports("conditional", 148, "F")
    arms.says("committed", 162, "C", seen=171)
    arms.says("conditional", 230, "B")
    arms.says("conditional", 209, "C", seen=372)
    assert arms.reports("conditional", 148, "D", seen=529) == []


def test_a_word_taken_back_before_it_was_heard_of_is_no_news_when_time_has_passed(arms):
    arms.says("withhold", 163, "A")
    arms.says("withhold", 208, "E")
    arms.says("conditional", 207, "B", seen=211)
    arms.says("withhold", 208, "F", seen=256)
    assert [event for hours in range(260, 340, 6) for event in arms.passes(hours)] == []


def test_a_report_from_days_before_a_word_returned_joins_its_alert_at_no_time(desk):
    arms = desk("arms", "seoul", keep=False)
    arms.says("withhold", 162, "A", seen=181)
    arms.reports("reviewing", 268, "E", seen=346)
    arms.reports("reviewing", 363, "B")
    assert arms.reports("reviewing", 376, "C") == ["updated reviewing→reviewing confirmed"]
    assert [event for hours in range(400, 1100, 24) for event in arms.passes(hours)] == []


def test_an_alert_that_swung_is_disputed_by_no_outlet_that_joins_it_when_its_first_turn_is_settled(desk):
    arms = desk("arms", "seoul", keep=False)
    arms.says("withhold", 1, "A")
    arms.says("reviewing", 120, "B")
    assert arms.says("withhold", 170, "C") == ["updated reviewing→withhold confirmed"]
    arms.passes(460)
    assert arms.says("withhold", 461, "D") == ["updated reviewing→withhold confirmed"]
    assert arms.decide() == []


def test_more_outlets_edit_no_alert_whose_14_days_are_over(arms):
    arms.says("conditional", 1, "A")
    arms.passes(15 * 24)
    arms.says("conditional", 13 * 24, "B", seen=15 * 24)
    assert len(arms.events) == 1


def test_a_word_that_undoes_the_last_move_edits_the_alert_of_that_and_no_earlier_one(arms):
    arms.says("withhold", 1, "A")
    arms.says("reviewing", 30, "B")
    arms.says("conditional", 60, "C")
    first, last = arms.posted()
    assert arms.says("reviewing", 70, "D") == ["updated reviewing→reviewing confirmed"]
    assert (arms.events[-1].id, arms.events[-1].reason) == (last.id, "swing")
    assert arms.told[first.id].version == 2


def test_what_the_holder_denies_within_hours_is_no_longer_told_as_confirmed(arms):
    arms.says("withhold", 1, "A")
    arms.says("reviewing", 25, "B")
    arms.reports("committed", 74, "C")
    arms.reports("committed", 76, "D")
    reported = arms.events[-1]
    assert arms.says("withhold", 79, "E") == ["updated reviewing→withhold disputed"]
    assert arms.told[reported.id].state == "disputed"


def test_a_word_that_returns_after_14_days_is_told_anew(arms):
    arms.says("conditional", 1)
    assert arms.says("reviewing", 14 * 24 + 2) == ["posted conditional→reviewing confirmed"]


def test_a_returning_word_that_one_origin_reports_is_not_told_before_it_is_confirmed(arms):
    arms.says("conditional", 1)
    assert arms.reports("reviewing", 100, "A") == []
    assert arms.reports("reviewing", 120, "B") == ["updated reviewing→reviewing confirmed"]


def test_two_words_within_48_hours_are_mixed_signals_in_one_alert(arms):
    arms.says("conditional", 1, "A")
    assert arms.says("withhold", 20, "B") == ["updated reviewing→withhold disputed"]
    alert = arms.told[arms.events[0].id]
    assert alert.reason == "mixed-signals"
    assert [e.rung for e in alert.against] == ["conditional"]


def test_a_further_step_the_same_way_within_48_hours_is_a_shift_of_its_own(arms):
    arms.says("conditional", 1)
    assert arms.says("committed", 20) == ["posted conditional→committed confirmed"]


def test_after_a_flip_and_back_what_most_origins_carry_stands(arms):
    arms.says("conditional", 1, "A")
    arms.says("reviewing", 2, "B")
    arms.says("conditional", 3, "C")
    assert arms.stands[0] == "conditional"
    held = arms.reading("reviewing", 4, "D")
    assert arms.take(held) == []
    assert arms.reason(held) == "mixed-signals"
    assert arms.stands[0] == "conditional"
    arms.says("reviewing", 5, "E")
    assert arms.stands[0] == "reviewing"
    assert len(arms.told) == 1


def test_a_third_word_of_the_holder_itself_is_not_told_as_hearsay_that_nobody_confirms(arms):
    arms.says("committed", 1, "A")
    arms.says("reviewing", 2, "B")
    assert arms.says("withhold", 3, "C") == ["posted reviewing→withhold confirmed"]
    assert arms.stands[0] == "withhold"
    assert arms.says("committed", 4, "A") == [], "a return is held until more houses carry it"
    assert arms.stands[0] == "withhold"


def test_a_denial_disputes_what_others_report(war):
    war.reports("deploying", 1, "A")
    war.reports("deploying", 2, "B")
    denial = war.reading("denied", 30, "C")
    assert war.take(denial) == ["disputed arming→deploying disputed"]
    assert war.reason(denial) == "denial"
    assert war.stands[1] == "deploying"


def test_a_denied_signal_stays_a_signal_until_it_is_confirmed(war):
    war.reports("deploying", 1, "A")
    assert war.says("denied", 5, "C") == ["disputed arming→deploying signal"]
    assert war.reports("deploying", 9, "B") == ["confirmed arming→deploying disputed"]


def test_a_reported_word_that_the_holder_denies_is_a_denied_signal(arms):
    arms.says("withhold", 1, "A")
    arms.reports("committed", 100, "B")
    signal = arms.events[-1]
    denial = arms.reading("withhold", 104, "C")
    arms.take(denial)
    assert arms.reason(denial) == "denial"
    denied = arms.told[signal.id]
    assert (denied.event, denied.state, denied.reason) == ("disputed", "signal", "denial")
    assert denied.against == (denial,)
    arms.reports("committed", 106, "D")
    assert arms.told[signal.id].state == "disputed"


def test_a_denial_is_over_once_the_holder_itself_says_so(arms):
    arms.reports("supplying", 100, "A")
    arms.reports("supplying", 101, "B")
    arms.says("withhold", 104, "C")
    alert = arms.posted()[0]
    assert arms.told[alert.id].state == "disputed"
    assert arms.says("supplying", 120, "A") == ["confirmed nowhere→supplying confirmed"]
    told = arms.told[alert.id]
    assert (told.lead.by, told.against, told.reason) == ("official", (), "official")
    assert arms.decide() == []


def test_a_denial_after_the_holder_said_so_holds_against_what_others_report_alone(war):
    war.reports("deploying", 1, "A")
    war.says("denied", 2, "T", holder="moscow")
    war.says("deploying", 30, "B")
    assert (war.events[-1].event, war.events[-1].state) == ("confirmed", "confirmed")
    assert war.says("denied", 40, "T", holder="moscow") == []


def test_another_holder_may_speak_for_this_one(war):
    war.reports("deploying", 1, "A")
    assert war.says("denied", 5, holder="moscow") == ["disputed arming→deploying signal"]
    assert war.says("deploying", 9, "B", holder="moscow") == ["confirmed arming→deploying disputed"]


def test_another_holders_outlook_does_not_speak_for_this_one(war):
    outlook = war.reading("feared", 5, holder="moscow")
    war.take(outlook)
    assert war.reason(outlook) == "other-voice"


def test_a_voice_for_another_has_a_ledger_for_the_brief_only(desk):
    moscow = desk("war", "moscow")
    assert moscow.says("fighting", 1) == []
    assert moscow.stands[1] == "fighting"
    assert ledgers_of(moscow.storyline, "war", "moscow") == ("moscow", "pyongyang")
    assert voices_in(moscow.storyline, "war", "pyongyang") == ("pyongyang", "moscow")


def test_the_holders_own_deed_is_not_disputed_by_its_word(arms):
    arms.says("supplying", 1)
    arms.says("withhold", 40)
    assert [a.state for a in arms.told.values() if a.register == "deed"] == [AlertState.CONFIRMED]


def test_the_first_poll_fills_the_ledger_and_is_not_told(arms):
    first = arms.reading("conditional", 1, silent=True)
    assert arms.take(first) == []
    assert arms.reason(first) == "silent"
    assert arms.stands[0] == "conditional"
    assert arms.says("conditional", 2, "B") == []


def test_old_news_fills_the_ledger_and_is_not_told(arms):
    old = arms.reading("conditional", 1, seen=8 * 24)
    assert arms.take(old) == []
    assert arms.reason(old) == "old-news"
    assert arms.stands[0] == "conditional"


def test_an_older_word_that_arrives_late_does_not_replace_a_newer_one(arms):
    arms.says("conditional", 60)
    arms.says("withhold", 1, seen=70)
    assert arms.stands[0] == "conditional"


def test_a_future_date_counts_as_when_it_was_seen(arms):
    arms.says("conditional", 500, seen=2)
    assert arms.standing.word.since == arms.opened[1] + timedelta(hours=2)


def test_an_alert_whose_only_sentence_vanishes_is_withdrawn_and_the_register_goes_back(arms):
    said = arms.reading("conditional", 1)
    arms.take(said)
    assert arms.loses(said) == ["withdrawn reviewing→conditional withdrawn"]
    assert arms.stands[0] == "reviewing"
    assert arms.told[arms.events[0].id].reason == "evidence-gone"
    assert arms.decide() == []


def test_an_alert_that_loses_its_confirmation_is_withdrawn(arms):
    first, second = (arms.reading("conditional", 1, outlet, By.REPORTED) for outlet in "AB")
    arms.take(first, second)
    assert arms.loses(second) == ["withdrawn reviewing→conditional withdrawn"]
    assert arms.stands[0] == "reviewing"


def test_an_alert_that_loses_its_quote_takes_another(arms):
    first, second = (arms.reading("conditional", 1, outlet) for outlet in "AB")
    arms.take(first, second)
    assert arms.loses(first) == ["updated reviewing→conditional confirmed"]
    assert arms.told[arms.events[0].id].lead.publisher == "B"


def test_a_position_that_stood_on_one_origin_alone_is_told_again_when_others_report_it(arms):
    arms.says("conditional", 1, "A")
    assert arms.says("conditional", 20 * 24, "B") == ["posted reviewing→conditional signal"]
    afresh = arms.reading("conditional", 20 * 24 + 1, "C")
    assert arms.take(afresh) == ["confirmed reviewing→conditional confirmed"]
    assert arms.reason(afresh) == "afresh"
    assert arms.says("conditional", 60 * 24, "D") == []


def test_a_position_that_two_origins_carried_is_not_told_again(arms):
    arms.says("conditional", 1, "A")
    arms.says("conditional", 2, "B")
    assert arms.says("conditional", 20 * 24, "C") == []
    assert arms.says("conditional", 20 * 24 + 1, "D") == []


def test_a_position_that_two_houses_heard_from_one_speaker_is_not_told_again(arms):
    arms.says("conditional", 1, "A", origin="presidential-office")
    arms.says("conditional", 2, "B", origin="presidential-office")
    assert arms.says("conditional", 20 * 24, "C") == []


def test_a_nearer_deed_is_told_when_the_furthest_rests_on_one_origin(war):
    war.says("fighting", 1, "A")
    assert war.reports("deploying", 80, "B") == []
    nearer = war.reading("deploying", 81, "C", By.REPORTED)
    assert war.take(nearer) == ["posted arming→deploying confirmed"]
    assert war.reason(nearer) == "nearer-deed"
    assert war.stands[1] == "fighting"


def test_the_echo_of_a_nearer_deed_is_not_told_while_the_further_one_is_fresh(war):
    war.says("fighting", 1, "A")
    assert war.reports("deploying", 5, "B") == []
    assert war.reports("deploying", 6, "C") == []
    assert war.reports("deploying", 7, "D") == ["posted arming→deploying confirmed"]


def test_a_signal_that_a_further_deed_overtakes_is_confirmed_by_it(war):
    war.reports("deploying", 1, "A")
    assert war.says("fighting", 5, "B") == [
        "confirmed arming→deploying confirmed",
        "posted arming→fighting confirmed",
    ]


def test_a_signal_that_has_expired_is_confirmed_by_no_further_deed(war):
    war.reports("deploying", 1, "A")
    war.passes(80)
    assert war.says("fighting", 240, "B") == ["posted arming→fighting confirmed"]
    assert [alert.state for alert in war.told.values()] == ["expired", "confirmed"]


def test_of_several_words_in_one_article_the_headlines_counts(arms):
    headline = arms.reading("withhold", 1, article="both", title="seoul: withhold, aide says")
    body = arms.reading("conditional", 1, article="both", title=headline.title)
    assert arms.take(headline, body) == ["posted reviewing→withhold confirmed"]
    assert arms.reason(body) == "stronger-in-item"


def test_a_rung_that_the_storyline_no_longer_has_is_left_alone(arms):
    gone = arms.reading("pondering", 1)
    assert arms.take(gone) == []
    assert arms.reason(gone) == "not-of-the-storyline"


def test_an_alert_says_where_it_came_from_and_what_the_baseline_was(arms):
    arms.says("conditional", 1)
    alert = arms.events[0]
    assert alert.previous is not None
    assert (alert.previous.rung, alert.previous.note) == ("reviewing", "Seoul looks again.")
    assert (alert.baseline, alert.by, alert.severity) == ("reviewing", By.OFFICIAL, Severity.MEDIUM)


def test_an_alerts_id_is_short_and_the_same_on_every_run(desk):
    ids = set()
    for _ in range(2):
        at_work = desk("arms", "seoul")
        at_work.says("conditional", 1)
        ids |= set(at_work.told)
    assert len(ids) == 1
    assert len(ids.pop()) == 10


def test_a_baseline_counts_from_its_day_and_history_from_the_day_after(desk):
    storyline = desk("war", "pyongyang").storyline

    def stands(day: datetime) -> tuple[str | None, ...]:
        standing = opening(storyline, "war", "pyongyang", day)
        return tuple(position.rung if position else None for position in (standing.word, standing.deed))

    assert stands(datetime(2022, 11, 2, tzinfo=UTC)) == (None, None)
    assert stands(datetime(2022, 11, 3, tzinfo=UTC)) == (None, "arming")
    assert stands(datetime(2024, 6, 20, tzinfo=UTC)) == ("feared", "arming")


def test_old_evidence_settles_into_a_new_opening(desk):
    at_work = desk("arms", "seoul", keep=False)
    at_work.says("conditional", 1)
    at_work.passes(EVIDENCE_WINDOW / timedelta(hours=1) + 60)
    standing, until = at_work.opened
    assert standing.word.rung == "conditional"
    assert until == at_work.now - EVIDENCE_WINDOW


def test_evidence_settles_though_articles_of_two_words_follow_upon_each_other_without_a_gap(desk):
    arms = desk("arms", "seoul", keep=False)
    for day in range(60):
        live = [
            arms.reading(rung, day * 24 + more, article=f"live-{day}")
            for rung, more in (("reviewing", 0), ("withhold", 26))
        ]
        arms.take(*live)
    assert arms.now - arms.opened[1] < 3 * EVIDENCE_WINDOW


def test_nothing_settles_while_a_signal_or_a_contest_is_open(desk):
    at_work = desk("arms", "seoul", keep=False)
    at_work.says("conditional", 1)
    at_work.passes(EVIDENCE_WINDOW / timedelta(hours=1) + 10)
    assert at_work.last.settled is None
