"""What contracts have to do with promises: by which names conditions ask for them, and whose hours hold."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from charterdesk.billing.models import Contract, Offer
from charterdesk.billing.queries.buyers import buyers_among
from charterdesk.billing.queries.contracts import entitlement_of
from charterdesk.people.entitled import Asker, Entitled, provides

ANY = "*"
KNOWN_S = 60.0
FEW = 3


@dataclass
class Contracts:
    """Tells what customers are entitled to by their contracts.

    Whether there is any contract is asked now and then only: never again once there is one, and at once when one was
    agreed on (`forget`).
    """

    looked_at: float | None = None
    are_there: bool = False

    def is_set_up(self) -> bool:
        """Whether there ever was a contract. One query a minute, until there is one."""
        stale = self.looked_at is None or time.monotonic() - self.looked_at > KNOWN_S
        if stale and not self.are_there:
            self.are_there, self.looked_at = Contract.objects.exists(), time.monotonic()
        return self.are_there

    def forget(self) -> None:
        """Look again whether there is any."""
        self.looked_at, self.are_there = None, False

    def entitled(self, askers: Sequence[Asker]) -> Mapping[Asker, Entitled]:
        """By the contract of each that ends first: its name, and the hours agreed on.

        One query for each customer; of more than a few customers three, and one for each who ever had a contract.
        """
        found = {}
        customers = {(asker.contact_id, asker.organisation_id) for asker in askers}
        having = buyers_among(customers, of=(Contract,)) if len(customers) > FEW else customers
        for asker in askers:
            if (asker.contact_id, asker.organisation_id) not in having:
                continue
            entitlement = entitlement_of(
                contact_id=asker.contact_id,
                organisation_id=asker.organisation_id,
                channel=asker.channel,
                at=asker.at,
            )
            if entitlement:
                found[asker] = Entitled((ANY, entitlement.name), entitlement.calendar_id)
        return found

    def choices(self) -> Sequence[tuple[str, str]]:
        """Any contract, and each offer by name. One query."""
        names = Offer.objects.order_by("position", "pk").values_list("name", flat=True)
        offered = [(name, name) for name in names]
        return [(ANY, _("any contract")), *offered] if offered else []


CONTRACTS = Contracts()
provides("billing", CONTRACTS)
