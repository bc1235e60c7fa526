"""Slack's dialect of text: what people wrote is shown as they wrote it, and what Slack sends
is read as they typed it."""

import re
from collections.abc import Iterator

BOLD = re.compile("\x02([^\x02\x03]*)\x03")
MARKS = str.maketrans("", "", "\x02\x03")
LINK = re.compile(r"<((?:https?|mailto|tel):[^|>]*)(?:\|([^>]*))?>")
CHANNEL = re.compile(r"<#([A-Z0-9]+)(?:\|([^>]*))?>")
SPECIAL = re.compile(r"<!(?:[^|>]*)(?:\|([^>]*))?>")
MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")


def escaped(text: str) -> str:
    """Text that Slack shows letter by letter."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def marked_up(text: str) -> str:
    """Our text with its bold marks in Slack's; an asterisk inside would end the bold."""
    return BOLD.sub(_bold, escaped(text)).translate(MARKS)


def plain(text: str) -> str:
    """Our text without marks, for where no markup is read."""
    return text.translate(MARKS)


def typed(text: str, bot_user: str = "") -> str:
    """What somebody typed, from what Slack made of it; a mention of the bot is dropped."""
    text = MENTION.sub(lambda m: "" if m.group(1) == bot_user else m.group(0), text)
    text = LINK.sub(_link, text)
    text = CHANNEL.sub(lambda m: f"#{m.group(2) or m.group(1)}", text)
    text = SPECIAL.sub(lambda m: m.group(1) or "", text)
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return text.strip()


def mentioned(text: str) -> list[str]:
    """The ids of the users that a text mentions."""
    return MENTION.findall(text)


def pieces(text: str, longest: int) -> Iterator[str]:
    """The text in parts of at most `longest` characters, cut at line ends where there are any."""
    while len(text) > longest:
        cut = text.rfind("\n", 1, longest)
        cut = cut if cut > 0 else text.rfind(" ", 1, longest)
        cut = cut if cut > 0 else longest
        # A cut inside an entity would show its remains.
        entity = text.rfind("&", max(0, cut - 5), cut)
        if entity > 0 and ";" not in text[entity:cut]:
            cut = entity
        yield text[:cut].rstrip()
        text = text[cut:].lstrip("\n")
    if text.strip():
        yield text


def _bold(found: re.Match[str]) -> str:
    words = found.group(1).strip().replace("*", "∗")
    lines = [f"*{line.strip()}*" if line.strip() else "" for line in words.split("\n")]
    return "\n".join(lines)


def _link(found: re.Match[str]) -> str:
    """`<mailto:a@b.c|a@b.c>` was typed as a@b.c, and likewise for phones and domains."""
    address, label = found.group(1), found.group(2)
    bare = re.sub(r"^(mailto|tel):", "", address)
    return label or bare
