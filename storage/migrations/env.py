"""What Alembic runs for every command: on the connection and in the transaction of `storage.engine.migrate`."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from storage.schema import metadata
from storage.types import Moment


def _render(kind: str, item: Any, autogenerate: AutogenContext) -> str | Literal[False]:
    """Write our own column type with its import; leave the rest to Alembic."""
    if kind == "type" and isinstance(item, Moment):
        autogenerate.imports.add("from storage.types import Moment")
        return "Moment()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=_render,
)
with context.begin_transaction():
    context.run_migrations()
