"""What records makes known."""

from dataclasses import dataclass

from charterdesk.events.log import Event


@dataclass(frozen=True, kw_only=True)
class ContactExported(Event):
    """What we keep of a customer was handed out; `with_notes` says whether notes of the house were in it."""

    contact_id: int
    with_notes: bool = False
