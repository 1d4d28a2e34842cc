"""Write a migration for what the tables say and the migrations do not yet: python -m tools.new_migration "why"."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from store import schema
from store.database import Database

with tempfile.TemporaryDirectory() as folder:
    db = Database(f"sqlite:///{Path(folder) / 'empty.sqlite3'}")
    schema.upgrade(db)
    with db.engine.connect() as connection:
        command.revision(schema.config(connection), sys.argv[1], autogenerate=True)
