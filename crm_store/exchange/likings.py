"""Likings: what a preference in words is about, and which of several holds."""

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm_store.contact import Channel
from crm_store.exchange.words import choose
from crm_store.preferences import EXCLUSIVE, Polarity, Preference, PreferenceKind
from crm_store.snapshots import chunks

_DISLIKE = re.compile(
    r"^(?:no|not|never|hates?|avoids?|does not like|doesn't like|don't|do not"
    r"|does not want|doesn't want|unhappy with)\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"(?:(?P<dislike>dislikes?)|prefers?|likes?|loves?|wants?|favou?rs?)\s+(?:to\s+)?(?=\S)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:mornings?|afternoons?|evenings?|noon|lunch|night|weekdays?|weekends?|mon|tues|wednes"
    r"|thurs|fri|satur|sun)(?:days?)?\b|\b\d{1,2}(?::\d\d)?\s*(?:am|pm|o'clock)\b|\b\d{1,2}:\d\d\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Liking:
    """What a preference in words says."""

    kind: PreferenceKind
    polarity: Polarity
    statement: str
    channel: Channel | None


def read(words: str) -> Liking:
    """The kind, the channel and whether it is liked; the statement without `prefers`."""
    statement = words.strip()
    disliked = False
    while not disliked and (said := _SAID.match(statement)):
        disliked, statement = said["dislike"] is not None, statement[said.end() :]
    disliked = disliked or _DISLIKE.match(statement) is not None
    channel = _channel_in(statement)
    kind = PreferenceKind.OTHER
    if channel is not None:
        kind = PreferenceKind.CHANNEL
    elif _TIME.search(statement):
        kind = PreferenceKind.TIME
    polarity = Polarity.DISLIKE if disliked else Polarity.LIKE
    return Liking(kind, polarity, statement, channel)


def _channel_in(words: str) -> Channel | None:
    """The channel that the words are about: they name it, or little else."""
    plain = re.sub(r"[^\w\s-]", " ", _DISLIKE.sub("", words.lower())).split()
    plain = [word for word in plain if word not in ("by", "on", "the", "a", "to", "be", "via")]
    if len(plain) > 4:
        return None
    for size in (3, 2, 1):
        for start in range(len(plain) - size + 1):
            phrase = " ".join(plain[start : start + size])
            found = choose(Channel, phrase, "channel") or choose(
                Channel, phrase.removesuffix("s"), "channel"
            )
            if found not in (None, Channel.OTHER):
                return found
    return None


def written(preference: Preference) -> str:
    """The preference in words from which `read` makes the same statement again."""
    plain = read(preference.statement).statement
    said = preference.polarity is Polarity.LIKE or read(plain).polarity is Polarity.DISLIKE
    return plain if said else f"dislikes {plain}"


def let_the_latest_hold(session: Session, customers: Collection[int]) -> None:
    """Of the customers' preferences that exclude each other, the latest contradicts the rest."""
    for part in chunks(sorted(customers)):
        held: dict[int, list[Preference]] = defaultdict(list)
        wanted = (
            select(Preference)
            .where(Preference.customer_id.in_(part))
            .where(Preference.withdrawn_at.is_(None), Preference.contradicted_by_id.is_(None))
            .order_by(Preference.stated_at, Preference.id)
        )
        for preference in session.scalars(wanted):
            held[preference.customer_id].append(preference)
        for stated in held.values():
            _contradict(stated)
    session.flush()


def _contradict(stated: list[Preference]) -> None:
    for at, earlier in enumerate(stated):
        later = next((one for one in stated[at + 1 :] if _excludes(one, earlier)), None)
        if later is not None:
            earlier.contradicted_by_id = later.id


def _excludes(later: Preference, earlier: Preference) -> bool:
    if later.kind is not earlier.kind or earlier.kind not in EXCLUSIVE:
        return False
    same_channel = later.preferred_channel is earlier.preferred_channel
    if earlier.kind is PreferenceKind.CHANNEL:
        return (
            same_channel
            if later.polarity is not earlier.polarity
            else (not same_channel and later.polarity is Polarity.LIKE)
        )
    same = later.statement.casefold() == earlier.statement.casefold()
    return later.polarity is earlier.polarity is Polarity.LIKE and not same
