"""The courier delivers in order, tries again, gives up in the end, and wakes at once."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from bot.channels.protocol import Letter, TryLater, Undeliverable
from bot.courier import Courier, CourierElsewhere
from crm_store.database import open_store, sessions, upgrade
from crm_store.mailbox import Outgoing, undelivered


@dataclass
class Postbox:
    """A channel that writes down what it was given, after failing as it is told to."""

    name: str = "post"
    connected: bool = True
    fails: list[Exception] = field(default_factory=list)
    took: list[tuple[str, str]] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    slow: float = 0.0
    together: int = 0
    most: int = 0

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def send(self, letter: Letter) -> str:
        self.together += 1
        self.most = max(self.most, self.together)
        await asyncio.sleep(self.slow)
        self.together -= 1
        self.at.append(asyncio.get_running_loop().time())
        if self.fails:
            raise self.fails.pop(0)
        self.took.append((letter.address, str(letter.body["text"])))
        return f"id{len(self.took)}"


class NothingPlanned:
    """No reminder is set."""

    def next_at(self) -> datetime | None:
        return None

    def plan(self, now: datetime) -> int:
        return 0


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_store(f"sqlite:///{tmp_path / 'firm.sqlite3'}")
    upgrade(engine)
    yield engine
    engine.dispose()


def put(make: sessionmaker[Session], *texts: str, address: str = "A", **more: object) -> None:
    now = datetime.now(UTC)
    with make.begin() as session:
        for number, text in enumerate(texts):
            row = Outgoing(
                channel="post",
                address=address,
                body={"text": text},
                due_at=now + timedelta(microseconds=number),
                created_at=now,
            )
            for name, value in more.items():
                setattr(row, name, value)
            session.add(row)


async def until(took: list[tuple[str, str]], number: int, seconds: float = 8.0) -> None:
    async with asyncio.timeout(seconds):
        while len(took) < number:
            await asyncio.sleep(0.01)


def courier(engine: Engine, post: Postbox, make: sessionmaker[Session]) -> Courier:
    return Courier(engine, [post], NothingPlanned(), made_by=make)


def test_all_arrive_once_and_in_order(engine: Engine) -> None:
    post, make = Postbox(slow=0.002), sessions(engine)
    put(make, *(f"a{n}" for n in range(20)), address="A")
    put(make, *(f"b{n}" for n in range(20)), address="B")

    async def scene() -> None:
        working = courier(engine, post, make)
        await working.start()
        await until(post.took, 40)
        await working.stop()

    asyncio.run(scene())
    for address in "AB":
        mine = [text for where, text in post.took if where == address]
        assert mine == [f"{address.lower()}{n}" for n in range(20)]
    assert post.most == 1
    with make() as session:
        rows = session.scalars(select(Outgoing)).all()
        assert {row.claimed_at for row in rows} == {None}
        assert all(row.sent_at and row.external_id for row in rows)


def test_a_new_row_wakes_it_at_once(engine: Engine) -> None:
    post, make = Postbox(), sessions(engine)

    async def scene() -> float:
        working = courier(engine, post, make)
        await working.start()
        await asyncio.sleep(0.3)
        before = asyncio.get_running_loop().time()
        await asyncio.to_thread(put, make, "new")
        await until(post.took, 1)
        await working.stop()
        return post.at[0] - before

    assert asyncio.run(scene()) < 1.0


def test_it_waits_until_the_due_time(engine: Engine) -> None:
    post, make = Postbox(), sessions(engine)
    due = datetime.now(UTC) + timedelta(seconds=0.8)
    put(make, "later", due_at=due)

    async def scene() -> None:
        working = courier(engine, post, make)
        await working.start()
        await until(post.took, 1)
        await working.stop()

    asyncio.run(scene())
    with make() as session:
        row = session.scalars(select(Outgoing)).one()
        assert row.sent_at is not None
        assert timedelta() <= row.sent_at - due < timedelta(seconds=1)


def test_a_failed_send_is_tried_again_and_holds_back_what_follows(engine: Engine) -> None:
    post, make = Postbox(fails=[TryLater("busy", 0.3), TryLater("down")]), sessions(engine)
    put(make, "first", "second")
    put(make, "elsewhere", address="B", due_at=datetime.now(UTC) + timedelta(milliseconds=20))

    async def scene() -> None:
        working = courier(engine, post, make)
        await working.start()
        await until(post.took, 3)
        await working.stop()

    asyncio.run(scene())
    mine = [text for where, text in post.took if where == "A"]
    assert mine == ["first", "second"]
    assert ("B", "elsewhere") in post.took


def test_what_it_asked_to_wait_is_waited(engine: Engine) -> None:
    post, make = Postbox(fails=[TryLater("slow down", 1.2)]), sessions(engine)
    put(make, "first")

    async def scene() -> None:
        working = courier(engine, post, make)
        await working.start()
        await until(post.took, 1)
        await working.stop()

    asyncio.run(scene())
    assert post.at[1] - post.at[0] >= 1.15


def test_pacing_uses_up_no_attempt(engine: Engine) -> None:
    turns: list[Exception] = [TryLater("not yet", 0.01, paced=True) for _ in range(20)]
    post, make = Postbox(fails=turns), sessions(engine)
    put(make, "first")

    async def scene() -> None:
        working = courier(engine, post, make)
        await working.start()
        await until(post.took, 1)
        await working.stop()

    asyncio.run(scene())
    with make() as session:
        assert session.scalars(select(Outgoing.attempts)).one() == 0


@pytest.mark.parametrize(
    ("failure", "tries"),
    [(Undeliverable("user left"), 1), (TryLater("nobody answers", 0.0), 14)],
)
def test_what_cannot_be_delivered_is_kept_and_does_not_block(
    engine: Engine, failure: Exception, tries: int
) -> None:
    post, make = Postbox(fails=[failure] * tries), sessions(engine)
    put(make, "first", "second")

    async def scene() -> None:
        working = courier(engine, post, make)
        await working.start()
        await until(post.took, 1)
        await working.stop()

    asyncio.run(scene())
    assert post.took == [("A", "second")]
    with make() as session:
        (failed,) = undelivered(session)
        assert (failed.body["text"], failed.error) == ("first", str(failure))
        assert failed.attempts == tries


def test_a_channel_that_breaks_in_its_own_code_does_not_stop_the_courier(engine: Engine) -> None:
    post, make = Postbox(fails=[ZeroDivisionError("bug")]), sessions(engine)
    put(make, "first")

    async def scene() -> None:
        working = courier(engine, post, make)
        await working.start()
        await until(post.took, 1)
        await working.stop()

    asyncio.run(scene())
    assert post.took == [("A", "first")]


def test_a_second_courier_on_the_same_file_says_so(engine: Engine) -> None:
    make = sessions(engine)

    async def scene() -> None:
        first, second = courier(engine, Postbox(), make), courier(engine, Postbox(), make)
        await first.start()
        with pytest.raises(CourierElsewhere, match="Another process delivers"):
            await second.start()
        await first.stop()
        await second.start()
        await second.stop()

    asyncio.run(scene())


def test_what_was_in_hand_at_a_crash_is_sent_by_the_next(engine: Engine) -> None:
    post, make = Postbox(), sessions(engine)
    put(make, "in hand", claimed_at=datetime.now(UTC), claimed_by="somebody else")

    async def scene() -> None:
        working = courier(engine, post, make)
        await working.start()
        await until(post.took, 1)
        await working.stop()

    asyncio.run(scene())
    assert post.took == [("A", "in hand")]


def test_an_idle_courier_hardly_asks_the_store(engine: Engine) -> None:
    from sqlalchemy import event

    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    async def scene() -> None:
        working = courier(engine, Postbox(), sessions(engine))
        await working.start()
        await asyncio.sleep(1.5)
        await working.stop()

    asyncio.run(scene())
    assert len(asked) < 10, asked
