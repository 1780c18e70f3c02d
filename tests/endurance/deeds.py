"""Every deed that a form can do, as data: who does it, to which record, with which words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product

from app.language.dates_and_times import day_of
from tests.app.studies.filling_in import day
from tests.conftest import NOON

TODAY = day_of(NOON)


def days(name: str, offset: int) -> dict[str, str]:
    """A date of a form, so many days from today."""
    return day(name, TODAY + timedelta(days=offset))


HOURS = {**days("worked_on", 0), "category": "workplace learning", "did": "Screened notes.", "is_sure": "y"}
MEETING = {**days("held_on", 0), "how": "video", "topics": "Consent.", "is_sure": "y"}
OPENING = {
    "organisation": "{organisation}",
    "network": "{network_id}",
    "levels": "PGCERT",
    "places": "1",
    **days("starts_on", 30),
    "learner_does": "Screening and consent.",
    "is_sure": "y",
}
PROFILE = {
    "profession": "DOCTOR",
    "job_title": "Consultant",
    "organisation": "{organisation}",
    "teaches": "Running a study.",
    "hours_a_month": "20",
}
CREDIT = {"outcome": "earned", **days("decided_on", 0)}
REQUEST = {"request_id": "request"}
WHERE = {"networks": "{network_id}", **days("start_from", 1), **days("start_until", 90), "is_sure": "y"}
PROGRAMME = {"programme": "{programme}", **days("started_on", -30), "is_sure": "y"}
NOMINATION = {
    "module": "{module of beginner}",
    "name": "Sam Example",
    "email": "sam.example@nowhere.example",
    "job_title": "Research nurse",
    "organisation": "{organisation}",
    **days("starts_on", 30),
    **days("ends_on", 200),
    "is_sure": "y",
}
CHECKED = dict.fromkeys(("identity", "gcp", "study", "capacity", "weeks", "independent"), "yes")
KEPT_APART = {"mentor_id": "{mentor of the round}", "kind": "line manager", "reason": "One team.", "is_sure": "y"}
EXCEPTION = {**days("agreed_on", 0), "reason": "The only one in reach."}
SHOWN = {"round_id": "round to show", "pin_id": "pin to show"}
EVIDENCE = {"kind": "an official document", **days("seen_on", 0)}
PIN = {"opening_id": "{free opening}", "kind": "agreed before the round", "reason": "They work together already."}
DATES = days("opens_at", -20) | days("closes_at", -1) | days("answer_until", 35)
LATER = days("opens_at", 100) | days("closes_at", 120) | days("answer_until", 140)
ASKS = {"words": "Why not my first choice?", "is_sure": "y"}
TO_PUT_RIGHT = {"review_id": "review to put right", "round_id": "round of the wrong one"}
STANDS = {"outcome": "stands", "answer": "The place went to somebody with a better fit.", "is_sure": "y"}
TAKE_BACK = {"kind": "somebody was left out", "reason": "One request was missing.", "is_sure": "y"}
BECAUSE = {"cause": "MENTOR_LEAVES", "reason": "It is better so."}
MOVE = {**BECAUSE, **days("first_day", 0), **days("last_day", 200)}
REST = {"reason": "A term elsewhere.", **days("from_on", 0), **days("resumes_on", 30), **days("ends_on", 270)}
END = {**BECAUSE, "outcome": "INCOMPLETE", **days("last_day", 0)}
MOVING, RESTING = {"placement_id": "moving placement"}, {"placement_id": "resting placement"}
ASKED_ABOUT, GOING = {"placement_id": "asked placement"}, {"placement_id": "going placement"}
ROUND = {"name": "Summer", "level": "PGCert", "network_ids": "{third network}", **LATER}
TURN = days("hears_by", 7) | days("answer_by", 14)
FREE = {"round_id": "cleared round", "opening_id": "cleared opening", "request_id": "waiting request"}


@dataclass(frozen=True, eq=False)
class Deed:
    """A form that somebody sends; `to` and `{names}` stand for records of the world other than the usual ones."""

    endpoint: str
    by: str
    says: Mapping[str, str] = field(default_factory=dict)
    to: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return " ".join((self.by, "does", self.endpoint, *self.to.values(), self.says.get("module", "")))


DEEDS = (
    # The administrators, of whom there are two.
    Deed("admin.invite", "administrator", {"name": "Somebody New", "email": "new@nowhere.example"}),
    Deed("admin.invite_again", "administrator"),
    Deed("admin.correct", "administrator", {"name": "Another Name", "email": "{email}"}, {"person_id": "misspelt"}),
    Deed("admin.grant", "administrator", {"role": "MENTOR"}),
    Deed("admin.end_role", "administrator", to={"person_id": "mentor", "grant_id": "grant of mentor"}),
    Deed("admin.end_role", "administrator", to={"person_id": "other administrator", "grant_id": "grant of other"}),
    Deed("admin.end_role", "other administrator", to={"person_id": "administrator", "grant_id": "grant of one"}),
    Deed("admin.withdraw", "administrator", to={"person_id": "one learner"}),
    Deed("admin.withdraw", "administrator", to={"person_id": "mentor of the round"}),
    Deed("admin.withdraw", "administrator", to={"person_id": "other administrator"}),
    Deed("admin.withdraw", "other administrator", to={"person_id": "administrator"}),
    Deed("admin.restore", "administrator", to={"person_id": "withdrawn"}),
    Deed("admin.waiting.send_again", "administrator"),
    Deed("admin.waiting.try_job_again", "administrator"),
    Deed("studies.import_now", "administrator"),
    Deed("studies.cancel", "administrator"),
    # Mentors, and the coordinator who limits a study.
    Deed("studies.save_profile", "mentor of two", {**PROFILE, "learners_max": "1"}),
    Deed("studies.save_profile", "mentor of the round", {**PROFILE, "learners_max": "4"}),
    Deed("studies.add_absence", "busy mentor", days("absence-starts_on", 40) | days("absence-ends_on", 50)),
    Deed("studies.add_absence", "mentor of the round", days("absence-starts_on", 0) | days("absence-ends_on", 400)),
    Deed("studies.remove_absence", "mentor"),
    Deed("studies.publish", "busy mentor", {**OPENING, **days("ends_on", 300)}, {"study_id": "free study"}),
    Deed("studies.save_opening", "mentor of two", {**OPENING, **days("ends_on", 280)}, {"opening_id": "two places"}),
    Deed("studies.pause_opening", "busy mentor", to={"opening_id": "last place"}),
    Deed("studies.confirm", "busy mentor"),
    Deed("studies.resume_opening", "busy mentor", to={"opening_id": "paused opening"}),
    Deed("studies.withdraw_opening", "busy mentor", to={"opening_id": "last place"}),
    Deed("studies.limit", "coordinator", {"learner_limit": "0"}, {"study_id": "study of the round"}),
    # Who was offered the last place.
    Deed("placements.accept", "one learner", to={"offer_id": "one offer"}),
    Deed("placements.accept", "other learner", to={"offer_id": "other offer"}),
    Deed("placements.accept", "learner of two", to={"offer_id": "offer of two"}),
    Deed("placements.accept", "learner of the published", to={"offer_id": "published offer"}),
    Deed("placements.decline", "one learner", {"kind": "TRAVEL", "waits": "yes"}, {"offer_id": "one offer"}),
    Deed("placements.take_time", "other learner", {"reason": "I must ask."}, {"offer_id": "other offer"}),
    # What is left after a publication.
    Deed("rounds.clearing.offer", "coordinator", days("answer_by", 7), FREE),
    Deed("rounds.clearing.open_turn", "coordinator", TURN, {"round_id": "cleared round"}),
    Deed("rounds.clearing.end_turn", "coordinator", to={"round_id": "turning round"}),
    Deed("rounds.clearing.set_more_time", "coordinator", {"more_time_days": "3"}),
    Deed("requests.no_longer_wait", "waiting learner", to={"request_id": "waiting request"}),
    Deed("requests.wait", "stopped learner", to={"request_id": "stopped request"}),
    # A placement changes its course.
    Deed("placements.changes.send", "asking mentor", {**days("from_on", 9), "why": "A new job."}, ASKED_ABOUT),
    Deed("placements.changes.take_back", "learner who asks", to=ASKED_ABOUT),
    Deed("placements.changes.accept", "going learner", to={"next_place_id": "next place"}),
    Deed("placements.changes.decline", "going learner", {"why": "Too far."}, {"next_place_id": "next place"}),
    Deed("oversight.move", "coordinator", MOVE, MOVING | {"next_opening_id": "successor"}),
    Deed("oversight.move", "coordinator", MOVE, GOING | {"next_opening_id": "successor"}),
    Deed("oversight.take_back", "coordinator", to=GOING),
    Deed("oversight.pause", "coordinator", REST, MOVING),
    Deed("oversight.let_go_on", "coordinator", to=RESTING),
    Deed("oversight.end", "coordinator", END, MOVING),
    Deed("oversight.end", "coordinator", END, GOING),
    Deed("oversight.refuse", "coordinator", {"answer": "Not now."}, ASKED_ABOUT | {"wish_id": "wish"}),
    # What a learner logs, and what her mentor does.
    Deed("hours.log", "learner", {**HOURS, "minutes": "60"}),
    Deed("hours.correct", "learner", {**HOURS, "minutes": "90"}),
    Deed("hours.withdraw", "learner"),
    Deed("supervision.log", "mentor", {**MEETING, "minutes": "60"}),
    Deed("supervision.correct", "mentor", {**MEETING, "minutes": "30"}),
    Deed("supervision.withdraw", "mentor", {"reason": "It did not take place."}),
    Deed("supervision.confirm", "learner"),
    Deed("supervision.question", "learner", {"comment": "It was shorter."}),
    # Sixty credits for a level: two decisions that cannot both be.
    Deed("progress.decide", "lead", {**CREDIT, "module": "{third module}"}),
    Deed("progress.decide", "lead", {**CREDIT, "module": "{large module}"}),
    # A learner's request, from its beginning to asking again.
    Deed("requests.begin", "beginner"),
    Deed("requests.save_exclusions", "drafting learner", {"anybody": "no"}, {"request_id": "draft"}),
    Deed("requests.save_any_other", "drafting learner", {"takes_any_other": "no"}, {"request_id": "draft"}),
    Deed("requests.submit", "drafting learner", to={"request_id": "draft"}),
    Deed("requests.save_about", "asking learner", {"profession": "MIDWIFE", "is_sure": "y"}, REQUEST),
    Deed("requests.save_work_page", "asking learner", {"job_title": "A nurse", "typed": "Elsewhere Ltd"}, REQUEST),
    Deed("requests.save_interests_page", "asking learner", {"interests": "Falls."}, REQUEST),
    Deed("requests.save_where", "asking learner", WHERE, REQUEST),
    Deed("requests.save_module", "asking learner", {"module": "{module}", "is_sure": "y"}, REQUEST),
    Deed("requests.save_programme", "asking learner", PROGRAMME, REQUEST | {"provider_id": "university"}),
    Deed("requests.save_exclude", "asking learner", {"typed": "Pat Nobody", "kind": "LINE_MANAGER"}, REQUEST),
    Deed("requests.unexclude", "asking learner", to=REQUEST | {"exclusion_id": "exclusion"}),
    Deed("requests.add", "asking learner", to=REQUEST | {"opening_id": "not listed"}),
    Deed("requests.move", "asking learner", {"to": "1"}, REQUEST | {"opening_id": "listed"}),
    Deed("requests.remove", "asking learner", to=REQUEST | {"opening_id": "listed"}),
    Deed("requests.withdraw", "asking learner", to=REQUEST),
    Deed("requests.again", "past learner", to={"request_id": "past request"}),
    # A supervisor whom a learner has found herself.
    Deed("nominations.nominate", "beginner", NOMINATION, {"study_id": "free study"}),
    Deed("nominations.ask_again", "naming learner", to={"nomination_id": "asked long ago"}),
    Deed("nominations.withdraw", "naming learner", to={"nomination_id": "asked long ago"}),
    Deed("nominations.withdraw", "confirmed learner", to={"nomination_id": "confirmed"}),
    Deed("nominations.answer_signed_in", "mentor", {"takes": "yes"}, {"nomination_id": "asked long ago"}),
    Deed("nominations.verify", "coordinator", CHECKED, {"nomination_id": "confirmed"}),
    Deed("nominations.refuse", "coordinator", {"reason": "The study is closed."}, {"nomination_id": "confirmed"}),
    # A round, and what can change while it is published.
    Deed("rounds.open_round", "coordinator", ROUND),
    Deed("rounds.change_dates", "coordinator", DATES),
    Deed("rounds.close", "coordinator", to={"round_id": "open round"}),
    Deed("rounds.seeds.draw", "coordinator", {"shown_digest": "{digest}", "reason": "A mistake was found."}),
    Deed("rounds.plan.announce", "coordinator", {"policy": "first", "shown": "0", "reason": "Learners asked for it."}),
    Deed("rounds.names.decide", "coordinator", {"is_same": "yes"}),
    Deed("rounds.names.decide", "coordinator", {"is_same": "no"}),
    Deed("rounds.pins.pin", "coordinator", PIN, {"request_id": "one to pin"}),
    Deed("rounds.pins.pin", "coordinator", PIN, {"request_id": "other to pin"}),
    Deed("rounds.pins.lift", "coordinator"),
    Deed("rounds.pins.see_evidence", "other coordinator", EVIDENCE, SHOWN),
    Deed("rounds.pins.lists.pin_all", "coordinator", {"shown": "1-0-0"}),
    Deed("rounds.pins.lists.drop", "coordinator"),
    Deed("rounds.conflicts.save", "coordinator", KEPT_APART, {"request_id": "one to pin"}),
    Deed("rounds.conflicts.make_exception", "coordinator", EXCEPTION),
    Deed("rounds.runs.start", "coordinator", {"policy": "fit"}),
    Deed("rounds.runs.stop", "coordinator", to={"run_id": "waiting run"}),
    Deed("rounds.questions.explain", "coordinator"),
    Deed("rounds.questions.ask_what_if", "coordinator", {"suppose": "mentor-{mentor_id}"}),
    Deed("rounds.questions.ask_pins", "coordinator"),
    Deed("rounds.questions.ask_shortages", "coordinator"),
    Deed("rounds.figures.count_again", "coordinator"),
    Deed("rounds.publishing.publish", "coordinator", {"has_looked": "y"}),
    Deed("reviews.send", "learner of the published", ASKS, {"request_id": "published request"}),
    Deed("reviews.withdraw", "learner"),
    Deed("reviews.reply", "second coordinator", STANDS),
    Deed("reviews.put_right", "second coordinator", to=TO_PUT_RIGHT),
    Deed("rounds.dossier.show_to_everybody", "coordinator", to={"round_id": "published round"}),
    Deed("rounds.dossier.hide", "coordinator", to={"round_id": "round of the wrong one"}),
    Deed("rounds.taking_back.take_back", "coordinator", TAKE_BACK, {"round_id": "published round"}),
)
# What no two people can do to each other, with the reason.
ALONE = {
    "nominations.nominate_other": "the same deed as nominations.nominate, with other words",
    "nominations.answer_by_link": "holds the link, which is good once: tests/app/nominations/test_answering.py",
    "nominations.make_account": "the same",
    "rounds.pins.lists.upload": "takes the place of any list of hers before it",
    "studies.confirm_by_link": "holds the link, which is good once; else as studies.confirm",
    "rounds.dossier.make": "asks a job for a file that is made once, however many ask",
    "studies.upload": "takes the place of any file before it: tests/app/studies/test_uploads_at_once.py",
    "studies.say_columns": "the same",
    "sign_in.sign_in": "makes no row; two sign in side by side",
    "sign_in.sign_out": "ends the session of this browser alone",
    "sign_in.end_sign_in": "ends what there is to end, in whatever order",
    "sign_in.end_other_sign_ins": "the same",
    "sign_in.change_password": "asks for the password that another change has made another",
    "sign_in.send_address_link": "asks a job for a mail; two links are two links",
    "sign_in.take_address": "holds the link, which is good once",
    "sign_in.send_link": "asks a job for a mail; two links are two links",
    "sign_in.set_password": "holds the link, which is good once: tests/app/sign_in/test_passwords.py",
}

# Deeds that rest on the same rows, and so cannot both be done as if the other were not; the tests race these pairs.
CLASHING = (
    ("oversight.end", "oversight.move"),
    ("oversight.end", "oversight.pause"),
    ("oversight.move", "oversight.move"),
    ("oversight.move", "oversight.pause"),
    ("oversight.refuse", "placements.changes.take_back"),
    ("oversight.take_back", "placements.changes.accept"),
    ("oversight.take_back", "placements.changes.decline"),
    ("oversight.end", "placements.changes.accept"),
    ("oversight.move", "placements.changes.accept"),
    ("placements.changes.accept", "placements.changes.decline"),
    ("admin.end_role", "admin.end_role"),
    ("admin.end_role", "admin.withdraw"),
    ("admin.withdraw", "admin.withdraw"),
    ("admin.withdraw", "placements.accept"),
    ("admin.withdraw", "rounds.publishing.publish"),
    ("nominations.withdraw", "nominations.verify"),
    ("nominations.withdraw", "nominations.answer_signed_in"),
    ("nominations.verify", "nominations.refuse"),
    ("placements.accept", "placements.accept"),
    ("placements.accept", "placements.decline"),
    ("placements.accept", "rounds.taking_back.take_back"),
    ("placements.accept", "studies.save_opening"),
    ("placements.accept", "studies.save_profile"),
    ("placements.accept", "studies.withdraw_opening"),
    ("progress.decide", "progress.decide"),
    ("requests.add", "requests.move"),
    ("requests.save_where", "requests.add"),
    ("requests.submit", "requests.save_any_other"),
    ("requests.no_longer_wait", "rounds.clearing.offer"),
    ("requests.wait", "rounds.clearing.open_turn"),
    ("reviews.send", "rounds.taking_back.take_back"),
    ("reviews.withdraw", "reviews.reply"),
    ("rounds.change_dates", "rounds.publishing.publish"),
    ("rounds.clearing.offer", "rounds.clearing.open_turn"),
    ("rounds.clearing.set_more_time", "rounds.publishing.publish"),
    ("rounds.conflicts.save", "rounds.pins.pin"),
    ("rounds.conflicts.save", "rounds.publishing.publish"),
    ("rounds.pins.lists.pin_all", "rounds.pins.pin"),
    ("rounds.names.decide", "rounds.names.decide"),
    ("rounds.names.decide", "rounds.publishing.publish"),
    ("rounds.pins.lift", "rounds.publishing.publish"),
    ("rounds.pins.pin", "rounds.pins.pin"),
    ("rounds.pins.pin", "rounds.publishing.publish"),
    ("rounds.seeds.draw", "rounds.publishing.publish"),
    ("studies.add_absence", "rounds.publishing.publish"),
    ("studies.limit", "rounds.publishing.publish"),
    ("studies.save_profile", "rounds.publishing.publish"),
    ("supervision.correct", "supervision.confirm"),
    ("supervision.correct", "supervision.withdraw"),
    ("hours.correct", "hours.withdraw"),
)


def clashing_pairs() -> Iterator[tuple[Deed, Deed]]:
    """Each of these pairs, and each deed with itself, as from two tabs; in both orders."""
    for first, second in product(DEEDS, DEEDS):
        if first is second or {(first.endpoint, second.endpoint), (second.endpoint, first.endpoint)} & set(CLASHING):
            yield first, second
