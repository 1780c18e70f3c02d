"""What the pages of the home room share: their blueprint, and what waits for whoever is signed in."""

from flask import Blueprint, current_app

from app.home.putting_off import put_off_by
from app.home.waiting import Waiting, waiting_for
from app.models.people import Person
from app.platform.clock import now, today
from app.platform.db import db
from app.web.access import signed_in

blueprint = Blueprint("home", __name__)


def what_waits() -> Waiting:
    return waiting_of(signed_in())


def waiting_of(person: Person) -> Waiting:
    put_off = put_off_by(db.session(), [person.id], today())[person.id]
    return waiting_for(db.session(), current_app.extensions["rpe_home_sources"], person, now(), put_off)
