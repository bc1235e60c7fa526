"""Who a Slack user is: linked by (team, user id), first by the e-mail that Slack has verified."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bot.channels.slack.posting import reason_of
from bot.channels.slack.reading import NAME
from crm_store import employees
from crm_store.employees import ChannelIdentity, Employee

BELIEVED = timedelta(hours=1)
"""How long what Slack says of a user is taken for true."""
NEVER = ("is_bot", "is_workflow_bot", "is_restricted", "is_ultra_restricted", "is_stranger")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """What Slack says of a user: a member of the firm's own workspace, and of what e-mail."""

    member: bool
    email: str
    asked_at: datetime


class TooEarly(RuntimeError):
    """Slack has not told yet which team we are in, so nobody can be known."""


class People:
    """Links Slack's users to employees, and unlinks who is a member no longer."""

    def __init__(
        self,
        client: AsyncWebClient,
        sessions: sessionmaker[Session],
        reading: sessionmaker[Session],
        team: Callable[[], str],
    ) -> None:
        self._client, self._team = client, team
        self._sessions, self._reading = sessions, reading
        self._known: dict[str, Known] = {}

    async def recognise(self, user: str, now: datetime, direct: str = "") -> None:
        """Before somebody is heard: link them if they are an employee, unlink guests.

        `direct` is the channel of their direct messages, where it is known. Raises whatever
        the client raises if a stranger cannot be looked up now.
        """
        if not self._team():
            raise TooEarly
        linked = await asyncio.to_thread(self._address_of, user)
        known = self._known.get(user)
        if known is None or now - known.asked_at > BELIEVED:
            known = await self._ask(user, now, linked is not None)
            if known is None:
                return
            self._known[user] = known
        if not known.member:
            if linked is not None:
                await asyncio.to_thread(self._unlink, user)
                log.warning("a Slack user is a member no longer and was unlinked", user=user)
            return
        if linked is not None and (linked or not direct):
            return
        if linked is None and not await asyncio.to_thread(self._is_employee, known.email):
            return
        address = direct or await self._open_direct(user)
        await asyncio.to_thread(self._link, user, known.email, address, now)

    async def employee_of(self, user: str, now: datetime) -> int | None:
        """The id of the employee behind a user, None for a stranger."""
        await self.recognise(user, now)
        return await asyncio.to_thread(self._employee_of, user, now)

    async def _ask(self, user: str, now: datetime, linked: bool) -> Known | None:
        try:
            answer = await self._client.users_info(user=user, include_locale=False)
        except SlackApiError as error:
            reason = reason_of(error)
            if reason in ("user_not_found", "user_not_visible"):
                return Known(False, "", now)
            if linked or reason in ("missing_scope", "not_allowed_token_type", "access_denied"):
                log.warning("Slack does not say who a user is", user=user, error=reason)
                return None
            raise
        return known_of(answer.get("user") or {}, self._team(), now)

    async def _open_direct(self, user: str) -> str:
        opened = await self._client.conversations_open(users=user)
        return str((opened.get("channel") or {}).get("id", ""))

    # In threads.

    def _identity(self, session: Session, user: str) -> ChannelIdentity | None:
        return employees.by_identity(session, NAME, user, self._team())

    def _address_of(self, user: str) -> str | None:
        with self._reading() as session:
            identity = self._identity(session, user)
            return (identity.address or "") if identity else None

    def _employee_of(self, user: str, now: datetime) -> int | None:
        with self._reading() as session:
            identity = self._identity(session, user)
            if identity is None or not identity.employee.active:
                return None
            gone = identity.employee.leaves_at
            return None if gone is not None and gone <= now else identity.employee_id

    def _is_employee(self, email: str) -> bool:
        with self._reading() as session:
            found = employees.by_email(session, email) if email else None
            return found is not None and found.active

    def _link(self, user: str, email: str, address: str, now: datetime) -> None:
        with self._sessions.begin() as session:
            linked = self._identity(session, user)
            found = linked.employee if linked else employees.by_email(session, email)
            if found is None or not found.active:
                return
            employees.identify(
                session, found, NAME, user, at=now, team=self._team(), address=address or None
            )

    def _unlink(self, user: str) -> None:
        with self._sessions.begin() as session:
            identity = self._identity(session, user)
            if identity is not None:
                identity.verified_at = None


def known_of(user: Mapping[str, Any], team: str, now: datetime) -> Known:
    """Whether `users.info` describes a full member of the team. The e-mails of guests, bots
    and people of other firms prove nothing."""
    profile, grid = user.get("profile") or {}, user.get("enterprise_user") or {}
    outside = team not in ("", user.get("team_id", team)) and team not in grid.get("teams", ())
    never = outside or user.get("deleted") or any(user.get(mark) for mark in NEVER)
    verified = user.get("is_email_confirmed", True)
    email = str(profile.get("email") or "") if verified else ""
    return Known(not never, email, now)


def slack_id(session: Session, employee: Employee | int, team: str) -> str | None:
    """The Slack user of an employee."""
    number = employee if isinstance(employee, int) else employee.id
    return session.scalar(
        select(ChannelIdentity.user_id)
        .where(ChannelIdentity.employee_id == number, ChannelIdentity.channel == NAME)
        .where(ChannelIdentity.team == team, ChannelIdentity.verified_at.is_not(None))
        .order_by(ChannelIdentity.id.desc())
        .limit(1)
    )
