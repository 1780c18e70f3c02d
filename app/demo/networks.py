"""The twelve research delivery networks of England and a few of their NHS organisations.

Names and ODS codes are public facts. Which organisation takes part in anything here is fiction.
"""

import enum
from dataclasses import dataclass


class Care(enum.Enum):
    """What kind of care an organisation gives: it decides who plausibly works there."""

    ACUTE = "hospital"
    MENTAL_HEALTH = "mental health"
    AMBULANCE = "ambulance"
    CHILDREN = "children's hospital"
    EYE = "eye hospital"


@dataclass(frozen=True)
class DemoOrganisation:
    """A real NHS organisation; the ODS code is its key."""

    ods_code: str
    name: str
    care: Care
    network: str


@dataclass(frozen=True)
class DemoNetwork:
    """A network; `practice` is an invented place, whose general practice, pharmacy and so on employ some of the learners.

    `neighbours` are the networks that a learner could travel to. `learners` and `mentors` are its shares of each.
    """

    name: str
    practice: str
    neighbours: tuple[str, ...]
    learners: int
    mentors: int


NORTH_EAST = "North East and North Cumbria"
YORKSHIRE = "Yorkshire and Humber"
NORTH_WEST = "North West"
EAST_MIDLANDS = "East Midlands"
WEST_MIDLANDS = "West Midlands"
EAST = "East of England"
NORTH_LONDON = "North London"
SOUTH_LONDON = "South London"
SOUTH_CENTRAL = "South Central"
SOUTH_EAST = "South East"
SOUTH_WEST_CENTRAL = "South West Central"
SOUTH_WEST_PENINSULA = "South West Peninsula"

NETWORKS = (
    DemoNetwork(
        NORTH_EAST,
        "Larkfield",
        (YORKSHIRE, NORTH_WEST),
        9,
        11,
    ),
    DemoNetwork(
        YORKSHIRE,
        "Millbeck",
        (NORTH_EAST, NORTH_WEST, EAST_MIDLANDS),
        10,
        12,
    ),
    DemoNetwork(
        NORTH_WEST,
        "Cottonrow",
        (YORKSHIRE, WEST_MIDLANDS),
        11,
        7,
    ),
    DemoNetwork(
        EAST_MIDLANDS,
        "Oakham Lane",
        (YORKSHIRE, WEST_MIDLANDS, EAST),
        8,
        10,
    ),
    DemoNetwork(
        WEST_MIDLANDS,
        "Forge Hill",
        (EAST_MIDLANDS, NORTH_WEST, SOUTH_CENTRAL),
        9,
        9,
    ),
    DemoNetwork(
        EAST,
        "Reedham Road",
        (EAST_MIDLANDS, NORTH_LONDON),
        8,
        4,
    ),
    DemoNetwork(NORTH_LONDON, "Lantern Yard", (SOUTH_LONDON, EAST), 11, 8),
    DemoNetwork(
        SOUTH_LONDON,
        "Tanner's Green",
        (NORTH_LONDON, SOUTH_EAST),
        10,
        12,
    ),
    DemoNetwork(
        SOUTH_CENTRAL,
        "Watermead",
        (SOUTH_EAST, SOUTH_WEST_CENTRAL),
        8,
        12,
    ),
    DemoNetwork(SOUTH_EAST, "Downsview", (SOUTH_LONDON, SOUTH_CENTRAL), 7, 9),
    DemoNetwork(SOUTH_WEST_CENTRAL, "Severn Bank", (SOUTH_WEST_PENINSULA, SOUTH_CENTRAL), 5, 4),
    DemoNetwork(SOUTH_WEST_PENINSULA, "Moorside", (SOUTH_WEST_CENTRAL,), 4, 4),
)

