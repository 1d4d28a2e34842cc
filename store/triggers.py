"""What only the database itself can see to, whoever writes: that no line of the audit trail or of a delivery is
changed; that the counts of how work stands follow the work (`store.standing_counts`), and the number of the tree every
change of a name (`store.tree`).
"""

from collections.abc import Iterator

from sqlalchemy import DDL, event
from sqlmodel import SQLModel

import store.access_tables
import store.compliance_tables
import store.inspection_tables
import store.search
import store.standing_counts
import store.tables
import store.tree  # noqa: F401 (the tables must be known before anything is attached to them)

APPEND_ONLY = ("audit", "delivery")
NAMES = ("unit", "unit_succession", "unit_alias")
RENUMBER = (
    "INSERT INTO tree_number (id, number) VALUES (1, 1)\n"
    "ON CONFLICT (id) DO UPDATE SET number = tree_number.number + 1;"
)

MOVES = {"INSERT": {"new": 1}, "UPDATE": {"old": -1, "new": 1}, "DELETE": {"old": -1}}
"""What a change takes from one count and adds to another."""
COUNTED = "occurrence_id, state, due_on, due_at, clock, touched_on"
TELLING = "occurrence_id, state, due_on, due_at, handed_in_at, waiting_since, touched_at"
STOPPED = (
    "CASE WHEN {0}.state IN ('handed_in', 'submitted', 'accepted') THEN {0}.handed_in_at\n"
    "WHEN {0}.state = 'waiting' THEN {0}.waiting_since END"
)
ALIKE = (
    "{0}.occurrence_id, {0}.state, {0}.due_on, {0}.due_at,\n"
    f"CASE WHEN {STOPPED} >= {{0}}.due_at THEN 'late'\n"
    f"WHEN {STOPPED} < {{0}}.due_at THEN 'in_time' ELSE 'runs' END,\n"
    "CASE WHEN {0}.touched_at IS NOT NULL AND {0}.state IN ('assigned', 'received', 'returned')\n"
    "THEN {1} ELSE '0001-01-01' END"
)
ADD = (
    f"INSERT INTO standing_count ({COUNTED}, number)\n{{0}}\n"
    f"ON CONFLICT ({COUNTED}) DO UPDATE SET number = standing_count.number + excluded.number;"
)
EMPTY = "DELETE FROM standing_count WHERE number = 0 AND occurrence_id"


# ruff: noqa: S608 (every word of these statements is ours)


def statements(dialect: str) -> list[str]:
    """The DDL, spelled once for `create_all` and for the migration."""
    return list(_sqlite() if dialect == "sqlite" else _postgresql())


def _sqlite() -> Iterator[str]:
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}\n"
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    for table in NAMES:
        for verb in MOVES:
            yield f"CREATE TRIGGER {table}_named_{verb.lower()} AFTER {verb} ON {table}\nBEGIN {RENUMBER} END"
    for verb, moves in MOVES.items():
        what = f"{verb} OF {TELLING}" if verb == "UPDATE" else verb
        done = [
            ADD.format(f"VALUES ({ALIKE.format(row, f'date({row}.touched_at)')}, {moved})")
            for row, moved in moves.items()
        ]
        empty = f"{EMPTY} = old.occurrence_id;" if "old" in moves else ""
        name = f"assignment_counted_{verb.lower()}"
        yield "\n".join([f"CREATE TRIGGER {name} AFTER {what} ON assignment", "BEGIN", *done, f"{empty} END"])


def _postgresql() -> Iterator[str]:
    yield _function("refuse_change", "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;")
    for table in APPEND_ONLY:
        yield (
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}\n"
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    yield _function("renumber_tree", f"{RENUMBER} RETURN NULL;")
    for table in NAMES:
        yield (
            f"CREATE TRIGGER {table}_named AFTER INSERT OR UPDATE OR DELETE ON {table}\n"
            "FOR EACH STATEMENT EXECUTE FUNCTION renumber_tree()"
        )
    for verb, moves in MOVES.items():  # a statement's rows together: the same count is written once
        name, day = f"count_{verb.lower()}", "date(timezone('UTC', a.touched_at))"
        rows = [f"SELECT {ALIKE.format('a', day)}, {moved} FROM {row}_rows a" for row, moved in moves.items()]
        moved = "\nUNION ALL\n".join(rows)
        summed = (
            f"SELECT {COUNTED}, sum(moved) FROM (\n{moved}\n) AS x ({COUNTED}, moved)\n"
            f"GROUP BY {COUNTED} HAVING sum(moved) <> 0"
        )
        empty = f"{EMPTY} IN (SELECT occurrence_id FROM old_rows);" if "old" in moves else ""
        yield _function(name, f"{ADD.format(summed)}\n{empty} RETURN NULL;")
        known = " ".join(f"{row.upper()} TABLE AS {row}_rows" for row in moves)
        yield (
            f"CREATE TRIGGER assignment_counted_{verb.lower()} AFTER {verb} ON assignment\n"
            f"REFERENCING {known} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )


def _function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS\n$$ BEGIN {body} END $$"


for _dialect in ("sqlite", "postgresql"):
    for _statement in statements(_dialect):
        event.listen(
            SQLModel.metadata,
            "after_create",
            DDL(  # type: ignore[no-untyped-call]
                _statement.replace("%", "%%")
            ).execute_if(dialect=_dialect),
        )
