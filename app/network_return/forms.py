"""Of which network, and from which day to which, a return is."""

from collections.abc import Mapping, Sequence
from datetime import date

from werkzeug.datastructures import MultiDict
from wtforms.validators import InputRequired

from app.models.organisations import Network
from app.network_return.rows import Span
from app.web.fields import Day, Pick
from app.web.forms.period import PeriodForm

APRIL = 4  # the month in which a year of the networks begins
NO_TOKEN = {"csrf": False}  # it only asks


class ReturnForm(PeriodForm):
    """It stands in the address; a coordinator of one network is not asked which."""

    networks: Mapping[str, Network]
    network = Pick("Network", validators=[InputRequired("Choose the network")])

    @classmethod
    def asked(cls, args: MultiDict[str, str], networks: Sequence[Network], today: date) -> "ReturnForm":
        """What the address says; where it does not, the first of the networks, and the year in which today lies."""
        has_period = any(name.startswith(("first-", "last-")) for name in args)
        first = date(today.year - (today.month < APRIL), APRIL, 1)
        of_year = {} if has_period else in_parts(first=first, last=date(first.year + 1, APRIL - 1, 31))
        form = cls(formdata=MultiDict({"network": str(networks[0].id), **of_year, **args.to_dict()}), meta=NO_TOKEN)
        form.networks = {str(one.id): one for one in networks}
        form.network.offer([(id_, one.name) for id_, one in form.networks.items()])
        return form

    @property
    def span(self) -> Span:
        """What the return is of; only for a form that is valid."""
        return Span(self.networks[self.network.data], self.first.given, self.last.given)

    @property
    def in_address(self) -> dict[str, str]:
        """What leads back to this return from its rows and files."""
        return {"network": self.network.data, **in_parts(first=self.first.given, last=self.last.given)}


def in_parts(**days: date) -> dict[str, str]:
    """Days as a form sends them: first-day=1 and so on."""
    return {f"{name}-{part}": str(getattr(day, part)) for name, day in days.items() for part in Day.parts}
