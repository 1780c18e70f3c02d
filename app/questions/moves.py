"""What can become of a question, and who decides it."""

from app.models.operations.public_questions import QuestionStanding
from app.models.people import Person, Role
from app.platform.lifecycle import Lifecycle, Move, Party

PUBLISHED = "published an answer"
CHANGED = "changed a published answer"
ANSWERED = "answered a question by email"
SET_ASIDE = "set a question aside"
TAKEN_DOWN = "took an answer down"
TAKEN_BACK = "took a question back"

EDITORS = {
    Role.ADMINISTRATOR: Party.ADMINISTRATOR,
    Role.PROGRAMME_LEAD: Party.PROGRAMME_LEAD,
    Role.COORDINATOR: Party.COORDINATOR,
}
BY_EDITORS = frozenset(EDITORS.values())
WAITING = frozenset({QuestionStanding.WAITING})
HIDDEN = frozenset({QuestionStanding.WAITING, QuestionStanding.ANSWERED, QuestionStanding.SET_ASIDE})
SHOWN = frozenset({QuestionStanding.PUBLISHED})

QUESTIONS = Lifecycle(
    "question",
    (
        Move(PUBLISHED, HIDDEN, QuestionStanding.PUBLISHED, BY_EDITORS),
        Move(CHANGED, SHOWN, QuestionStanding.PUBLISHED, BY_EDITORS),
        Move(ANSWERED, WAITING, QuestionStanding.ANSWERED, BY_EDITORS),
        Move(SET_ASIDE, WAITING, QuestionStanding.SET_ASIDE, BY_EDITORS, needs_reason=True),
        Move(TAKEN_BACK, WAITING, QuestionStanding.TAKEN_BACK, frozenset({Party.ASKER})),
        Move(TAKEN_DOWN, SHOWN, QuestionStanding.SET_ASIDE, BY_EDITORS, needs_reason=True),
    ),
)


def part_of(person: Person) -> Party:
    """As what an editor decides."""
    return next(party for role, party in EDITORS.items() if role in person.roles)
