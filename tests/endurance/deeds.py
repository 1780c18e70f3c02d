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
PLAN = {"starts_at-time": "2pm", "minutes": "60", "how": "video", "agenda": "Consent.", "is_sure": "y"}
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
UNAGREED = {"placement_id": "placement without agreement"}
WRITTEN = {"placement_id": "placement written about"}
OBJECTIVE = WRITTEN | {"objective_id": "objective"}
WORKING = {"sessions": "every week", "working_pattern": "On Fridays.", "adjustments": ""}
SEEN = {"seen": "{what is signed}"}
GRANT = {"outcome": "granted", "revision": "1", **days("decided_on", 0)}
CREDIT = {"outcome": "earned", "reason": "By the board.", "considered": "The marks.", **days("decided_on", 0)}
DRAFTED, SENT, AGREED, HANDED_IN = (
    {"dissertation_id": f"dissertation {state}"} for state in ("DRAFT", "PROPOSED", "AGREED", "SUBMITTED")
)
BOARD = {"provider": "{university}", "name": "Board of examiners", "reference": "BoE 2026/2", **days("meets_on", 0)}
TO_PREPARE_BOARD = {"board_id": "board to prepare"}
TO_PREPARE_LINE = TO_PREPARE_BOARD | {"line_id": "line to prepare"}
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
TELLS = dict.fromkeys(("met_enough", "could_ask", "helped", "belonged"), "mostly") | {"words": "Go on so."}
TO_TELL = {"placement_id": "placement to tell of"}
UPDATE = {"topic": "ROUNDS", "subject": "A round opens", "words": "On 1 May 2026.", "is_sure": "y"}
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
SITE = {"gcp_months": "24", "access_days": "40", "release_days": "20", "gcp_days": "10", "delegation_days": "5"}
ROUND = {"name": "Summer", "level": "PGCert", "network_ids": "{third network}", **LATER}
TURN = days("hears_by", 7) | days("answer_by", 14)
MAY_MOVE_UP = {
    "round_id": "round with moves up",
    "opening_id": "free best place",
    "offer_id": "offer that may move up",
}
TO_SWAP = {"offer_id": "offer to swap", "code": "code of another"}
FREE = {"round_id": "cleared round", "opening_id": "cleared opening", "request_id": "waiting request"}
WITH_HOURS, SUBMITTED = {"placement_id": "placement with hours"}, {"entry_id": "submitted entry"}
VERIFIED, SHOWN_ENTRY = {"entry_id": "verified entry"}, {"shown": "{submitted entry}"}
VERIFIES = {**SHOWN_ENTRY, "read_{submitted entry}": "y"}
RETURNS = {**SHOWN_ENTRY, "words_{submitted entry}": "It was shorter."}
REVIEWED = {"placement_id": "reviewed placement"}
TO_PREPARE, TO_WRITE = (REVIEWED | {"review_kind": f"review to {deed}"} for deed in ("prepare", "write"))
TO_SIGN, TO_READ = (
    {"placement_id": f"placement to {deed}", "review_kind": "review to prepare"} for deed in ("sign for", "read about")
)
WROTE = {**days("met_on", 0), "agreed": "To take consent.", "is_sure": "y"}
ATTESTED = {
    "words": "I saw consent.",
    "reason": "The rest was elsewhere.",
    "who": "other",
    "role": "Principal investigator",
    "name": "Dr P. Investigator",
    "email": "investigator@nowhere.example",
    "is_sure": "y",
}
TO_ASK, TO_ATTEST, TO_CONFIRM, TO_EXCEPT, TO_DECIDE, SIGNED_OFF = (
    {"placement_id": f"placement to {step}"} for step in ("ask", "attest", "confirm", "except", "decide", "void")
)
SIGNED_TWICE = {"placement_id": "placement of one who may"}
SIGN_OFF_LINK = {"secret": "link to a sign-off"}
SAYS_RECORDS = {"words": "The delegation log.", "seen": "{what is confirmed}"}
UNTIL = {**days("starts_on", 1), **days("ends_on", 9), "reason": "Annual leave."}
ASKED_TO_STAND_IN, ALONE_SO_FAR = {"deputy_id": "deputy who is asked"}, {"placement_id": "placement without deputy"}
BOTH = {"learners": ("{one_of_both}", "{other_of_both}")}
HELD_WITH_BOTH, PLANNED_WITH_BOTH = {"group_id": "meeting with both"}, {"plan_id": "plan with both"}
NOTE = {
    "kind": "note",
    "title": "Consent",
    "words": "I asked for consent.",
    "capabilities": "{capability_id}",
    "is_sure": "y",
}
LEVEL, NONE = "capability_{capability_id}", {"week": "2026-02-23"}
FACTS = {"academic_year": "2026/27", "prior_learning": "possible"}
PART = {"title": "Options", "choose": "NUMBER", "number": "1", "kind_1": "TAUGHT", "credits_1": "15"}
COHORT = {"name": "Autumn", **days("starts_on", 60), **days("ends_on", 360)}
WEEKS = {**days("from_on", 0), "is_asked": "yes", "initial_weeks": "4", "final_weeks": "2", "short_weeks": "12"}
CAN_WAIT = {**days("until_on", 9), "words": "We meet on Monday.", "is_sure": "y"}
TO_PLACE = {"module_id": "module to be placed for"}
BEGINS = {"start": "p{programme}", **days("started_on", 0)}
NEW_LEARNER = {"name": "Nia New", "email": "nia.new@nowhere.example", **BEGINS}
STEP = {"reason": "WORK", "placements": "STAYS", "requests": "keep"}
AWAY = {"enrolment_id": "away"}
AWARD = {
    "level": "PGCERT",
    "title": "PGCert",
    "awarded_by": "Elsewhere",
    **days("awarded_on", -400),
    "reference": "12",
    "provider": "{university}",
}
FREE_BURSARY = {"call_id": "call with a free bursary"}
BURSARY_HELD = {"call_id": "call of the held", "application_id": "bursary held"}
TO_RULE_OUT = {"call_id": "call to decide", "application_id": "application to decide"}
BY_LINK, ANSWERED = {"secret": "link to answer a session"}, {"session_id": "session to answer"}


