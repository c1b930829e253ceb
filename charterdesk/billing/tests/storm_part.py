"""A teller of `storm.py`: forks workers that move money at random until they are killed, one after the other."""

import os
import random
import sys
from decimal import Decimal
from pathlib import Path

import django

django.setup()

from django.db import IntegrityError  # noqa: E402  # after the set-up

from charterdesk.base.refused import Refused  # noqa: E402
from charterdesk.billing.actions.credits import grant_credit, revoke_credit  # noqa: E402
from charterdesk.billing.actions.drafts import NewLine, add_line, draft_invoice, remove_line  # noqa: E402
from charterdesk.billing.actions.issuing import credit_invoice, issue_invoice  # noqa: E402
from charterdesk.billing.actions.payments import counter_payment, record_payment  # noqa: E402
from charterdesk.billing.actions.refunds import (  # noqa: E402
    approve_refund,
    note_refund_paid,
    refuse_refund,
    request_refund,
)
from charterdesk.billing.actions.verdicts import judge, set_free, withdraw_verdict  # noqa: E402
from charterdesk.billing.models import (  # noqa: E402
    Account,
    Contract,
    Credit,
    Invoice,
    InvoiceLine,
    Payment,
    Refund,
    Verdict,
)
from charterdesk.billing.models.ledger import CREDIT, GOODWILL, RECEIVABLE  # noqa: E402
from charterdesk.billing.testing import eur  # noqa: E402
from charterdesk.billing.testing_bought import make_case  # noqa: E402
from charterdesk.people.models import Agent  # noqa: E402

PRICES = ("0.335", "1.00", "19.99", "84.00", "120.50")
REQUESTS = 60
"""Three times as many as the contracts of all include, so that they run out."""
LATEST = 12
"""Everybody works on the same few newest things, so that they meet."""


def work(folder: Path) -> None:
    """Move money until killed; each thing done, or refused, is acknowledged in a file."""
    chance = random.Random(os.urandom(8))
    with (folder / f"{os.getpid()}.done").open("a") as file:
        while True:
            deed = chance.choice(DEEDS)
            try:
                said = "done" if deed(chance) else "nothing"
            except (Refused, IntegrityError):
                said = "refused"
            file.write(f"{said}\n")
            file.flush()


def _account(chance: random.Random) -> Account:
    return chance.choice(list(Account.objects.select_related("contact", "organisation")))


def _grant(chance: random.Random) -> bool:
    cause = f"storm:{chance.randrange(400)}"
    grant_credit(_account(chance), eur(chance.randint(1, 60)), reason="Late", cause_key=cause, by="system")
    return True


def _revoke(chance: random.Random) -> bool:
    found = list(Credit.objects.order_by("-pk")[:LATEST])
    if found:
        revoke_credit(chance.choice(found), by="system")
    return bool(found)


def _line(chance: random.Random) -> bool:
    draft = draft_invoice(_account(chance), by="system")
    source = f"thing:{chance.randrange(500)}" if chance.random() < 0.5 else ""
    price, quantity = eur(chance.choice(PRICES)), Decimal(chance.randint(1, 4))
    add_line(draft, NewLine(text="Meter check", price=price, quantity=quantity, source_key=source), by="system")
    return True


def _take_out(chance: random.Random) -> bool:
    found = list(InvoiceLine.objects.filter(invoice__state=Invoice.DRAFT).select_related("invoice__account")[:LATEST])
    if found:
        remove_line(chance.choice(found), by="system")
    return bool(found)


def _issue(chance: random.Random) -> bool:
    found = list(Invoice.objects.filter(state=Invoice.DRAFT).select_related("account"))
    if found:
        issue_invoice(chance.choice(found), by="system")
    return bool(found)


def _pay(chance: random.Random) -> bool:
    found = list(Invoice.objects.open().select_related("account").order_by("-pk")[:LATEST])
    invoice = chance.choice(found) if found else None
    account = invoice.account if invoice and chance.random() < 0.8 else _account(chance)
    money = invoice.open if invoice and chance.random() < 0.4 else eur(chance.randint(1, 200))
    record_payment(
        account, money, by="system", external_id=f"bank:{chance.randrange(3000)}",
        invoice=invoice if invoice and account == invoice.account else None,
    )  # fmt: skip
    return True


def _counter(chance: random.Random) -> bool:
    found = list(Payment.objects.select_related("account").order_by("-pk")[:LATEST])
    if found:
        counter_payment(chance.choice(found), by="system")
    return bool(found)


def _credit(chance: random.Random) -> bool:
    found = list(Invoice.objects.filter(kind=Invoice.INVOICE).select_related("account").order_by("-pk")[:LATEST])
    if not found:
        return False
    invoice = chance.choice(found)
    lines = list(invoice.lines.all())
    some = {chance.choice(lines).pk: Decimal(1)} if lines and chance.random() < 0.7 else None
    credit_invoice(invoice, by="system", reason="Our fault", quantities=some)
    return True


def _ask(chance: random.Random) -> bool:
    out_of = chance.choice((GOODWILL, RECEIVABLE, CREDIT))
    cause = f"storm:{chance.randrange(600)}"
    request_refund(
        _account(chance), eur(chance.randint(1, 40)), reason="Late", cause_key=cause, by="system", out_of=out_of
    )
    return True


def _approve(chance: random.Random) -> bool:
    found = list(Refund.objects.filter(state=Refund.REQUESTED).select_related("account").order_by("-pk")[:LATEST])
    if found:
        approve_refund(chance.choice(found), agent=chance.choice(list(Agent.objects.all())))
    return bool(found)


def _refuse(chance: random.Random) -> bool:
    found = list(Refund.objects.filter(state=Refund.REQUESTED).select_related("account").order_by("-pk")[:LATEST])
    if found and chance.random() < 0.3:
        refuse_refund(chance.choice(found), by="system", why="No")
    return bool(found)


def _pay_out(chance: random.Random) -> bool:
    states = (Refund.APPROVED, Refund.PAID)
    found = list(Refund.objects.filter(state__in=states).select_related("account").order_by("-pk")[:LATEST])
    return note_refund_paid(chance.choice(found), by="system") if found else False


def _judge(chance: random.Random) -> bool:
    number = chance.randrange(REQUESTS)
    payers = list(Contract.objects.select_related("contact").order_by("pk"))
    contact = payers[number % len(payers)].contact
    assert contact
    judge(make_case(contact, about=f"ticket:{number}"), by="system")
    return True


def _let_go(chance: random.Random) -> bool:
    withdraw_verdict(f"ticket:{chance.randrange(REQUESTS)}", by="system")
    return True


def _set_free(chance: random.Random) -> bool:
    found = list(Verdict.objects.filter(replaced_at=None).order_by("-pk")[:LATEST])
    if found and chance.random() < 0.2:
        set_free(chance.choice(found), words="Our fault", by="system")
    return bool(found)


DEEDS = (
    _grant, _revoke, _line, _line, _line, _take_out, _issue, _issue, _pay, _pay, _counter, _credit, _ask, _approve,
    _approve, _refuse, _pay_out, _judge, _judge, _judge, _let_go, _let_go, _set_free,
)  # fmt: skip


def main(folder: Path) -> None:
    """Fork a worker, tell its number, and fork another when it was killed."""
    while True:
        number = os.fork()
        if number == 0:
            work(folder)
        (folder / f"worker-{os.getpid()}").write_text(str(number))
        os.waitpid(number, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
