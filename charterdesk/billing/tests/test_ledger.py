"""The ledger adds up, and nobody edits it."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from charterdesk.billing.actions.booking import account_of, book, counter, hold
from charterdesk.billing.models import Booking, Entry
from charterdesk.billing.models.ledger import BANK, CREDIT, GOODWILL, RECEIVABLE
from charterdesk.billing.testing import balance_of, eur, make_account
from charterdesk.people.actions import merge_contacts
from charterdesk.people.testing import make_agent, make_contact

pytestmark = pytest.mark.django_db(transaction=True)


def booked(cause: str = "test:1") -> Booking:
    account = make_account()
    with transaction.atomic():
        hold(account)
        sides = {GOODWILL: eur(10), CREDIT: eur(-10)}
        return book(account, kind=Booking.CREDIT, cause_key=cause, by="system", sides=sides)


def test_a_booking_moves_the_balances() -> None:
    booking = booked()

    assert balance_of(booking.account, CREDIT) == eur(-10)
    assert balance_of(booking.account, GOODWILL) == eur(10)


def test_sides_that_do_not_add_up_are_not_booked() -> None:
    account = make_account()
    with pytest.raises(ValueError, match="add up"), transaction.atomic():
        sides = {GOODWILL: eur(10), CREDIT: eur(-9)}
        book(account, kind=Booking.CREDIT, cause_key="test:2", by="system", sides=sides)


def test_not_even_the_database_takes_entries_that_do_not_add_up() -> None:
    booking = booked()
    with pytest.raises(IntegrityError, match="do not add up"):
        Entry.objects.create(booking=booking, part=BANK, account=booking.account, amount=1, currency="EUR")


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["billing_entry", "billing_booking"])
def test_nobody_changes_or_takes_out_what_was_booked(statement: str, table: str) -> None:
    booked()
    with pytest.raises(DatabaseError, match="never changed"), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_a_cause_is_booked_once() -> None:
    booking = booked()
    with pytest.raises(IntegrityError), transaction.atomic():
        sides = {GOODWILL: eur(10), CREDIT: eur(-10)}
        book(booking.account, kind=Booking.CREDIT, cause_key="test:1", by="system", sides=sides)


def test_a_counter_booking_takes_a_booking_back_once() -> None:
    booking = booked()
    with transaction.atomic():
        back = counter(booking, by="system")

    assert back.counters == booking
    assert balance_of(booking.account, CREDIT) == eur(0)
    with pytest.raises(IntegrityError), transaction.atomic():
        counter(booking, by="system")


def test_a_balance_of_credit_is_never_overdrawn() -> None:
    account = make_account()
    with pytest.raises(IntegrityError, match="not_overdrawn"), transaction.atomic():
        sides = {CREDIT: eur(5), RECEIVABLE: eur(-5)}
        book(account, kind=Booking.CREDIT_USED, cause_key="test:3", by="system", sides=sides)


def test_who_was_merged_has_the_account_of_who_they_are() -> None:
    one, other = make_contact("Rosalind"), make_contact("R. Achterberg")
    merge_contacts(one, other, by=make_agent())
    other.refresh_from_db()

    assert account_of(other, "EUR") == account_of(one, "EUR")
