"""The firm's own stages and reasons for losing a deal, as tables."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store import pipeline
from crm_store.deals import Deal, LostReason, Stage, StageKind
from crm_store.employees import Employee
from crm_store.exchange.cells import Cells
from crm_store.exchange.directory import folded
from crm_store.exchange.layout import Column, Layout
from crm_store.exchange.reading import Desk, Fill, Names, Noun, Outcome
from crm_store.firm import Firm

STAGE_LAYOUT = Layout(
    "stages",
    (
        Column("name", "what the firm calls it; the stages come in the order of the rows"),
        Column("chance", "the percentage expected to be won"),
        Column("meaning", "open, won or lost"),
    ),
)
REASON_LAYOUT = Layout("lost_reasons", (Column("name", "why deals are lost, in the firm's words"),))


class StageReader:
    """Reads the firm's stages. They are the firm's word: those of the same name change.

    In a store without deals they take the place of the usual open ones.
    """

    def __init__(self, desk: Desk) -> None:
        self._session = desk.session
        self._given: set[str] = set()
        self._known = {folded(one.name): one for one in desk.session.scalars(select(Stage))}
        self._position = 0

    def read(self, cells: Cells) -> Outcome:
        name = cells.required("name", Stage.name)
        chance = cells.number("chance", 0, 100)
        meaning = cells.choice("meaning", StageKind, "meaning")
        if name is None or cells.faults:
            return Outcome()
        self._position += 1
        self._given.add(folded(name))
        usual = {called: (odds, kind) for called, odds, kind in pipeline.USUAL_STAGES}
        usual_odds, usual_kind = usual.get(folded(name), (None, StageKind.OPEN))
        kind = meaning or usual_kind
        certain = {StageKind.WON: 100, StageKind.LOST: 0}.get(kind, usual_odds)
        if chance is None and (chance := certain) is None:
            cells.fault("chance", "no chance")
            return Outcome()
        values = {"chance": chance, "kind": kind, "position": self._position}
        if (known := self._known.get(folded(name))) is not None:
            fills = [
                Fill(known, field, value)
                for field, value in values.items()
                if getattr(known, field) != value
            ]
            return Outcome(fills=fills, known=f"{known.name} is here already")
        made = Stage(name=name, **values)
        self._known[folded(name)] = made
        return Outcome([made])

    def settle(self, at: datetime, employee: Employee | None) -> None:
        known = {folded(stage.name): stage for stage in pipeline.stages(self._session)}
        given = {stage.kind for name, stage in known.items() if name in self._given}
        if self._session.scalar(select(Deal.id).limit(1)) is None:
            usual = {(name, chance) for name, chance, _ in pipeline.USUAL_STAGES}
            for name, stage in known.items():
                replaced = stage.kind is StageKind.OPEN or stage.kind in given
                if name not in self._given and (name, stage.chance) in usual and replaced:
                    self._session.delete(stage)
            self._session.flush()
        self._has_an_end(given)

    def _has_an_end(self, given: set[StageKind]) -> None:
        """A file without a stage for won or lost deals leaves the usual one in place."""
        held = {stage.kind for stage in pipeline.stages(self._session)} | given
        for name, chance, kind in pipeline.USUAL_STAGES:
            if kind is not StageKind.OPEN and kind not in held:
                self._position += 1
                position = self._position
                self._session.add(Stage(name=name, chance=chance, kind=kind, position=position))


def stage_rows(session: Session, firm: Firm, names: Names) -> Iterable[Mapping[str, str]]:
    """The table of stages, written only by a firm that has its own."""
    own = [(stage.name, stage.chance, stage.kind) for stage in pipeline.stages(session)]
    for name, chance, kind in own if own != list(pipeline.USUAL_STAGES) else ():
        yield {"name": name, "chance": str(chance), "meaning": kind.value}


STAGES = Noun(
    layout=STAGE_LAYOUT,
    reader=StageReader,
    rows=stage_rows,
)


class LostReasonReader:
    """Reads the reasons that the firm gives for lost deals.

    In a store without deals they take the place of the usual ones.
    """

    def __init__(self, desk: Desk) -> None:
        self._session = desk.session
        self._given: set[str] = set()
        reasons = pipeline.lost_reasons(desk.session)
        self._known = {folded(reason.name): reason for reason in reasons}
        self._position = max((reason.position for reason in reasons), default=0)

    def read(self, cells: Cells) -> Outcome:
        name = cells.required("name", LostReason.name)
        if name is None or cells.faults:
            return Outcome()
        self._given.add(folded(name))
        if (known := self._known.get(folded(name))) is not None:
            return Outcome(known=f"{known.name} is here already")
        self._position += 1
        made = LostReason(name=name, position=self._position)
        self._known[folded(name)] = made
        return Outcome([made])

    def settle(self, at: datetime, employee: Employee | None) -> None:
        if self._session.scalar(select(Deal.id).limit(1)) is not None:
            return
        for reason in pipeline.lost_reasons(self._session):
            name = folded(reason.name)
            if name in pipeline.USUAL_LOST_REASONS and name not in self._given:
                self._session.delete(reason)


def lost_reason_rows(session: Session, firm: Firm, names: Names) -> Iterable[Mapping[str, str]]:
    """The firm's reasons in their order; none where it has the usual ones."""
    own = [reason.name for reason in pipeline.lost_reasons(session)]
    for name in own if own != list(pipeline.USUAL_LOST_REASONS) else ():
        yield {"name": name}


LOST_REASONS = Noun(layout=REASON_LAYOUT, reader=LostReasonReader, rows=lost_reason_rows)
