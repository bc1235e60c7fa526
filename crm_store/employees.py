"""Who uses the assistant: employees, their roles and hours, and their names on each channel."""

from datetime import datetime, time
from enum import StrEnum

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.columns import UtcTime, ZoneName, choice, json_column, link
from crm_store.rows import Recorded, Row


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