ORGANISATIONS = (
    DemoOrganisation("RTD", "The Newcastle upon Tyne Hospitals NHS Foundation Trust", Care.ACUTE, NORTH_EAST),
    DemoOrganisation("RTR", "South Tees Hospitals NHS Foundation Trust", Care.ACUTE, NORTH_EAST),
    DemoOrganisation(
        "RX4", "Cumbria, Northumberland, Tyne and Wear NHS Foundation Trust", Care.MENTAL_HEALTH, NORTH_EAST
    ),
    DemoOrganisation("RX6", "North East Ambulance Service NHS Foundation Trust", Care.AMBULANCE, NORTH_EAST),
    DemoOrganisation("RR8", "Leeds Teaching Hospitals NHS Trust", Care.ACUTE, YORKSHIRE),
    DemoOrganisation("RHQ", "Sheffield Teaching Hospitals NHS Foundation Trust", Care.ACUTE, YORKSHIRE),
    DemoOrganisation("RGD", "Leeds and York Partnership NHS Foundation Trust", Care.MENTAL_HEALTH, YORKSHIRE),
    DemoOrganisation("RX8", "Yorkshire Ambulance Service NHS Trust", Care.AMBULANCE, YORKSHIRE),
    DemoOrganisation("R0A", "Manchester University NHS Foundation Trust", Care.ACUTE, NORTH_WEST),
    DemoOrganisation("RBS", "Alder Hey Children's NHS Foundation Trust", Care.CHILDREN, NORTH_WEST),
    DemoOrganisation("RW4", "Mersey Care NHS Foundation Trust", Care.MENTAL_HEALTH, NORTH_WEST),
    DemoOrganisation("RX7", "North West Ambulance Service NHS Trust", Care.AMBULANCE, NORTH_WEST),
    DemoOrganisation("RWE", "University Hospitals of Leicester NHS Trust", Care.ACUTE, EAST_MIDLANDS),
    DemoOrganisation("RX1", "Nottingham University Hospitals NHS Trust", Care.ACUTE, EAST_MIDLANDS),
    DemoOrganisation("RHA", "Nottinghamshire Healthcare NHS Foundation Trust", Care.MENTAL_HEALTH, EAST_MIDLANDS),
    DemoOrganisation("RX9", "East Midlands Ambulance Service NHS Trust", Care.AMBULANCE, EAST_MIDLANDS),
    DemoOrganisation("RL4", "The Royal Wolverhampton NHS Trust", Care.ACUTE, WEST_MIDLANDS),
    DemoOrganisation("RRK", "University Hospitals Birmingham NHS Foundation Trust", Care.ACUTE, WEST_MIDLANDS),
    DemoOrganisation(
        "RXT", "Birmingham and Solihull Mental Health NHS Foundation Trust", Care.MENTAL_HEALTH, WEST_MIDLANDS
    ),
    DemoOrganisation(
        "RYA",
        "West Midlands Ambulance Service University NHS Foundation Trust",
        Care.AMBULANCE,
        WEST_MIDLANDS,
    ),
    DemoOrganisation("RM1", "Norfolk and Norwich University Hospitals NHS Foundation Trust", Care.ACUTE, EAST),
    DemoOrganisation("RGT", "Cambridge University Hospitals NHS Foundation Trust", Care.ACUTE, EAST),
    DemoOrganisation("RMY", "Norfolk and Suffolk NHS Foundation Trust", Care.MENTAL_HEALTH, EAST),
    DemoOrganisation("RYC", "East of England Ambulance Service NHS Trust", Care.AMBULANCE, EAST),
    DemoOrganisation("R1H", "Barts Health NHS Trust", Care.ACUTE, NORTH_LONDON),
    DemoOrganisation("RRV", "University College London Hospitals NHS Foundation Trust", Care.ACUTE, NORTH_LONDON),
    DemoOrganisation("RWK", "East London NHS Foundation Trust", Care.MENTAL_HEALTH, NORTH_LONDON),
    DemoOrganisation("RP6", "Moorfields Eye Hospital NHS Foundation Trust", Care.EYE, NORTH_LONDON),
    DemoOrganisation("RJ1", "Guy's and St Thomas' NHS Foundation Trust", Care.ACUTE, SOUTH_LONDON),
    DemoOrganisation("RJZ", "King's College Hospital NHS Foundation Trust", Care.ACUTE, SOUTH_LONDON),
    DemoOrganisation("RV5", "South London and Maudsley NHS Foundation Trust", Care.MENTAL_HEALTH, SOUTH_LONDON),
    DemoOrganisation("RRU", "London Ambulance Service NHS Trust", Care.AMBULANCE, SOUTH_LONDON),
    DemoOrganisation("RHM", "University Hospital Southampton NHS Foundation Trust", Care.ACUTE, SOUTH_CENTRAL),
    DemoOrganisation("RTH", "Oxford University Hospitals NHS Foundation Trust", Care.ACUTE, SOUTH_CENTRAL),
    DemoOrganisation("RNU", "Oxford Health NHS Foundation Trust", Care.MENTAL_HEALTH, SOUTH_CENTRAL),
    DemoOrganisation("RYE", "South Central Ambulance Service NHS Foundation Trust", Care.AMBULANCE, SOUTH_CENTRAL),
    DemoOrganisation("RA2", "Royal Surrey NHS Foundation Trust", Care.ACUTE, SOUTH_EAST),
    DemoOrganisation("RYR", "University Hospitals Sussex NHS Foundation Trust", Care.ACUTE, SOUTH_EAST),
    DemoOrganisation("RX2", "Sussex Partnership NHS Foundation Trust", Care.MENTAL_HEALTH, SOUTH_EAST),
    DemoOrganisation("RYD", "South East Coast Ambulance Service NHS Foundation Trust", Care.AMBULANCE, SOUTH_EAST),
    DemoOrganisation(
        "RA7", "University Hospitals Bristol and Weston NHS Foundation Trust", Care.ACUTE, SOUTH_WEST_CENTRAL
    ),
    DemoOrganisation("RVJ", "North Bristol NHS Trust", Care.ACUTE, SOUTH_WEST_CENTRAL),
    DemoOrganisation("RD1", "Royal United Hospitals Bath NHS Foundation Trust", Care.ACUTE, SOUTH_WEST_CENTRAL),
    DemoOrganisation(
        "RVN",
        "Avon and Wiltshire Mental Health Partnership NHS Trust",
        Care.MENTAL_HEALTH,
        SOUTH_WEST_CENTRAL,
    ),
    DemoOrganisation("RH8", "Royal Devon University Healthcare NHS Foundation Trust", Care.ACUTE, SOUTH_WEST_PENINSULA),
    DemoOrganisation("RK9", "University Hospitals Plymouth NHS Trust", Care.ACUTE, SOUTH_WEST_PENINSULA),
    DemoOrganisation("RWV", "Devon Partnership NHS Trust", Care.MENTAL_HEALTH, SOUTH_WEST_PENINSULA),
    DemoOrganisation(
        "RYF", "South Western Ambulance Service NHS Foundation Trust", Care.AMBULANCE, SOUTH_WEST_PENINSULA
    ),
)

NETWORK_BY_NAME = {network.name: network for network in NETWORKS}
ORGANISATION_BY_CODE = {organisation.ods_code: organisation for organisation in ORGANISATIONS}


def organisation_in(network: str, care: Care, turn: int) -> DemoOrganisation:
    """One of the network's organisations of this kind, else a hospital; `turn` goes round them.

    An ambulance service may belong to a neighbouring network, because some cover two.
    """
    here = [organisation for organisation in ORGANISATIONS if organisation.network == network]
    choice = [organisation for organisation in here if organisation.care is care]
    if not choice and care is Care.AMBULANCE:
        neighbours = NETWORK_BY_NAME[network].neighbours
        choice = [one for one in ORGANISATIONS if one.care is care and one.network in neighbours]
    choice = choice or [organisation for organisation in here if organisation.care is Care.ACUTE]
    return choice[turn % len(choice)]
