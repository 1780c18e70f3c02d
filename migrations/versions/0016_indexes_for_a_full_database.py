"""Indexes for what pages ask when the database is full."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# Foreign keys that are searched, and names by which lists are sorted.
COLUMNS = (
    ("role_grants", "network_id"),
    ("role_grants", "provider_id"),
    ("learner_profiles", "employer_id"),
    ("mentor_profiles", "organisation_id"),
    ("mentor_specialties", "specialty_id"),
    ("openings", "organisation_id"),
    ("placement_requests", "module_id"),
    ("excluded_mentors", "mentor_id"),
    ("request_specialties", "specialty_id"),
    ("placements", "module_id"),
    ("pins", "request_id"),
    ("pins", "opening_id"),
    ("credit_decisions", "module_id"),
    ("people", "folded_name"),
    ("organisations", "folded_name"),
    ("studies", "folded_name"),
)
ORDERED = (
    ("audit_lines", ["deed", "id"]),
    ("hours_entries", ["placement_id", "worked_on"]),
    ("supervision_sessions", ["placement_id", "held_on"]),
)
COUNTING = (
    ("hours_entries", ["placement_id", "category", "worked_on", "minutes"]),
    ("supervision_sessions", ["placement_id", "held_on", "confirmed_at", "minutes"]),
)
# The first column of one of those above.
NO_LONGER = (("audit_lines", "deed"), ("hours_entries", "placement_id"), ("supervision_sessions", "placement_id"))
COUNTS = sa.text("withdrawn_at IS NULL")


def upgrade() -> None:
    for table, column in COLUMNS:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    for table, columns in ORDERED:
        op.create_index(name_of(table, columns), table, columns)
    for table, columns in COUNTING:
        op.create_index(f"ix_{table}_counting", table, columns, sqlite_where=COUNTS, postgresql_where=COUNTS)
    for table, column in NO_LONGER:
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)


def downgrade() -> None:
    for table, column in NO_LONGER:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    for table, _ in COUNTING:
        op.drop_index(f"ix_{table}_counting", table_name=table)
    for table, columns in ORDERED:
        op.drop_index(name_of(table, columns), table_name=table)
    for table, column in COLUMNS:
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)


def name_of(table: str, columns: list[str]) -> str:
    return f"ix_{table}_{'_'.join(columns)}"
