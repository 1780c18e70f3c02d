"""Offers keep what they said; people who must not mentor a learner belong to her, not to one of her requests."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SAID = ("organisation_id", "starts_on", "ends_on", "learner_does")
OFFERS = sa.table("offers", *map(sa.column, ("id", "opening_id", "offered_at", "state")))
OPENINGS = sa.table("openings", sa.column("id"), *map(sa.column, SAID))
TERMS = sa.table("offer_terms", *map(sa.column, ("offer_id", "number", *SAID, "said_at")))
REQUESTS = sa.table("placement_requests", sa.column("id"), sa.column("learner_id"))
EXCLUDED = sa.table(
    "excluded_mentors", *map(sa.column, ("id", "request_id", "learner_id", "mentor_id", "name", "email"))
)


def upgrade() -> None:
    op.add_column("offers", sa.Column("taken_back_because", sa.Text(), nullable=False, server_default=""))
    keep_terms()
    give_exclusions_to_learners()
    op.create_table(
        "exclusion_answers",
        sa.Column("excluded_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("is_same", sa.Boolean(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["excluded_id"], ["excluded_mentors.id"], name="fk_exclusion_answers_excluded_id"),
        sa.ForeignKeyConstraint(["mentor_id"], ["people.id"], name="fk_exclusion_answers_mentor_id"),
        sa.ForeignKeyConstraint(["answered_by_id"], ["people.id"], name="fk_exclusion_answers_answered_by_id"),
        sa.PrimaryKeyConstraint("excluded_id", "mentor_id", name="pk_exclusion_answers"),
    )
    op.create_index("ix_exclusion_answers_mentor_id", "exclusion_answers", ["mentor_id"])


def keep_terms() -> None:
    """What an offer of before said is what its opening says now: nothing else was kept."""
    op.create_table(
        "offer_terms",
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("learner_does", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name="fk_offer_terms_offer_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name="fk_offer_terms_organisation_id"),
        sa.PrimaryKeyConstraint("offer_id", "number", name="pk_offer_terms"),
    )
    said = sa.select(
        OFFERS.c.id, sa.literal_column("1"), *(OPENINGS.c[name] for name in SAID), OFFERS.c.offered_at
    ).join_from(OFFERS, OPENINGS, OFFERS.c.opening_id == OPENINGS.c.id)
    op.execute(TERMS.insert().from_select(["offer_id", "number", *SAID, "said_at"], said))


def give_exclusions_to_learners() -> None:
    """Each person once for each learner, even where several of her requests named him."""
    op.add_column("excluded_mentors", sa.Column("learner_id", sa.Integer(), nullable=True))
    owner = sa.select(REQUESTS.c.learner_id).where(REQUESTS.c.id == EXCLUDED.c.request_id).scalar_subquery()
    op.execute(EXCLUDED.update().values(learner_id=owner))
    earlier = EXCLUDED.alias("earlier")
    is_twice = sa.exists().where(
        earlier.c.id < EXCLUDED.c.id,
        earlier.c.learner_id == EXCLUDED.c.learner_id,
        sa.func.coalesce(earlier.c.mentor_id, 0) == sa.func.coalesce(EXCLUDED.c.mentor_id, 0),
        sa.or_(
            EXCLUDED.c.mentor_id.is_not(None),
            sa.and_(earlier.c.name == EXCLUDED.c.name, earlier.c.email == EXCLUDED.c.email),
        ),
    )
    op.execute(EXCLUDED.delete().where(is_twice))
    with op.batch_alter_table("excluded_mentors") as batch_op:
        batch_op.drop_index("ix_excluded_mentors_request_id")
        batch_op.drop_constraint("fk_excluded_mentors_request_id", type_="foreignkey")
        batch_op.drop_column("request_id")
        batch_op.alter_column("learner_id", existing_type=sa.Integer(), nullable=False)
        batch_op.create_foreign_key("fk_excluded_mentors_learner_id", "people", ["learner_id"], ["id"])
        batch_op.create_index("ix_excluded_mentors_learner_id", ["learner_id"])


def downgrade() -> None:
    # An offer that was taken back is over: of the words of before, "lapsed" says so.
    op.execute(OFFERS.update().where(OFFERS.c.state == "taken back").values(state="lapsed"))
    op.drop_table("exclusion_answers")
    give_exclusions_to_requests()
    op.drop_table("offer_terms")
    # Not in a batch, which on SQLite would make the table anew while placements point to it.
    op.drop_column("offers", "taken_back_because")


def give_exclusions_to_requests() -> None:
    """Each goes to the newest request of its learner."""
    op.add_column("excluded_mentors", sa.Column("request_id", sa.Integer(), nullable=True))
    newest = (
        sa.select(sa.func.max(REQUESTS.c.id)).where(REQUESTS.c.learner_id == EXCLUDED.c.learner_id).scalar_subquery()
    )
    op.execute(EXCLUDED.update().values(request_id=newest))
    with op.batch_alter_table("excluded_mentors") as batch_op:
        batch_op.drop_index("ix_excluded_mentors_learner_id")
        batch_op.drop_constraint("fk_excluded_mentors_learner_id", type_="foreignkey")
        batch_op.drop_column("learner_id")
        batch_op.alter_column("request_id", existing_type=sa.Integer(), nullable=False)
        batch_op.create_foreign_key("fk_excluded_mentors_request_id", "placement_requests", ["request_id"], ["id"])
        batch_op.create_index("ix_excluded_mentors_request_id", ["request_id"])
