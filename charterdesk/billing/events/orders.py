"""What is known of orders and where they come from."""

from dataclasses import dataclass

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class OrderSourceSaved(Event):
    """A shop, or another source of orders, was set up or changed."""

    source_id: int
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OrderEvent(Event):
    """A fact about one order."""

    order_id: int
    contact_id: int
    status: str


@dataclass(frozen=True, kw_only=True)
class OrderTaken(OrderEvent):
    """We heard of an order for the first time."""


@dataclass(frozen=True, kw_only=True)
class OrderChanged(OrderEvent):
    """The shop says something else of it; `former` is the status it had."""

    former: str


@dataclass(frozen=True, kw_only=True)
class RequestOrderNamed(Event):
    """It was said which order a request is about; none is none."""

    about: str
    order_id: int | None = None
