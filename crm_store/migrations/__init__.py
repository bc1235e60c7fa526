"""The steps by which a store of an older release becomes one of this release."""

HEAD = "0001"
"""The newest step; kept here so that an up-to-date store need not load Alembic to know it is."""
