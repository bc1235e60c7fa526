"""What Alembic runs: the steps, on a connection that is given or on `-x url=...`."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON, Connection, Enum

from crm_store.columns import Money, UtcTime, ZoneName
from crm_store.database import TABLES, open_store


def as_plain_sql(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Steps name the database's own types, so that they do not change with our classes."""
    if kind != "type":
        return False
    if isinstance(item, UtcTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, ZoneName):
        return "sa.String(length=64)"
    if isinstance(item, Money):
        return "sa.BigInteger()"
    if isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    if isinstance(item, JSON):
        autogen.imports.add("from sqlalchemy.dialects.postgresql import JSONB")
        return 'sa.JSON().with_variant(JSONB(), "postgresql")'
    return False


def run(connection: Connection) -> None:
    """Run the steps that were asked for."""
    context.configure(
        connection=connection,
        target_metadata=TABLES,
        render_item=as_plain_sql,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    context.run_migrations()


if given := context.config.attributes.get("connection"):
    run(given)
else:
    with open_store(context.get_x_argument(as_dictionary=True)["url"]).begin() as opened:
        run(opened)
