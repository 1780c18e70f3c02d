"""Where the demo is short of places, so that a match round has something to decide and something to explain.

Stroke and mental health, which many learners ask for, are open in some networks only. Two networks stand for what a
coordinator meets in life: one has no opening for PGCert at all, in the other most openings are for a few professions
and a single mentor takes therapists.
"""

from collections.abc import Iterable

from app.demo import specialties as s
from app.demo.networks import (
    EAST_MIDLANDS,
    NETWORKS,
    NORTH_EAST,
    NORTH_LONDON,
    NORTH_WEST,
    SOUTH_CENTRAL,
    SOUTH_EAST,
    SOUTH_LONDON,
    SOUTH_WEST_CENTRAL,
    SOUTH_WEST_PENINSULA,
    YORKSHIRE,
)
from app.models.values.registration import Profession as P

EVERYWHERE = frozenset(network.name for network in NETWORKS)
OPEN_IN = {
    s.STROKE: frozenset({NORTH_EAST, YORKSHIRE, NORTH_LONDON, SOUTH_CENTRAL}),
    s.MENTAL_HEALTH: frozenset({NORTH_WEST, EAST_MIDLANDS, SOUTH_LONDON, SOUTH_EAST, SOUTH_WEST_CENTRAL}),
}

NO_PGCERT = SOUTH_WEST_CENTRAL
FEW_PROFESSIONS = SOUTH_WEST_PENINSULA
CLINIC_PROFESSIONS = (P.DOCTOR, P.MIDWIFE, P.NURSE, P.PARAMEDIC, P.PHARMACIST)
THERAPY_PROFESSIONS = (
    P.DIETITIAN,
    P.OCCUPATIONAL_THERAPIST,
    P.PHYSIOTHERAPIST,
    P.SPEECH_AND_LANGUAGE_THERAPIST,
)
THERAPISTS_MENTOR = "Consultant musculoskeletal physiotherapist"


def networks_open_to(specialties: Iterable[str]) -> frozenset[str]:
    """The networks that have openings on a study of these specialties."""
    open_in = EVERYWHERE
    for specialty in specialties:
        open_in &= OPEN_IN.get(specialty, EVERYWHERE)
    return open_in
