"""The reference records that every installation begins with: the research delivery networks and the specialties.

Networks as of 1 October 2024, when twelve research delivery networks replaced the fifteen local clinical research
networks; the hosts of the two in the South West are left open because no public source that we read names them.
"""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.organisations import Network, Specialty
from app.models.values.specialties import SPECIALTIES

NETWORKS_SINCE = date(2024, 10, 1)
NETWORK_HOSTS = {
    "North East and North Cumbria": "The Newcastle upon Tyne Hospitals NHS Foundation Trust",
    "Yorkshire and Humber": "The Leeds Teaching Hospitals NHS Trust",
    "North West": "Manchester University NHS Foundation Trust",
    "East Midlands": "University Hospitals of Leicester NHS Trust",
    "West Midlands": "The Royal Wolverhampton NHS Trust",
    "East of England": "Norfolk and Norwich University Hospitals NHS Foundation Trust",
    "North London": "Barts Health NHS Trust",
    "South London": "Guy's and St Thomas' NHS Foundation Trust",
    "South Central": "University Hospital Southampton NHS Foundation Trust",
    "South East": "Royal Surrey NHS Foundation Trust",
    "South West Central": "",
    "South West Peninsula": "",
}


def add_missing_reference(session: Session) -> int:
    """Add the networks and specialties that are not there yet, and return how many were added."""
    networks = set(session.scalars(select(Network.name)))
    specialties = set(session.scalars(select(Specialty.name)))
    missing = [
        *(
            Network(name=name, host_name=host, valid_from=NETWORKS_SINCE)
            for name, host in NETWORK_HOSTS.items()
            if name not in networks
        ),
        *(Specialty(name=name) for name in SPECIALTIES if name not in specialties),
    ]
    session.add_all(missing)
    return len(missing)
