"""Files that come with a message, fetched with the bot's token."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import aiohttp
import structlog

from bot.message import AttachedFile

LARGEST = 20 * 1024 * 1024
"""Bytes; a list of customers is a thousandth of that."""

log = structlog.get_logger(__name__)


class NotFetched(Exception):
    """A file cannot be read, for good; the message is the sentence for its owner."""


async def fetched(
    files: Sequence[Mapping[str, Any]], token: str, folder: Path
) -> tuple[AttachedFile, ...]:
    """Those files, in `folder`. Raises NotFetched, and aiohttp's errors where Slack may yet
    give them."""
    found = []
    for file in files:
        url = str(file.get("url_private_download") or file.get("url_private") or "")
        if file.get("is_external") or file.get("mode") == "external" or not url:
            # A link to some other site, which must not see our token.
            raise NotFetched("I can only read files that are uploaded to Slack itself.")
        if int(file.get("size") or 0) > LARGEST:
            raise NotFetched(f"That file is larger than {LARGEST // 1024 // 1024} MB.")
        found.append(await _one(file, url, token, folder))
    return tuple(found)


async def _one(file: Mapping[str, Any], url: str, token: str, folder: Path) -> AttachedFile:
    name = Path(str(file.get("name") or "file").replace("\\", "/")).name or "file"
    with tempfile.NamedTemporaryFile(dir=folder, suffix=Path(name).suffix, delete=False) as kept:
        size = 0
        async with (
            aiohttp.ClientSession(trust_env=True) as session,
            session.get(url, headers={"Authorization": f"Bearer {token}"}) as answer,
        ):
            if answer.status in (401, 403, 404, 410):
                raise NotFetched("Slack does not let me read that file (scope files:read).")
            answer.raise_for_status()
            if _is_sign_in(answer.content_type, str(file.get("mimetype") or "")):
                raise NotFetched("Slack does not let me read that file (scope files:read).")
            async for chunk in answer.content.iter_chunked(65536):
                size += len(chunk)
                if size > LARGEST:
                    raise NotFetched(f"That file is larger than {LARGEST // 1024 // 1024} MB.")
                kept.write(chunk)
    return AttachedFile(name=name, path=Path(kept.name), media_type=str(file.get("mimetype") or ""))


def _is_sign_in(given: str, expected: str) -> bool:
    """Without the scope Slack answers 200 with the page on which people sign in."""
    return given == "text/html" and expected != "text/html"
