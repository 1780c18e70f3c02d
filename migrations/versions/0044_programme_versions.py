"""Programmes have versions, in which modules stand in parts; each has cohorts, and an enrolment keeps its version.

What stands in the database becomes the first version of each programme: all its modules are asked for. Who is enrolled
is on it.
"""

from datetime import UTC, date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

FIRST_MONTH = 8  # in which academic years begin


def whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=40), nullable=False)


def flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def day(name: str) -> sa.Column[date]:
    return sa.Column(name, sa.Date(), nullable=False)


def leads_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def upgrade() -> None:
    make_versions()
    make_parts()
    make_cohorts()
    # Said so, and not by op.add_column, SQLite takes the link without making a table anew to which rows point.
    op.execute(
        "ALTER TABLE enrolments ADD COLUMN version_id INTEGER "
        "CONSTRAINT fk_enrolments_version_id REFERENCES programme_versions (id)"
    )
    op.create_index(op.f("ix_enrolments_version_id"), "enrolments", ["version_id"])
    describe_what_is_there(datetime.now(UTC).replace(tzinfo=None))


def make_versions() -> None:
    table = "programme_versions"
    op.create_table(
        table,
        whole("id"),
        whole("programme_id"),
        whole("number"),
        whole("academic_year"),
        flag("is_title_to_confirm"),
        text("entry_rules"),
        text("fees_address"),
        text("bursaries"),
        word("prior_learning"),
        text("prior_learning_words"),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("published_at", sa.DateTime()),
        leads_to(table, "programme_id", "programmes"),
        key(table),
        sa.UniqueConstraint("programme_id", "number", name=op.f(f"uq_{table}_programme_id_number")),
    )


def make_parts() -> None:
    table = "version_parts"
    op.create_table(
        table,
        whole("id"),
        whole("version_id"),
        whole("position"),
        text("title"),
        word("choose"),
        whole("amount"),
        leads_to(table, "version_id", "programme_versions"),
        key(table),
    )
    op.create_index(op.f(f"ix_{table}_version_id"), table, ["version_id"])
    table = "part_modules"
    op.create_table(
        table,
        whole("id"),
        whole("part_id"),
        whole("module_id"),
        whole("position"),
        text("title"),
        flag("is_title_to_confirm"),
        flag("are_credits_to_confirm"),
        leads_to(table, "part_id", "version_parts"),
        leads_to(table, "module_id", "modules"),
        key(table),
        sa.UniqueConstraint("part_id", "module_id", name=op.f(f"uq_{table}_part_id_module_id")),
    )
    op.create_index(op.f(f"ix_{table}_module_id"), table, ["module_id"])


def make_cohorts() -> None:
    table = "cohorts"
    op.create_table(
        table,
        whole("id"),
        whole("version_id"),
        text("name"),
        day("starts_on"),
        day("ends_on"),
        flag("are_dates_to_confirm"),
        leads_to(table, "version_id", "programme_versions"),
        key(table),
        sa.UniqueConstraint("version_id", "name", name=op.f(f"uq_{table}_version_id_name")),
    )


def describe_what_is_there(now: datetime) -> None:
    """The version of each programme that has modules is of the year in which its first learner began."""
    connection = op.get_bind()
    programmes = connection.execute(
        sa.text(
            "SELECT programmes.id AS id, min(enrolments.started_on) AS began FROM programmes "
            "LEFT JOIN enrolments ON enrolments.programme_id = programmes.id "
            "WHERE EXISTS (SELECT 1 FROM modules WHERE modules.programme_id = programmes.id) "
            "GROUP BY programmes.id ORDER BY programmes.id"
        ).columns(sa.column("id", sa.Integer()), sa.column("began", sa.Date()))
    ).all()
    for programme_id, began in programmes:
        year, month = (began.year, began.month) if began else (now.year, now.month)
        connection.execute(
            sa.text(
                "INSERT INTO programme_versions (programme_id, number, academic_year, is_title_to_confirm, entry_rules, "
                "fees_address, bursaries, prior_learning, prior_learning_words, made_at, published_at) "
                "VALUES (:programme, 1, :year, false, '', '', '', 'not stated', '', :now, :now)"
            ).bindparams(sa.bindparam("now", type_=sa.DateTime())),
            {"programme": programme_id, "year": year if month >= FIRST_MONTH else year - 1, "now": now},
        )
    op.execute(
        "INSERT INTO version_parts (version_id, position, title, choose, amount) "
        "SELECT id, 1, 'Modules', 'all of them', 0 FROM programme_versions ORDER BY id"
    )
    op.execute(
        "INSERT INTO part_modules "
        "(part_id, module_id, position, title, is_title_to_confirm, are_credits_to_confirm) "
        "SELECT version_parts.id, modules.id, modules.id, modules.title, false, false FROM version_parts "
        "JOIN programme_versions ON programme_versions.id = version_parts.version_id "
        "JOIN modules ON modules.programme_id = programme_versions.programme_id ORDER BY version_parts.id, modules.id"
    )
    op.execute(
        "UPDATE enrolments SET version_id = (SELECT programme_versions.id FROM programme_versions "
        "WHERE programme_versions.programme_id = enrolments.programme_id)"
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_enrolments_version_id"), "enrolments")
    op.drop_column("enrolments", "version_id")
    for table in ("cohorts", "part_modules", "version_parts", "programme_versions"):
        op.drop_table(table)
