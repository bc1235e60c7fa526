"""Preferences: how a customer wants to be treated."""

import re
from typing import Annotated

from crm_store import preferences, profile
from crm_store.contact import Channel
from crm_store.customers import Customer
from crm_store.interactions import Interaction
from crm_store.preferences import Polarity, Preference, PreferenceKind
from skills.kit import Ask, Choice, Question, Reply, Turn, question, skill
from skills.wording import channel_name, day_of, plain, said_by, who

CHANNEL_WORDS = {
    Channel.EMAIL: r"e-?mails?|mails?|in writing|written|inbox",
    Channel.CALL: r"phone|phoned|calls?|called|telephone|ring|rung|rang|voice|phone calls?",
    Channel.SMS: r"sms|texts?|text messages?",
    Channel.CHAT: r"chat|whatsapp|messenger|slack|telegram|teams|signal|dm",
    Channel.LETTER: r"letters?|post|by post|snail mail",
    Channel.VISIT: r"visits?|in person|face to face|on site|drop in",
    Channel.MEETING: r"meetings?|video calls?|zoom|lunch",
    Channel.FAX: r"fax(?:es)?",
    Channel.SOCIAL: r"linkedin|facebook|instagram|social media",
}
TIME_WORDS = re.compile(
    r"\b(mornings?|afternoons?|evenings?|nights?|weekends?|weekdays?|lunch(?:time)?|noon|before"
    r"|after|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|early|late"
    r"|\d{1,2} ?[ap]m|o'?clock|hours?)\b",
    re.IGNORECASE,
)
ROUTINE_WORDS = re.compile(
    r"\b(every|each|weekly|monthly|quarterly|yearly|spring|summer|autumn|winter|orders?|twice"
    r"|usually|always|regular(?:ly)?)\b",
    re.IGNORECASE,
)
STYLE_WORDS = re.compile(
    r"\b(short|brief|formal|informal|direct|details?|detailed|numbers|stories|first names?|jokes?"
    r"|polite|concise|bullet|summary|summaries|to the point|written|visual)\b",
    re.IGNORECASE,
)
DISLIKES = re.compile(
    r"^(?:no|not|never|hates?|dislikes?|can'?t stand|doesn'?t (?:like|want)|don'?t (?:like|want)"
    r"|don'?t call|does not (?:like|want)|do not (?:like|want|call)|refuses?|avoids?|against|stop"
    r"|without|isn'?t|allergic to|won'?t|hated|detests?|not keen on|not a fan of|rather not"
    r"|no more)\b[\s:,-]*",
    re.IGNORECASE,
)
DISLIKING_VERB = re.compile(
    r"\b(?:hates?|hated|dislikes?|detests?|loathes?|can'?t stand|cannot stand|avoids?|refuses?"
    r"|(?:doesn'?t|don'?t|does not|do not|didn'?t) (?:like|want|prefer|care for)|not keen on"
    r"|no fan of|not a fan of|allergic to|annoyed by|no more)$",
    re.IGNORECASE,
)
LIKES = re.compile(
    r"^(?:prefers?|likes?|loves?|wants?|favou?rs?|would rather|rather|enjoys?|only|just|best by"
    r"|best|by|via|on|over|through)\b\s*",
    re.IGNORECASE,
)


@skill(("Bianca Rossi prefers email", "Noted: Bianca Rossi"))
def add_preference(
    turn: Turn,
    customer: Annotated[Customer, Ask("Whose preference is it?", recent=True)],
    preference: Annotated[str, Ask("What does the customer prefer?")],
    confirmed: bool = False,
) -> Reply | Question:
    """Keep what a customer likes, wants or will not have."""
    polarity, statement = _read(preference, turn.text)
    channel = channel_in(statement)
    kind = _kind(statement, channel)
    held = preferences.on_file(
        turn.session, customer, statement, polarity=polarity, preferred_channel=channel
    )
    if held is not None and not _more_exact(statement, held, channel):
        return _confirmed_again(turn, customer, held)
    against = preferences.contradicted(
        turn.session, customer, kind, statement, polarity=polarity, preferred_channel=channel
    )
    if against and not confirmed:
        return _contradiction(turn, customer, preference, against[0])
    kept = _keep(turn, customer, kind, polarity, statement, channel)
    preferences.supersede(turn.session, kept, against)
    facts = [f"Before: {_words(old)} (said {day_of(old.stated_at, turn)})." for old in against]
    if kind is PreferenceKind.CHANNEL and polarity is Polarity.LIKE and channel is not None:
        profile.state(
            turn.session,
            customer,
            "preferred_channel",
            channel,
            at=turn.now,
            employee=turn.employee,
            source="chat",
        )
    return Reply(
        f"Noted: {who(customer)} {_words(kept)}.", facts=facts, about=[customer], made=[kept]
    )


