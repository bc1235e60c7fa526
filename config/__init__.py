"""Settings: the environment and `.env`, read once into one frozen object."""

from config.forms import Workday
from config.reading import SettingsError, load
from config.settings import DateOrder, LogFormat, NluEngine, Settings, TeamFigures

__all__ = [
    "DateOrder",
    "LogFormat",
    "NluEngine",
    "Settings",
    "SettingsError",
    "TeamFigures",
    "Workday",
    "load",
]
