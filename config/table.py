"""The settings as a Markdown table, as the README shows it."""

from datetime import time
from typing import Any

from pydantic.fields import FieldInfo

from config.settings import Settings

BEGINS, ENDS = "<!-- settings -->", "<!-- /settings -->"


def markdown() -> str:
    """The table between its two markers."""
    rows = [
        f"| `{name.upper()}` | {_default(field)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    head = ["| setting | default | meaning |", "| --- | --- | --- |"]
    return "\n".join([BEGINS, *head, *rows, ENDS])


def _default(field: FieldInfo) -> str:
    extra: Any = field.json_schema_extra
    if extra["shown"]:
        return str(extra["shown"])
    if field.default is None:
        return ""
    if isinstance(field.default, time):
        return f"`{field.default:%H:%M}`"
    return f"`{field.default}`"
