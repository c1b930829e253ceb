"""Invoices as files: what a customer reads, and what their program reads."""

from datetime import date
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from facturx import xml_check_xsd

from charterdesk.base.money import Money
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.credits import grant_credit
from charterdesk.billing.actions.drafts import NewLine, add_line, change_draft, draft_invoice
from charterdesk.billing.actions.issuing import credit_invoice, issue_invoice
from charterdesk.billing.actions.seller import change_bill_to, change_seller, save_tax_rate
from charterdesk.billing.documents.en16931 import broken_rules
from charterdesk.billing.documents.pdf import invoice_pdf
from charterdesk.billing.documents.xml import RAM, invoice_xml, written
from charterdesk.billing.models import Invoice, InvoiceLine, TaxRate
from charterdesk.billing.queries.taxes import TaxShare, shares_of
from charterdesk.billing.testing import eur, make_account
from charterdesk.billing.tests.judging import broken_in

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


def unsaved(
    category: str = "S", percent: int = 23, amount: str = "90", currency: str = "EUR", **changed: Any
) -> tuple[Invoice, list[InvoiceLine], list[TaxShare]]:
    """An invoice of one line as it would be issued: what is looked at needs no database."""
    rate = TaxRate(category=category, why="Outside the Union" if category == "E" else "")
    price = Money.of(amount, currency)
    net = price.rounded()
    line = InvoiceLine(
        position=1,
        text="Seal",
        quantity=Decimal(1),
        currency=currency,
        rate=rate,
        category=category,
        percent=Decimal(percent),
    )
    line.price, line.net = price, net
    shares = shares_of([line], currency)
    invoice = Invoice(
        kind="invoice", state="issued", number="INV-1", issued_on=date(2026, 11, 22), due_on=date(2026, 12, 6),
        currency=currency, seller={"name": "Water", "country": "IE", "vat_id": "IE1234567FA", "registration": "40128"},
        buyer={"name": "Mia", "vat_id": "DE123456789"},
    )  # fmt: skip
    invoice.net, invoice.tax, invoice.gross = net, shares[0].tax, net + shares[0].tax
    for of in ("seller", "buyer"):
        setattr(invoice, of, {**getattr(invoice, of), **changed.get(of, {})})
    return invoice, [line], shares


def test_all_kinds_of_invoices_keep_the_rules_of_the_standard(invoice: Invoice) -> None:
    """Judged by the official rules, which are not ours."""
    documents = [invoice_xml(invoice), invoice_xml(credit_invoice(invoice, by="system", reason="Our own fault"))]
    for given in (
        unsaved("S", 23), unsaved("Z", 0), unsaved("E", 0), unsaved("AE", 0), unsaved("O", 0),
        unsaved("S", 10, "1999", "JPY"), unsaved("S", 19, "0.335", "EUR"), unsaved("S", 10, "12.5", "KWD"),
        unsaved(seller={"registration": ""}), unsaved(buyer={"name": "", "vat_id": ""}),
    ):  # fmt: skip
        assert broken_rules(*given) == []
        documents.append(written(*given))

    assert [broken_in(each) for each in documents] == [set()] * len(documents)


def test_what_we_refuse_the_official_rules_refuse_as_well() -> None:
    nobody = {"vat_id": "", "registration": ""}
    for rule, given in (
        ("BR-S-02", unsaved("S", 23, seller={"vat_id": ""})),
        ("BR-Z-02", unsaved("Z", 0, seller={"vat_id": ""})),
        ("BR-E-02", unsaved("E", 0, seller={"vat_id": ""})),
        ("BR-AE-02", unsaved("AE", 0, buyer={"vat_id": ""})),
        ("BR-CO-26", unsaved("O", 0, seller=nobody)),
        ("BR-CO-09", unsaved(seller={"vat_id": "123456789"})),
        ("BR-S-05", unsaved("S", 0)),
        ("BR-DEC-12", unsaved("S", 10, "1.005", "KWD")),
    ):
        assert rule in {each.rule for each in broken_rules(*given)}, rule
        assert rule in broken_in(written(*given)), rule


def test_no_file_for_programs_is_given_of_an_invoice_that_lacks_something(invoice: Invoice) -> None:
    invoice.seller["vat_id"] = ""

    with pytest.raises(Refused) as refused:
        invoice_xml(invoice)

    assert refused.value.code == "billing.not_en16931"
    assert "Your VAT number is missing. (BR-S-02)" in str(refused.value.message)


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
