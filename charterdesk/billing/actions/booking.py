"""The ledger's own writes: accounts, and bookings whose sides add up to nothing."""

from collections.abc import Mapping

from django.db import connection, transaction
from django.db.models import F

from charterdesk.base.keys import Actor
from charterdesk.base.money import Money, total
from charterdesk.billing.models import Account, Balance, Booking, Entry
from charterdesk.events.log import key_of
from charterdesk.people.models import Contact, Organisation


def account_of(payer: Contact | Organisation, currency: str) -> Account:
    """The account of `payer` in `currency`, opened when first asked for; who was merged has that of who they are.

    One statement, three for a new one.
    """
    while payer.merged_into is not None:
        payer = payer.merged_into
    if isinstance(payer, Organisation):
        return Account.objects.get_or_create(organisation=payer, currency=currency)[0]
    return Account.objects.get_or_create(contact=payer, currency=currency)[0]


def hold(account: Account) -> None:
    """Hold the account for the transaction in hand: all that moves its money does, and so comes one by one."""
    Account.objects.select_for_update().only("pk").get(pk=account.pk)


def book(
    account: Account,
    *,
    kind: str,
    cause_key: str,
    by: Actor,
    sides: Mapping[str, Money],
    counters: Booking | None = None,
) -> Booking:
    """Write one booking of `sides` (money by part of the ledger; debits positive) on `account`, which is held.

    Raises `ValueError` where the sides do not add up to nothing or hold a part of a coin, and `IntegrityError` for a
    cause booked before. At most two statements for each side, and two; in the caller's transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a booking needs a transaction")
    if total(sides.values(), account.currency) or not all(side.is_whole for side in sides.values()):
        raise ValueError(f"{cause_key}: the sides of a booking are whole coins and add up to nothing")
    booking = Booking.objects.create(account=account, kind=kind, cause_key=cause_key, by=key_of(by), counters=counters)
    moved = {part: side for part, side in sides.items() if side}
    Entry.objects.bulk_create(
        Entry(booking=booking, part=part, account=account, amount=side.amount, currency=side.currency)
        for part, side in moved.items()
    )
    for part in sorted(moved):
        kept = Balance.objects.filter(account=account, part=part)
        if not kept.update(amount=F("amount") + moved[part].amount):
            kept.create(account=account, part=part, amount=moved[part].amount, currency=account.currency)
    return booking


def counter(booking: Booking, *, by: Actor, part_of: Money | None = None) -> Booking:
    """Take a booking back by one that says the opposite: all of it, or of two sides only `part_of`.

    Its account is held. Raises `IntegrityError` for one that was countered before.
    """
    entries = list(booking.entries.all())
    sides = {entry.part: -entry.money for entry in entries}
    if part_of is not None:
        sides = {part: part_of if side.amount > 0 else -part_of for part, side in sides.items()}
    return book(
        booking.account,
        kind=Booking.COUNTER,
        cause_key=f"counter:{booking.cause_key}",
        by=by,
        sides=sides,
        counters=booking,
    )
