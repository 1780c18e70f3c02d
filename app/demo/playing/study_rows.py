"""The organisations, studies and openings of the demo as rows."""

from app.demo.content.organisations import DemoOrganisation
from app.demo.playing.rows import Rows
from app.demo.world.records import DemoOpening, StudyToPlace
from app.models.organisations import Organisation
from app.models.studies import Opening, OpeningLevel, OpeningProfession, OpeningState, Study, StudyIdentifier
from app.models.values.identifiers import Scheme
from app.models.values.study_status import StudyStatus
from app.studies.imports.service import search_text_of


def organisation_row(rows: Rows, organisation: DemoOrganisation) -> Organisation:
    return Organisation(
        ods_code=organisation.ods_code, name=organisation.name, network=rows.networks[organisation.network]
    )


def study_row(rows: Rows, study: StudyToPlace) -> Study:
    row = Study(
        title=study.title,
        short_title=getattr(study, "short_title", ""),
        summary=study.summary,
        status=getattr(study, "status", StudyStatus.OPEN),
        phase=study.phase,
        study_type=getattr(study, "study_type", ""),
        learner_limit=study.learner_limit,
        source="demonstration",
        specialties=[rows.specialties[name] for name in study.specialties],
        identifiers=[StudyIdentifier(scheme=Scheme.CPMS, value=study.key.removeprefix("CPMS "))],
    )
    row.search_text = search_text_of(row)
    return row


def key_of(study: Study) -> str:
    """How the demo names a study: by its first identifier."""
    identifier = study.identifiers[0]
    return f"{identifier.scheme.value} {identifier.value}"


def opening_row(rows: Rows, opening: DemoOpening) -> Opening:
    return Opening(
        mentor=rows.mentors[opening.mentor],
        study=rows.studies[opening.study],
        organisation=rows.organisations[opening.organisation],
        network=rows.networks[opening.network],
        state=OpeningState.PUBLISHED,
        places=opening.places,
        starts_on=opening.starts_on,
        ends_on=opening.ends_on,
        learner_does=opening.learner_does,
        created_at=rows.now,
        level_rows=[OpeningLevel(level=level) for level in opening.levels],
        profession_rows=[OpeningProfession(profession=profession) for profession in opening.professions],
    )
