"""What a customer bought before they were merged holds, and is charged, with whom they became."""

from decimal import Decimal

import pytest

from charterdesk.billing.actions.booking import account_of
from charterdesk.billing.models import Contract
from charterdesk.billing.queries.charges import contract_prices
from charterdesk.billing.testing_bought import make_contract
from charterdesk.people.actions.merging_organisations import merge_organisations, undo_organisation_merge
from charterdesk.people.models import Organisation
from charterdesk.people.testing import make_contact

pytestmark = pytest.mark.django_db


def test_what_a_merged_organisation_bought_holds_for_the_people_of_the_other():
    mill, bakery = Organisation.objects.create(name="Mill"), Organisation.objects.create(name="Bakery")
    contract = make_contract(mill, price_amount=Decimal(120), currency="EUR")
    mia = make_contact("Mia", email="mia@bakery.example")
    mia.organisation = bakery
    mia.save()

    def found() -> tuple[list[Contract], list[str]]:
        held = Contract.objects.of(contact_id=mia.pk, organisation_id=bakery.pk)
        charged = {one.source_key.rpartition(":")[0] for one in contract_prices(account_of(bakery, "EUR"))}
        return list(held), sorted(charged)

    assert found() == ([], [])
    merge = merge_organisations(bakery, mill, by="system")
    assert found() == ([contract], [contract.key])
    undo_organisation_merge(merge, by="system")
    assert found() == ([], [])
