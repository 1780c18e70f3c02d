"""Who was asked what about a level, what was answered without names, and figures that are published once.

Learners may say what they had done in research and what kind of employer they have; nobody has yet.
"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

WORDS = sa.String(length=40)
ASKINGS, REPLIES, FREE_WORDS = "survey_askings", "survey_replies", "survey_words"
WORDINGS, FIGURES, PROFILES = "survey_wordings", "published_figures", "learner_profiles"


def leads_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def whole(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def few_words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, WORDS, nullable=False) for name in names]


def text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def key_of(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def drawn_by_lot() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), autoincrement=False, nullable=False)


def index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def upgrade() -> None:
    op.add_column(PROFILES, sa.Column("research_experience", WORDS, nullable=True))
    op.add_column(PROFILES, sa.Column("employer_kind", WORDS, nullable=True))
    make_askings()
    make_replies()
    make_wordings_and_figures()


def make_askings() -> None:
    op.create_table(
        ASKINGS,
        *whole("id", "person_id", "enrolment_id", "placement_number", "provider_id", "year"),
        *few_words("survey", "level"),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("is_settled", sa.Boolean(), nullable=False),
        leads_to(ASKINGS, "person_id", "people"),
        leads_to(ASKINGS, "enrolment_id", "enrolments"),
        leads_to(ASKINGS, "provider_id", "providers"),
        key_of(ASKINGS),
        sa.UniqueConstraint(
            "survey",
            "person_id",
            "enrolment_id",
            "placement_number",
            name=op.f(f"uq_{ASKINGS}_survey_person_id_enrolment_id_placement_number"),
        ),
    )
    for column in ("person_id", "enrolment_id", "provider_id"):
        index(ASKINGS, column)
    index(ASKINGS, "survey", "year")


def make_replies() -> None:
    op.create_table(
        REPLIES,
        drawn_by_lot(),
        *few_words("survey", "level"),
        *whole("provider_id", "year"),
        sa.Column("answers", sa.JSON(), nullable=False),
        leads_to(REPLIES, "provider_id", "providers"),
        key_of(REPLIES),
    )
    index(REPLIES, "provider_id")
    index(REPLIES, "survey", "year")
    op.create_table(
        FREE_WORDS,
        drawn_by_lot(),
        *few_words("survey", "state"),
        *whole("year"),
        *text("question", "words", "shown", "reason"),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        leads_to(FREE_WORDS, "decided_by_id", "people"),
        key_of(FREE_WORDS),
    )
    index(FREE_WORDS, "decided_by_id")
    index(FREE_WORDS, "survey", "year", "state")


def make_wordings_and_figures() -> None:
    op.create_table(
        WORDINGS,
        *whole("id", "version", "from_year", "by_id"),
        *text("question", "words"),
        sa.Column("at", sa.DateTime(), nullable=False),
        leads_to(WORDINGS, "by_id", "people"),
        key_of(WORDINGS),
        sa.UniqueConstraint("question", "version", name=op.f(f"uq_{WORDINGS}_question_version")),
    )
    index(WORDINGS, "by_id")
    op.create_table(
        FIGURES,
        *whole("id", "year"),
        *text("about"),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        key_of(FIGURES),
        sa.UniqueConstraint("about", "year", name=op.f(f"uq_{FIGURES}_about_year")),
    )


def downgrade() -> None:
    for table in (FIGURES, WORDINGS, FREE_WORDS, REPLIES, ASKINGS):
        op.drop_table(table)
    with op.batch_alter_table(PROFILES) as changing:
        changing.drop_column("employer_kind")
        changing.drop_column("research_experience")
