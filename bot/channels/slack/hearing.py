"""From what Slack delivered to what the assistant hears: who is meant, where the answer goes."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bot.channels.slack import home, modals
from bot.channels.slack.blocks import PAGE, PRESS, WHOLE, Rendered, section
from bot.channels.slack.files import NotFetched, fetched
from bot.channels.slack.mrkdwn import escaped
from bot.channels.slack.people import People
from bot.channels.slack.reading import NAME, Press, Saying, moment, parted, press, saying
from bot.channels.slack.sending import Sender
from bot.message import IncomingMessage
from crm_store.conversations import Conversation, ConversationKind, button
from crm_store.employees import Employee
from crm_store.firm import Firm
from crm_store.inbox import Arrival
from crm_store.mailbox import Received

FOLLOWED = timedelta(hours=24)
"""How long somebody may go on in a thread without mentioning the bot again."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Self:
    """Who the bot is: known once Slack has told, empty until then."""

    team: str = ""
    user: str = ""


@dataclass
class Hearing:
    """Works off arrivals of the kinds event, press, command, form and stranger."""

    hear: Callable[[IncomingMessage], None]
    reading: sessionmaker[Session]
    people: People
    sender: Sender
    firm: Firm
    token: str
    me: Callable[[], Self]
    show_home: Callable[[str, Rendered | None], Awaitable[None]]

    async def work(self, arrival: Arrival) -> None:
        """See to one arrival. Raises to be asked again."""
        body: Mapping[str, Any] = arrival.body or {}
        kind, payload, at = body.get("kind"), body.get("payload") or {}, arrival.arrived_at
        if kind == "event":
            await self._event(payload.get("event") or {}, at)
        elif kind == "press":
            await self._press(payload, at)
        elif kind == "command":
            await self._command(payload, at)
        elif kind == "form":
            await self._form(payload, at)
        elif kind == "stranger":
            await self._listen(self._message(payload["user"], payload["id"], at))

    # Events.

    async def _event(self, event: Mapping[str, Any], at: datetime) -> None:
        if event.get("type") == "app_home_opened":
            await self.people.recognise(str(event["user"]), at)
            await self.show_home(str(event["user"]), None)
            return
        said = saying(event, self.me().team, self.me().user)
        if said is None or not await asyncio.to_thread(self._concerns_us, said, at):
            return
        if said.edits and not await asyncio.to_thread(self._heard, said.edits):
            # An edit of what was never heard is said now.
            said = replace(said, external_id=said.edits, edits=None)
        direct = "" if said.group else parted(said.place)[0]
        await self.people.recognise(said.user, at, direct)
        carried = {"threaded": "1"} if said.threaded else {}
        message = replace(
            self._message(said.user, said.external_id, at),
            address=said.place,
            sent_at=moment(said.ts, at),
            text=said.text,
            group=said.group,
            thread=parted(said.place)[1],
            edits=said.edits,
            deletes=said.deletes,
            carried=carried,
        )
        await self._with_files(message, said)

    async def _with_files(self, message: IncomingMessage, said: Saying) -> None:
        if not said.files or await self.people.employee_of(said.user, message.sent_at) is None:
            await self._listen(message)
            return
        with tempfile.TemporaryDirectory(prefix="crm-bot-") as folder:
            try:
                files = await fetched(said.files, self.token, Path(folder))
            except NotFetched as problem:
                await self._note(message, str(problem))
                if not message.text:
                    return
                files = ()
            await self._listen(replace(message, files=files))

    async def _note(self, message: IncomingMessage, sentence: str) -> None:
        shown = Rendered(sentence, [section(escaped(sentence))])
        channel, thread = parted(message.address)
        if message.group:
            await self.sender.posting.whisper(channel, message.user_id, shown)
        else:
            await self.sender.posting.post(channel, shown, thread)

    def _concerns_us(self, said: Saying, at: datetime) -> bool:
        """In a channel: what mentions the bot, what was heard before, and what the one it
        answers goes on saying in the thread."""
        if said.addressed and not said.deletes:
            return True
        heard = said.edits or said.deletes
        if heard:
            return self._heard(heard)
        return said.threaded and not said.others and self._followed(said, at)

    def _heard(self, external_id: str) -> bool:
        with self.reading() as session:
            found = select(Received.id).where(
                Received.channel == NAME, Received.external_id == external_id
            )
            return session.scalar(found.limit(1)) is not None

    def _followed(self, said: Saying, at: datetime) -> bool:
        from crm_store import employees

        with self.reading() as session:
            identity = employees.by_identity(session, NAME, said.user, self.me().team)
            if identity is None:
                return False
            last = session.scalar(
                select(Conversation.last_heard_at).where(
                    Conversation.channel == NAME,
                    Conversation.address == said.place,
                    Conversation.employee_id == identity.employee_id,
                )
            )
            return last is not None and at - last <= FOLLOWED

    # What is pressed.

    async def _press(self, body: Mapping[str, Any], at: datetime) -> None:
        pressed = press(body, self.me().team)
        if pressed is None:
            log.warning("a malformed action was ignored")
            return
        name, _, number = pressed.action_id.partition(":")
        if name == PRESS:
            await self._button(pressed, at)
        elif name in (PAGE, WHOLE):
            await self._paging(pressed, name)
        elif name == "home" and number:
            await self._at_home(pressed, at)
        else:
            log.warning("an unknown action was ignored", action=pressed.action_id[:40])

    async def _button(self, pressed: Press, at: datetime) -> None:
        await self.people.recognise(pressed.user, at)
        message = self._message(pressed.user, pressed.external_id, at)
        where = await asyncio.to_thread(self._asked_in, pressed)
        if pressed.at_home:
            carried = {"home": pressed.user}
        else:
            carried = {
                "token": pressed.value,
                "channel": pressed.channel,
                "ts": pressed.ts,
                "ephemeral": "1" if pressed.ephemeral else "",
                "response_url": pressed.response_url,
                "threaded": "1" if pressed.thread else "",
            }
        address, group = where
        await self._listen(
            replace(message, address=address, group=group, pressed=pressed.value, carried=carried)
        )

    def _asked_in(self, pressed: Press) -> tuple[str, bool]:
        """The address of the conversation in which the button was offered, and whether it is
        a channel: a question may have been asked in the direct messages for one."""
        with self.reading() as session:
            found = button(session, pressed.value)
            if found is not None and found.conversation.kind is ConversationKind.GROUP:
                return found.conversation.address, True
        if pressed.at_home:
            return pressed.user, False
        root = pressed.thread
        here = f"{pressed.channel}/{root}" if root else pressed.channel
        if pressed.channel.startswith("D"):
            return here, False
        if found is None or pressed.user != self._owner(pressed):
            return here, True
        return pressed.user, False

    def _owner(self, pressed: Press) -> str:
        from bot.channels.slack.people import slack_id

        with self.reading() as session:
            found = button(session, pressed.value)
            if found is None or found.employee_id is None:
                return ""
            return slack_id(session, found.employee_id, self.me().team) or ""

    async def _paging(self, pressed: Press, name: str) -> None:
        number, _, page = pressed.value.partition(":")
        if not number.isdecimal() or not page.isdecimal():
            log.warning("an unknown page was ignored", value=pressed.value[:40])
            return
        if name == PAGE:
            await self.sender.turn(pressed, int(number), int(page))
        else:
            await self.sender.hand_over(pressed, int(number))

    async def _at_home(self, pressed: Press, at: datetime) -> None:
        number = await self.people.employee_of(pressed.user, at)
        wanted = await asyncio.to_thread(self._home_act, pressed, number, at) if number else None
        if number and wanted is None:
            log.warning("an unknown control was ignored", action=pressed.action_id[:40])
            return
        message = self._message(pressed.user, pressed.external_id, at)
        acts = (wanted,) if wanted else ()
        await self._listen(replace(message, acts=acts, carried={"home": pressed.user}))

    def _home_act(self, pressed: Press, number: int, at: datetime) -> Any:
        with self.reading() as session:
            employee = session.get_one(Employee, number)
            return home.act(pressed.action_id, pressed.value, employee, self.firm, at)

    # Commands and forms.

    async def _command(self, body: Mapping[str, Any], at: datetime) -> None:
        user = str(body["user_id"])
        await self.people.recognise(user, at)
        message = self._message(user, f"{self.me().team}/command/{body.get('trigger_id')}", at)
        text = str(body.get("text") or "").strip() or "help"
        url = str(body.get("response_url") or "")
        await self._listen(replace(message, text=text, carried={"response_url": url}))

    async def _form(self, body: Mapping[str, Any], at: datetime) -> None:
        user, view = str(body["user"]["id"]), body["view"]
        number = await self.people.employee_of(user, at)
        zone = await asyncio.to_thread(self._zone_of, number, at)
        acts = modals.filled(view, at, zone).acts
        message = self._message(user, f"{self.me().team}/form/{view.get('id')}", at)
        await self._listen(replace(message, acts=acts))

    def _zone_of(self, number: int | None, at: datetime) -> ZoneInfo:
        if number is None:
            return self.firm.zone
        with self.reading() as session:
            return ZoneInfo(session.get_one(Employee, number).zone_at(at))

    # All of them.

    def _message(self, user: str, external_id: str, at: datetime) -> IncomingMessage:
        """A message in private to whom nothing else is known; its answer finds the user."""
        return IncomingMessage(
            channel=NAME,
            user_id=user,
            team=self.me().team,
            address=user,
            external_id=external_id,
            sent_at=at,
        )

    async def _listen(self, message: IncomingMessage) -> None:
        await asyncio.to_thread(self.hear, message)
