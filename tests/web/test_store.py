"""The page's tables are what their migration makes."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from adapters.web import store
from core.db import Database


def test_the_migration_makes_exactly_the_tables_of_the_page(database: Database) -> None:
    ours = {name for name in SQLModel.metadata.tables if name.startswith("web_")}
    assert store.WebMessage.__tablename__ in ours
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, _: kind != "table" or name in ours,
                "include_object": lambda each, _name, kind, *_: each.name in ours if kind == "table" else True,
                "compare_type": True,
            },
        )
        differing = [step for step in compare_metadata(context, SQLModel.metadata) if "web_" in str(step)]
    assert differing == []
