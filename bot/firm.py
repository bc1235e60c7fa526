"""The firm as its settings tell it: for the store, and for reading dates."""

import warnings
from datetime import date

from config import DateOrder, Settings, TeamFigures
from crm_store.firm import Firm
from nlu.dates import Calendar

YEARS = range(2000, 2051)
"""The years whose public holidays are known to "in three business days"."""


def firm_of(settings: Settings) -> Firm:
    """The firm that the skills know."""
    return Firm(
        timezone=settings.company_timezone,
        country=settings.company_country,
        currency=settings.currency,
        day_first=settings.date_order is DateOrder.DAY_FIRST,
        workdays=settings.workday.days,
        opens=settings.workday.opens,
        closes=settings.workday.closes,
        end_of_day=settings.workday.closes,
        morning=settings.morning,
        digest_at=settings.digest_at,
        open_leaderboard=settings.team_figures is TeamFigures.EVERYONE,
    )


def calendar_of(settings: Settings) -> Calendar:
    """The calendar by which sentences are read."""
    return Calendar(
        day_first=settings.date_order is DateOrder.DAY_FIRST,
        end_of_day=settings.workday.closes,
        workdays=settings.workday.days,
        days_off=_public_holidays(settings.company_country),
    )


def _public_holidays(country: str) -> frozenset[date]:
    # Loaded late: commands that read no dates need not wait for it.
    from holidays import country_holidays

    with warnings.catch_warnings():
        # It warns where a country's holidays are known for fewer years than were asked for.
        warnings.simplefilter("ignore")
        try:
            return frozenset(country_holidays(country, years=YEARS))
        except NotImplementedError:
            return frozenset()
