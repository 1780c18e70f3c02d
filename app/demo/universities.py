"""The four universities of the Framework and their programmes, with modules and credits.

Where a university does not state the credits of a module, 30 + 15 + 15 is assumed and the module says so.
"""

from dataclasses import dataclass

from app.models.programmes import Level, ModuleKind

EXETER = "University of Exeter"
NEWCASTLE = "Newcastle University"
KINGS = "King's College London"
SHEFFIELD = "The University of Sheffield"

PROVIDERS = (EXETER, NEWCASTLE, KINGS, SHEFFIELD)


@dataclass(frozen=True)
class DemoModule:
    """A module; `is_assumed` marks credits that we chose for the demo."""

    title: str
    credits: int
    kind: ModuleKind
    is_assumed: bool = False


@dataclass(frozen=True)
class DemoProgramme:
    """One level of one university; `share` is its part in a hundred of the learners."""

    key: str
    provider: str
    level: Level
    title: str
    modules: tuple[DemoModule, ...]
    share: int


PROGRAMMES = (
    DemoProgramme(
        "exeter-pgcert",
        EXETER,
        Level.PGCERT,
        "Postgraduate Certificate in Leading Clinical Research Delivery",
        (
            DemoModule("Integrity and Leadership in Research for Health and Healthcare", 15, ModuleKind.TAUGHT),
            DemoModule("Doing Clinical Research", 15, ModuleKind.TAUGHT),
            DemoModule("Research Practice Experience", 15, ModuleKind.RPE),
            DemoModule("Optional module", 15, ModuleKind.TAUGHT),
        ),
        38,
    ),
    DemoProgramme(
        "newcastle-pgcert",
        NEWCASTLE,
        Level.PGCERT,
        "Postgraduate Certificate in clinical research delivery",
        (
            DemoModule(
                "Integrity, Infrastructure and Information Governance in Healthcare Research",
                20,
                ModuleKind.TAUGHT,
            ),
            DemoModule(
                "Study Design, Data Management and Communication of Clinical Research",
                20,
                ModuleKind.TAUGHT,
                True,
            ),
            DemoModule("Research Delivery in Practice", 20, ModuleKind.RPE, True),
        ),
        38,
    ),
    DemoProgramme(
        "kings-pgdip",
        KINGS,
        Level.PGDIP,
        "Postgraduate Diploma in clinical research delivery",
        (
            DemoModule("Research Practice Experience 2", 30, ModuleKind.RPE),
            DemoModule("First optional module", 15, ModuleKind.TAUGHT),
            DemoModule("Second optional module", 15, ModuleKind.TAUGHT),
        ),
        10,
    ),
    DemoProgramme(
        "exeter-pgdip",
        EXETER,
        Level.PGDIP,
        "Postgraduate Diploma in Leading Clinical Research Delivery",
        (
            DemoModule("Second practical research experience", 30, ModuleKind.RPE, True),
            DemoModule("First specialist optional module", 15, ModuleKind.TAUGHT, True),
            DemoModule("Second specialist optional module", 15, ModuleKind.TAUGHT, True),
        ),
        7,
    ),
    DemoProgramme(
        "sheffield-pgdip",
        SHEFFIELD,
        Level.PGDIP,
        "Postgraduate Diploma in clinical research delivery",
        (
            DemoModule("Research Practice Experience", 30, ModuleKind.RPE, True),
            DemoModule("Inclusive Research Practice", 15, ModuleKind.TAUGHT, True),
            DemoModule("Innovative Designs for Research Impact", 15, ModuleKind.TAUGHT, True),
        ),
        7,
    ),
    DemoProgramme(
        "kings-msc",
        KINGS,
        Level.MSC,
        "Master of Science in clinical research delivery",
        (DemoModule("Dissertation", 60, ModuleKind.DISSERTATION),),
        0,
    ),
    DemoProgramme(
        "exeter-msc",
        EXETER,
        Level.MSC,
        "Master of Science in Leading Clinical Research Delivery",
        (DemoModule("Dissertation", 60, ModuleKind.DISSERTATION),),
        0,
    ),
    DemoProgramme(
        "sheffield-msc",
        SHEFFIELD,
        Level.MSC,
        "Master of Science in clinical research delivery",
        (DemoModule("Dissertation", 60, ModuleKind.DISSERTATION),),
        0,
    ),
)

PROGRAMME_BY_KEY = {programme.key: programme for programme in PROGRAMMES}
