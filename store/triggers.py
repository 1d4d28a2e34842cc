"""What only the database itself can refuse: changing a line of the audit trail or of a delivery."""

from sqlalchemy import DDL, event
from sqlmodel import SQLModel

import store.access_tables
import store.compliance_tables
import store.inspection_tables
import store.search
import store.tables  # noqa: F401 (the tables must be known before anything is attached to them)

APPEND_ONLY = ("audit", "delivery")


def statements(dialect: str) -> list[str]:
    """The DDL, spelled once for `create_all` and for the migration."""
    if dialect == "sqlite":
        return [
            (
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
            for table in APPEND_ONLY
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        (
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        ),
        *(
            (
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
            for table in APPEND_ONLY
        ),
    ]


for _dialect in ("sqlite", "postgresql"):
    for _statement in statements(_dialect):
        event.listen(
            SQLModel.metadata,
            "after_create",
            DDL(  # type: ignore[no-untyped-call]
                _statement.replace("%", "%%")
            ).execute_if(dialect=_dialect),
        )
