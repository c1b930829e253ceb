"""A bank's list: what names an invoice is recorded, once."""

from decimal import Decimal

import pytest

from charterdesk.base.clock import now
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.bank import import_statement
from charterdesk.billing.models import Invoice, Payment
from charterdesk.billing.testing import ledger_problems, pay_for_something
from charterdesk.people.testing import make_contact

pytestmark = pytest.mark.django_db
TODAY = now().date()


@pytest.fixture
def invoice() -> Invoice:
    found = pay_for_something(make_contact("Rosalind"))["invoice"]
    assert isinstance(found, Invoice)
    return found


def test_movements_that_name_an_invoice_settle_it_and_the_others_are_shown(invoice: Invoice) -> None:
    text = (
        "Buchungstag;Auftraggeber;Verwendungszweck;Betrag\n"
        f"{TODAY:%d.%m.%Y};R. Achterberg;Rechnung {invoice.number} danke;103,00\n"
        f"{TODAY:%d.%m.%Y};Somebody;Thanks;1.000,50\n"
        f"{TODAY:%d.%m.%Y};Bank;Fees;-4,90\n"
    )
    result = import_statement(text, by="system", currency="EUR")

    assert [payment.money.plain for payment in result.recorded] == ["103.00"]
    assert [(each.payer, each.amount) for each in result.unmatched] == [("Somebody", Decimal("1000.5"))]
    assert result.outgoing == 1
    invoice.refresh_from_db()
    assert invoice.is_paid
    assert ledger_problems() == []


def test_the_same_list_read_again_records_nothing_but_two_alike_movements_are_two(invoice: Invoice) -> None:
    line = f"{TODAY},30.00,{invoice.number}\n"
    text = f"Date,Amount,Reference\n{line}{line}"
    before = Payment.objects.count()
    first, second = (import_statement(text, by="system", currency="EUR") for _time in range(2))

    assert (len(first.recorded), len(second.recorded), second.known) == (2, 0, 2)
    assert Payment.objects.count() == before + 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,b\n1,2\n",
        "Date,Amount,Reference\nyesterday,1,x\n",
        "Date,Amount,Reference,Currency\n2026-01-02,1,x,QQQ\n",
    ],
)
def test_a_list_that_cannot_be_read_is_refused_whole(text: str) -> None:
    with pytest.raises(Refused) as refused:
        import_statement(text, by="system", currency="EUR")

    assert refused.value.code == "billing.bad_list"
