"""What is read about notes of academic supervisors: subject and body of each mail."""

from app.language.mail import Mail
from app.models.academic.notes import SupervisorNote
from app.models.people import Person


def note_written(lead: Person, note: SupervisorNote, learner: Person, address: str) -> Mail:
    """To a programme lead: that there is a note; what it says is read where it is answered."""
    return Mail(
        f"{note.author.name} wrote a note about {learner.name}",
        f"Hello {lead.name},\n\n{note.author.name} wrote a note to the programme leads about {learner.name}. Read and "
        f"answer it from your home page.\n\n{address}\n",
    )


def note_answered(note: SupervisorNote, learner: Person, address: str) -> Mail:
    """To the author: that it was answered, and where the answer is."""
    by = note.answered_by.name if note.answered_by else "A programme lead"
    return Mail(
        f"Your note about {learner.name} was answered",
        f"Hello {note.author.name},\n\n{by} answered your note about {learner.name}. The answer stands with your note "
        f"on the page of the learner.\n\n{address}\n",
    )
