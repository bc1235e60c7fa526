"""The words for how a firm and its customers meet."""

from enum import StrEnum


class Channel(StrEnum):
    """The way a contact took. A video call is a meeting, WhatsApp is chat, voicemail is a call."""

    CALL = "call"
    EMAIL = "email"
    MEETING = "meeting"
    VISIT = "visit"
    CHAT = "chat"
    SOCIAL = "social"
    SMS = "sms"
    LETTER = "letter"
    FAX = "fax"
    WEBSITE = "website"
    EVENT = "event"
    OTHER = "other"


FACE_TO_FACE = frozenset({Channel.MEETING, Channel.VISIT, Channel.EVENT})


class Direction(StrEnum):
    """Who reached whom."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    INTERNAL = "internal"


class Outcome(StrEnum):
    """How an attempt to reach somebody ended."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    VOICEMAIL = "voicemail"
    LEFT_MESSAGE = "left_message"


class Milestone(StrEnum):
    """A step of a sale, in the order in which they usually come."""

    ENQUIRY = "enquiry"
    BID_REQUESTED = "bid_requested"
    BID_SENT = "bid_sent"
    CONTRACT_SENT = "contract_sent"
    CONTRACT_SIGNED = "contract_signed"
    DELIVERED = "delivered"
    INVOICED = "invoiced"
    PAID = "paid"


class Sentiment(StrEnum):
    """How the customer felt, where it was said."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"
