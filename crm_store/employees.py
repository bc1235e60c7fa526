"""Who uses the assistant: employees, their roles and hours, and their names on each channel."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from crm_store.columns import UtcTime, ZoneName, choice, json_column, link
from crm_store.rows import Recorded, Row

INVITE_LASTS = timedelta(minutes=10)


class Role(StrEnum):
    """What somebody does, which decides what they may do."""

    SALES = "sales"
    SERVICE = "service"
    MARKETING = "marketing"
    BILLING = "billing"
    MANAGER = "manager"
    ADMIN = "admin"


class Employee(Recorded):
    """A colleague. Weekdays in `digest_days` count from Monday = 0."""

    __tablename__ = "employees"
    about = None

    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(choice(Role), default=Role.SALES)
    department: Mapped[str | None] = mapped_column(String(100))
    office: Mapped[str | None] = mapped_column(String(100))
    timezone: Mapped[str] = mapped_column(ZoneName, default="UTC")
    travel_zone: Mapped[str | None] = mapped_column(ZoneName)
    travel_until: Mapped[datetime | None] = mapped_column(UtcTime)
    locale: Mapped[str] = mapped_column(String(16), default="en")
    active: Mapped[bool] = mapped_column(default=True)
    leaves_at: Mapped[datetime | None] = mapped_column(UtcTime)
    digest_on: Mapped[bool] = mapped_column(default=True)
    digest_at: Mapped[time | None]
    digest_days: Mapped[list[int] | None] = mapped_column(json_column())
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
    away_from: Mapped[datetime | None] = mapped_column(UtcTime)
    away_until: Mapped[datetime | None] = mapped_column(UtcTime)
    muted: Mapped[dict[str, str | None] | None] = mapped_column(json_column())
    """What is not to be told, and until when (ISO 8601; null for good)."""

    identities: Mapped[list["ChannelIdentity"]] = relationship(
        back_populates="employee", cascade="all, delete-orphan"
    )

    def zone_at(self, now: datetime) -> str:
        """The zone whose clock the employee reads now, travels included."""
        travelling = self.travel_zone and (self.travel_until is None or now < self.travel_until)
        return self.travel_zone if travelling and self.travel_zone else self.timezone


class ChannelIdentity(Row):
    """An employee's user id on one platform, once proved."""

    __tablename__ = "channel_identities"
    __table_args__ = (UniqueConstraint("channel", "team", "user_id"),)

    employee_id: Mapped[int] = link("employees.id")
    channel: Mapped[str] = mapped_column(String(20))
    team: Mapped[str] = mapped_column(String(64), default="")
    user_id: Mapped[str] = mapped_column(String(64))
    address: Mapped[str | None] = mapped_column(String(128))
    """Where a private message reaches them, once known."""
    verified_at: Mapped[datetime | None] = mapped_column(UtcTime)
    blocked_at: Mapped[datetime | None] = mapped_column(UtcTime)

    employee: Mapped[Employee] = relationship(back_populates="identities")


class InviteCode(Row):
    """A one-time code that links a channel to an employee; only its hash is kept."""

    __tablename__ = "invite_codes"

    employee_id: Mapped[int] = link("employees.id")
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)


def by_email(session: Session, email: str) -> Employee | None:
    """The employee with that address, active or not."""
    return session.scalars(
        select(Employee).where(func.lower(Employee.email) == email.strip().lower())
    ).one_or_none()


def by_identity(
    session: Session, channel: str, user_id: str, team: str = ""
) -> ChannelIdentity | None:
    """The proved name on a channel; None for strangers."""
    return session.scalars(
        select(ChannelIdentity).where(
            ChannelIdentity.channel == channel,
            ChannelIdentity.team == team,
            ChannelIdentity.user_id == user_id,
            ChannelIdentity.verified_at.is_not(None),
        )
    ).one_or_none()


def active(session: Session) -> list[Employee]:
    """Everybody who works here now, by name."""
    return list(session.scalars(select(Employee).where(Employee.active).order_by(Employee.name)))


def of_department(session: Session, department: str) -> list[Employee]:
    """Who works in that department now, by name; the role stands in where none is given."""
    name = department.strip().lower()
    return [
        employee
        for employee in active(session)
        if (employee.department or employee.role.value).lower() == name
    ]


def identify(
    session: Session,
    employee: Employee,
    channel: str,
    user_id: str,
    *,
    at: datetime,
    team: str = "",
    address: str | None = None,
) -> ChannelIdentity:
    """Link a user of a platform to an employee; a user who was linked to another moves over."""
    found = session.scalars(
        select(ChannelIdentity).where(
            ChannelIdentity.channel == channel,
            ChannelIdentity.team == team,
            ChannelIdentity.user_id == user_id,
        )
    ).one_or_none()
    identity = found or ChannelIdentity(channel=channel, team=team, user_id=user_id)
    identity.employee = employee
    identity.verified_at, identity.blocked_at = at, None
    identity.address = address or identity.address
    session.add(identity)
    session.flush()
    return identity


def invite(session: Session, employee: Employee, code: str, at: datetime) -> InviteCode:
    """Keep the hash of a code that links one channel to the employee, once, for ten minutes."""
    made = InviteCode(
        employee_id=employee.id,
        code_hash=_hashed(code),
        created_at=at,
        expires_at=at + INVITE_LASTS,
    )
    session.add(made)
    session.flush()
    return made


def redeem(session: Session, code: str, at: datetime) -> Employee | None:
    """Use up a code; None if it is unknown, used, expired, or its employee has left."""
    found = session.scalars(
        select(InviteCode).where(InviteCode.code_hash == _hashed(code)).with_for_update()
    ).one_or_none()
    if found is None or found.used_at is not None or found.expires_at <= at:
        return None
    employee = session.get_one(Employee, found.employee_id)
    if not employee.active:
        return None
    found.used_at = at
    session.flush()
    return employee


def _hashed(code: str) -> str:
    return sha256(code.encode()).hexdigest()
