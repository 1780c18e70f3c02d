"""What people read when the record under a sign-off changes: subject and body of each mail."""

from app.language.mail import Mail
from app.models.course.sign_offs import SignOff
from app.promises.sign_offs.concerned import Reader


def superseded(reader: Reader, sign_off: SignOff, why: str) -> Mail:
    """To all whom it concerns: what was signed off no longer is, because the record under it changed."""
    learner, mentor = sign_off.placement.learner.name, sign_off.placement.mentor.name
    next_deed = (
        "The record can be signed off anew once it is right: learner or mentor ask for it on the page of the placement."
        if reader.has_account
        else "There is nothing for you to do. If it is signed off anew, you may be asked again."
    )
    return Mail(
        f"The sign-off of {learner} counts no longer",
        f"Hello {reader.name},\n\nThe placement of {learner} with {mentor} was signed off. Since then the record under "
        f"it was changed:\n\n{why}\n\nSo the sign-off counts no longer, and nor does any signature under it. "
        f"{next_deed}\n",
    )


def to_attest_anew(reader: Reader, sign_off: SignOff, why: str) -> Mail:
    """To all whom it concerns, while it is under way: the record changed after the mentor attested it."""
    learner, mentor = sign_off.placement.learner.name, sign_off.placement.mentor.name
    return Mail(
        f"The record of {learner} changed while it was being signed off",
        f"Hello {reader.name},\n\nThe record of {learner} in the placement with {mentor} was changed after it was "
        f"attested:\n\n{why}\n\nWhat was signed counts no longer. {mentor} attests the record as it is now, then "
        "everybody signs that.\n",
    )
