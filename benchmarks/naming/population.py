"""A population of customers from a seed: names as unevenly frequent as in life."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from nicknames import NickNamer

COMMON_FAMILIES = """Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Wright Walker
White Edwards Hughes Green Hall Lewis Harris Clarke Jackson Wood Turner Martin Cooper Hill Ward
Hughes Moore Clark King Harrison Morgan Baker Patterson Müller Schmidt Schneider Fischer Weber
Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz
Zimmermann Braun Krüger Hofmann Hartmann Lange Werner García Fernández González Rodríguez López
Martínez Sánchez Pérez Gómez Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Rossi Russo
Ferrari Esposito Bianchi Romano Colombo Dubois Bernard Durand Leroy Moreau Simon Laurent Lefèvre
Nguyen Tran Kumar Singh Khan Ali Hansen Johansen Olsen Larsen Andersson Johansson Nilsson
Kowalski Nowak Wiśniewski Novák Svoboda Horváth Papadopoulos Yılmaz Kaya Demir O'Brien Murphy
Kelly Byrne Ryan O'Connor Walsh McCarthy Campbell Stewart Robertson""".split()
PARTICLES = ("van der", "van", "von", "de", "de la", "di", "al")
ONSETS = "b br c ch d dr f fr g gr h j k kl kr l m n p pr r s sch sh st t th tr v w z".split()
NUCLEI = "a a a e e e i i i o o o u u ai au ea ei ie oo ou".split()
LINKS = ("", "", "", "l", "m", "n", "r", "s")
CODAS = "b ck d g k l ll ld m n nd ng nn nt r rd rk rn rt s ss st t tz x".split()
ENDINGS = "son mann er ski sen berg stein feld ley ton ford well ini ez ova ic man ak".split()
FIRST = """Blue Red Golden North South East West Silver Green Bright Clear Grand Prime First
United Global Alpine Coastal Harbor River Stone Summit Vertex Orbit Nova Apex Delta Quantum Solar
Polar Rapid Iron Oak Cedar Maple Falcon Eagle Lion Fox Swift Royal Metro Urban Crystal Lunar
Pacific Atlantic Baltic Nordic Central Modern Smart Pure Fresh True Noble Ever High Deep""".split()
SECOND = """Harbor Bridge Gate Field Point Stone Peak Light Wave Path Line Works Forge Mill Spring
Valley Ridge Bay Wood Park Tower Crest Leaf Wind Star Mark Ware Soft Grid Link Core Wing""".split()
TRADES = """Supplies Logistics Realty Consulting Foods Energy Systems Media Motors Textiles Tools
Partners Health Interiors Design Shipping Bank Pharma Labs Robotics Travel Insurance Construction
Electric Analytics Software Packaging Printing Plastics Steel Optics Farms Dairy Brewing Travel
Security Engineering Services Group Trading Imports Catering Landscaping Plumbing""".split()
LEGAL = (
    "Ltd",
    "Inc",
    "GmbH",
    "LLC",
    "AG",
    "S.A.",
    "B.V.",
    "GmbH & Co. KG",
    "Corp.",
    "Oy",
    "S.r.l.",
)
FAMILIES = 60_000
COINED = 40_000
PEOPLE = 0.72


@dataclass(frozen=True)
class Person:
    """One customer of the population."""

    name: str
    human: bool


def population(size: int, seed: int) -> Iterator[Person]:
    """So many customers, persons and companies, the same ones for the same seed."""
    chance = random.Random(seed)
    families = _uneven([*dict.fromkeys(COMMON_FAMILIES), *_coined(chance, FAMILIES)], 0.95)
    given = _uneven(_given_names(chance), 0.9)
    coined = _coined(chance, COINED)
    for _ in range(size):
        if chance.random() < PEOPLE:
            yield Person(_person(chance, given, families), human=True)
        else:
            yield Person(_company(chance, families, coined), human=False)


Weighted = tuple[list[str], list[float]]


def _uneven(names: list[str], steepness: float) -> Weighted:
    """Names with cumulated weights by Zipf's law."""
    return names, list(accumulate((place + 3) ** -steepness for place in range(len(names))))


def _one(chance: random.Random, names: Weighted) -> str:
    return chance.choices(names[0], cum_weights=names[1])[0]


def _given_names(chance: random.Random) -> list[str]:
    lookup = NickNamer().nickname_lookup
    names = sorted(
        {name.title() for name in lookup} | {n.title() for s in lookup.values() for n in s}
    )
    chance.shuffle(names)
    return names


def _coined(chance: random.Random, count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = chance.choice((1, 1, 2, 2, 2, 3))
        word = "".join(
            chance.choice(ONSETS) + chance.choice(NUCLEI) + chance.choice(LINKS)
            for _ in range(syllables)
        )
        last = chance.choice((*CODAS, *ENDINGS)) if chance.random() < 0.8 else ""
        word = word.rstrip("lmnrs") + last if last[:1] in CODAS else word + last
        if 4 <= len(word) <= 13:
            found[word.title()] = None
    return list(found)


def _person(chance: random.Random, given: Weighted, families: Weighted) -> str:
    family = _one(chance, families)
    kind = chance.random()
    if kind < 0.03:
        family = f"{chance.choice(PARTICLES)} {family}"
    elif kind < 0.05:
        family = f"{family}-{_one(chance, families)}"
    second = f"{_one(chance, given)} " if chance.random() < 0.06 else ""
    return f"{_one(chance, given)} {second}{family}"


def _company(chance: random.Random, families: Weighted, coined: list[str]) -> str:
    kind = chance.random()
    legal = f" {chance.choice(LEGAL)}" if chance.random() < 0.8 else ""
    if kind < 0.15:
        return f"{_one(chance, families)} & {chance.choice(('Sons', 'Partners', 'Co.'))}{legal}"
    if kind < 0.3:
        return f"{_one(chance, families)} {chance.choice(TRADES)}{legal}"
    if kind < 0.6:
        first, second = chance.choice(FIRST), chance.choice(SECOND)
        gap = chance.choice((" ", " ", ""))
        return f"{first}{gap}{second if gap else second.lower()} {chance.choice(TRADES)}{legal}"
    return f"{chance.choice(coined)} {chance.choice(TRADES)}{legal}"