@question(("what does Bianca Rossi like?", "Nothing recorded"))
def get_preferences(
    turn: Turn, customer: Annotated[Customer, Ask("Whose preferences?", recent=True)]
) -> Reply:
    """What a customer prefers"""
    found = preferences.current(turn.session, customer)
    if not found:
        return Reply(f"Nothing recorded about what {who(customer)} prefers.", about=[customer])
    facts = [f"{_words(one).capitalize()} - {_origin(turn, one)}" for one in found]
    return Reply(f"What {who(customer)} prefers:", facts=facts, about=[customer])


def described(turn: Turn, one: Preference) -> str:
    """A preference with its date, channel and author."""
    return f"{_words(one)} ({_origin(turn, one)})"


def _read(said: str, message: str = "") -> tuple[Polarity, str]:
    """Which way it goes and what it is; "hates" may stand in the message before the words."""
    text = said.strip(" .!")
    before = message[: message.lower().find(text.lower())].rstrip() if text in message else ""
    if DISLIKING_VERB.search(before):
        return Polarity.DISLIKE, text[:500]
    against = DISLIKES.match(text)
    if against:
        rest = text[against.end() :].strip(" .!")
        return Polarity.DISLIKE, (rest or text)[:500]
    return Polarity.LIKE, (LIKES.sub("", text).strip() or text)[:500]


def channel_in(statement: str) -> Channel | None:
    """The channel that the words name, if any."""
    for channel, words in CHANNEL_WORDS.items():
        if re.search(rf"\b(?:{words})\b", statement, re.IGNORECASE):
            return channel
    return None


def _kind(statement: str, channel: Channel | None) -> PreferenceKind:
    if ROUTINE_WORDS.search(statement):
        return PreferenceKind.ROUTINE
    if channel is not None:
        return PreferenceKind.CHANNEL
    if TIME_WORDS.search(statement):
        return PreferenceKind.TIME
    if STYLE_WORDS.search(statement):
        return PreferenceKind.STYLE
    return PreferenceKind.PRODUCT


def _more_exact(statement: str, held: Preference, channel: Channel | None) -> bool:
    """ "Phone after 14:00" says more than the "phone" on file."""
    if channel is None:
        return False
    return len(statement.split()) > len(held.statement.split()) + 1


def _confirmed_again(turn: Turn, customer: Customer, held: Preference) -> Reply:
    held.confirmed_at = turn.now
    return Reply(
        f"{who(customer)} {_words(held)}: already on file since "
        f"{day_of(held.stated_at, turn)}, confirmed today.",
        about=[customer],
        made=[held],
    )


def _contradiction(turn: Turn, customer: Customer, said: str, against: Preference) -> Question:
    """A preference that cannot stand beside an older one is asked about, not overwritten."""
    new = _read(said, turn.text)[1]
    return Question(
        f"The file says {who(customer)} {_words(against)} "
        f"({day_of(against.stated_at, turn)}). Which holds now?",
        choices=(
            Choice(f"Now: {plain(said)[:50]}", values={"confirmed": True}, yes=True),
            Choice(f"Keep {plain(against.statement)[:50]}", drops=True),
            Choice(
                "Both",
                intent="add_note",
                values={
                    "customer": {"row": "customers", "id": customer.id},
                    "note": f"also: {new}",
                },
            ),
        ),
    )


def _keep(
    turn: Turn,
    customer: Customer,
    kind: PreferenceKind,
    polarity: Polarity,
    statement: str,
    channel: Channel | None,
) -> Preference:
    interaction = turn.made(Interaction)
    return Preference(
        customer=customer,
        kind=kind,
        polarity=polarity,
        statement=statement,
        preferred_channel=channel,
        stated_at=interaction.happened_at if interaction else turn.now,
        channel=interaction.channel if interaction else None,
        employee=turn.employee,
        interaction_id=interaction.id if interaction else None,
    )


def _words(one: Preference) -> str:
    verb = "prefers" if one.polarity is Polarity.LIKE else "does not like"
    statement = plain(one.statement)
    if one.preferred_channel is not None and statement.lower() in ("email", "mail", "mails"):
        statement = channel_name(one.preferred_channel)
    return f"{verb} {statement}"


def _origin(turn: Turn, one: Preference) -> str:
    by = f", by {channel_name(one.channel)}" if one.channel else ""
    again = f", confirmed {day_of(one.confirmed_at, turn)}" if one.confirmed_at else ""
    return f"said {day_of(one.stated_at, turn)}{by}, told to {said_by(one.employee, turn)}{again}"
