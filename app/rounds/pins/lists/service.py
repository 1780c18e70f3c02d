"""Deeds on a list of agreed pairs: keeping the file for its dry run, pinning what it lists, and dropping it."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.language.refusal import Overtaken, Refused
from app.models.people import Person
from app.models.rounds import MatchRound
from app.models.runs import ListOfPairs, Pin
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.rounds.pins.lists.reading import lines_of
from app.rounds.pins.lists.trial import Outcome, Trial
from app.rounds.pins.service import write_pin
from app.rounds.service import refuse_at_rest
from app.rules.standing_still import lock_people

NAME_MAX = 120
BYTES_MAX = 2 * 1024 * 1024


def keep_list(
    session: Session, actor: Person, round_: MatchRound, name: str, content: bytes, occasion: Occasion
) -> ListOfPairs:
    """Keep a file until it is pinned or dropped, instead of one that she chose for this round before.

    Raises Refused when the file cannot be read as a whole.
    """
    refuse_at_rest(round_)
    if len(content) > BYTES_MAX:
        raise Refused("The file is larger than 2 MB: split it.", "file")
    lines_of(content)
    lock_people(session, [actor.id])
    hers = (ListOfPairs.round_id == round_.id, ListOfPairs.chosen_by_id == actor.id)
    session.execute(delete(ListOfPairs).where(*hers))
    kept = ListOfPairs(
        round_id=round_.id, name=name[-NAME_MAX:], content=content, chosen_by_id=actor.id, chosen_at=occasion.now
    )
    session.add(kept)
    record(session, actor, "tried a list of agreed pairs", kept, now=occasion.now, name=round_.name)
    return kept


def pin_list(
    session: Session,
    actor: Person,
    round_: MatchRound,
    list_: ListOfPairs,
    trial: Trial,
    shown: str,
    occasion: Occasion,
) -> list[Pin]:
    """Pin every pair of the list that can be pinned, as the page shows it; the others are left out.

    Raises Overtaken where the list would do something else by now than what was `shown`.
    """
    refuse_at_rest(round_)
    if trial.digest != shown:
        raise Overtaken("Something has changed since you looked, so nothing was pinned. Look again, then pin them.")
    pins = [one.pin for one in trial.of(Outcome.NEW) if one.pin]
    if not pins:
        raise Refused("There is nothing to pin in this list.")
    for pin in pins:
        write_pin(session, actor, round_, pin, occasion)
    record(session, actor, "pinned a list of agreed pairs", list_, now=occasion.now, name=round_.name, pins=len(pins))
    session.delete(list_)
    return pins


def drop_list(session: Session, actor: Person, round_: MatchRound, list_: ListOfPairs, occasion: Occasion) -> None:
    record(session, actor, "dropped a list of agreed pairs", list_, now=occasion.now, name=round_.name)
    session.delete(list_)
