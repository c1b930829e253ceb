"""What is known of offers, tiers and contracts."""

from dataclasses import dataclass

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class OfferSaved(Event):
    """An offer was made or changed; contracts made of it before keep their terms."""

    offer_id: int
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LoyaltyTierSaved(Event):
    """A loyalty tier was made or changed."""

    tier_id: int


@dataclass(frozen=True, kw_only=True)
class LoyaltyTierRemoved(Event):
    """A loyalty tier is no more."""

    tier_id: int


@dataclass(frozen=True, kw_only=True)
class ContractEvent(Event):
    """A fact about one contract, of a contact or an organisation."""

    contract_id: int
    contact_id: int | None = None
    organisation_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ContractAgreed(ContractEvent):
    """A customer has a contract."""

    offer_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ContractEnded(ContractEvent):
    """It ends sooner than was agreed."""


@dataclass(frozen=True, kw_only=True)
class ContractEnding(ContractEvent):
    """It runs out soon: somebody should ask whether it is to go on."""


@dataclass(frozen=True, kw_only=True)
class ContractExhausted(ContractEvent):
    """The last of the requests or minutes of this period was used."""

    kind: str
