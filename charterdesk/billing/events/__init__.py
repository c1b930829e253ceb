"""What billing makes known: ids and codes only."""

from charterdesk.billing.events.contracts import (
    ContractAgreed,
    ContractEnded,
    ContractEnding,
    ContractEvent,
    ContractUsedUp,
    LoyaltyTierRemoved,
    LoyaltyTierSaved,
    OfferSaved,
)
from charterdesk.billing.events.orders import OrderChanged, OrderEvent, OrderSourceSaved, OrderTaken, RequestOrderNamed
from charterdesk.billing.events.time_entries import TimeEntryEvent, TimeRemoved, TimeSpent, TimeStarted
from charterdesk.billing.events.verdicts import (
    ContestDecided,
    VerdictAccepted,
    VerdictContested,
    VerdictEvent,
    VerdictGiven,
    VerdictReasonRemoved,
    VerdictReasonSaved,
    VerdictWithdrawn,
)

__all__ = [
    "ContestDecided",
    "ContractAgreed",
    "ContractEnded",
    "ContractEnding",
    "ContractEvent",
    "ContractUsedUp",
    "LoyaltyTierRemoved",
    "LoyaltyTierSaved",
    "OfferSaved",
    "OrderChanged",
    "OrderEvent",
    "OrderSourceSaved",
    "OrderTaken",
    "RequestOrderNamed",
    "TimeEntryEvent",
    "TimeRemoved",
    "TimeSpent",
    "TimeStarted",
    "VerdictAccepted",
    "VerdictContested",
    "VerdictEvent",
    "VerdictGiven",
    "VerdictReasonRemoved",
    "VerdictReasonSaved",
    "VerdictWithdrawn",
]
