"""A form that asks for an organisation by typing: what was typed, what was found for it, and the one that is meant."""

from sqlalchemy.orm import Session
from wtforms.validators import DataRequired

from app.language.refusal import Refused
from app.models.organisations import Organisation
from app.rules.search import organisation_meant, organisations_like
from app.web.fields import OneOf, SureForm, Text


class OrganisationForm(SureForm):
    """Looks the typed words up before it is validated or shown; templates show it with `organisation_field`."""

    organisation = Text("Organisation", validators=[DataRequired("Enter the name or the code of the organisation")])
    organisation_id = OneOf("Which one is it?")

    def start_with(self, organisation: Organisation | None) -> None:
        """Show the organisation that was chosen before."""
        if organisation is not None:
            self.show([organisation])
            self.organisation.process_data(organisation.name)
            self.organisation_id.process_data(str(organisation.id))

    def look_up(self, session: Session) -> Organisation | None:
        """Show what is found for what was typed; the organisation that is meant, if that is clear."""
        typed = self.organisation.data or ""
        organisations = organisations_like(session, typed)
        self.show(organisations)
        meant = organisation_meant(organisations, typed, self.organisation_id.data or "")
        self.organisation_id.process_data(str(meant.id) if meant else None)
        return meant

    def show(self, organisations: list[Organisation]) -> None:
        self.organisation_id.offer([(str(one.id), f"{one.name} ({one.ods_code})") for one in organisations])

    def chosen(self, session: Session) -> Organisation:
        """The organisation that is meant; raises Refused when that is not clear."""
        meant = self.look_up(session)
        if meant:
            return meant
        if self.organisation_id.choices:
            raise Refused("Choose one of the organisations found", "organisation_id")
        raise Refused("No organisation has these words in its name. Type fewer words, or its code", "organisation")
