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
from crm_store import delivery
from crm_store.database import open_store, sessions, upgrade
from crm_store.mailbox import Outgoing, undelivered
from tests.conftest import DATABASES
from tests.store.conftest import on_postgres


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


@pytest.fixture(params=DATABASES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'firm.sqlite3'}"
    engine = open_store(on_postgres(request) if request.param == "postgresql" else url)
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


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Engine]:
    engine = open_store(f"sqlite:///{tmp_path / 'file.sqlite3'}")
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def shared(request: pytest.FixtureRequest) -> Iterator[Engine]:
    engine = open_store(on_postgres(request))
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.mark.postgres
def test_several_share_the_work_on_postgresql(shared: Engine) -> None:
    make, posts = sessions(shared), [Postbox(slow=0.01), Postbox(slow=0.01), Postbox(slow=0.01)]
    for address in "ABCDEF":
        put(make, *(f"{address}{n}" for n in range(10)), address=address)

    async def scene() -> None:
        working = [Courier(shared, [post], NothingPlanned()) for post in posts]
        for one in working:
            await one.start()
        async with asyncio.timeout(20):
            while sum(len(post.took) for post in posts) < 60:
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        for one in working:
            await one.stop()

    asyncio.run(scene())
    took = [one for post in posts for one in post.took]
    assert len(took) == len(set(took)) == 60
    assert all(post.took for post in posts)
    with make() as session:
        rows = session.scalars(select(Outgoing).order_by(Outgoing.sent_at)).all()
    for address in "ABCDEF":
        mine = [row.body["text"] for row in rows if row.address == address]
        assert mine == [f"{address}{n}" for n in range(10)]


@pytest.mark.postgres
def test_another_process_is_heard_at_once_on_postgresql(shared: Engine) -> None:
    post = Postbox()
    elsewhere = open_store(shared.url.render_as_string(hide_password=False))

    async def scene() -> float:
        working = Courier(shared, [post], NothingPlanned())
        await working.start()
        await asyncio.sleep(0.5)
        before = asyncio.get_running_loop().time()
        await asyncio.to_thread(put, sessions(elsewhere), "new")
        await until(post.took, 1)
        await working.stop()
        return post.at[0] - before

    assert asyncio.run(scene()) < 1.0
    elsewhere.dispose()


@pytest.mark.postgres
def test_a_row_in_hand_is_passed_over_and_free_again_after_a_crash(shared: Engine) -> None:
    make = sessions(shared)
    put(make, "in hand")
    with make() as dying, make() as other:
        now = datetime.now(UTC) + timedelta(seconds=1)
        assert delivery.take(dying, ["post"], now, "dying") is not None
        dying.flush()
        assert delivery.take(other, ["post"], now, "other") is None
        other.rollback()
        dying.rollback()
        assert delivery.take(other, ["post"], now, "other") is not None
        other.rollback()


def test_a_second_courier_on_the_same_file_says_so(file: Engine) -> None:
    engine, make = file, sessions(file)

    async def scene() -> None:
        first, second = courier(engine, Postbox(), make), courier(engine, Postbox(), make)
        await first.start()
        with pytest.raises(CourierElsewhere, match="Another process delivers"):
            await second.start()
        await first.stop()
        await second.start()
        await second.stop()

    asyncio.run(scene())


def test_what_was_in_hand_at_a_crash_is_sent_by_the_next(file: Engine) -> None:
    engine, post, make = file, Postbox(), sessions(file)
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
