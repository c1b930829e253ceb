"""What is said of requests, for whoever reads it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from charterdesk.base.kept import AnyGiven, Given, Kept
from charterdesk.base.money import Money
from charterdesk.billing.models import Contest, Contract, Order, OrderNamed, TimeEntry, Verdict
from charterdesk.billing.queries.contracts import Left, left_of
from charterdesk.billing.words import verdict_words


@dataclass(frozen=True, kw_only=True)
class Costs:
    """All there is to say of what a request costs: the verdict in words, time spent, what of the contract is left."""

    verdict: Verdict | None
    words: str
    contest: Contest | None
    entries: Sequence[TimeEntry]
    left: Left | None
    order: Order | None

    @property
    def minutes(self) -> int:
        """Minutes spent, courtesy included."""
        return sum(entry.minutes for entry in self.entries)

    @property
    def charged(self) -> int:
        """Minutes that are charged."""
        return sum(entry.charged for entry in self.entries)

    @property
    def covered(self) -> int:
        """Minutes that a contract includes."""
        return sum(entry.covered for entry in self.entries)

    @property
    def sums(self) -> list[Money]:
        """What it comes to so far, by currency; an accepted price for the whole request included."""
        amounts = [entry.cost for entry in self.entries]
        verdict = self.verdict
        if verdict and verdict.price and verdict.per == "incident" and verdict.accepted_at:
            amounts.append(verdict.price.rounded())
        found: dict[str, Money] = {}
        for amount in amounts:
            if amount is not None:
                found[amount.currency] = found.get(amount.currency, Money.zero(amount.currency)) + amount
        return list(found.values())

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return self.verdict is None and not self.entries and self.order is None


def costs_of(about: str, *, on: date, absorbed: Collection[str] = ()) -> Costs:
    """What a request (its key) costs, as of `on`, with the time spent on those that were merged into it.

    Two queries; one more for each of: a contract, an earlier verdict, an order that is named.
    """
    verdict = _VERDICT.first(about=about)
    contest = getattr(verdict, "contest", None) or _decided_before(about, verdict)
    contract: Contract | None = verdict.contract if verdict else None
    return Costs(
        verdict=verdict,
        words=verdict_words(verdict) if verdict else "",
        contest=contest,
        entries=_ENTRIES.rows(keys=[about, *absorbed]),
        left=left_of([contract], on=on)[0] if contract else None,
        order=_order_of(about, verdict),
    )


def _verdict() -> QuerySet[Verdict]:
    named = OrderNamed.objects.filter(about=OuterRef("about")).values("order_id")
    said = Verdict.objects.select_related("contract", "contest", "order").annotate(named_id=Subquery(named))
    return said.filter(about=Given("about"), replaced_at=None).order_by("pk")[:1]


def _entries() -> QuerySet[TimeEntry]:
    found = TimeEntry.objects.select_related("agent").filter(about=AnyGiven("keys"), removed_at=None)
    return found.order_by("pk")


# Beside every ticket that is opened.
_VERDICT, _ENTRIES = Kept(_verdict), Kept(_entries)


def _order_of(about: str, verdict: Any) -> Order | None:
    """The order that somebody said it is about. No query where the verdict names it, or knows that there is none."""
    if verdict is None:
        return Order.objects.filter(pk__in=OrderNamed.objects.filter(about=about).values("order_id")).first()
    if verdict.named_id is None or verdict.named_id == verdict.order_id:
        return verdict.order if verdict.named_id else None
    return Order.objects.get(pk=verdict.named_id)


def _decided_before(about: str, verdict: Verdict | None) -> Contest | None:
    """What the customer said against the verdict before, where that is why it was replaced. One query."""
    if verdict is None or verdict.number == 1:
        return None
    found = Contest.objects.filter(verdict__about=about, verdict__number=verdict.number - 1)
    return found.exclude(decided_at=None).first()


def prices_of(keys: Collection[str]) -> dict[str, str]:
    """What is said of these requests, in the active language. One query."""
    found = Verdict.objects.filter(about__in=keys, replaced_at=None)
    return {verdict.about: verdict_words(verdict) for verdict in found}
