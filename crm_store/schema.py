"""The whole schema: importing this makes every table known."""

from crm_store import (  # noqa: F401
    addresses,
    attachments,
    campaigns,
    concerns,
    conversations,
    customers,
    deals,
    deeds,
    employees,
    ideas,
    interactions,
    mailbox,
    notes,
    preferences,
    profile,
    reminders,
    search,
    teamwork,
    watches,
)
from crm_store.rows import Recorded, Row

TABLES = Row.metadata
RECORDED: dict[str, type[Recorded]] = {
    mapper.class_.__tablename__: mapper.class_
    for mapper in Row.registry.mappers
    if issubclass(mapper.class_, Recorded)
}
