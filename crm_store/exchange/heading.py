"""The heading of a file: whose columns are whose, and which kind of table it is."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from crm_store.exchange.layout import Layout, plain


class BadHeading(ValueError):
    """The columns do not fit; the message says what to do."""


FIRM_WORDS = frozenset({"account", "account_name", "company", "company_name", "organization"}) | {
    "organisation",
    "firm",
}
"""Headers under which other programs keep the names of companies, not of people."""


@dataclass(frozen=True)
class Heading:
    """How the cells of a file's row become ours."""

    layout: Layout
    columns: Mapping[int, str]
    """Our column of each of theirs, by position."""
    theirs: Mapping[str, str]
    unknown: tuple[str, ...]
    width: int
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """The row's values by our columns, those set for all rows included."""
        found: dict[str, list[str]] = {}
        for position, name in self.columns.items():
            if position < len(row) and (cell := row[position]):
                found.setdefault(name, []).append(self.values.get((name, cell.casefold()), cell))
        cells = {name: "; ".join(parts) for name, parts in found.items()}
        for name, constant in self.constants.items():
            cells.setdefault(name, _filled(name, constant, cells))
        return cells


def head(
    layout: Layout,
    header: Sequence[str],
    maps: Iterable[str] = (),
    constants: Iterable[str] = (),
) -> Heading:
    """Match a file's header with our columns; raises BadHeading.

    `maps` are THEIRS=OURS, or COLUMN:THEIR VALUE=OURS for a value; `constants` are OURS=VALUE
    for rows that have none, where {name} and the like stand for other cells of the row.
    """
    renamed: dict[str, str] = {}
    values: dict[tuple[str, str], str] = {}
    known = {plain(name): name for name in header}
    for entry in maps:
        theirs, ours = _pair(entry, "--map THEIRS=OURS")
        column, colon, value = theirs.partition(":")
        if plain(theirs) in known:
            renamed[plain(theirs)] = _ours(layout, ours)
        elif colon:
            values[_ours(layout, column), value.strip().casefold()] = ours
        else:
            raise BadHeading(f"the file has no column {theirs!r}; it has {', '.join(header)}")
    columns = _columns(layout, header, renamed)
    fixed = dict(_constant(layout, entry) for entry in constants)
    if layout.kind == "customers" and "kind" not in columns.values():
        names = [plain(header[at]) for at, ours in columns.items() if ours == "name"]
        if FIRM_WORDS.intersection(names):
            fixed.setdefault("kind", "company")
    _has_first(layout, columns, fixed, header)
    return Heading(
        layout=layout,
        columns=columns,
        theirs={header[at]: ours for at, ours in columns.items()},
        unknown=tuple(name for at, name in enumerate(header) if at not in columns and name),
        width=len(header),
        constants=fixed,
        values=values,
    )


def _columns(layout: Layout, header: Sequence[str], renamed: Mapping[str, str]) -> dict[int, str]:
    columns: dict[int, str] = {}
    for position, name in enumerate(header):
        told = renamed.get(plain(name))
        ours = told or plain(name)
        if ours not in layout.names or (told is None and ours in renamed.values()):
            continue
        if ours in columns.values() and not layout.takes_several(ours):
            raise BadHeading(f"two columns of the file are {ours!r}; --map one of them elsewhere")
        columns[position] = ours
    return columns


def _has_first(
    layout: Layout, columns: Mapping[int, str], fixed: Mapping[str, str], header: Sequence[str]
) -> None:
    wanted = {layout.first, "name", "customer"} if layout.kind == "deals" else {layout.first}
    if wanted.intersection({*columns.values(), *fixed}):
        return
    way = f"Say which one it is: --map THEIRS={layout.first}"
    if layout.kind == "employees":
        way += ", or, where addresses follow a pattern: --set 'email={name}@your-firm.com'"
    raise BadHeading(
        f"{layout.kind} need a column {layout.first!r}; the file has {', '.join(header)}. {way}"
    )


def _pair(entry: str, usage: str) -> tuple[str, str]:
    left, equals, right = entry.rpartition("=")
    if not equals or not left.strip() or not right.strip():
        raise BadHeading(f"{entry!r} is not of the form {usage}")
    return left.strip(), right.strip()


def _constant(layout: Layout, entry: str) -> tuple[str, str]:
    ours, equals, value = entry.partition("=")
    if not equals or not value.strip():
        raise BadHeading(f"{entry!r} is not of the form --set OURS=VALUE")
    return _ours(layout, ours), value.strip()


def _ours(layout: Layout, name: str) -> str:
    ours = plain(name)
    if ours not in layout.names:
        raise BadHeading(
            f"{layout.kind} have no column {name!r}; they have {', '.join(layout.names)}"
        )
    return ours


def _filled(name: str, constant: str, cells: Mapping[str, str]) -> str:
    """The constant with other cells put in; in an e-mail address in the form that fits there."""
    places = re.findall(r"\{(\w+)\}", constant)
    if any(not cells.get(place) for place in places):
        return ""
    for place in places:
        value = cells[place]
        constant = constant.replace(f"{{{place}}}", _dotted(value) if name == "email" else value)
    return constant


def _dotted(name: str) -> str:
    import unicodedata

    german = name.lower().translate({ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue"})
    letters = unicodedata.normalize("NFKD", german.replace("ß", "ss"))
    plain_letters = letters.encode("ascii", "ignore").decode()
    return ".".join(re.findall(r"[a-z0-9-]+", plain_letters))


def recognise(header: Sequence[str], layouts: Iterable[Layout]) -> str | None:
    """The kind of table that this is the header of; None where it is unclear.

    It must have the kind's first column, and most of its columns must be of that kind.
    """
    names = {plain(name) for name in header if name.strip()}
    scores: dict[str, int] = {}
    for layout in layouts:
        found = len(names.intersection(layout.names))
        starts = layout.first in names or (layout.kind == "deals" and {"name", "stage"} <= names)
        if starts and found >= 2 and 2 * found >= len(names):
            scores[layout.kind] = found
    best = max(scores.values(), default=0)
    winners = [kind for kind, score in scores.items() if score == best]
    return winners[0] if len(winners) == 1 else None
