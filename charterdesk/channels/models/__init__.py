"""The outside as the desk knows it."""

from charterdesk.channels.models.mail import (
    ASIDE,
    EMPTY_MAIL,
    AutomaticCount,
    BlockedSender,
    JunkWord,
    MailAccount,
    MailReference,
    Outgoing,
    PicturesFrom,
    Pushed,
    PushSubscription,
    RawMail,
)
from charterdesk.channels.models.sms import SmsDay, SmsIn, SmsNumber, SmsOut, SmsPart, SmsStop

__all__ = [
    "ASIDE",
    "EMPTY_MAIL",
    "AutomaticCount",
    "BlockedSender",
    "JunkWord",
    "MailAccount",
    "MailReference",
    "Outgoing",
    "PicturesFrom",
    "PushSubscription",
    "Pushed",
    "RawMail",
    "SmsDay",
    "SmsIn",
    "SmsNumber",
    "SmsOut",
    "SmsPart",
    "SmsStop",
]
