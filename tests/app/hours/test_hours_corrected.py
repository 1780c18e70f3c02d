"""An entry is corrected by a new version; nothing counts twice, and no page says "logged" when nothing was."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.models.operations.audit import AuditLine
from app.rules.record_totals import summary_of
from tests.pages import form_to
from tests.screen import shown

SURE, AGAIN, DID, TIME = "It is right as it is: save it", "What do you want to do?", "What did you do?", "Time"
NEXT = "If it is right as it is, tick the box and send it again."
WORDS = "Screened notes for the stroke study."


def sent(day, **changes):
    values = {
        "worked_on-day": day.day,
        "worked_on-month": day.month,
        "worked_on-year": day.year,
        "category": "workplace learning",
        "minutes": "60",
        "did": WORDS,
        "form_key": "0123456789abcdef0123",
        **changes,
    }
    return {name: value for name, value in values.items() if value is not None}


@pytest.fixture
def entry(browser, address, entries, today):
    browser.post(address, data=sent(today))
    return entries()[0]


def correcting(browser, entry, **changes):
    return browser.post(f"/hours/{entry.id}/correct", data=sent(entry.worked_on, **{"form_key": "c" * 20} | changes))


def resent(answer, address, **changes):
    """The hidden fields of a form as its page gives them, with what is chosen now."""
    fields = form_to(address, answer).fields
    return {name: fields[name][0] for name in ("form_key", "before")} | changes


def test_a_correction_is_a_new_version_that_counts_once(browser, entry, entries, placement, session):
    form = shown(browser.get(f"/hours/{entry.id}/correct"))
    assert form.heading == "Correct the hours of 3 March 2026"
    assert form.field(DID).value == WORDS
    answer = correcting(browser, entry, minutes="other", other_time="2,5")
    assert answer.location == f"/placements/{placement.id}"
    old, new = entries()
    assert (old.minutes, new.minutes, new.corrects_id) == (60, 150, old.id)
    assert (old.withdrawn_at, new.withdrawn_at) == (new.logged_at, None)
    assert summary_of(session, placement).draft_minutes == 150
    assert "corrected hours" in session.scalars(select(AuditLine.deed)).all()
    page = shown(browser.get(answer.location))
    assert page.banner == (
        "The entry is corrected: 2 h 30 min of workplace learning. It is a draft: it counts once you have submitted it."
    )
    assert page.section("Record").tags == ["Draft", "Corrected"]
    page = shown(browser.get(f"/hours/{old.id}"))
    assert page.row("Status").link("See the entry as it is now") == f"/hours/{new.id}"
    assert shown(browser.get(f"/hours/{new.id}")).row("Logged").link("the entry as it was") == f"/hours/{old.id}"


def test_only_its_learner_corrects_an_entry(entry, entries, placement, sign_in, build):
    address = f"/hours/{entry.id}/correct"
    for person, status in ((placement.mentor, 403), (build.learner(), 404)):
        assert sign_in(person).get(address).status_code == status
        assert sign_in(person).post(address, data=sent(entry.worked_on)).status_code == status
    assert len(entries()) == 1


def test_a_correction_that_is_refused_keeps_what_was_typed_and_the_entry(browser, entry, entries):
    answer = correcting(browser, entry, minutes="other", other_time="7.30", did="Kept words.")
    assert answer.status_code == 422
    page = shown(answer)
    assert (page.field(TIME).value, page.field(DID).value) == ("7.30", "Kept words.")
    assert [one.withdrawn_at for one in entries()] == [None]


def test_what_is_shown_back_is_the_time_in_one_way(browser, entry):
    answer = correcting(browser, entry, minutes="other", other_time="12,25")
    assert shown(answer).field(TIME).value == "12 h 15 min"


def test_a_time_without_a_choice_is_another_time(browser, entry, entries):
    assert correcting(browser, entry, minutes=None, other_time="1:45").status_code == 303
    assert entries()[-1].minutes == 105


def test_an_entry_does_not_stand_in_the_way_of_its_own_correction(browser, address, entries, today):
    browser.post(address, data=sent(today, minutes="other", other_time="12"))
    [entry] = entries()
    assert correcting(browser, entry, minutes="other", other_time="11:45").status_code == 303
    assert correcting(browser, entries()[-1], minutes="other", other_time="13", is_sure="y", form_key="d" * 20)


def test_a_correction_that_changes_nothing_is_no_version(browser, entry, entries):
    assert correcting(browser, entry).status_code == 303
    assert len(entries()) == 1


def test_a_form_of_an_earlier_version_is_told_what_changed(browser, entry, entries, placement, session):
    correcting(browser, entry, minutes="90")
    answer = correcting(browser, entry, minutes="30", did="Other words.", form_key="d" * 20)
    assert answer.status_code == 409
    page = shown(answer)
    assert page.errors == {
        "You corrected this entry after you had opened this page: it is now 1 h 30 min of workplace learning on "
        f"3 March 2026, “{WORDS}”. Nothing was saved now: send it again if this page is right.": "",
    }
    assert page.field(DID).value == "Other words."
    latest = entries()[-1]
    assert summary_of(session, placement).draft_minutes == 90
    assert page.button("Save the correction").action == f"/hours/{latest.id}/correct"
    correcting(browser, latest, minutes="30", did="Other words.", form_key="d" * 20)
    assert len(entries()) == 3
    assert summary_of(session, placement).draft_minutes == 30


def test_an_entry_withdrawn_in_another_tab_can_be_logged_anew(browser, entry, entries, address):
    browser.post(f"/hours/{entry.id}/withdraw")
    answer = correcting(browser, entry, minutes="30")
    assert answer.status_code == 409
    page = shown(answer)
    assert next(iter(page.errors)).startswith("You withdrew this entry after you had opened this page.")
    assert page.button("Save these hours").action == address
    assert browser.post(address, data=sent(entry.worked_on, minutes="30", form_key="c" * 20)).status_code == 303
    assert [one.minutes for one in entries() if not one.withdrawn_at] == [30]


def test_the_same_correction_sent_twice_counts_once(browser, entry, entries):
    assert [correcting(browser, entry, minutes="90").status_code for _ in range(2)] == [303, 303]
    assert len(entries()) == 2


def test_the_same_words_of_one_day_under_another_key_are_asked_about(browser, address, entry, entries, today, app, now):
    app.config["NOW"] = lambda: now + timedelta(minutes=2)
    again = sent(today, did="  screened NOTES for the stroke study.", form_key="f" * 20)
    answer = browser.post(address, data=again)
    assert answer.status_code == 422
    page = shown(answer)
    assert page.complaint == (SURE, f"You logged the same 2 minutes ago. It is on the record. {NEXT}")
    assert page.link("See the entry that you logged on 3 March 2026, midday") == f"/hours/{entry.id}"
    assert len(entries()) == 1
    assert browser.post(address, data=again | {"is_sure": "y"}).status_code == 303
    assert len(entries()) == 2


@pytest.mark.parametrize("changes", [{"minutes": "30"}, {"did": "Consent."}, {"worked_on-day": "2"}])
def test_another_day_time_or_text_is_not_the_same(browser, address, entry, entries, today, changes):
    assert browser.post(address, data=sent(today, **changes, form_key="f" * 20)).status_code == 303
    assert len(entries()) == 2


def test_a_form_sent_again_with_other_words_asks_what_it_is_for(browser, address, entry, entries, today):
    """The Back button, another text, and send: the key is the old one."""
    answer = browser.post(address, data=sent(today, did="Consent."))
    assert answer.status_code == 422
    page = shown(answer)
    assert page.complaint == (
        AGAIN,
        f"This form has logged 1 h of workplace learning on 3 March 2026, “{WORDS}”, and that stands. Nothing was "
        "saved now.",
    )
    assert page.field(AGAIN).choices == ("Correct what I logged before", "Log this as well")
    assert page.field(DID).value == "Consent."
    assert len(entries()) == 1
    unanswered = browser.post(address, data=sent(today, did="Consent.", **resent(answer, address)))
    assert shown(unanswered).complaint == (AGAIN, "Choose what to do with what you logged before")


@pytest.mark.parametrize(("again", "texts"), [("correct", ["Consent."]), ("another", [WORDS, "Consent."])])
def test_what_is_chosen_then_is_done(browser, address, entry, entries, today, again, texts):
    asked = browser.post(address, data=sent(today, did="Consent."))
    answer = browser.post(address, data=sent(today, did="Consent.", **resent(asked, address, again=again)))
    assert answer.status_code == 303
    assert [one.did for one in entries() if not one.withdrawn_at] == texts


def test_a_form_whose_entry_was_withdrawn_does_not_say_that_it_is_logged(browser, address, entry, entries, today):
    browser.post(f"/hours/{entry.id}/withdraw")
    asked = browser.post(address, data=sent(today))
    page = shown(asked)
    assert page.field(AGAIN).choices == ("Log it as it is now",)
    assert page.field(AGAIN).error.endswith("which you have withdrawn. Nothing was saved now.")
    assert browser.post(address, data=sent(today, **resent(asked, address, again="another"))).status_code == 303
    assert len([one for one in entries() if not one.withdrawn_at]) == 1


def test_a_strangers_entry_cannot_be_corrected_by_way_of_the_form(browser, entry, entries, build, sign_in, today):
    theirs = build.placement()
    data = sent(today, again="correct", before=str(entry.id), form_key="e" * 20)
    assert sign_in(theirs.learner).post(f"/placements/{theirs.id}/hours/new", data=data).status_code == 404
    assert [one.withdrawn_at for one in entries()] == [None]


@pytest.mark.parametrize("typed", ["1 Mar 26", "1/3/2026", "1st March 2026"])
def test_a_whole_date_is_taken_in_the_first_field(browser, address, entries, today, typed):
    data = sent(today, **{"worked_on-day": typed, "worked_on-month": "", "worked_on-year": ""})
    assert browser.post(address, data=data).status_code == 303
    assert entries()[0].worked_on == today - timedelta(days=2)


def test_a_whole_date_beside_another_month_is_asked_about_and_sent_again(browser, address, entries, today):
    data = sent(today, **{"worked_on-day": "28 Feb 26"})
    page = shown(browser.post(address, data=data))
    assert page.complaint == ("Date", "Date was a whole date under Day: check that 28 February 2026 is meant")
    assert page.field("Date").value == "28 2 2026"
    assert entries() == []


def test_a_month_may_be_a_word_and_a_year_short(browser, address, entries, today):
    data = sent(today, **{"worked_on-month": "Mar", "worked_on-year": "26"})
    assert browser.post(address, data=data).status_code == 303
    assert entries()[0].worked_on == today


@pytest.mark.parametrize("before", ["9" * 30, "9" * 5000, "٣", "²", "-1"])
def test_a_form_that_names_no_entry_corrects_none(sign_in, build, before):
    placement = build.placement()
    form = {"worked_on-day": "2", "worked_on-month": "3", "worked_on-year": "2026", "category": "workplace learning"}
    form |= {"minutes": "60", "did": "Screened.", "form_key": "k" * 20, "before": before, "again": "correct"}
    answer = sign_in(placement.learner).post(f"/placements/{placement.id}/hours/new", data=form)
    assert answer.status_code == 303