@dataclass(frozen=True, eq=False)
class Deed:
    """A form that somebody sends; `to` and `{names}` stand for records of the world other than the usual ones.

    `by` is "nobody" for whoever is not signed in and holds a link.
    """

    endpoint: str
    by: str
    says: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    to: Mapping[str, str] = field(default_factory=dict)
    status: int = 303  # of the answer to a deed that was done

    def __str__(self) -> str:
        return " ".join((self.by, "does", self.endpoint, *self.to.values(), str(self.says.get("module", ""))))


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
    Deed("studies.confirm_by_link", "nobody", to={"secret": "link to confirm"}, status=200),
    Deed("studies.resume_opening", "busy mentor", to={"opening_id": "paused opening"}),
    Deed("studies.withdraw_opening", "busy mentor", to={"opening_id": "last place"}),
    Deed("studies.limit", "coordinator", {"learner_limit": "0"}, {"study_id": "study of the round"}),
    Deed("studies.promise", "coordinator", {"learner_minimum": "1"}, {"mentor_id": "mentor of the round"}),
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
    # Two learners swap.
    Deed("placements.swaps.make_code", "learner who swaps", to={"offer_id": "offer to swap"}),
    Deed("placements.swaps.propose", "learner who swaps", to=TO_SWAP),
    Deed("placements.swaps.agree", "learner who is asked", to={"swap_id": "swap asked for"}),
    Deed("placements.swaps.decline", "learner who is asked", to={"swap_id": "swap asked for"}),
    Deed("placements.swaps.take_back", "learner who agreed", to={"swap_id": "swap to decide"}),
    Deed("placements.swaps.do", "coordinator", to={"swap_id": "swap to decide"}),
    Deed("placements.swaps.refuse", "coordinator", {"answer": "Not now."}, {"swap_id": "swap to decide"}),
    # A learner moves up.
    Deed("rounds.clearing.moving_up.offer", "coordinator", days("answer_by", 3), MAY_MOVE_UP),
    Deed(
        "rounds.clearing.moving_up.take_back",
        "coordinator",
        {"reason": "The mentor asked for it.", "is_sure": "y"},
        {"round_id": "round with moves up", "better_place_id": "better place"},
    ),
    Deed("rounds.clearing.moving_up.say", "coordinator", {"moves_up": "y"}),
    Deed("placements.moving_up.accept", "learner who moves up", to={"better_place_id": "better place"}),
    Deed("placements.moving_up.keep", "learner who moves up", to={"better_place_id": "better place"}),
    Deed(
        "studies.withdraw_opening",
        "mentor of the better place",
        to={"opening_id": "opening of the better place"},
    ),
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
    # What a placement needs before it starts.
    Deed("readiness.enter", "learner", days("from_on", -1)),
    Deed("readiness.enter", "mentor", days("from_on", -2)),
    Deed("readiness.check", "mentor"),
    Deed("readiness.send_back", "mentor", {"reason": "The last page is missing."}),
    Deed("readiness.end", "mentor", {"reason": "Withdrawn.", **days("last_day", -1)}, {"cover_id": "good entry"}),
    Deed("readiness.make_exception", "coordinator", {"reason": "It is on its way.", **days("until_on", 9)}),
    Deed("readiness.say_not_needed", "coordinator", {"reason": "The office asks for none."}),
    Deed("readiness.say_needed", "coordinator", to={"need_id": "no need"}),
    Deed("readiness.say_paper", "mentor", {"employment": "OTHER", "bears_on_care": "yes"}),
    Deed("readiness.set_site_rule", "coordinator", SITE),
    Deed("readiness.set_general_rule", "administrator", SITE),
    # A learning agreement, which one writes and three sign.
    Deed("agreements.begin", "learner without agreement", {"start": "empty"}, UNAGREED),
    Deed("agreements.add_objective", "writing learner", {"words": "To screen.", "is_sure": "y"}, WRITTEN),
    Deed("agreements.change_objective", "writing learner", {"words": "To take consent."}, OBJECTIVE),
    Deed("agreements.remove_objective", "writing learner", to=OBJECTIVE),
    Deed("agreements.plan_hours", "writing learner", {"hours-teaching": "20"}, WRITTEN),
    Deed("agreements.plan_months", "writing learner", {"hours-2026-04": "60"}, WRITTEN),
    Deed("agreements.write_working", "writing learner", WORKING, WRITTEN),
    Deed("agreements.give", "writing learner", to=WRITTEN),
    Deed("agreements.sign", "learner", SEEN),
    Deed("agreements.sign", "supervisor", SEEN),
    Deed("agreements.reopen", "learner", {"reason": "Another day."}),
    Deed("agreements.reopen", "supervisor", {"reason": "Too many hours."}),
    Deed("agreements.set_template", "lead", {"objectives": "To screen.", "hours-teaching": "10"}),
    # What a learner logs, and what her mentor does.
    Deed("hours.log", "learner", {**HOURS, "minutes": "60"}),
    Deed("hours.correct", "learner", {**HOURS, "minutes": "90"}),
    Deed("hours.withdraw", "learner"),
    Deed("supervision.log", "mentor", {**MEETING, "minutes": "60"}),
    Deed("supervision.correct", "mentor", {**MEETING, "minutes": "30"}),
    Deed("supervision.withdraw", "mentor", {"reason": "It did not take place."}),
    Deed("supervision.confirm", "learner"),
    Deed("supervision.question", "learner", {"comment": "It was shorter."}),
    Deed("supervision.log", "learner", {**MEETING, "minutes": "45"}),
    Deed("supervision.save_note", "learner", {"note": "Ask about consent."}),
    Deed("supervision.log_planned", "mentor", {**MEETING, "minutes": "60"}),
    Deed("supervision.log_planned", "learner", {**MEETING, "minutes": "45"}),
    Deed("supervision.planning.plan", "learner", {**PLAN, **days("starts_at", 9)}),
    Deed("supervision.planning.change", "learner", {**PLAN, **days("starts_at", 10)}),
    Deed("supervision.planning.cancel", "mentor", {"reason": "I am ill."}),
    Deed("supervision.agreed.tick", "learner"),
    Deed("supervision.agreed.untick", "mentor", to={"action_id": "done action"}),
    # Hours are submitted and verified.
    Deed("hours.approval.submit", "learner with hours", {"period": "all"}, WITH_HOURS),
    Deed("hours.approval.decide", "mentor who verifies", VERIFIES, WITH_HOURS),
    Deed("hours.approval.decide", "mentor who verifies", RETURNS, WITH_HOURS),
    Deed("hours.approval.do_reopen", "mentor who verifies", {"reason": "It was longer."}, VERIFIED),
    Deed("hours.approval.keep", "learner with hours", {"reason": "It is right."}, {"entry_id": "returned entry"}),
    Deed("hours.correct", "learner with hours", {**HOURS, "minutes": "90"}, SUBMITTED),
    Deed("hours.withdraw", "learner with hours", to=SUBMITTED),
    Deed("hours.correct", "learner with hours", {**HOURS, "minutes": "90"}, {"entry_id": "draft entry"}),
    Deed("progress.sampling.do_reopen", "lead", {"reason": "It was shorter."}, VERIFIED),
    # A progress review, which two prepare, write down and sign.
    Deed("progress_reviews.prepare", "reviewed learner", {"goes_well": "Much."}, TO_PREPARE),
    Deed("progress_reviews.prepare", "reviewing mentor", {"goes_well": "All."}, TO_PREPARE),
    Deed("progress_reviews.meet", "reviewed learner", to=TO_PREPARE),
    Deed("progress_reviews.meet", "reviewing mentor", to=TO_PREPARE),
    Deed("progress_reviews.write", "reviewed learner", WROTE, TO_WRITE),
    Deed("progress_reviews.write", "reviewing mentor", WROTE | {"agreed": "To screen."}, TO_WRITE),
    Deed("progress_reviews.sign", "signing learner", {"seen": "{what both sign}"}, TO_SIGN),
    Deed("progress_reviews.sign", "signing mentor", {"seen": "{what both sign}"}, TO_SIGN),
    Deed("progress_reviews.reopen", "signing learner", {"reason": "Another day."}, TO_SIGN),
    Deed("progress_reviews.reopen", "signing mentor", {"reason": "Too short."}, TO_SIGN),
    Deed("progress_reviews.reopen", "learner read about", {"reason": "Another day."}, TO_READ),
    Deed("progress_reviews.note_read", "supervisor", {"seen": "{what is read}"}, TO_READ),
    # A sign-off, which three sign one after the other.
    Deed("sign_offs.ask", "learner to sign off", to=TO_ASK),
    Deed("sign_offs.ask", "mentor to sign off", to=TO_ASK),
    Deed("sign_offs.attest", "mentor who attests", {**ATTESTED, "seen": "{record to attest}"}, TO_ATTEST),
    Deed("sign_offs.give_back", "mentor who attests", {"other": "Not yet."}, TO_ATTEST),
    Deed("sign_offs.send_link", "mentor who attested", to=TO_CONFIRM),
    Deed("sign_offs.confirm_by_link", "nobody", SAYS_RECORDS, SIGN_OFF_LINK, status=200),
    Deed("sign_offs.return_by_link", "nobody", {"hours": "Two were fewer."}, SIGN_OFF_LINK, status=200),
    Deed("sign_offs.grant_exception", "supervisor", {"reason": "A study of one."}, TO_EXCEPT),
    Deed("sign_offs.confirm", "mentor who may", {"words": "The log.", "seen": "{what she confirms}"}, SIGNED_TWICE),
    Deed("sign_offs.decide", "supervisor", {"reason": "By the board.", "seen": "{what is decided}"}, TO_DECIDE),
    Deed("sign_offs.give_back", "supervisor", {"hours": "May is missing."}, TO_DECIDE),
    Deed("sign_offs.void", "supervisor", {"reason": "The wrong one."}, SIGNED_OFF),
    # Who stands in for a mentor.
    Deed("supervision.deputies.name", "mentor without deputy", {**UNTIL, "email": "{near}"}, ALONE_SO_FAR),
    Deed("supervision.deputies.name", "mentor without deputy", {**UNTIL, "email": "{also_near}"}, ALONE_SO_FAR),
    Deed("supervision.deputies.agree", "who is asked to stand in", to=ASKED_TO_STAND_IN),
    Deed("supervision.deputies.decline", "who is asked to stand in", {"reason": "I am away."}, ASKED_TO_STAND_IN),
    Deed("supervision.deputies.end", "mentor who asked", to=ASKED_TO_STAND_IN),
    # A mentor meets several learners at once.
    Deed("supervision.groups.log", "mentor of both", {**MEETING, **BOTH, "minutes": "60"}),
    Deed("supervision.groups.correct", "mentor of both", {**MEETING, **BOTH, "minutes": "45"}, HELD_WITH_BOTH),
    Deed("supervision.groups.withdraw", "mentor of both", {"reason": "It did not take place."}, HELD_WITH_BOTH),
    Deed("supervision.groups.plan", "mentor of both", {**PLAN, **BOTH, **days("starts_at", 9)}),
    Deed("supervision.groups.log_planned", "mentor of both", {**MEETING, **BOTH, "minutes": "60"}, PLANNED_WITH_BOTH),
    Deed("supervision.planning.cancel", "mentor of both", {"reason": "I am ill."}, PLANNED_WITH_BOTH),
    # Capabilities, what shows them, and how far a learner has come.
    Deed("evidence.add", "learner", NOTE),
    Deed("evidence.withdraw", "learner", {"reason": "The wrong one."}),
    Deed("evidence.rate", "learner", {LEVEL: "core"}),
    Deed("evidence.rate", "mentor", {LEVEL: "awareness"}),
    Deed("evidence.reword", "lead", {"name": "Consent", "words": "Takes consent."}),
    Deed("evidence.add_capability", "lead", {"name": "Consent", "words": "Asks for consent."}),
    Deed("evidence.retire", "lead"),
    Deed("progress_reviews.set_plan", "lead", WEEKS),
    # A version of a programme is written, published, opened again or dropped.
    Deed("programmes.begin", "lead", {**FACTS, "provider": "{provider_id}", "level": "PGCert", "title": "Another"}),
    Deed("programmes.begin_version", "lead", FACTS, {"programme_id": "programme with one version"}),
    Deed("programmes.say_facts", "lead", FACTS),
    Deed("programmes.add_part", "lead", {**PART, "module_1": "Statistics"}),
    Deed("programmes.change_part", "lead", {**PART, "module_1": "Trials"}),
    Deed("programmes.remove_part", "lead"),
    Deed("programmes.publish", "lead"),
    Deed("programmes.open_again", "lead", to={"version_id": "version of nobody"}),
    Deed("programmes.discard", "lead"),
    Deed("programmes.add_cohort", "lead", COHORT),
    Deed("programmes.change_cohort", "lead", COHORT),
    Deed("programmes.remove_cohort", "lead"),
    Deed(
        "hours.approval.say_none", "signing learner", {"week": "2026-02-23"}, {"placement_id": "placement to sign for"}
    ),
    # A session is answered by the link of a mail.
    Deed("supervision.by_link.confirm", "nobody", to=BY_LINK, status=200),
    Deed("supervision.by_link.question", "nobody", {"comment": "It was shorter."}, BY_LINK, status=200),
    Deed("supervision.by_link.send_again", "nobody", to={"secret": "link that is too old"}, status=200),
    Deed("supervision.confirm", "learner who answers", to=ANSWERED),
    Deed("supervision.withdraw", "mentor who logged", {"reason": "It did not take place."}, ANSWERED),
    Deed("supervision.correct", "mentor who logged", {**MEETING, "minutes": "60"}, ANSWERED),
    # When a person hears what waits for her, and where her calendar is read.
    Deed("home.choose", "new reader", {"rhythm": "daily", "weekday": "0"}),
    Deed("home.choose", "new reader", {"rhythm": "weekly", "weekday": "2"}),
    Deed("home.stop", "nobody", to={"stop": "link to stop"}, status=200),
    Deed("calendars.make", "new reader"),
    Deed("calendars.make", "learner"),
    Deed("calendars.end", "learner"),
    # Sixty credits for a level: two decisions that cannot both be.
    Deed("progress.credit.decide", "lead", {**CREDIT, "module": "{third module}"}),
    Deed("progress.credit.decide", "lead", {**CREDIT, "module": "{large module}"}),
    Deed("progress.credit.make_void", "lead", {"reason": "The wrong learner."}),
    # Prior learning: the same credit for two claims, and a level that has room for some of them.
    *(
        Deed(
            "prior_learning.decide",
            "lead",
            {**GRANT, f"credits_{{source of {which}}}": "15"},
            {"claim_id": f"{which} claim"},
        )
        for which in ("one", "other")
    ),
    Deed("prior_learning.send_back", "lead", {"reason": "The transcript."}, {"claim_id": "one claim"}),
    Deed("prior_learning.withdraw", "learner", to={"claim_id": "one claim"}),
    # A board prepares its list, and decides once.
    Deed("boards.make", "lead", BOARD | {"members": "{supervisor}"}),
    Deed("boards.change", "lead", BOARD | {"members": "{supervisor}"}, TO_PREPARE_BOARD),
    Deed("boards.call_off", "lead", {"reason": "Too few can come."}, TO_PREPARE_BOARD),
    Deed("boards.call_off", "lead", {"reason": "Too few can come."}),
    Deed("boards.put_on", "lead", {"lines": "{one to list}"}, TO_PREPARE_BOARD),
    Deed("boards.prepare", "lead", {"outcome": "earned"}, TO_PREPARE_LINE),
    Deed("boards.take_off", "lead", to=TO_PREPARE_LINE),
    Deed("boards.record_decisions", "lead", {"seen": "{what the board reads}"}),
    # A dissertation, from its beginning to its submission.
    Deed("dissertations.begin", "fresh learner", to={"enrolment_id": "enrolment without dissertation"}),
    Deed("dissertations.write", "learner with it DRAFT", {"title": "Falls", "proposal": "To ask."}, DRAFTED),
    Deed("dissertations.send", "learner with it DRAFT", to=DRAFTED),
    Deed("dissertations.take_back", "learner with it PROPOSED", to=SENT),
    Deed("dissertations.agree", "supervisor", to=SENT),
    Deed("dissertations.give_back", "supervisor", {"reason": "Say with whom."}, SENT),
    Deed("dissertations.record_approval", "learner with it AGREED", {"state": "applied for"}, AGREED),
    Deed("dissertations.tick", "learner with it AGREED", to=AGREED),
    Deed("dissertations.set_day", "lead", {**days("due_on", 90), "reason": "As agreed."}, AGREED),
    Deed("dissertations.submit", "learner with it AGREED", days("submitted_on", 0), AGREED),
    Deed("dissertations.take_submission_back", "supervisor", {"reason": "The wrong one."}, HANDED_IN),
    # A reason of risk can wait.
    Deed("at_risk.acknowledge", "coordinator", CAN_WAIT),
    Deed("at_risk.acknowledge", "lead", CAN_WAIT),
    Deed("at_risk.have_back", "coordinator", to={"placement_id": "placement put aside"}),
    Deed("at_risk.unplaced.put_aside", "lead", CAN_WAIT, TO_PLACE | {"enrolment_id": "unplaced"}),
    Deed("at_risk.unplaced.have_back", "lead", to=TO_PLACE | {"enrolment_id": "unplaced and put aside"}),
    # Who supervises a learner, and notes about her.
    # The way of a learner: one who is enrolled, one who has stepped out, and one who asks for a place.
    Deed("enrolments.enrolling.enrol_directly", "lead", NEW_LEARNER),
    Deed("enrolments.enrolling.save_details", "lead", {"start": "p{programme_id}", "funder": "A bursary"}),
    Deed("enrolments.steps.note", "lead", {**STEP, **days("day", 0)}),
    Deed("enrolments.steps.note", "lead", {**STEP, **days("day", 9)}, {"way_step": "leaving"}),
    Deed("enrolments.steps.note", "lead", days("day", 0), AWAY | {"way_step": "returning"}),
    Deed("enrolments.steps.take_back", "lead", {"step": "{step of away}"}, AWAY),
    Deed(
        "enrolments.asked.enrol_asked",
        "lead",
        {**BEGINS, "start": "p{programme wanted}"},
        {"way_asked_id": "wish for a place"},
    ),
    Deed("enrolments.asked.refuse_asked", "lead", {"no-answer": "Not in this year."}),
    Deed("enrolments.brought.confirm_award", "lead"),
    Deed("enrolments.brought.refuse_award", "lead", {"answer": "It is not known there."}),
    Deed("enrolments.own.apply", "learner away", {"start": "p{programme}"}),
    Deed("enrolments.own.send", "learner away", days("day", 1), {"own_enrolment_id": "away", "way_kind": "returning"}),
    Deed("enrolments.own.take_back", "learner"),
    Deed("enrolments.brought.take_back_award", "learner"),
    Deed("enrolments.brought.name_award", "learner", AWARD),
    Deed("enrolments.brought.stop_sharing", "learner"),
    Deed("supervisors.name", "lead", {"supervisor": "{supervisor}"}),
    Deed("supervisors.name", "lead", {"supervisor": "{second supervisor}"}),
    Deed("supervisors.name_many", "lead", {"supervisor": "{supervisor}", "learners": "{enrolment_id}"}),
    Deed("supervisors.write", "supervisor", {"words": "No answer for two weeks."}),
    Deed("supervisors.answer_note", "lead", {"answer": "I will write."}),
    # Bursaries: what is offered, taken, left, and freed again.
    Deed("bursaries.applying.send", "bursary learner", {"declares": "y"}, {"application_id": "draft for a bursary"}),
    Deed("bursaries.applying.withdraw", "waiting for a bursary", to={"application_id": "application on the list"}),
    Deed("bursaries.applying.accept", "offered a bursary", to={"application_id": "offer of a bursary"}),
    Deed("bursaries.applying.accept", "offered a bursary", to={"application_id": "offer of another bursary"}),
    Deed("bursaries.applying.decline", "offered a bursary", to={"application_id": "offer of a bursary"}),
    Deed("bursaries.applying.hand_back", "bursary holder", {"reason": "I leave."}, {"application_id": "bursary held"}),
    Deed("bursaries.outcome.hand_back", "lead", {"reason": "Has left."}, BURSARY_HELD),
    Deed("bursaries.outcome.offer_next", "lead", {"shown": "{application on the list}"}, FREE_BURSARY),
    Deed("bursaries.outcome.finish", "lead", to=FREE_BURSARY),
    Deed("bursaries.outcome.decide", "lead", to={"call_id": "call to decide"}),
    Deed("bursaries.outcome.rule_out", "lead", {"reason": "No such offer."}, TO_RULE_OUT),
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
    Deed("nominations.answer_by_link", "nobody", {"takes": "yes"}, {"secret": "link to answer"}),
    Deed("nominations.withdraw", "linked learner", to={"nomination_id": "asked by link"}),
    Deed("nominations.make_account", "nobody", to={"secret": "link to an account"}),
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
    Deed("rounds.pins.lists.pin_all", "coordinator", {"shown": "{what the list does}"}),
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
    Deed("reviews.left_over.reply", "administrator", STANDS),
    Deed("reviews.put_right", "second coordinator", to=TO_PUT_RIGHT),
    # How the supervision was, said once; and a record from elsewhere, which its reader has open in two tabs.
    Deed("supervision.feedback.say", "learner who tells", TELLS, TO_TELL),
    Deed("supervision.feedback.decline", "learner who tells", to=TO_TELL),
    Deed("signed_records.elsewhere.take", "lead", {"is_sure": "y"}),
    Deed("signed_records.elsewhere.drop", "lead"),
    # A question from the public, which whoever comes first answers.
    Deed("questions.publish", "administrator", {"shown": "Who?", "answer": "All.", "topic": "JOINING"}),
    Deed("questions.set_aside", "coordinator", {"aside-reason": "Asked twice."}),
    Deed("questions.answer_by_mail", "lead", {"mail-words": "Yes."}),
    Deed("questions.take_back", "nobody", status=200),
    Deed("questions.take_down", "lead", {"aside-reason": "Out of date."}, {"asked_id": "published question"}),
    # An update by email: two administrators, and a reader with the links of her mails.
    Deed("updates.save", "administrator", UPDATE),
    Deed("updates.send", "other administrator", {"seen": "{what the update says}"}),
    Deed("updates.discard", "administrator"),
    Deed("updates.confirm", "nobody", status=200),
    Deed("updates.silence", "nobody", status=200),
    Deed("updates.choose", "nobody", {"topics": "ROUNDS"}, status=200),
    Deed("updates.stop", "nobody", status=200),
    Deed("rounds.dossier.make", "coordinator", to={"round_id": "published round"}),
    Deed("rounds.dossier.show_to_everybody", "coordinator", to={"round_id": "published round"}),
    Deed("rounds.dossier.hide", "coordinator", to={"round_id": "round of the wrong one"}),
    Deed("rounds.taking_back.take_back", "coordinator", TAKE_BACK, {"round_id": "published round"}),
)
# What no two people can do to each other, with the reason.
ALONE = {
    "nominations.nominate_other": "the same deed as nominations.nominate, with other words",
    "placements.swaps.find": "looks for a place by its code and changes nothing",
    "rounds.pins.lists.upload": "takes the place of any list of hers before it",
    "studies.upload": "takes the place of any file before it: tests/app/studies/test_uploads_at_once.py",
    "studies.say_columns": "the same",
    "programmes.upload": "says what a file would do and writes nothing",
    "programmes.take": "locks every programme, and does only what it showed: tests/app/programmes",
    "home.put_off": "a person's own home page: what she said last holds",
    "home.show_again": "the same",
    "signed_records.make": "locks its placement and reads the record again: tests/app/signed_records",
    "signed_records.public.check": "writes nothing",
    "signed_records.elsewhere.read": "what was read counts nowhere; one file is there once for a university",
    "supervision.contribution.seal": "adds a paper of her own; two are two papers",
    "boards.propose_complete": "holds the board, as every deed on its list; here no line is complete",
    "enrolments.brought.share": "an index keeps a share once, and a second one changes nothing",
    "prior_learning.begin": "adds a claim of her own, which counts nowhere before it is decided",
    "prior_learning.change": "holds the row of the claim: one waits for the other, and sees how it stands",
    "prior_learning.add_source": "the same",
    "prior_learning.take_out": "the same",
    "prior_learning.send": "the same",
    "prior_learning.appeal": "the same",
    "prior_learning.take_appeal_back": "the same",
    "prior_learning.make_void": "the same",
    "prior_learning.settings.save": "adds a row under the lock of the university; the newest counts",
    "questions.publish_unasked": "adds an answer of its own; two are two answers",
    "evaluation.answering.say": "holds the asking, which is settled once: tests/app/evaluation",
    "evaluation.answering.decline": "the same",
    "evaluation.answering.say_as_mentor": "the same",
    "evaluation.answering.decline_as_mentor": "the same",
    "evaluation.answering.say_by_link": "holds the link and the asking: the same",
    "evaluation.answering.decline_by_link": "the same",
    "evaluation.editing.reword": "a row more; two are two versions, of which the later is asked",
    "evaluation.editing.show": "holds the words; what was decided meanwhile is told, and what is decided last holds",
    "evaluation.editing.hold_back": "the same",
    "questions.send": "the same words wait once, by an index: tests/app/questions",
    "updates.keep": "adds a draft of its writer; two are two drafts",
    "updates.register": "adds a link of its own, and whichever is used ends the others",
    "bursaries.calls.write": "makes a call of its own; two are two calls",
    "bursaries.calls.change": "holds the row of the call, which nobody else reads yet",
    "bursaries.calls.publish": "holds the row of the call",
    "bursaries.calls.extend": "the same",
    "bursaries.calls.say_doctors": "the same",
    "bursaries.calls.cancel": "the same, as do all deeds on its applications",
    "bursaries.applying.save_answers": "a learner's own, and holds the row of the call",
    "bursaries.applying.save_statement": "the same",
    "bursaries.applying.take_up": "the same",
    "bursaries.assessing.name": "holds the row of the call; an index keeps who assesses once",
    "bursaries.assessing.stand_down": "the same",
    "bursaries.assessing.score": "adds a sheet, of which the newest counts, and holds the row of the call",
    "bursaries.assessing.declare": "holds the row of the call; an index keeps an interest that stands once",
    "bursaries.assessing.take_back": "holds the row of the call; the second finds none that stands",
    "bursaries.spending.note_own": "holds the row of the call, so that two sums are added one after the other",
    "bursaries.spending.note": "the same",
    "bursaries.spending.take_out_own": "the same",
    "bursaries.spending.take_out": "the same",
    "evidence.begin_set": "a lead's set is locked by the row of its programme: one waits for the other",
    "evidence.confirm_set": "the same",
    "evidence.move_up": "the same",
    "evidence.bring_back": "the same",
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
    ("agreements.sign", "agreements.reopen"),
    ("agreements.sign", "agreements.sign"),
    ("agreements.reopen", "agreements.reopen"),
    ("agreements.give", "agreements.write_working"),
    ("agreements.give", "agreements.remove_objective"),
    ("agreements.plan_hours", "agreements.plan_months"),
    ("readiness.check", "readiness.send_back"),
    ("readiness.check", "readiness.enter"),
    ("readiness.check", "readiness.say_paper"),
    ("readiness.make_exception", "readiness.say_not_needed"),
    ("readiness.end", "readiness.say_paper"),
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
    ("nominations.withdraw", "nominations.answer_by_link"),
    ("nominations.withdraw", "nominations.make_account"),
    ("nominations.verify", "nominations.make_account"),
    ("studies.confirm", "studies.confirm_by_link"),
    ("studies.withdraw_opening", "studies.confirm_by_link"),
    ("nominations.verify", "nominations.refuse"),
    ("placements.accept", "placements.accept"),
    ("placements.accept", "placements.decline"),
    ("placements.accept", "rounds.taking_back.take_back"),
    ("placements.accept", "studies.save_opening"),
    ("placements.accept", "studies.save_profile"),
    ("placements.accept", "studies.withdraw_opening"),
    ("progress.credit.decide", "progress.credit.decide"),
    ("progress.credit.make_void", "progress.credit.make_void"),
    ("progress.credit.decide", "boards.record_decisions"),
    ("progress.credit.make_void", "boards.record_decisions"),
    ("boards.record_decisions", "boards.record_decisions"),
    ("boards.record_decisions", "boards.call_off"),
    ("boards.prepare", "boards.prepare"),
    ("boards.prepare", "boards.take_off"),
    ("boards.put_on", "boards.put_on"),
    ("boards.put_on", "boards.call_off"),
    ("dissertations.begin", "dissertations.begin"),
    ("dissertations.write", "dissertations.send"),
    ("dissertations.agree", "dissertations.give_back"),
    ("dissertations.agree", "dissertations.take_back"),
    ("dissertations.submit", "dissertations.submit"),
    ("dissertations.set_day", "dissertations.tick"),
    ("requests.add", "requests.move"),
    ("requests.save_where", "requests.add"),
    ("requests.submit", "requests.save_any_other"),
    ("requests.no_longer_wait", "rounds.clearing.offer"),
    ("requests.wait", "rounds.clearing.open_turn"),
    ("reviews.send", "rounds.taking_back.take_back"),
    ("reviews.withdraw", "reviews.reply"),
    ("supervision.feedback.say", "supervision.feedback.say"),
    ("supervision.feedback.say", "supervision.feedback.decline"),
    ("signed_records.elsewhere.take", "signed_records.elsewhere.take"),
    ("signed_records.elsewhere.take", "signed_records.elsewhere.drop"),
    ("updates.save", "updates.send"),
    ("updates.save", "updates.discard"),
    ("updates.send", "updates.discard"),
    ("updates.send", "updates.stop"),
    ("updates.choose", "updates.stop"),
    ("updates.confirm", "updates.silence"),
    ("questions.publish", "questions.set_aside"),
    ("questions.publish", "questions.take_back"),
    ("questions.publish", "questions.answer_by_mail"),
    ("questions.set_aside", "questions.answer_by_mail"),
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
    ("studies.promise", "rounds.publishing.publish"),
    ("studies.save_profile", "rounds.publishing.publish"),
    ("supervision.correct", "supervision.confirm"),
    ("supervision.correct", "supervision.withdraw"),
    ("supervision.log", "supervision.log"),
    ("supervision.log_planned", "supervision.log_planned"),
    ("supervision.log_planned", "supervision.planning.cancel"),
    ("supervision.log_planned", "supervision.planning.change"),
    ("supervision.planning.cancel", "supervision.planning.change"),
    ("hours.correct", "hours.withdraw"),
    ("hours.approval.decide", "hours.approval.decide"),
    ("hours.approval.decide", "hours.correct"),
    ("hours.approval.decide", "hours.withdraw"),
    ("hours.approval.do_reopen", "progress.sampling.do_reopen"),
    ("hours.approval.submit", "hours.correct"),
    ("hours.approval.submit", "hours.approval.keep"),
    ("progress_reviews.prepare", "progress_reviews.prepare"),
    ("progress_reviews.prepare", "progress_reviews.meet"),
    ("progress_reviews.meet", "progress_reviews.meet"),
    ("progress_reviews.write", "progress_reviews.write"),
    ("progress_reviews.sign", "progress_reviews.sign"),
    ("progress_reviews.sign", "progress_reviews.reopen"),
    ("progress_reviews.reopen", "progress_reviews.reopen"),
    ("progress_reviews.reopen", "progress_reviews.note_read"),
    ("sign_offs.ask", "sign_offs.ask"),
    ("sign_offs.attest", "sign_offs.give_back"),
    ("sign_offs.send_link", "sign_offs.confirm_by_link"),
    ("sign_offs.confirm_by_link", "sign_offs.return_by_link"),
    ("sign_offs.decide", "sign_offs.give_back"),
    ("bursaries.applying.accept", "bursaries.applying.accept"),
    ("bursaries.applying.accept", "bursaries.applying.decline"),
    ("bursaries.applying.hand_back", "bursaries.outcome.hand_back"),
    ("bursaries.applying.withdraw", "bursaries.outcome.offer_next"),
    ("bursaries.outcome.offer_next", "bursaries.outcome.finish"),
    ("bursaries.outcome.decide", "bursaries.outcome.rule_out"),
    ("at_risk.acknowledge", "at_risk.acknowledge"),
    ("at_risk.have_back", "at_risk.have_back"),
    ("at_risk.unplaced.put_aside", "at_risk.unplaced.put_aside"),
    ("at_risk.unplaced.have_back", "at_risk.unplaced.have_back"),
    ("enrolments.steps.note", "enrolments.steps.note"),
    ("enrolments.steps.note", "enrolments.steps.take_back"),
    ("enrolments.steps.note", "enrolments.asked.refuse_asked"),
    ("enrolments.steps.note", "enrolments.own.take_back"),
    ("enrolments.steps.note", "enrolments.own.send"),
    ("enrolments.asked.refuse_asked", "enrolments.own.take_back"),
    ("enrolments.brought.confirm_award", "enrolments.brought.refuse_award"),
    ("enrolments.brought.confirm_award", "enrolments.brought.take_back_award"),
    ("supervisors.name", "supervisors.name"),
    ("supervisors.name", "supervisors.name_many"),
    ("supervisors.answer_note", "supervisors.answer_note"),
    ("supervision.deputies.name", "supervision.deputies.name"),
    ("supervision.deputies.agree", "supervision.deputies.decline"),
    ("supervision.deputies.agree", "supervision.deputies.end"),
    ("supervision.deputies.decline", "supervision.deputies.end"),
    ("supervision.groups.correct", "supervision.groups.withdraw"),
    ("supervision.groups.log_planned", "supervision.planning.cancel"),
    ("programmes.publish", "programmes.change_part"),
    ("programmes.publish", "programmes.discard"),
    ("programmes.change_part", "programmes.remove_part"),
    ("programmes.add_cohort", "programmes.change_cohort"),
    ("evidence.add", "evidence.retire"),
    ("evidence.rate", "evidence.rate"),
    ("evidence.reword", "evidence.add_capability"),
    ("evidence.reword", "evidence.retire"),
    ("evidence.reword", "evidence.rate"),
    ("supervision.by_link.confirm", "supervision.confirm"),
    ("supervision.by_link.confirm", "supervision.by_link.question"),
    ("supervision.by_link.confirm", "supervision.correct"),
    ("supervision.by_link.confirm", "supervision.withdraw"),
    ("supervision.by_link.question", "supervision.withdraw"),
    ("home.choose", "home.choose"),
    ("home.choose", "home.stop"),
    ("calendars.make", "calendars.end"),
)


def clashing_pairs() -> Iterator[tuple[Deed, Deed]]:
    """Each of these pairs, and each deed with itself, as from two tabs; in both orders."""
    for first, second in product(DEEDS, DEEDS):
        if first is second or {(first.endpoint, second.endpoint), (second.endpoint, first.endpoint)} & set(CLASHING):
            yield first, second


def part_of_all_pairs(number: int, parts: int) -> Iterator[tuple[Deed, Deed]]:
    """One of so many parts of all pairs in both orders; with as many parts as deeds, each deed is in it once as either.

    The first part has each deed with itself.
    """
    for (at, first), (where, second) in product(enumerate(DEEDS), enumerate(DEEDS)):
        if (where - at) % len(DEEDS) % parts == number - 1:
            yield first, second
