"""First tables, and what only the database can see to (`store.triggers`)."""

import sqlalchemy as sa
from alembic import op

import domain.fields

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TRIGGERS = {
    "sqlite": [
        (
            "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit\n"
            "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END"
        ),
        (
            "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit\n"
            "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END"
        ),
        (
            "CREATE TRIGGER delivery_no_update BEFORE UPDATE ON delivery\n"
            "BEGIN SELECT RAISE(ABORT, 'delivery is append-only'); END"
        ),
        (
            "CREATE TRIGGER delivery_no_delete BEFORE DELETE ON delivery\n"
            "BEGIN SELECT RAISE(ABORT, 'delivery is append-only'); END"
        ),
        (
            "CREATE TRIGGER unit_named_insert AFTER INSERT ON unit\n"
            "BEGIN INSERT INTO tree_number (id, number) VALUES (1, 1)\n"
            "ON CONFLICT (id) DO UPDATE SET number = tree_number.number + 1; END"
        ),
        (
            "CREATE TRIGGER unit_named_update AFTER UPDATE ON unit\n"
            "BEGIN INSERT INTO tree_number (id, number) VALUES (1, 1)\n"
            "ON CONFLICT (id) DO UPDATE SET number = tree_number.number + 1; END"
        ),
        (
            "CREATE TRIGGER unit_named_delete AFTER DELETE ON unit\n"
            "BEGIN INSERT INTO tree_number (id, number) VALUES (1, 1)\n"
            "ON CONFLICT (id) DO UPDATE SET number = tree_number.number + 1; END"
        ),
        (
            "CREATE TRIGGER unit_succession_named_insert AFTER INSERT ON unit_succession\n"
            "BEGIN INSERT INTO tree_number (id, number) VALUES (1, 1)\n"
            "ON CONFLICT (id) DO UPDATE SET number = tree_number.number + 1; END"
        ),
        (
            "CREATE TRIGGER unit_succession_named_update AFTER UPDATE ON unit_succession\n"
            "BEGIN INSERT INTO tree_number (id, number) VALUES (1, 1)\n"
            "ON CONFLICT (id) DO UPDATE SET number = tree_number.number + 1; END"
        ),
        (
            "CREATE TRIGGER unit_succession_named_delete AFTER DELETE ON unit_succession\n"
            "BEGIN INSERT INTO tree_number (id, number) VALUES (1, 1)\n"
            "ON CONFLICT (id) DO UPDATE SET number = tree_number.number + 1; END"
        ),
        (
            "CREATE TRIGGER unit_alias_named_insert AFTER INSERT ON unit_alias\n"
            "BEGIN INSERT INTO tree_number (id, number) VALUES (1, 1)\n"
            "ON CONFLICT (id) DO UPDATE SET number = tree_number.number + 1; END"
        ),
        (
            "CREATE TRIGGER unit_alias_named_update AFTER UPDATE ON unit_alias\n"
            "BEGIN INSERT INTO tree_number (id, number) VALUES (1, 1)\n"
            "ON CONFLICT (id) DO UPDATE SET number = tree_number.number + 1; END"
        ),
        (
            "CREATE TRIGGER unit_alias_named_delete AFTER DELETE ON unit_alias\n"
            "BEGIN INSERT INTO tree_number (id, number) VALUES (1, 1)\n"
            "ON CONFLICT (id) DO UPDATE SET number = tree_number.number + 1; END"
        ),
        (
            "CREATE TRIGGER assignment_counted_insert AFTER INSERT ON assignment\n"
            "BEGIN\n"
            "INSERT INTO standing_count (occurrence_id, state, due_on, due_at, clock, touched_on, number)\n"
            "VALUES (new.occurrence_id, new.state, new.due_on, new.due_at,\n"
            "CASE WHEN CASE WHEN new.state IN ('handed_in', 'submitted', 'accepted') THEN new.handed_in_at\n"
            "WHEN new.state = 'waiting' THEN new.waiting_since END >= new.due_at THEN 'late'\n"
            "WHEN CASE WHEN new.state IN ('handed_in', 'submitted', 'accepted') THEN new.handed_in_at\n"
            "WHEN new.state = 'waiting' THEN new.waiting_since END < new.due_at THEN 'in_time' ELSE 'runs'"
            " END,\n"
            "CASE WHEN new.touched_at IS NOT NULL AND new.state IN ('assigned', 'received', 'returned')\n"
            "THEN date(new.touched_at) ELSE '0001-01-01' END, 1)\n"
            "ON CONFLICT (occurrence_id, state, due_on, due_at, clock, touched_on) DO UPDATE SET number ="
            " standing_count.number + excluded.number;\n"
            " END"
        ),
        (
            "CREATE TRIGGER assignment_counted_update AFTER UPDATE OF occurrence_id, state, due_on, due_at,"
            " handed_in_at, waiting_since, touched_at ON assignment\n"
            "BEGIN\n"
            "INSERT INTO standing_count (occurrence_id, state, due_on, due_at, clock, touched_on, number)\n"
            "VALUES (old.occurrence_id, old.state, old.due_on, old.due_at,\n"
            "CASE WHEN CASE WHEN old.state IN ('handed_in', 'submitted', 'accepted') THEN old.handed_in_at\n"
            "WHEN old.state = 'waiting' THEN old.waiting_since END >= old.due_at THEN 'late'\n"
            "WHEN CASE WHEN old.state IN ('handed_in', 'submitted', 'accepted') THEN old.handed_in_at\n"
            "WHEN old.state = 'waiting' THEN old.waiting_since END < old.due_at THEN 'in_time' ELSE 'runs'"
            " END,\n"
            "CASE WHEN old.touched_at IS NOT NULL AND old.state IN ('assigned', 'received', 'returned')\n"
            "THEN date(old.touched_at) ELSE '0001-01-01' END, -1)\n"
            "ON CONFLICT (occurrence_id, state, due_on, due_at, clock, touched_on) DO UPDATE SET number ="
            " standing_count.number + excluded.number;\n"
            "INSERT INTO standing_count (occurrence_id, state, due_on, due_at, clock, touched_on, number)\n"
            "VALUES (new.occurrence_id, new.state, new.due_on, new.due_at,\n"
            "CASE WHEN CASE WHEN new.state IN ('handed_in', 'submitted', 'accepted') THEN new.handed_in_at\n"
            "WHEN new.state = 'waiting' THEN new.waiting_since END >= new.due_at THEN 'late'\n"
            "WHEN CASE WHEN new.state IN ('handed_in', 'submitted', 'accepted') THEN new.handed_in_at\n"
            "WHEN new.state = 'waiting' THEN new.waiting_since END < new.due_at THEN 'in_time' ELSE 'runs'"
            " END,\n"
            "CASE WHEN new.touched_at IS NOT NULL AND new.state IN ('assigned', 'received', 'returned')\n"
            "THEN date(new.touched_at) ELSE '0001-01-01' END, 1)\n"
            "ON CONFLICT (occurrence_id, state, due_on, due_at, clock, touched_on) DO UPDATE SET number ="
            " standing_count.number + excluded.number;\n"
            "DELETE FROM standing_count WHERE number = 0 AND occurrence_id = old.occurrence_id; END"
        ),
        (
            "CREATE TRIGGER assignment_counted_delete AFTER DELETE ON assignment\n"
            "BEGIN\n"
            "INSERT INTO standing_count (occurrence_id, state, due_on, due_at, clock, touched_on, number)\n"
            "VALUES (old.occurrence_id, old.state, old.due_on, old.due_at,\n"
            "CASE WHEN CASE WHEN old.state IN ('handed_in', 'submitted', 'accepted') THEN old.handed_in_at\n"
            "WHEN old.state = 'waiting' THEN old.waiting_since END >= old.due_at THEN 'late'\n"
            "WHEN CASE WHEN old.state IN ('handed_in', 'submitted', 'accepted') THEN old.handed_in_at\n"
            "WHEN old.state = 'waiting' THEN old.waiting_since END < old.due_at THEN 'in_time' ELSE 'runs'"
            " END,\n"
            "CASE WHEN old.touched_at IS NOT NULL AND old.state IN ('assigned', 'received', 'returned')\n"
            "THEN date(old.touched_at) ELSE '0001-01-01' END, -1)\n"
            "ON CONFLICT (occurrence_id, state, due_on, due_at, clock, touched_on) DO UPDATE SET number ="
            " standing_count.number + excluded.number;\n"
            "DELETE FROM standing_count WHERE number = 0 AND occurrence_id = old.occurrence_id; END"
        ),
    ],
    "postgresql": [
        (
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS\n"
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        ),
        (
            "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit\n"
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        ),
        (
            "CREATE TRIGGER delivery_append_only BEFORE UPDATE OR DELETE ON delivery\n"
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        ),
        (
            "CREATE OR REPLACE FUNCTION renumber_tree() RETURNS trigger LANGUAGE plpgsql AS\n"
            "$$ BEGIN INSERT INTO tree_number (id, number) VALUES (1, 1)\n"
            "ON CONFLICT (id) DO UPDATE SET number = tree_number.number + 1; RETURN NULL; END $$"
        ),
        (
            "CREATE TRIGGER unit_named AFTER INSERT OR UPDATE OR DELETE ON unit\n"
            "FOR EACH STATEMENT EXECUTE FUNCTION renumber_tree()"
        ),
        (
            "CREATE TRIGGER unit_succession_named AFTER INSERT OR UPDATE OR DELETE ON unit_succession\n"
            "FOR EACH STATEMENT EXECUTE FUNCTION renumber_tree()"
        ),
        (
            "CREATE TRIGGER unit_alias_named AFTER INSERT OR UPDATE OR DELETE ON unit_alias\n"
            "FOR EACH STATEMENT EXECUTE FUNCTION renumber_tree()"
        ),
        (
            "CREATE OR REPLACE FUNCTION count_insert() RETURNS trigger LANGUAGE plpgsql AS\n"
            "$$ BEGIN INSERT INTO standing_count (occurrence_id, state, due_on, due_at, clock, touched_on,"
            " number)\n"
            "SELECT occurrence_id, state, due_on, due_at, clock, touched_on, sum(moved) FROM (\n"
            "SELECT a.occurrence_id, a.state, a.due_on, a.due_at,\n"
            "CASE WHEN CASE WHEN a.state IN ('handed_in', 'submitted', 'accepted') THEN a.handed_in_at\n"
            "WHEN a.state = 'waiting' THEN a.waiting_since END >= a.due_at THEN 'late'\n"
            "WHEN CASE WHEN a.state IN ('handed_in', 'submitted', 'accepted') THEN a.handed_in_at\n"
            "WHEN a.state = 'waiting' THEN a.waiting_since END < a.due_at THEN 'in_time' ELSE 'runs' END,\n"
            "CASE WHEN a.touched_at IS NOT NULL AND a.state IN ('assigned', 'received', 'returned')\n"
            "THEN date(timezone('UTC', a.touched_at)) ELSE '0001-01-01' END, 1 FROM new_rows a\n"
            ") AS x (occurrence_id, state, due_on, due_at, clock, touched_on, moved)\n"
            "GROUP BY occurrence_id, state, due_on, due_at, clock, touched_on HAVING sum(moved) <> 0\n"
            "ON CONFLICT (occurrence_id, state, due_on, due_at, clock, touched_on) DO UPDATE SET number ="
            " standing_count.number + excluded.number;\n"
            " RETURN NULL; END $$"
        ),
        (
            "CREATE TRIGGER assignment_counted_insert AFTER INSERT ON assignment\n"
            "REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_insert()"
        ),
        (
            "CREATE OR REPLACE FUNCTION count_update() RETURNS trigger LANGUAGE plpgsql AS\n"
            "$$ BEGIN INSERT INTO standing_count (occurrence_id, state, due_on, due_at, clock, touched_on,"
            " number)\n"
            "SELECT occurrence_id, state, due_on, due_at, clock, touched_on, sum(moved) FROM (\n"
            "SELECT a.occurrence_id, a.state, a.due_on, a.due_at,\n"
            "CASE WHEN CASE WHEN a.state IN ('handed_in', 'submitted', 'accepted') THEN a.handed_in_at\n"
            "WHEN a.state = 'waiting' THEN a.waiting_since END >= a.due_at THEN 'late'\n"
            "WHEN CASE WHEN a.state IN ('handed_in', 'submitted', 'accepted') THEN a.handed_in_at\n"
            "WHEN a.state = 'waiting' THEN a.waiting_since END < a.due_at THEN 'in_time' ELSE 'runs' END,\n"
            "CASE WHEN a.touched_at IS NOT NULL AND a.state IN ('assigned', 'received', 'returned')\n"
            "THEN date(timezone('UTC', a.touched_at)) ELSE '0001-01-01' END, -1 FROM old_rows a\n"
            "UNION ALL\n"
            "SELECT a.occurrence_id, a.state, a.due_on, a.due_at,\n"
            "CASE WHEN CASE WHEN a.state IN ('handed_in', 'submitted', 'accepted') THEN a.handed_in_at\n"
            "WHEN a.state = 'waiting' THEN a.waiting_since END >= a.due_at THEN 'late'\n"
            "WHEN CASE WHEN a.state IN ('handed_in', 'submitted', 'accepted') THEN a.handed_in_at\n"
            "WHEN a.state = 'waiting' THEN a.waiting_since END < a.due_at THEN 'in_time' ELSE 'runs' END,\n"
            "CASE WHEN a.touched_at IS NOT NULL AND a.state IN ('assigned', 'received', 'returned')\n"
            "THEN date(timezone('UTC', a.touched_at)) ELSE '0001-01-01' END, 1 FROM new_rows a\n"
            ") AS x (occurrence_id, state, due_on, due_at, clock, touched_on, moved)\n"
            "GROUP BY occurrence_id, state, due_on, due_at, clock, touched_on HAVING sum(moved) <> 0\n"
            "ON CONFLICT (occurrence_id, state, due_on, due_at, clock, touched_on) DO UPDATE SET number ="
            " standing_count.number + excluded.number;\n"
            "DELETE FROM standing_count WHERE number = 0 AND occurrence_id IN (SELECT occurrence_id FROM"
            " old_rows); RETURN NULL; END $$"
        ),
        (
            "CREATE TRIGGER assignment_counted_update AFTER UPDATE ON assignment\n"
            "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION"
            " count_update()"
        ),
        (
            "CREATE OR REPLACE FUNCTION count_delete() RETURNS trigger LANGUAGE plpgsql AS\n"
            "$$ BEGIN INSERT INTO standing_count (occurrence_id, state, due_on, due_at, clock, touched_on,"
            " number)\n"
            "SELECT occurrence_id, state, due_on, due_at, clock, touched_on, sum(moved) FROM (\n"
            "SELECT a.occurrence_id, a.state, a.due_on, a.due_at,\n"
            "CASE WHEN CASE WHEN a.state IN ('handed_in', 'submitted', 'accepted') THEN a.handed_in_at\n"
            "WHEN a.state = 'waiting' THEN a.waiting_since END >= a.due_at THEN 'late'\n"
            "WHEN CASE WHEN a.state IN ('handed_in', 'submitted', 'accepted') THEN a.handed_in_at\n"
            "WHEN a.state = 'waiting' THEN a.waiting_since END < a.due_at THEN 'in_time' ELSE 'runs' END,\n"
            "CASE WHEN a.touched_at IS NOT NULL AND a.state IN ('assigned', 'received', 'returned')\n"
            "THEN date(timezone('UTC', a.touched_at)) ELSE '0001-01-01' END, -1 FROM old_rows a\n"
            ") AS x (occurrence_id, state, due_on, due_at, clock, touched_on, moved)\n"
            "GROUP BY occurrence_id, state, due_on, due_at, clock, touched_on HAVING sum(moved) <> 0\n"
            "ON CONFLICT (occurrence_id, state, due_on, due_at, clock, touched_on) DO UPDATE SET number ="
            " standing_count.number + excluded.number;\n"
            "DELETE FROM standing_count WHERE number = 0 AND occurrence_id IN (SELECT occurrence_id FROM"
            " old_rows); RETURN NULL; END $$"
        ),
        (
            "CREATE TRIGGER assignment_counted_delete AFTER DELETE ON assignment\n"
            "REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_delete()"
        ),
    ],
}


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("data", domain.fields.Json(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sqlite_strict=True,
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_subject", ["subject"], unique=False)

    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
        sqlite_strict=True,
    )
    op.create_table(
        "ban",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("kinds", domain.fields.Json(), nullable=False),
        sa.Column("levels", domain.fields.Json(), nullable=False),
        sa.Column("ownerships", domain.fields.Json(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("stance IN ('refuse', 'warn')", name=op.f("ck_ban_stance")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ban")),
        sa.UniqueConstraint("name", "state", "words", name=op.f("uq_ban_name_state_words")),
    )
    op.create_table(
        "checklist",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("body", domain.fields.Json(), nullable=False),
        sa.Column("published_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("published_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist")),
        sa.UniqueConstraint("theme", "version", name=op.f("uq_checklist_theme_version")),
    )
    op.create_table(
        "declaration",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("declared_by", sa.Text(), nullable=False),
        sa.Column("declared_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("applied_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration")),
    )
    op.create_table(
        "directive",
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("facts", domain.fields.Json(), nullable=False),
        sa.Column("lint", domain.fields.Json(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("received_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("replaced_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["replaced_by"], ["directive.id"], name=op.f("fk_directive_replaced_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive")),
        sa.UniqueConstraint("content_hash", name=op.f("uq_directive_content_hash")),
    )
    op.create_table(
        "emulation_field",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emulation_field")),
        sa.UniqueConstraint("code", name=op.f("uq_emulation_field_code")),
    )
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "incident",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("found_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("closed_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('rung', 'notice', 'letter', 'order', 'trail', 'count')", name=op.f("ck_incident_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index(
            "uq_incident_open",
            ["kind", "subject", "detail"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "inspection_plan",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("kinds", domain.fields.Json(), nullable=False),
        sa.Column("levels", domain.fields.Json(), nullable=False),
        sa.Column("ownerships", domain.fields.Json(), nullable=False),
        sa.Column("areas", domain.fields.Json(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("made_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("approved_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('planned', 'surprise', 'self', 'repeat', 'remote')",
            name=op.f("ck_inspection_plan_kind"),
        ),
        sa.CheckConstraint("state IN ('draft', 'approved')", name=op.f("ck_inspection_plan_state")),
        sa.CheckConstraint("count >= 0", name=op.f("ck_inspection_plan_count")),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_inspection_plan_month")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_plan")),
        sa.UniqueConstraint("code", name=op.f("uq_inspection_plan_code")),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("until", domain.fields.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "measure",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("numerator", sa.Text(), nullable=False),
        sa.Column("denominator", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("code", name=op.f("uq_measure_code")),
    )
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("settings", domain.fields.Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )
    op.create_table(
        "own_rule",
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("despite", sa.Text(), nullable=False),
        sa.Column("published_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("published_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_rule")),
        sa.UniqueConstraint("pack", "rule_id", "number", name=op.f("uq_own_rule_pack_rule_id_number")),
    )
    op.create_table(
        "person",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("sso_subject", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("code", name=op.f("uq_person_code")),
        sa.UniqueConstraint("sso_subject", name=op.f("uq_person_sso_subject")),
    )
    op.create_table(
        "register",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("contradicted_if", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('prohibition', 'incident')", name=op.f("ck_register_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register")),
        sa.UniqueConstraint("code", name=op.f("uq_register_code")),
    )
    op.create_table(
        "report",
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data", domain.fields.Json(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("made_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("kind", "period", name=op.f("uq_report_kind_period")),
    )
    op.create_table(
        "school_year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("first_semester_ends", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_year")),
        sa.UniqueConstraint("calendar", "start", name=op.f("uq_school_year_calendar_start")),
    )
    op.create_table(
        "search_word",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", "kind", "thing_id", name=op.f("pk_search_word")),
    )
    with op.batch_alter_table("search_word", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_word_thing_id"), ["thing_id"], unique=False)

    op.create_table(
        "tree_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tree_number")),
    )
    op.create_table(
        "unit",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_names", domain.fields.Json(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("ownership", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "watermark",
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("through", domain.fields.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("job", name=op.f("pk_watermark")),
    )
    op.create_table(
        "access_key",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("opens", sa.Text(), nullable=False),
        sa.Column("created_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("expires_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("revoked_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("opens IN ('read', 'write', 'calendar')", name=op.f("ck_access_key_opens")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_access_key_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_key")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_access_key_key_hash")),
    )
    with op.batch_alter_table("access_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_access_key_person_id"), ["person_id"], unique=False)

    op.create_table(
        "calendar_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_calendar_day_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
        sa.UniqueConstraint("unit_id", "calendar", "day", name=op.f("uq_calendar_day_unit_id_calendar_day")),
    )
    with op.batch_alter_table("calendar_day", schema=None) as batch_op:
        batch_op.create_index(
            "uq_calendar_day_of_all",
            ["calendar", "day"],
            unique=True,
            sqlite_where=sa.text("unit_id IS NULL"),
            postgresql_where=sa.text("unit_id IS NULL"),
        )

    op.create_table(
        "draft",
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reading", domain.fields.Json(), nullable=False),
        sa.Column("terms", domain.fields.Json(), nullable=True),
        sa.Column("missing", domain.fields.Json(), nullable=False),
        sa.Column("added", domain.fields.Json(), nullable=False),
        sa.Column("notes", domain.fields.Json(), nullable=False),
        sa.Column("came_from", domain.fields.Json(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["directive_id"], ["directive.id"], name=op.f("fk_draft_directive_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("directive_id", "ordinal", name=op.f("uq_draft_directive_id_ordinal")),
    )
    op.create_table(
        "graded",
        sa.Column("year", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("evidence", domain.fields.Json(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("field_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "grade IN ('excellent', 'good', 'fair', 'enough', 'short')", name=op.f("ck_graded_grade")
        ),
        sa.ForeignKeyConstraint(["field_id"], ["emulation_field.id"], name=op.f("fk_graded_field_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_graded")),
        sa.UniqueConstraint("field_id", "year", name=op.f("uq_graded_field_id_year")),
    )
    op.create_table(
        "inspection_draw",
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("seed_hash", sa.Text(), nullable=False),
        sa.Column("list_hash", sa.Text(), nullable=False),
        sa.Column("candidates", domain.fields.Json(), nullable=False),
        sa.Column("resting", domain.fields.Json(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("witness", sa.Text(), nullable=False),
        sa.Column("chosen", domain.fields.Json(), nullable=False),
        sa.Column("committed_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("drawn_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("revealed_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["inspection_plan.id"], name=op.f("fk_inspection_draw_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_draw")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_inspection_draw_plan_id")),
    )
    op.create_table(
        "mandate",
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("substitute_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("person_id <> substitute_id", name=op.f("ck_mandate_another")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mandate_person_id")),
        sa.ForeignKeyConstraint(["substitute_id"], ["person.id"], name=op.f("fk_mandate_substitute_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate")),
        sa.UniqueConstraint(
            "person_id",
            "substitute_id",
            "valid_from",
            name=op.f("uq_mandate_person_id_substitute_id_valid_from"),
        ),
    )
    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["directive_id"], ["directive.id"], name=op.f("fk_passage_directive_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
        sa.UniqueConstraint("directive_id", "start", name=op.f("uq_passage_directive_id_start")),
    )
    op.create_table(
        "position",
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_position_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_position_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
        sa.UniqueConstraint(
            "person_id",
            "unit_id",
            "role",
            "valid_from",
            name=op.f("uq_position_person_id_unit_id_role_valid_from"),
        ),
    )
    with op.batch_alter_table("position", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_position_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_position_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "preference",
        sa.Column("channels", domain.fields.Json(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("digest IN ('daily', 'weekly', 'off')", name=op.f("ck_preference_digest")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_preference_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_preference")),
    )
    op.create_table(
        "reported",
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("numerator", sa.Text(), nullable=False),
        sa.Column("denominator", sa.Text(), nullable=False),
        sa.Column("parts", domain.fields.Json(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=True),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("reported_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("reported_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_reported_measure_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_reported_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reported")),
        sa.UniqueConstraint(
            "measure_id",
            "unit_id",
            "period",
            "revision",
            name=op.f("uq_reported_measure_id_unit_id_period_revision"),
        ),
    )
    op.create_table(
        "sign_in_link",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("browser_hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", domain.fields.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_link_person_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in_link")),
    )
    with op.batch_alter_table("sign_in_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_link_person_id"), ["person_id"], unique=False)

    op.create_table(
        "statement",
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("signed_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("count >= 0", name=op.f("ck_statement_count")),
        sa.ForeignKeyConstraint(["register_id"], ["register.id"], name=op.f("fk_statement_register_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_statement_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint(
            "register_id",
            "unit_id",
            "period",
            "revision",
            name=op.f("uq_statement_register_id_unit_id_period_revision"),
        ),
    )
    op.create_table(
        "unit_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_alias_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_alias")),
        sa.UniqueConstraint("folded", "unit_id", name=op.f("uq_unit_alias_folded_unit_id")),
    )
    op.create_table(
        "unit_succession",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["successor_id"], ["unit.id"], name=op.f("fk_unit_succession_successor_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_succession_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_succession")),
        sa.UniqueConstraint("unit_id", "successor_id", name=op.f("uq_unit_succession_unit_id_successor_id")),
    )
    op.create_table(
        "visit",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opens_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("only_items", domain.fields.Json(), nullable=False),
        sa.Column("allowed", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("lessons", sa.Integer(), nullable=False),
        sa.Column("reservation", sa.Text(), nullable=False),
        sa.Column("record_hash", sa.Text(), nullable=False),
        sa.Column("opened_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("started_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("finished_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("closed_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("checklist_id", sa.Integer(), nullable=False),
        sa.Column("repeats_id", sa.Integer(), nullable=True),
        sa.Column("directive_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('planned', 'surprise', 'self', 'repeat', 'remote')", name=op.f("ck_visit_kind")
        ),
        sa.CheckConstraint("state IN ('sealed', 'open', 'closed', 'cancelled')", name=op.f("ck_visit_state")),
        sa.ForeignKeyConstraint(["checklist_id"], ["checklist.id"], name=op.f("fk_visit_checklist_id")),
        sa.ForeignKeyConstraint(["directive_id"], ["directive.id"], name=op.f("fk_visit_directive_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["inspection_plan.id"], name=op.f("fk_visit_plan_id")),
        sa.ForeignKeyConstraint(["repeats_id"], ["visit.id"], name=op.f("fk_visit_repeats_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_visit_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("key", name=op.f("uq_visit_key")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(
            "ix_visit_sealed",
            ["opens_at"],
            unique=False,
            sqlite_where=sa.text("state = 'sealed'"),
            postgresql_where=sa.text("state = 'sealed'"),
        )
        batch_op.create_index("ix_visit_unit_id_day", ["unit_id", "day"], unique=False)

    op.create_table(
        "web_session",
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("created_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("seen_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("expires_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("how IN ('password', 'link', 'sso')", name=op.f("ck_web_session_how")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_web_session_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_web_session_token_hash")),
    )
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "duty",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("force", sa.Text(), nullable=False),
        sa.Column("schedule", domain.fields.Json(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("ladder", domain.fields.Json(), nullable=False),
        sa.Column("attested_in", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("chain", domain.fields.Json(), nullable=True),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("situation_state", sa.Text(), nullable=False),
        sa.Column("plans_for", sa.Text(), nullable=False),
        sa.Column("plans_for_state", sa.Text(), nullable=False),
        sa.Column("asleep", sa.Boolean(), nullable=False),
        sa.Column("awake_since", sa.Date(), nullable=True),
        sa.Column("for_superior", sa.Boolean(), nullable=False),
        sa.Column("cascade", sa.Boolean(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("instalment", sa.Integer(), nullable=True),
        sa.Column("warnings", domain.fields.Json(), nullable=False),
        sa.Column("added", domain.fields.Json(), nullable=False),
        sa.Column("issued_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("opened_through", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["directive_id"], ["directive.id"], name=op.f("fk_duty_directive_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_duty_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")),
        sa.UniqueConstraint("code", name=op.f("uq_duty_code")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_duty_draft_id")),
    )
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_directive_id"), ["directive_id"], unique=False)

    op.create_table(
        "target",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("unit_class", sa.Text(), nullable=False),
        sa.Column("against", sa.Text(), nullable=False),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("comparator", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("upper", sa.Text(), nullable=False),
        sa.Column("each", domain.fields.Json(), nullable=False),
        sa.Column("baseline", domain.fields.Json(), nullable=True),
        sa.Column("path", domain.fields.Json(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("set_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "aim IN ('level', 'cumulative', 'maintain', 'grow', 'relative', 'direction', 'rank')",
            name=op.f("ck_target_aim"),
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_target_draft_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_target_measure_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_target_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint("code", name=op.f("uq_target_code")),
    )
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_target_measure_id"), ["measure_id"], unique=False)

    op.create_table(
        "visit_answer",
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", domain.fields.Json(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("photos", domain.fields.Json(), nullable=False),
        sa.Column("answered_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("received_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_answer_person_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_answer_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_answer")),
        sa.UniqueConstraint(
            "visit_id", "item", "device", "seq", name=op.f("uq_visit_answer_visit_id_item_device_seq")
        ),
    )
    op.create_table(
        "visit_member",
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("sections", domain.fields.Json(), nullable=False),
        sa.Column("left_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("part IN ('head', 'secretary', 'member')", name=op.f("ck_visit_member_part")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_member_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_visit_member_unit_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_member_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_member")),
        sa.UniqueConstraint("visit_id", "person_id", name=op.f("uq_visit_member_visit_id_person_id")),
    )
    with op.batch_alter_table("visit_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_member_person_id"), ["person_id"], unique=False)

    op.create_table(
        "visit_photo",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("stored", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("received_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_photo_person_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_photo_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_photo")),
        sa.UniqueConstraint("visit_id", "sha256", name=op.f("uq_visit_photo_visit_id_sha256")),
    )
    op.create_table(
        "visit_signature",
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("signed_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("side IN ('team', 'unit')", name=op.f("ck_visit_signature_side")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_signature_person_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_signature_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_signature")),
        sa.UniqueConstraint(
            "visit_id", "side", "name", "sha256", name=op.f("uq_visit_signature_visit_id_side_name_sha256")
        ),
    )
    op.create_table(
        "visit_sync",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.Column("receipt", domain.fields.Json(), nullable=False),
        sa.Column("received_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_sync_person_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_sync_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_sync")),
        sa.UniqueConstraint("client_id", name=op.f("uq_visit_sync_client_id")),
    )
    with op.batch_alter_table("visit_sync", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_sync_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "duty_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_duty_unit_duty_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_duty_unit_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_unit")),
        sa.UniqueConstraint("duty_id", "unit_id", name=op.f("uq_duty_unit_duty_id_unit_id")),
    )
    with op.batch_alter_table("duty_unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_unit_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "occurrence",
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_occurrence_duty_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrence")),
        sa.UniqueConstraint("duty_id", "period", name=op.f("uq_occurrence_duty_id_period")),
    )
    op.create_table(
        "watch_list",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("enter_if", sa.Text(), nullable=False),
        sa.Column("leave_if", sa.Text(), nullable=False),
        sa.Column("leave_after", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_watch_list_duty_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_list")),
        sa.UniqueConstraint("code", name=op.f("uq_watch_list_code")),
    )
    op.create_table(
        "assignment",
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("next_action_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("given_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("taken_up_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("touched_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("waiting_since", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("handed_in_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("closed_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('assigned', 'received', 'handed_in', 'submitted', 'returned', 'waiting', "
            "'accepted', 'waived', 'withdrawn')",
            name=op.f("ck_assignment_state"),
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_assignment_occurrence_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assignment_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_assignment_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint(
            "occurrence_id", "unit_id", "part", name=op.f("uq_assignment_occurrence_id_unit_id_part")
        ),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_assignment_aside",
            ["state", "due_on", "unit_id", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('handed_in', 'submitted', 'waiting', 'waived', 'withdrawn')"),
            postgresql_where=sa.text("state IN ('handed_in', 'submitted', 'waiting', 'waived', 'withdrawn')"),
        )
        batch_op.create_index("ix_assignment_due_on", ["due_on", "unit_id", "id"], unique=False)
        batch_op.create_index(
            "ix_assignment_next_action_at",
            ["next_action_at"],
            unique=False,
            sqlite_where=sa.text("next_action_at IS NOT NULL"),
            postgresql_where=sa.text("next_action_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_assignment_touched_at",
            ["touched_at", "id"],
            unique=False,
            sqlite_where=sa.text("touched_at IS NOT NULL"),
            postgresql_where=sa.text("touched_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_assignment_unfinished",
            ["due_on", "unit_id", "id"],
            unique=False,
            sqlite_where=sa.text(
                "state IN ('assigned', 'received', 'returned', 'waiting', 'handed_in', 'submitted')"
            ),
            postgresql_where=sa.text(
                "state IN ('assigned', 'received', 'returned', 'waiting', 'handed_in', 'submitted')"
            ),
        )
        batch_op.create_index("ix_assignment_unit_id_due_on", ["unit_id", "due_on"], unique=False)

    op.create_table(
        "standing_count",
        sa.Column("occurrence_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("touched_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_standing_count_occurrence_id")
        ),
        sa.PrimaryKeyConstraint(
            "occurrence_id",
            "state",
            "due_on",
            "due_at",
            "clock",
            "touched_on",
            name=op.f("pk_standing_count"),
        ),
    )
    op.create_table(
        "watch_entry",
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("clear", sa.Integer(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_why", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("watch_list_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_watch_entry_unit_id")),
        sa.ForeignKeyConstraint(
            ["watch_list_id"], ["watch_list.id"], name=op.f("fk_watch_entry_watch_list_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_entry")),
    )
    with op.batch_alter_table("watch_entry", schema=None) as batch_op:
        batch_op.create_index(
            "uq_watch_entry_open",
            ["watch_list_id", "unit_id"],
            unique=True,
            sqlite_where=sa.text("left_on IS NULL"),
            postgresql_where=sa.text("left_on IS NULL"),
        )

    op.create_table(
        "explanation",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("remind_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("demanded_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_explanation_assignment_id")
        ),
        sa.ForeignKeyConstraint(["demanded_by"], ["person.id"], name=op.f("fk_explanation_demanded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanation")),
        sa.UniqueConstraint("assignment_id", "number", name=op.f("uq_explanation_assignment_id_number")),
    )
    with op.batch_alter_table("explanation", schema=None) as batch_op:
        batch_op.create_index(
            "ix_explanation_remind_at",
            ["remind_at"],
            unique=False,
            sqlite_where=sa.text("remind_at IS NOT NULL"),
            postgresql_where=sa.text("remind_at IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_explanation_open",
            ["assignment_id"],
            unique=True,
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )

    op.create_table(
        "extension",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("wished_on", sa.Date(), nullable=False),
        sa.Column("old_due_on", sa.Date(), nullable=False),
        sa.Column("asked_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("new_due_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("decided_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("answer IN ('pending', 'granted', 'refused')", name=op.f("ck_extension_answer")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_extension_assignment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
        sa.UniqueConstraint("assignment_id", "number", name=op.f("uq_extension_assignment_id_number")),
    )
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.create_index(
            "uq_extension_pending",
            ["assignment_id"],
            unique=True,
            sqlite_where=sa.text("answer = 'pending'"),
            postgresql_where=sa.text("answer = 'pending'"),
        )

    op.create_table(
        "finding",
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("guidance", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("photos", domain.fields.Json(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("found_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("repeats_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("severity IN ('critical', 'major', 'minor')", name=op.f("ck_finding_severity")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_finding_assignment_id")),
        sa.ForeignKeyConstraint(["repeats_id"], ["finding.id"], name=op.f("fk_finding_repeats_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_finding_unit_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_finding_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("visit_id", "item", name=op.f("uq_finding_visit_id_item")),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_assignment_id"), ["assignment_id"], unique=False)
        batch_op.create_index("ix_finding_unit_id_theme", ["unit_id", "theme", "item"], unique=False)

    op.create_table(
        "followed",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", domain.fields.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_followed_assignment_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_followed_person_id")),
        sa.PrimaryKeyConstraint("person_id", "assignment_id", name=op.f("pk_followed")),
    )
    with op.batch_alter_table("followed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_followed_assignment_id"), ["assignment_id"], unique=False)

    op.create_table(
        "handover",
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("merged", sa.Boolean(), nullable=False),
        sa.Column("at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("received_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("from_unit_id", sa.Integer(), nullable=False),
        sa.Column("to_unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_handover_assignment_id")),
        sa.ForeignKeyConstraint(["from_unit_id"], ["unit.id"], name=op.f("fk_handover_from_unit_id")),
        sa.ForeignKeyConstraint(["to_unit_id"], ["unit.id"], name=op.f("fk_handover_to_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        sa.UniqueConstraint(
            "assignment_id",
            "from_unit_id",
            "since",
            name=op.f("uq_handover_assignment_id_from_unit_id_since"),
        ),
    )
    op.create_table(
        "notice",
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("binding", sa.Boolean(), nullable=False),
        sa.Column("fate", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "fate IN ('pending', 'mailed', 'superseded', 'cancelled', 'skipped')", name=op.f("ck_notice_fate")
        ),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_notice_assignment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "assignment_id", "step", "role", "due_on", name=op.f("uq_notice_assignment_id_step_role_due_on")
        ),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(
            "ix_notice_pending",
            ["id"],
            unique=False,
            sqlite_where=sa.text("fate = 'pending'"),
            postgresql_where=sa.text("fate = 'pending'"),
        )

    op.create_table(
        "progress",
        sa.Column("at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_progress_percent")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_progress_assignment_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_progress_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress")),
    )
    with op.batch_alter_table("progress", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_progress_assignment_id"), ["assignment_id"], unique=False)

    op.create_table(
        "submission",
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("figures", domain.fields.Json(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("lacking", domain.fields.Json(), nullable=False),
        sa.Column("attested", domain.fields.Json(), nullable=False),
        sa.Column("handed_in_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("judged_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_submission_assignment_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_submission_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("assignment_id", "round", name=op.f("uq_submission_assignment_id_round")),
        sa.UniqueConstraint("key", name=op.f("uq_submission_key")),
    )
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.create_index(
            "ix_submission_unjudged",
            ["id"],
            unique=False,
            sqlite_where=sa.text("judged_at IS NULL"),
            postgresql_where=sa.text("judged_at IS NULL"),
        )

    op.create_table(
        "waiting",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("started_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("remind_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("ended_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("old_due_on", sa.Date(), nullable=True),
        sa.Column("new_due_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('unit', 'outside', 'superior', 'situation')", name=op.f("ck_waiting_kind")
        ),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_waiting_assignment_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_waiting_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
    )
    with op.batch_alter_table("waiting", schema=None) as batch_op:
        batch_op.create_index("ix_waiting_assignment_id", ["assignment_id"], unique=False)
        batch_op.create_index(
            "ix_waiting_remind_at",
            ["remind_at"],
            unique=False,
            sqlite_where=sa.text("remind_at IS NOT NULL"),
            postgresql_where=sa.text("remind_at IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_waiting_open",
            ["assignment_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "evidence",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_evidence_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint(
            "submission_id", "sha256", "file_name", name=op.f("uq_evidence_submission_id_sha256_file_name")
        ),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index("ix_evidence_sha256", ["sha256"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("to_address", sa.Text(), nullable=False),
        sa.Column("to_name", sa.Text(), nullable=False),
        sa.Column("facts", domain.fields.Json(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body_text", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("not_before", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("lease_until", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("created_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("sent_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("read_at", domain.fields.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("waiting_id", sa.Integer(), nullable=True),
        sa.Column("explanation_id", sa.Integer(), nullable=True),
        sa.Column("copy_of", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'sending', 'sent', 'failed', 'skipped', 'held')",
            name=op.f("ck_outbox_state"),
        ),
        sa.CheckConstraint("via IN ('email', 'webhook', 'in_app')", name=op.f("ck_outbox_via")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_outbox_assignment_id")),
        sa.ForeignKeyConstraint(["copy_of"], ["outbox.id"], name=op.f("fk_outbox_copy_of")),
        sa.ForeignKeyConstraint(
            ["explanation_id"], ["explanation.id"], name=op.f("fk_outbox_explanation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_outbox_person_id")),
        sa.ForeignKeyConstraint(["waiting_id"], ["waiting.id"], name=op.f("fk_outbox_waiting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_explanation_id",
            ["explanation_id"],
            unique=False,
            sqlite_where=sa.text("explanation_id IS NOT NULL"),
            postgresql_where=sa.text("explanation_id IS NOT NULL"),
        )
        batch_op.create_index("ix_outbox_message_id", ["message_id"], unique=False)
        batch_op.create_index(
            "ix_outbox_open",
            ["not_before"],
            unique=False,
            sqlite_where=sa.text("state IN ('pending', 'sending')"),
            postgresql_where=sa.text("state IN ('pending', 'sending')"),
        )
        batch_op.create_index(batch_op.f("ix_outbox_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_outbox_state", ["state", "id"], unique=False)
        batch_op.create_index(
            "ix_outbox_waiting_id",
            ["waiting_id"],
            unique=False,
            sqlite_where=sa.text("waiting_id IS NOT NULL"),
            postgresql_where=sa.text("waiting_id IS NOT NULL"),
        )

    op.create_table(
        "verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("rule_version", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("verdict", domain.fields.Json(), nullable=False),
        sa.Column("judged_at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("work_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("outcome IN ('met', 'not_met', 'unknown')", name=op.f("ck_verdict_outcome")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_verdict_submission_id")),
        sa.ForeignKeyConstraint(["work_id"], ["assignment.id"], name=op.f("fk_verdict_work_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
        sa.UniqueConstraint(
            "submission_id",
            "rule_id",
            "rule_version",
            name=op.f("uq_verdict_submission_id_rule_id_rule_version"),
        ),
    )
    with op.batch_alter_table("verdict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verdict_work_id"), ["work_id"], unique=False)

    op.create_table(
        "bounce",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.CheckConstraint("action IN ('failed', 'delayed')", name=op.f("ck_bounce_action")),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_bounce_outbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounce")),
        sa.UniqueConstraint("outbox_id", "action", "status", name=op.f("uq_bounce_outbox_id_action_status")),
    )
    op.create_table(
        "delivery",
        sa.Column("at", domain.fields.UtcDateTime(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_delivery_outbox_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("outbox_id", "attempt", name=op.f("uq_delivery_outbox_id_attempt")),
    )
    op.create_table(
        "notice_letter",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_letter_notice_id")),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_notice_letter_outbox_id")),
        sa.PrimaryKeyConstraint("notice_id", "outbox_id", name=op.f("pk_notice_letter")),
    )
    with op.batch_alter_table("notice_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_letter_outbox_id"), ["outbox_id"], unique=False)

    op.create_table(
        "refused_address",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_refused_address_outbox_id")),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_refused_address")),
    )
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("refused_address")
    with op.batch_alter_table("notice_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_letter_outbox_id"))

    op.drop_table("notice_letter")
    op.drop_table("delivery")
    op.drop_table("bounce")
    with op.batch_alter_table("verdict", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verdict_work_id"))

    op.drop_table("verdict")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_waiting_id",
            sqlite_where=sa.text("waiting_id IS NOT NULL"),
            postgresql_where=sa.text("waiting_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_outbox_state")
        batch_op.drop_index(batch_op.f("ix_outbox_person_id"))
        batch_op.drop_index(
            "ix_outbox_open",
            sqlite_where=sa.text("state IN ('pending', 'sending')"),
            postgresql_where=sa.text("state IN ('pending', 'sending')"),
        )
        batch_op.drop_index("ix_outbox_message_id")
        batch_op.drop_index(
            "ix_outbox_explanation_id",
            sqlite_where=sa.text("explanation_id IS NOT NULL"),
            postgresql_where=sa.text("explanation_id IS NOT NULL"),
        )

    op.drop_table("outbox")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index("ix_evidence_sha256")

    op.drop_table("evidence")
    with op.batch_alter_table("waiting", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_waiting_open",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_waiting_remind_at",
            sqlite_where=sa.text("remind_at IS NOT NULL"),
            postgresql_where=sa.text("remind_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_waiting_assignment_id")

    op.drop_table("waiting")
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_submission_unjudged",
            sqlite_where=sa.text("judged_at IS NULL"),
            postgresql_where=sa.text("judged_at IS NULL"),
        )

    op.drop_table("submission")
    with op.batch_alter_table("progress", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_progress_assignment_id"))

    op.drop_table("progress")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_notice_pending",
            sqlite_where=sa.text("fate = 'pending'"),
            postgresql_where=sa.text("fate = 'pending'"),
        )

    op.drop_table("notice")
    op.drop_table("handover")
    with op.batch_alter_table("followed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_followed_assignment_id"))

    op.drop_table("followed")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index("ix_finding_unit_id_theme")
        batch_op.drop_index(batch_op.f("ix_finding_assignment_id"))

    op.drop_table("finding")
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_extension_pending",
            sqlite_where=sa.text("answer = 'pending'"),
            postgresql_where=sa.text("answer = 'pending'"),
        )

    op.drop_table("extension")
    with op.batch_alter_table("explanation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_explanation_open",
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_explanation_remind_at",
            sqlite_where=sa.text("remind_at IS NOT NULL"),
            postgresql_where=sa.text("remind_at IS NOT NULL"),
        )

    op.drop_table("explanation")
    with op.batch_alter_table("watch_entry", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_watch_entry_open",
            sqlite_where=sa.text("left_on IS NULL"),
            postgresql_where=sa.text("left_on IS NULL"),
        )

    op.drop_table("watch_entry")
    op.drop_table("standing_count")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index("ix_assignment_unit_id_due_on")
        batch_op.drop_index(
            "ix_assignment_unfinished",
            sqlite_where=sa.text(
                "state IN ('assigned', 'received', 'returned', 'waiting', 'handed_in', 'submitted')"
            ),
            postgresql_where=sa.text(
                "state IN ('assigned', 'received', 'returned', 'waiting', 'handed_in', 'submitted')"
            ),
        )
        batch_op.drop_index(
            "ix_assignment_touched_at",
            sqlite_where=sa.text("touched_at IS NOT NULL"),
            postgresql_where=sa.text("touched_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_assignment_next_action_at",
            sqlite_where=sa.text("next_action_at IS NOT NULL"),
            postgresql_where=sa.text("next_action_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_assignment_due_on")
        batch_op.drop_index(
            "ix_assignment_aside",
            sqlite_where=sa.text("state IN ('handed_in', 'submitted', 'waiting', 'waived', 'withdrawn')"),
            postgresql_where=sa.text("state IN ('handed_in', 'submitted', 'waiting', 'waived', 'withdrawn')"),
        )

    op.drop_table("assignment")
    op.drop_table("watch_list")
    op.drop_table("occurrence")
    with op.batch_alter_table("duty_unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_unit_unit_id"))

    op.drop_table("duty_unit")
    with op.batch_alter_table("visit_sync", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_sync_visit_id"))

    op.drop_table("visit_sync")
    op.drop_table("visit_signature")
    op.drop_table("visit_photo")
    with op.batch_alter_table("visit_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_member_person_id"))

    op.drop_table("visit_member")
    op.drop_table("visit_answer")
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_target_measure_id"))

    op.drop_table("target")
    with op.batch_alter_table("duty", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_directive_id"))

    op.drop_table("duty")
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_web_session_person_id"))

    op.drop_table("web_session")
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_index("ix_visit_unit_id_day")
        batch_op.drop_index(
            "ix_visit_sealed",
            sqlite_where=sa.text("state = 'sealed'"),
            postgresql_where=sa.text("state = 'sealed'"),
        )

    op.drop_table("visit")
    op.drop_table("unit_succession")
    op.drop_table("unit_alias")
    op.drop_table("statement")
    with op.batch_alter_table("sign_in_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_link_person_id"))

    op.drop_table("sign_in_link")
    op.drop_table("reported")
    op.drop_table("preference")
    with op.batch_alter_table("position", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_position_unit_id"))
        batch_op.drop_index(batch_op.f("ix_position_person_id"))

    op.drop_table("position")
    op.drop_table("passage")
    op.drop_table("mandate")
    op.drop_table("inspection_draw")
    op.drop_table("graded")
    op.drop_table("draft")
    with op.batch_alter_table("calendar_day", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_calendar_day_of_all",
            sqlite_where=sa.text("unit_id IS NULL"),
            postgresql_where=sa.text("unit_id IS NULL"),
        )

    op.drop_table("calendar_day")
    with op.batch_alter_table("access_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_access_key_person_id"))

    op.drop_table("access_key")
    op.drop_table("watermark")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_parent_id"))

    op.drop_table("unit")
    op.drop_table("tree_number")
    with op.batch_alter_table("search_word", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_word_thing_id"))

    op.drop_table("search_word")
    op.drop_table("school_year")
    op.drop_table("report")
    op.drop_table("register")
    op.drop_table("person")
    op.drop_table("own_rule")
    op.drop_table("office")
    op.drop_table("measure")
    op.drop_table("lease")
    op.drop_table("inspection_plan")
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_incident_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.drop_table("incident")
    op.drop_table("heartbeat")
    op.drop_table("emulation_field")
    op.drop_table("directive")
    op.drop_table("declaration")
    op.drop_table("checklist")
    op.drop_table("ban")
    op.drop_table("audit_head")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_subject")

    op.drop_table("audit")
