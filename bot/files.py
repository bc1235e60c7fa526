"""Files that come with a message: told apart by their content, then handed to a skill."""

from bot.dialogue import Pending
from bot.message import AttachedFile
from crm_store import attachments
from crm_store.exchange.sheet import BadSheet, read_sheet
from skills.kit import Turn

LARGEST = 20_000_000
"""Bytes; Telegram gives bots no larger ones either."""
TABLES = (".csv", ".tsv", ".txt")


class TooLarge(ValueError):
    """The file is larger than what is taken from a chat."""


def order(turn: Turn, file: AttachedFile, number: int, text: str) -> Pending:
    """The act that a file means: a table is tried, anything else is kept. Raises TooLarge."""
    if file.path.stat().st_size > LARGEST:
        raise TooLarge(file.name)
    content = file.path.read_bytes()
    digest = attachments.put(turn.session, content)
    values = {"digest": digest, "name": file.name}
    if _is_table(file.name, content):
        return Pending("import_table", number, slots={}, values=values)
    values["media_type"] = file.media_type
    slots = {"note": text} if text else {}
    return Pending("keep_file", number, slots=slots, values=values)


def _is_table(name: str, content: bytes) -> bool:
    if not name.lower().endswith(TABLES):
        return False
    try:
        return len(read_sheet(content).header) > 1 or name.lower().endswith(".csv")
    except BadSheet:
        # Let the import say what is wrong with it.
        return name.lower().endswith(".csv")
