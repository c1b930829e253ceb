"""Sums of all entries agree, numbers have no gaps, no refund goes twice and no request that a contract includes is used
twice, whoever is killed at whichever moment."""

from decimal import Decimal
from pathlib import Path

import pytest

from charterdesk.billing.actions.seller import change_seller, save_tax_rate
from charterdesk.billing.models import RefundLimit
from charterdesk.billing.testing import make_account
from charterdesk.billing.testing_bought import make_contract, make_usual_reasons
from charterdesk.billing.tests.storm import Outcome, storm
from charterdesk.people.models import Agent
from charterdesk.people.testing import make_agent, make_contact

pytestmark = pytest.mark.django_db(transaction=True)


def shake(folder: Path, *, deeds: int, pause_s: tuple[float, float]) -> Outcome:
    """Six customers, three of them with a contract that soon runs out, three who approve, and a storm."""
    change_seller(by="system", name="Aldermouth Water", country="IE")
    save_tax_rate(None, by="system", name="Standard", percent=Decimal("22.7"), is_default=True)
    RefundLimit.objects.create(role=Agent.MANAGER, amount=15)
    for number in range(3):
        make_agent(f"Manager {number}", role=Agent.MANAGER)
    make_usual_reasons()
    for number in range(6):
        customer = make_contact(f"Customer {number}")
        make_account(customer)
        if number < 3:
            make_contract(customer, incidents=7)
    return storm(folder, deeds=deeds, pause_s=pause_s)


def test_the_ledger_agrees_after_a_little_storm(tmp_path: Path) -> None:
    outcome = shake(tmp_path, deeds=300, pause_s=(0.1, 0.5))

    assert outcome.problems == []
    assert outcome.deeds >= 300
    assert outcome.kills > 0


@pytest.mark.soak
@pytest.mark.timeout(3000)
def test_the_ledger_agrees_after_ten_thousand_deeds_with_kills_between(tmp_path: Path) -> None:
    outcome = shake(tmp_path, deeds=10_000, pause_s=(0.2, 1.5))

    assert outcome.problems == []
    assert outcome.deeds >= 10_000
    assert outcome.kills > 50
