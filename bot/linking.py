"""Invitations: a one-time code by which an employee proves who they are on Telegram."""

import re
import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from crm_store import employees
from crm_store.employees import INVITE_LASTS, Employee
from skills.kit import Reply, Turn

MINUTES = int(INVITE_LASTS.total_seconds() // 60)

_ASKED = re.compile(
    r"(?:please\s+|can you\s+|could you\s+)?(?:link|connect|add|pair)\s+"
    r"(?:me\s+(?:to|with|on)\s+|(?:to\s+)?(?:my\s+)?)telegram(?:\s+account)?(?:\s+please)?[.!?]*",
    re.IGNORECASE,
)


def asked_for(text: str) -> bool:
    """Whether somebody wants their Telegram linked: "link my telegram"."""
    return _ASKED.fullmatch(text.strip()) is not None


def invited(session: Session, employee: Employee, at: datetime) -> str:
    """A new code for the employee; it is kept as a hash alone."""
    code = secrets.token_urlsafe(24)
    employees.invite(session, employee, code, at)
    return code


def address(bot_name: str, code: str) -> str:
    """The link that opens the bot in Telegram and hands it the code."""
    return f"https://t.me/{bot_name}?start={code}"


def answer(turn: Turn, bot_name: str) -> Reply:
    """The invitation as an answer, for nobody else to see."""
    code = invited(turn.session, turn.employee, turn.now)
    way = f"Open {address(bot_name, code)} and press Start." if bot_name else ""
    other = f"{'Or send' if way else 'Send'} our bot in Telegram this: /start {code}"
    return Reply(
        f"This links your Telegram account. It works once, within {MINUTES} minutes.",
        facts=[line for line in (way, other) if line],
    )
