"""What a learner's home page says about her requests."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.language.dates_and_times import day_in_words, day_of
from app.language.local_times import until_in_words
from app.language.numbers import count, plural
from app.models.people import Person, Role
from app.models.placements import Placement
from app.models.requests import PlacementRequest
from app.models.rounds import MatchRound
from app.requests.my_list.chances import Chances, chances_of
from app.requests.queries import live_requests_of, load_whole, round_of
from app.requests.questions.whereabouts import Stage, Whereabouts, whereabouts_of
from app.requests.task_list import parts_of
from app.rules.home_items import HomeItem, Standing, ToDo
from app.rules.of_learners.places import needs_no_request

WORDS = {
    Stage.WAITING: (
        "Your request is in and waits for a round",
        "It joins the next round for your networks by itself. You can change it until that round closes.",
    ),
    Stage.IN_ROUND: (
        "Your request is in: {name} closes on {closes}",
        "You can change it until then. If you are offered a place, you answer by {answer_by}.",
    ),
    Stage.CLOSED: (
        "{name} closed on {closes}",
        "The coordinator is matching now. If you are offered a place, you answer by {answer_by}.",
    ),
}
IS_CHANGEABLE = (Stage.WAITING, Stage.IN_ROUND)
STILL_ASKED = (Stage.DRAFT, *IS_CHANGEABLE, Stage.ANSWERED)  # where the page looks at what was answered


def home_items_of(session: Session, person: Person, now: datetime) -> list[HomeItem]:
    """What a learner's requests ask of her, or how they stand."""
    if Role.LEARNER not in person.roles:
        return []
    requests = live_requests_of(session, person)
    if not requests and needs_no_request(session, person, day_of(now)):
        return []
    if not requests:
        return [
            ToDo(
                "Ask for a placement",
                "You have no request yet. Say what interests you, and see which openings fit.",
                "requests.start",
            )
        ]
    known = whereabouts_of(session, requests, now)
    load_whole(session, [one for one in requests if known[one.id].stage in STILL_ASKED])
    asked_about = [one for one in requests if known[one.id].stage in (*IS_CHANGEABLE, Stage.ANSWERED)]
    chances = chances_of(session, asked_about, day_of(now))
    found = (item_about(session, one, known[one.id], chances.get(one.id), now) for one in requests)
    return [item for item in found if item]


def item_about(
    session: Session, request: PlacementRequest, known: Whereabouts, chances: Chances | None, now: datetime
) -> HomeItem | None:
    """One line of the home page; offers and placements say themselves what they ask."""
    if known.stage is Stage.DRAFT:
        return item_to_finish(session, request, now)
    if known.waits:
        return standing_of_waiting(request, known, chances)
    if known.ended:
        return item_after_placement(request, known.ended)
    if known.stage in (Stage.UNPLACED, Stage.ANSWERED):
        return item_to_ask_again(request, known, chances)
    if chances and chances.are_over and known.stage in IS_CHANGEABLE:
        return item_to_choose_again(request, chances)
    words = WORDS.get(known.stage)
    if words is None:
        return None
    text, why = words
    dates = dates_of(known.round) if known.round else {}
    return Standing(
        text.format(**dates),
        " ".join([why.format(**dates), *no_longer_fitting(chances)]),
        "requests.show",
        {"request_id": request.id},
    )


def dates_of(round_: MatchRound) -> dict[str, str]:
    """What the sentences about a round name: itself, when it closes, and until when offers are answered."""
    closes, answer_by = until_in_words(round_.closes_at), until_in_words(round_.answer_until)
    return {"name": round_.name, "closes": closes, "answer_by": answer_by}


def standing_of_waiting(request: PlacementRequest, known: Whereabouts, chances: Chances | None) -> Standing:
    """She is in the next turn without doing anything; when it is, once that is known."""
    assert known.round is not None
    name, turn = known.round.name, known.turn
    text = f"You wait for a place of {name}"
    why = "You are in its next turn, if places come free, and need not ask again."
    if turn:
        text = f"You are in the next turn of {name}: you hear by {day_in_words(turn.hears_by)}"
        why = f"You need not ask again. If you are offered a place, you answer by {day_in_words(turn.answer_by)}."
    after_offer = (f"Your offer {known.ending}.", known.taken_back_because, if_asked_again(chances))
    told = after_offer if known.offer else (known.reason, known.next_step)
    return Standing(text, " ".join(filter(None, (why, *told))), "requests.show", {"request_id": request.id})


