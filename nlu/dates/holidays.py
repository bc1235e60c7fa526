"""Holidays by name, each as the rule that says on which day of a year it falls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from dateutil.easter import EASTER_ORTHODOX, easter

Rule = Callable[[int], date]


def on(month: int, day: int) -> Rule:
    return lambda year: date(year, month, day)


def nth(count: int, weekday: int, month: int, shift: int = 0) -> Rule:
    """The count-th weekday of a month (-1: the last), and so many days after it."""

    def rule(year: int) -> date:
        if count > 0:
            first = date(year, month, 1)
            away = (weekday - first.weekday()) % 7 + 7 * (count - 1)
            return first + timedelta(days=away + shift)
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7 - shift)

    return rule


def from_easter(days: int, orthodox: bool = False) -> Rule:
    if orthodox:
        return lambda year: easter(year, EASTER_ORTHODOX) + timedelta(days=days)
    return lambda year: easter(year) + timedelta(days=days)


def before(weekday: int, month: int, day: int, weeks: int = 0) -> Rule:
    """The last such weekday before a fixed date, some weeks earlier where asked."""

    def rule(year: int) -> date:
        fixed = date(year, month, day)
        return fixed - timedelta(days=((fixed.weekday() - weekday - 1) % 7 + 1) + 7 * weeks)

    return rule


def kept_in(country: str, name: str) -> Rule:
    """A feast of another calendar: the first day that a country keeps under that name."""

    def rule(year: int) -> date:
        for day, names in _kept_days(country, year):
            if name in names:
                return day
        raise ValueError(f"{name} is not known for {year}")

    return rule


@cache
def _kept_days(country: str, year: int) -> tuple[tuple[date, str], ...]:
    from holidays import country_holidays

    categories = ("public", "optional", "school") if country == "IL" else ("public",)
    kept = country_holidays(country, years=year, language="en_US", categories=categories)
    return tuple(sorted(kept.items()))


MO, TU, WE, TH, FR, SA, SU = range(7)


# Names without "the", apostrophes and a trailing "day": those are allowed for everywhere.
HOLIDAYS: dict[str, Rule] = {
    name.strip(): rule
    for names, rule in (
        # fixed days
        ("new years, new year, new years day", on(1, 1)),
        ("new years eve, new year eve, nye, silvester", on(12, 31)),
        ("epiphany, three kings", on(1, 6)),
        ("groundhog, groundhogs", on(2, 2)),
        ("valentines, valentine, saint valentines, st valentines, st valentine", on(2, 14)),
        ("st davids, saint davids", on(3, 1)),
        ("womens, international womens", on(3, 8)),
        ("pi", on(3, 14)),
        (
            "st patricks, saint patricks, st patrick, saint patrick, st pattys, st paddys, paddys, "
            "patricks",
            on(3, 17),
        ),
        ("april fools, april fool, all fools", on(4, 1)),
        ("tax", on(4, 15)),
        ("earth", on(4, 22)),
        ("st georges, saint georges", on(4, 23)),
        ("anzac", on(4, 25)),
        ("kings", on(4, 27)),
        ("may, labour day uk", on(5, 1)),
        ("star wars", on(5, 4)),
        ("cinco de mayo", on(5, 5)),
        ("juneteenth, freedom", on(6, 19)),
        ("flag", on(6, 14)),
        ("canada", on(7, 1)),
        ("independence, 4th of july, fourth of july, 4 of july, july fourth", on(7, 4)),
        ("bastille", on(7, 14)),
        ("assumption", on(8, 15)),
        ("patriot", on(9, 11)),
        ("german unity", on(10, 3)),
        ("halloween, all hallows eve, hallow, helloween", on(10, 31)),
        ("boss, bosss, bosses", on(10, 16)),
        ("united nations, un", on(10, 24)),
        ("all saints", on(11, 1)),
        ("all souls", on(11, 2)),
        ("guy fawkes, guy fawkes night, bonfire night", on(11, 5)),
        ("veterans, veteran, armistice, remembrance", on(11, 11)),
        ("singles", on(11, 11)),
        ("st andrews, saint andrews", on(11, 30)),
        ("st nicholas, saint nicholas", on(12, 6)),
        ("christmas eve, xmas eve", on(12, 24)),
        ("christmas, xmas, x-mas, chrismas, cristmas", on(12, 25)),
        ("boxing, st stephens", on(12, 26)),
        ("kwanzaa, kwanza", on(12, 26)),
        ("inauguration", on(1, 20)),
        ("lincolns birthday", on(2, 12)),
        ("susan b anthony, susan b. anthony", on(2, 15)),
        ("texas independence", on(3, 2)),
        ("white, white lover, white lovers", on(3, 14)),
        ("cesar chavez", on(3, 31)),
        ("thomas jeffersons birthday", on(4, 13)),
        ("san jacinto", on(4, 21)),
        ("loyalty, workers, international workers", on(5, 1)),
        ("youth", on(5, 4)),
        ("harvey milk", on(5, 22)),
        ("childrens, children, international childrens", on(6, 1)),
        ("womens equality", on(8, 26)),
        ("constitution, citizenship", on(9, 17)),
        ("leif erikson", on(10, 9)),
        ("alaska", on(10, 18)),
        ("pearl harbor, pearl harbor remembrance", on(12, 7)),
        ("wright brothers", on(12, 17)),
        ("rosa parks", on(2, 4)),
        ("purple heart", on(8, 7)),
        ("festivus", on(12, 23)),
        ("australia", on(1, 26)),
        ("waitangi", on(2, 6)),
        ("burns night", on(1, 25)),
        # an n-th weekday
        (
            "martin luther king, martin luther kings, martin luther king jr, "
            "martin luther king jr., mlk, mlk jr, mlk jr., dr martin luther king, "
            "martin luther king junior, civil rights, idaho human rights",
            nth(3, MO, 1),
        ),
        (
            "presidents, president, washingtons birthday, george washington, "
            "washington, washingtons",
            nth(3, MO, 2),
        ),
        (
            "super bowl, superbowl, super bowl sunday, superbowl sunday",
            lambda year: nth(2 if year > 2021 else 1, SU, 2)(year),
        ),
        ("mothers, mother", nth(2, SU, 5)),
        ("mothering sunday", from_easter(-21)),
        ("victoria", before(MO, 5, 25)),
        ("memorial, memorial weekend", nth(-1, MO, 5)),
        ("early may bank holiday, may bank holiday", nth(1, MO, 5)),
        ("spring bank holiday, late may bank holiday", nth(-1, MO, 5)),
        ("summer bank holiday, august bank holiday", nth(-1, MO, 8)),
        ("military spouse", nth(2, SU, 5, -2)),
        ("fathers, father", nth(3, SU, 6)),
        ("parents", nth(4, SU, 7)),
        ("labor, labour", nth(1, MO, 9)),
        ("grandparents, grandparent, national grandparents", nth(1, MO, 9, 6)),
        (
            "columbus, indigenous peoples, indigenous people, canadian thanksgiving, "
            "thanksgiving canada",
            nth(2, MO, 10),
        ),
        (
            "administrative professionals, secretaries, admins",
            lambda year: nth(-1, SA, 4)(year) - timedelta(days=3),
        ),
        ("arbor", nth(-1, FR, 4)),
        ("election", nth(1, MO, 11, 1)),
        (
            "thanksgiving, thanks giving, turkey, thanksgivings, thnksgiving",
            nth(4, TH, 11),
        ),
        ("black friday", nth(4, TH, 11, 1)),
        ("small business saturday", nth(4, TH, 11, 2)),
        ("cyber monday", nth(4, TH, 11, 4)),
        ("giving tuesday", nth(4, TH, 11, 5)),
        ("melbourne cup", nth(1, TU, 11)),
        ("emancipation", on(4, 16)),
        ("patriots", nth(3, MO, 4)),
        ("casimir pulaski", nth(1, MO, 3)),
        ("native american", nth(4, FR, 9)),
        ("earth hour", nth(-1, SA, 3)),
        # hung on Easter or Christmas
        ("mardi gras, fat tuesday, shrove tuesday, pancake, pancake tuesday", from_easter(-47)),
        ("rosenmontag, rose monday, clean monday west", from_easter(-48)),
        ("ash wednesday, beginning of lent", from_easter(-46)),
        ("palm sunday", from_easter(-7)),
        ("maundy thursday, holy thursday, covenant thursday", from_easter(-3)),
        ("good friday, great friday", from_easter(-2)),
        ("holy saturday, black saturday, easter saturday", from_easter(-1)),
        ("easter, easter sunday, ester", from_easter(0)),
        ("easter monday", from_easter(1)),
        ("ascension, ascension thursday", from_easter(39)),
        ("pentecost, whit sunday, whitsunday, white sunday, whitsun", from_easter(49)),
        ("whit monday, pentecost monday, monday of the holy spirit", from_easter(50)),
        ("trinity sunday", from_easter(56)),
        ("corpus christi, the feast of corpus christi, feast of corpus christi", from_easter(60)),
        ("orthodox easter, orthodox easter sunday, pascha", from_easter(0, orthodox=True)),
        ("orthodox good friday, orthodox great friday", from_easter(-2, orthodox=True)),
        ("orthodox easter monday", from_easter(1, orthodox=True)),
        ("orthodox palm sunday", from_easter(-7, orthodox=True)),
        ("clean monday, orthodox ash monday, green monday", from_easter(-48, orthodox=True)),
        ("first advent, advent sunday, advent", before(SU, 12, 25, weeks=3)),
        ("totensonntag", before(SU, 12, 25, weeks=4)),
        # reckoned by other calendars
        (
            "chinese new year, lunar new year, chinese lunar new year",
            kept_in("SG", "Chinese New Year"),
        ),
        ("diwali, deepavali, divali", kept_in("SG", "Diwali")),
        ("eid, eid al-fitr, eid al fitr, eid ul-fitr", kept_in("SG", "Eid al-Fitr")),
        ("eid al-adha, eid al adha", kept_in("SG", "Eid al-Adha")),
        ("hanukkah, hanukah, chanukah", kept_in("IL", "Hanukkah")),
        (
            "rosh hashanah, rosh hashana, rosh hashanna, jewish new year",
            kept_in("IL", "Rosh Hashanah"),
        ),
        ("yom kippur", kept_in("IL", "Yom Kippur")),
        ("passover, pesach", kept_in("IL", "Pesach")),
        ("purim", kept_in("IL", "Purim")),
        ("lag baomer, lag b'omer, lag bomer", kept_in("IL", "Lag BaOmer")),
        ("sukkot", kept_in("IL", "Sukkot")),
        ("shavuot", kept_in("IL", "Shavuot")),
    )
    for name in names.split(",")
}


# These need their "day": without it they are people, firms and plain words.
NEED_DAY = (
    "may, kings, pi, tax, earth, flag, patriot, boss, bosss, bosses, un, united "
    "nations, singles, mothers, mother, fathers, father, presidents, president, "
    "washington, washingtons, memorial, labor, labour, columbus, turkey, canada, "
    "australia, victoria, election, arbor, parents, grandparents, grandparent, "
    "secretaries, admins, freedom, womens, star wars, independence, groundhog, "
    "groundhogs, valentine, boxing, veteran, hallow, civil rights, pancake, german "
    "unity, patricks, emancipation, george washington, martin luther king, martin "
    "luther king junior, anzac, st patrick, saint patrick, st valentine, ester, "
    "martin luther kings, martin luther king jr, military spouse, mlk, mlk jr, "
    "melbourne cup, bastille, veterans, remembrance, armistice, all saints, all "
    "souls, st nicholas, saint nicholas, epiphany, st georges, saint georges, st "
    "andrews, saint andrews, st davids, saint davids, inauguration, white, white lover, "
    "white lovers, loyalty, workers, international workers, youth, childrens, children, "
    "international childrens, constitution, citizenship, alaska, patriots, rosa parks, "
    "harvey milk, pearl harbor, cesar chavez, native american, san jacinto, wright brothers, "
    "leif erikson, casimir pulaski, susan b anthony, susan b. anthony, purple heart, "
    "texas independence, womens equality"
)


@cache
def holiday_phrases() -> dict[str, Rule]:
    """Every way to say a holiday, in words separated by one space, without apostrophes."""
    phrases: dict[str, Rule] = {}
    needy = set(NEED_DAY.split(", "))
    for name, rule in HOLIDAYS.items():
        if name not in needy:
            phrases[name] = rule
        if name.startswith("st "):
            phrases[f"st. {name[3:]} day"] = rule
        if name.split()[-1] not in {"day", "eve", "night", "monday", "friday", "sunday"}:
            phrases[f"{name} day"] = rule
    phrases.pop("may day day", None)
    return phrases
