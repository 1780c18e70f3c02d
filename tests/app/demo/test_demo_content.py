"""The data files of the demo: whole, fictitious, used to the last entry, and refused in words where they are wrong."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from app.demo.content import experts as mentors_written
from app.demo.content import personas as learners_written
from app.demo.content import reading
from app.demo.content import studies as studies_written
from app.demo.content.experts import experts
from app.demo.content.names import name_groups
from app.demo.content.networks import DemoNetwork, networks
from app.demo.content.organisations import organisations
from app.demo.content.personas import Persona, personas
from app.demo.content.phrases import phrases
from app.demo.content.reading import CONTENT, MalformedContent, read
from app.demo.content.record import record
from app.demo.content.scarcity import Scarcity, scarcity
from app.demo.content.studies import DemoStudy, studies
from app.demo.content.universities import programmes, providers
from app.demo.world.build import build_world
from app.demo.world.records import World
from app.models.hours import HoursCategory

FILES = sorted(CONTENT.rglob("*.toml"))


@dataclass(frozen=True)
class Studies:
    study: tuple[DemoStudy, ...]


@dataclass(frozen=True)
class Personas:
    persona: tuple[Persona, ...]


@dataclass(frozen=True)
class Networks:
    network: tuple[DemoNetwork, ...]


STUDY = """
[[study]]
cpms_id = "900999"
short_title = "PEBBLE"
title = "A study"
summary = "What it is about."
specialties = ["Stroke"]
study_type = "Observational"
learner_does = "Takes part."
"""
PERSONA = """
[[persona]]
job_title = "Ward sister"
profession = "nurse"
works_in = "hospital"
specialties = ["Stroke", "Ageing"]
words = "I would like to learn."
"""
NETWORK = """
[[network]]
name = "North West"
practice = "Cottonrow"
neighbours = ["West Midlands"]
learners = 11
mentors = 7
"""


@pytest.fixture(scope="module")
def large_world() -> World:
    """Large enough that chance comes to everything that is written."""
    return build_world(2_000)


@pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(CONTENT)) for file in FILES])
def test_a_file_says_at_its_top_that_it_is_fictitious(file: Path) -> None:
    opening = file.read_text(encoding="utf-8").split("\n\n")[0]
    assert all(line.startswith("# ") for line in opening.splitlines())
    assert "fictitious" in opening


def test_every_file_stands_beside_the_module_that_reads_it() -> None:
    in_folders = {
        "studies": studies_written.FIELDS,
        "experts": mentors_written.FIELDS,
        "personas": learners_written.CALLINGS,
    }
    assert {file.stem for file in CONTENT.glob("*.toml")} <= {file.stem for file in CONTENT.glob("*.py")}
    assert {file for file in FILES if file.parent != CONTENT} == {
        CONTENT / folder / f"{name}.toml" for folder, names in in_folders.items() for name in names
    }


def test_nothing_is_written_twice() -> None:
    keys: list[tuple[str, ...]] = [
        tuple(study.cpms_id for study in studies()),
        tuple(study.short_title for study in studies()),
        tuple(study.summary for study in studies()),
        tuple(expert.teaches for expert in experts()),
        tuple(persona.words for persona in personas()),
        tuple(organisation.ods_code for organisation in organisations()),
        tuple(network.name for network in networks()),
        tuple(network.practice for network in networks()),
        tuple(programme.key for programme in programmes()),
        phrases().aims,
        phrases().days_on_a_study,
        *(group.given for group in name_groups()),
        *(group.family for group in name_groups()),
    ]
    assert [one for several in keys for one in several if several.count(one) > 1] == []


def test_shares_are_of_a_hundred() -> None:
    assert sum(group.share for group in name_groups()) == 100
    assert sum(programme.share for programme in programmes()) == 100
    assert sum(network.learners for network in networks()) == 100


def test_one_mentor_has_the_job_of_the_one_who_takes_therapists() -> None:
    job = scarcity().few_professions.therapists_mentor
    assert [expert.job_title for expert in experts()].count(job) == 1


def test_every_university_has_a_programme_and_every_network_a_hospital() -> None:
    assert {programme.provider for programme in programmes()} == {provider.name for provider in providers()}
    hospitals = {organisation.network for organisation in organisations() if organisation.care.name == "ACUTE"}
    assert hospitals == {network.name for network in networks()}


def test_a_record_has_every_category_that_is_logged_by_hand() -> None:
    assert {entry.category for entry in record().hours} == set(HoursCategory) - {HoursCategory.SUPERVISION}


def test_every_person_that_is_written_is_somebody(large_world: World) -> None:
    teach = {mentor.teaches for mentor in large_world.mentors}
    assert {expert.teaches for expert in experts()} == teach
    said = "\n".join(learner.words for learner in large_world.learners)
    assert [persona.job_title for persona in personas() if persona.words not in said] == []


def test_every_place_that_is_written_is_somebodys(large_world: World) -> None:
    employers = {learner.organisation for learner in large_world.learners}
    employers |= {mentor.organisation for mentor in large_world.mentors}
    assert {organisation.ods_code for organisation in organisations()} == employers - {""}
    invented = "\n".join(learner.employer for learner in large_world.learners if not learner.organisation)
    assert [network.practice for network in networks() if network.practice not in invented] == []
    assert {opening.study for opening in large_world.openings} == {study.key for study in studies()}
    begun = {programme.key for programme in programmes() if programme.share}
    assert {learner.programme for learner in large_world.learners} == begun


def test_every_phrase_is_said_by_somebody(large_world: World) -> None:
    said = "\n".join(learner.words for learner in large_world.learners)
    assert [aim for aim in phrases().aims if aim not in said] == []
    whys = {exclusion.why for learner in large_world.learners for exclusion in learner.exclusions}
    assert {*phrases().managed, *phrases().conflicts} == whys


@pytest.mark.parametrize(
    ("shape", "text", "wrong", "complaint"),
    [
        (Studies, STUDY, ('["Stroke"]', '["Strok"]'), "study 1 (900999): “Strok” is not a specialty that we know."),
        (Studies, STUDY, ('["Stroke"]', '"Stroke"'), "study 1 (900999), specialties: this should be a list, not"),
        (Studies, STUDY, ('["Stroke"]', "[7]"), "study 1 (900999), specialties 1: this should be a text, not 7."),
        (Studies, STUDY, ("title =", "titel ="), "study 1 (900999): there is no “short_titel” here, only cpms_id,"),
        (Studies, STUDY, ('title = "A study"\n', ""), "study 1 (900999): “title” is missing."),
        (Studies, STUDY, ("900999", "12345"), "study 1 (12345): The number of an invented study begins with 900"),
        (Studies, STUDY, ("Observational", "Other"), "study 1 (900999): “Other” is neither Interventional nor"),
        (Studies, STUDY, ("[[study]]", 'status = "ajar"'), "there is no “status” here, only study."),
        (
            Studies,
            STUDY,
            ("cpms_id", 'status = "ajar"\ncpms_id'),
            "study 1 (ajar), status: “ajar” is none of in set-up,",
        ),
        (Studies, STUDY, ("cpms_id", "learner_limit = true\ncpms_id"), "learner_limit: this should be a whole number"),
        (Studies, STUDY, ('"A study"', '"A study'), "(at line 5, column 17)"),
        (Studies, STUDY, (STUDY, "study = [3]"), "study 1: this should be a table, not 3."),
        (Studies, STUDY, (STUDY, ""), "“study” is missing."),
        (Personas, PERSONA, ("nurse", "nurs"), "persona 1 (Ward sister), profession: “nurs” is none of"),
        (
            Personas,
            PERSONA,
            ("hospital", "factory"),
            "persona 1 (Ward sister), works_in: “factory” is none of hospital,",
        ),
        (Personas, PERSONA, (', "Ageing"', ""), "A learner is interested in two to four specialties, not 1."),
        (Networks, NETWORK, ("West Midlands", "Wales"), "network 1 (North West): “Wales” is not a research delivery"),
        (Networks, NETWORK, ("= 11", '= "11"'), "network 1 (North West), learners: this should be a whole number, not"),
        (Scarcity, "", ("", 'open_in = { Stroke = ["Wales", 3] }'), "“no_pgcert” is missing."),
        (
            Scarcity,
            "",
            ("", "open_in = 3\nno_pgcert = 3\nfew_professions = 3"),
            "open_in: this should be a table, not 3.",
        ),
    ],
)
def test_a_malformed_file_is_refused_with_file_entry_and_reason(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    shape: type,
    text: str,
    wrong: tuple[str, str],
    complaint: str,
) -> None:
    monkeypatch.setattr(reading, "CONTENT", tmp_path)
    file = tmp_path / "tried.toml"
    if text:
        file.write_text(text, encoding="utf-8")
        assert read("tried.toml", shape)
    file.write_text(text.replace(*wrong), encoding="utf-8")
    with pytest.raises(MalformedContent) as caught:
        read("tried.toml", shape)
    assert str(caught.value).startswith("tried.toml")
    assert complaint in str(caught.value)


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(MalformedContent, match=r"^nowhere\.toml: .*No such file"):
        read("nowhere.toml", Studies)


def test_a_text_may_run_over_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "CONTENT", tmp_path)
    folded = STUDY.replace('"What it is about."', '"""\nWhat it\n  is about.\n"""')
    (tmp_path / "tried.toml").write_text(folded, encoding="utf-8")
    assert read("tried.toml", Studies).study[0].summary == "What it is about."