def if_asked_again(chances: Chances | None) -> str:
    """What she could have in another round; what she has declined is offered to her in no turn of this one."""
    return f"If you asked again for another round: {fitting_now(chances)}" if chances else ""


def no_longer_fitting(chances: Chances | None) -> list[str]:
    """What a standing says of choices that can no longer be given, while others can."""
    gone = chances.listed - chances.still if chances else 0
    if not chances or not gone:
        return []
    return [f"{gone} of the {chances.listed} openings on your list {plural(gone, 'fits', 'fit')} no longer."]


def item_to_choose_again(request: PlacementRequest, chances: Chances) -> ToDo:
    """Nothing that she chose can be given to her any more, which the round would only tell her when it is over."""
    at = {"request_id": request.id}
    closes = request.round.closes_on if request.round else None
    by = f" You can change it until {until_in_words(request.round.closes_at)}." if request.round else ""
    if not chances.listed:
        return ToDo(
            "Change where and when: no opening fits your request",
            f"As things stand you cannot be placed.{by}",
            "requests.where",
            at,
            closes,
        )
    others = count(chances.fitting or 0, "other opening fits", "other openings fit")
    left = f"You take any other opening, and {others}." if request.takes_any_other else "You take no others."
    endpoint = "requests.openings" if chances.fitting else "requests.where"
    return ToDo(
        f"Choose again: {plural(chances.listed, 'the opening', 'none of the openings')} on your list "
        f"{plural(chances.listed, 'cannot be given to you any more', 'can be given to you any more')}",
        f"{left}{by}",
        endpoint,
        at,
        closes,
    )


def item_to_ask_again(request: PlacementRequest, known: Whereabouts, chances: Chances | None) -> ToDo:
    """What the mail of the round said, where she looks first; after an offer that is over, what fits today."""
    name = known.round.name if known.round else "the round"
    if known.stage is Stage.UNPLACED:
        text, why = f"Ask again: {name} had no place for you", f"{known.reason} {known.next_step}".strip()
    else:
        text = f"Ask again: your offer from {name} {known.ending}"
        why = f"{known.taken_back_because} {fitting_now(chances)}".strip()
    return ToDo(text, why or "Your answers are kept.", "requests.show", {"request_id": request.id})


def item_after_placement(request: PlacementRequest, ended: Placement) -> ToDo:
    """Her placement ended too soon to count as complete, and nothing keeps her from asking for another place."""
    how = ended.outcome.value if ended.outcome else ""
    when = "before it began" if ended.never_began else f"on {day_in_words(ended.ends_on)}"
    return ToDo(
        f"Ask for another place: your placement with {ended.mentor.name} ended {when}",
        f"It is on your record as {how}. Your sessions and hours stay. Your answers are kept, so asking again is "
        "quickly done.",
        "requests.show",
        {"request_id": request.id},
    )


def fitting_now(chances: Chances | None) -> str:
    """What somebody can expect who asks again with the same answers."""
    if chances is None:
        return ""
    if chances.still:
        on_list = f"{chances.still} of the {chances.listed} openings on your list can still be given to you."
        return f"{on_list} Your answers are kept, so asking again is quickly done."
    fit = count(chances.fitting or 0, "opening fits", "openings fit")
    return f"{fit} your answers as they are. They are kept, and you can change them when you ask again."


def item_to_finish(session: Session, request: PlacementRequest, now: datetime) -> ToDo:
    parts = parts_of(request)
    done = sum(part.is_done for part in parts)
    round_ = round_of(session, request, now)
    closes = f" {round_.name} closes on {until_in_words(round_.closes_at)}." if round_ else ""
    return ToDo(
        "Finish your request",
        f"It is not sent yet: {done} of {len(parts)} parts are done.{closes}",
        "requests.show",
        {"request_id": request.id},
        round_.closes_on if round_ else None,
    )
