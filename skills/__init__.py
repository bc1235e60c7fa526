"""What the assistant can do: a file an ability."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from skills.kit import Skill


@cache
def all_skills() -> Mapping[str, Skill]:
    """Every skill by its intent, in the order of the files."""
    found: dict[str, Skill] = {}
    for module in iter_modules(__path__):
        members = vars(import_module(f"skills.{module.name}")).values()
        own = [m for m in members if isinstance(m, Skill)]
        found |= {s.intent: s for s in own if s.function.__module__ == f"skills.{module.name}"}
    return found
