"""Invoices as files: what a customer reads, and what their program reads."""

from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from facturx import xml_check_xsd

from charterdesk.billing.actions.credits import grant_credit
from charterdesk.billing.actions.drafts import NewLine, add_line, change_draft, draft_invoice
from charterdesk.billing.actions.issuing import credit_invoice, issue_invoice
from charterdesk.billing.actions.seller import change_bill_to, change_seller, save_tax_rate
from charterdesk.billing.documents.pdf import invoice_pdf
from charterdesk.billing.documents.xml import RAM, invoice_xml
from charterdesk.billing.models import Invoice, InvoiceLine
from charterdesk.billing.testing import eur, make_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def invoice() -> Invoice:
    change_seller(
        by="system",
        name="Aldermouth Water",
        street="1 Reservoir Road",
        postcode="AM1 2WB",
        city="Aldermouth",
        country="IE",
        vat_id="IE1234567FA",
        iban="IE29 AIBK 9311 5212 3456 78",
        bic="AIBKIE2D",
        email="billing@water.example.org",
        registration="Company 40128",
    )
    standard = save_tax_rate(
        None, by="system", name="Standard", percent=Decimal(23), valid_from=date(2020, 1, 1), is_default=True
    )
    exempt = save_tax_rate(
        None,
        by="system",
        name="Export",
        percent=Decimal(0),
        category="E",
        why="Outside the Union",
        valid_from=date(2020, 1, 1),
    )
    account = make_account()
    change_bill_to(account, by="system", name="Rosalind Achterberg", city="Aldermouth", country="IE", reference="A-17")
    grant_credit(account, eur(20), reason="Late answer", cause_key="breach:1", by="system")
    draft = draft_invoice(account, by="system")
    hour = NewLine(
        text="Meter check <b>& more</b>", price=eur(60), quantity=Decimal("1.5"), unit=InvoiceLine.HOUR, rate=standard
    )
    add_line(draft, hour, by="system")
    add_line(draft, NewLine(text="Seal", price=eur("0.335"), quantity=Decimal(3), rate=exempt), by="system")
    return issue_invoice(draft, by="system")


def test_the_xml_follows_the_schema_of_the_standard(invoice: Invoice) -> None:
    for document in (invoice, credit_invoice(invoice, by="system", reason="Our own fault")):
        assert xml_check_xsd(invoice_xml(document), flavor="factur-x", level="en16931") is True


def test_the_xml_says_what_the_invoice_says(invoice: Invoice) -> None:
    root = ElementTree.fromstring(invoice_xml(invoice))

    def said(*names: str) -> list[str | None]:
        return [each.text for name in names for each in root.iter(f"{{{RAM}}}{name}")]

    assert said("CalculatedAmount") == ["20.70", "0.00"]
    assert said("LineTotalAmount") == ["90.00", "1.01", "91.01"]
    assert said("GrandTotalAmount", "TotalPrepaidAmount", "DuePayableAmount") == ["111.71", "20.00", "91.71"]
    assert said("ExemptionReason") == ["Outside the Union"]


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_the_pdf_is_made_in_the_language_of_the_customer(invoice: Invoice, language: str) -> None:
    invoice.language = language

    assert invoice_pdf(invoice).startswith(b"%PDF-")


def test_a_draft_has_a_pdf_to_look_at() -> None:
    draft = draft_invoice(make_account(), by="system")
    add_line(draft, NewLine(text="Seal", price=eur(1)), by="system")
    change_draft(draft, by="system", note="Thank you", language="fr")

    assert invoice_pdf(draft).startswith(b"%PDF-")
