"""What holds for the whole firm: its zone, country, money, and the hours it keeps."""

from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Firm:
    """Plain facts, filled from the settings; weekdays count from Monday = 0."""

    timezone: str = "UTC"
    country: str = "US"
    currency: str = "USD"
    day_first: bool = True
    week_starts: int = 0
    workdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    opens: time = time(8)
    closes: time = time(18)
    morning: time = time(9)
    afternoon: time = time(14)
    evening: time = time(18)
    end_of_day: time = time(17)
    digest_at: time = time(8, 30)
    open_leaderboard: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The zone to compute in."""
        return ZoneInfo(self.timezone)
