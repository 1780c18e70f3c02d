"""What the demo says of real organisations is true, and its invented studies are nobody's."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from app.demo.content.networks import networks
from app.demo.content.organisations import organisations
from app.demo.content.studies import studies as written_studies
from app.demo.world.build import build_world
from app.demo.world.records import RegistryStudy
from app.models.values.specialties import specialties_in
from app.rules.reference import NETWORK_HOSTS


def test_networks_and_hosts_are_those_of_the_reference(shared_data: Path) -> None:
    with (shared_data / "reference/nihr_rrdn_regions.csv").open(encoding="utf-8", newline="") as file:
        facts = {row["region"]: row["host_org"] for row in csv.DictReader(file)}
    assert facts == NETWORK_HOSTS
    assert [network.name for network in networks()] == list(NETWORK_HOSTS)


def test_organisations_have_their_real_codes_and_names(shared_data: Path) -> None:
    known = {(code, plain(name)) for code, name in organisation_names(shared_data)}
    unknown = [(o.ods_code, o.name) for o in organisations() if (o.ods_code, plain(o.name)) not in known]
    assert unknown == [("RA2", "Royal Surrey NHS Foundation Trust")]  # renamed; the files have the name of 2018


def test_no_invented_study_bears_the_name_or_number_of_a_real_one(shared_data: Path) -> None:
    with (shared_data / "studies/nihr_crn_portfolio/portfolio.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    numbers = {row["Link"] for row in rows}
    names = "\n".join(row["Short Name"].casefold() for row in rows)
    assert not {study.cpms_id for study in written_studies()} & numbers
    assert [
        s.short_title for s in written_studies() if re.search(rf"\b{re.escape(s.short_title.casefold())}\b", names)
    ] == []


def test_mentors_can_be_put_on_real_studies(shared_data: Path) -> None:
    with (shared_data / "studies/nihr_crn_portfolio/portfolio.csv").open(encoding="utf-8", newline="") as file:
        studies = {
            row["Link"]: RegistryStudy(f"CPMS {row['Link']}", row["Short Name"], specialties_in(row["All Specialties"]))
            for row in csv.DictReader(file)
            if row["Study Status"] == "Open"
        }
    world = build_world(500, studies=list(studies.values()))
    specialties_of = {study.key: set(study.specialties) for study in world.studies}
    mentors = {mentor.key: set(mentor.specialties) for mentor in world.mentors}
    assert {opening.mentor for opening in world.openings} == set(mentors)
    assert all(specialties_of[opening.study] & mentors[opening.mentor] for opening in world.openings)
    assert all(opening.learner_does for opening in world.openings)


def organisation_names(shared_data: Path) -> Iterator[tuple[str, str]]:
    with (shared_data / "organisations/ods_etr_trusts.csv").open(encoding="utf-8", newline="") as file:
        yield from ((row[0], row[1]) for row in csv.reader(file))
    with (shared_data / "organisations/rcpch_trusts.csv").open(encoding="utf-8-sig", newline="") as file:
        yield from ((row["ods_code"], row["trust_name"]) for row in csv.DictReader(file))


def plain(name: str) -> str:
    """For comparing: the files write names in capitals, some with a "The" that others leave out."""
    return name.casefold().removeprefix("the ")
