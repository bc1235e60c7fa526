"""Attachments: files and long texts that came with an interaction."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import LargeBinary, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from crm_store.columns import UtcTime, link
from crm_store.customers import Customer
from crm_store.interactions import Interaction
from crm_store.rows import Recorded, Row


class Attachment(Recorded):
    """A file or long text that came with an interaction; `digest` leads to its content."""

    __tablename__ = "attachments"

    customer_id: Mapped[int | None] = link("customers.id")
    interaction_id: Mapped[int | None] = link("interactions.id")
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64), index=True)
    transcript: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcTime)

    interaction: Mapped[Interaction | None] = relationship(back_populates="attachments")


class FileContent(Row):
    """The bytes of a file, once for each SHA-256; not in the ledger, which would copy them."""

    __tablename__ = "file_contents"

    digest: Mapped[str] = mapped_column(String(64), unique=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


def keep(
    session: Session,
    content: bytes,
    *,
    name: str,
    media_type: str,
    at: datetime,
    interaction: Interaction | None = None,
    customer: Customer | None = None,
) -> Attachment:
    """Keep a file, with an interaction or a customer; the same bytes are kept once."""
    digest = put(session, content)
    about = customer.id if customer else interaction.customer_id if interaction else None
    kept = Attachment(
        interaction=interaction,
        customer_id=about,
        name=name[-255:],
        media_type=media_type,
        size=len(content),
        digest=digest,
        created_at=at,
    )
    session.add(kept)
    session.flush()
    return kept


def put(session: Session, content: bytes) -> str:
    """Keep bytes that belong to nobody yet; their SHA-256, by which they are found again."""
    digest = sha256(content).hexdigest()
    if session.scalar(select(FileContent.id).where(FileContent.digest == digest)) is None:
        session.add(FileContent(digest=digest, content=content))
        session.flush()
    return digest


def content_with(session: Session, digest: str) -> bytes | None:
    """The bytes of that SHA-256; None once they were erased."""
    return session.scalar(select(FileContent.content).where(FileContent.digest == digest))


def content_of(session: Session, attachment: Attachment) -> bytes | None:
    """The bytes of a kept file; None once they were erased."""
    return content_with(session, attachment.digest)
