"""Delivers letters in Slack: in the thread, in private, or in place of the message answered."""

import asyncio
import base64
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy.orm import Session, sessionmaker

from bot.channels.protocol import Letter, TryLater, Undeliverable
from bot.channels.slack.blocks import Rendered, context, rendered, whole, without
from bot.channels.slack.mrkdwn import escaped
from bot.channels.slack.people import slack_id
from bot.channels.slack.posting import NotThere, Posting
from bot.channels.slack.pressed import Fate, Source, source_of
from bot.channels.slack.reading import Press, parted
from crm_store.mailbox import Outgoing
from skills.kit import Skill

log = structlog.get_logger(__name__)

Homecoming = Callable[[str, Rendered | None], Awaitable[None]]
"""Shows somebody's Home anew, with an answer on top."""


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the store knows of a letter beyond its body."""

    user: str
    source: Source | None


@dataclass
class Sender:
    """Sends what the courier hands over."""

    posting: Posting
    reading: sessionmaker[Session]
    skills: Mapping[str, Skill]
    team: Callable[[], str]
    show_home: Homecoming

    async def send(self, letter: Letter) -> str:
        """Deliver one letter; "channel/ts" of the message that now shows it."""
        known = await asyncio.to_thread(self._particulars, letter)
        carried = letter.body.get("carried") or {}
        shown = rendered(letter.body, letter.outgoing_id)
        try:
            sent = await self._sent(letter, known, carried, shown)
        except (NotThere, Undeliverable) as gone:
            if not known.user or parted(letter.address)[0].startswith(("D", "U", "W")):
                raise Undeliverable(str(gone)) from gone
            sent = await self._directly(known.user, letter, shown)
        await self._picture(letter, sent)
        return sent

    async def turn(self, press: Press, outgoing_id: int, page: int) -> None:
        """Another page of a long answer, for the one it was given to."""
        body = await asyncio.to_thread(self._body_for, press.user, outgoing_id)
        if body is None:
            return
        shown = rendered(body, outgoing_id, page)
        try:
            if press.ephemeral:
                await self.posting.respond(press.response_url, shown, replaces=True)
            else:
                await self.posting.change(press.channel, press.ts, shown)
        except NotThere as gone:
            log.info("a page could not be turned", reason=str(gone))

    async def hand_over(self, press: Press, outgoing_id: int) -> None:
        """All of a long answer as a file, in the direct messages of whom it was given to."""
        body = await asyncio.to_thread(self._body_for, press.user, outgoing_id)
        if body is None:
            return
        direct = await self.posting.direct(press.user)
        thread = press.thread if press.channel == direct else ""
        await self.posting.document(direct, whole(body), thread, "answer.txt")

    async def _sent(
        self, letter: Letter, known: Particulars, carried: Mapping[str, str], shown: Rendered
    ) -> str:
        if carried.get("home"):
            await self.show_home(carried["home"], shown)
            return f"home/{carried['home']}"
        if known.source is not None:
            changed = await self._in_place(letter, known.source, carried, shown)
            if changed:
                return changed
        channel, thread = parted(letter.address)
        if carried.get("response_url") and not carried.get("token"):
            await self.posting.respond(carried["response_url"], shown, replaces=False)
            return f"response/{letter.outgoing_id}"
        if channel.startswith(("U", "W")):
            return await self._directly(channel, letter, shown)
        if letter.body.get("private") and not channel.startswith("D"):
            return await self._aside(letter, known.user, channel, thread, carried, shown)
        return f"{channel}/{await self.posting.post(channel, shown, thread)}"

    async def _in_place(
        self, letter: Letter, source: Source, carried: Mapping[str, str], shown: Rendered
    ) -> str:
        """Change the message that was pressed; "" if the answer is still to be posted."""
        channel, ts = carried.get("channel", ""), carried.get("ts", "")
        hidden = bool(carried.get("ephemeral")) or channel.startswith("D")
        if source.fate is Fate.LEFT or (letter.body.get("private") and not hidden):
            return ""
        replaced = source.fate is Fate.REPLACED
        if not replaced:
            shown = rendered(without(source.body, source.used), source.outgoing_id)
        try:
            if carried.get("ephemeral"):
                await self.posting.respond(carried.get("response_url", ""), shown, replaces=True)
            else:
                await self.posting.change(channel, ts, shown)
        except NotThere:
            return ""
        return f"{channel}/{ts}" if replaced else ""

    async def _aside(
        self,
        letter: Letter,
        user: str,
        channel: str,
        thread: str,
        carried: Mapping[str, str],
        shown: Rendered,
    ) -> str:
        """What only the asker may see. A whisper is gone after a reload, so a receipt goes
        to the direct messages."""
        if not user:
            raise Undeliverable("nobody to tell it to in private")
        if letter.body.get("deed") or letter.body.get("picture"):
            return await self._directly(user, letter, shown, about=channel)
        threaded = thread if carried.get("threaded") else ""
        return f"{channel}/{await self.posting.whisper(channel, user, shown, threaded)}"

    async def _directly(self, user: str, letter: Letter, shown: Rendered, about: str = "") -> str:
        direct = await self.posting.direct(user)
        if about:
            note = f"About your message in <#{escaped(about)}>"
            shown = rendered(letter.body, letter.outgoing_id, context=note)
        return f"{direct}/{await self.posting.post(direct, shown)}"

    async def _picture(self, letter: Letter, sent: str) -> None:
        """The picture follows its words. If it fails the words stay and say so, for sending
        both again would say them twice."""
        picture = letter.body.get("picture")
        if not picture:
            return
        channel, _ = parted(sent)
        if not channel.startswith(("C", "D", "G")):
            channel = await self.posting.direct(parted(letter.address)[0])
        _, thread = parted(letter.address) if channel == parted(letter.address)[0] else ("", "")
        png = base64.b64decode(picture["png"])
        try:
            await self.posting.picture(channel, png, picture["alternative"], thread, "chart")
        except (TryLater, Undeliverable, NotThere) as error:
            log.warning("a picture was not shared", reason=str(error), outgoing=letter.outgoing_id)
            note = f"The picture could not be shared. It shows: {escaped(picture['alternative'])}"
            shown = rendered(letter.body, letter.outgoing_id)
            with suppress(TryLater, NotThere):
                await self.posting.change(
                    *parted(sent), Rendered(shown.text, [*shown.blocks, context(note)])
                )

    # In threads.

    def _particulars(self, letter: Letter) -> Particulars:
        with self.reading() as session:
            row = session.get(Outgoing, letter.outgoing_id)
            if row is None:
                return Particulars("", None)
            user = None
            if row.employee_id is not None:
                user = slack_id(session, row.employee_id, self.team())
            elif row.body.get("to"):
                user = str(row.body["to"])
            token = (row.body.get("carried") or {}).get("token")
            source = source_of(session, token, row, self.skills) if token else None
            return Particulars(user or "", source)

    def _body_for(self, user: str, outgoing_id: int) -> Mapping[str, Any] | None:
        """What was said, if it was said to that user."""
        with self.reading() as session:
            row = session.get(Outgoing, outgoing_id)
            if row is None or row.employee_id is None:
                return None
            mine = slack_id(session, row.employee_id, self.team()) == user
            return row.body if mine else None
