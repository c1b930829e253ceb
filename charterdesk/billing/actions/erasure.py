"""What billing forgets of a person who is erased: their words, and ours about them. What was bought stays, nameless."""

from datetime import date

from django.db.models import Q

from charterdesk.base.clock import now
from charterdesk.billing.models import (
    BillTo,
    Contest,
    Contract,
    Credit,
    Dispute,
    Invoice,
    InvoiceLine,
    Payment,
    Refund,
    TimeEntry,
)
from charterdesk.billing.queries.seller import seller
from charterdesk.people.erasing import Person, erases


@erases
def forget_in_what_was_bought(person: Person) -> None:
    """Their words against a verdict, our answer, and notes of what was done for them go. Three statements."""
    Contest.objects.filter(contact_id=person.contact_id).update(text="", answer="")
    TimeEntry.objects.filter(contact_id=person.contact_id).update(note="")
    Contract.objects.filter(contact_id=person.contact_id).update(description="")


@erases
def forget_in_money(person: Person) -> None:
    """Whom invoices go to, and what was said about money, goes; the entries hold no words and stay.

    What the law has the desk keep stays for so long: an invoice that was issued keeps whom it went to until
    `keep_years` after its year; `forget_old_buyers` empties it then. Ten statements.
    """
    own = Q(account__contact_id=person.contact_id) | Q(account__contact__merged_into_id=person.contact_id)
    BillTo.objects.filter(own).update(**dict.fromkeys(BillTo.FIELDS, ""))
    Credit.objects.filter(own).update(reason="")
    Refund.objects.filter(own).update(reason="", refusal="", reference="", trouble="")
    Payment.objects.filter(own).update(reference="")
    of_invoice = Q(invoice__account__contact_id=person.contact_id)
    Dispute.objects.filter(of_invoice).update(text="", answer="")
    drafts = Invoice.objects.filter(own, state=Invoice.DRAFT)
    InvoiceLine.objects.filter(invoice__in=drafts).delete()
    drafts.delete()
    forget_old_buyers()


def forget_old_buyers() -> int:
    """Empty whom invoices went to where nobody is to be known any more, and the law has had its years; how many.

    What they were for stays: sums and kinds, as the books have them. Two statements.
    """
    last_year = now().year - seller().keep_years - 1
    old = Invoice.objects.filter(account__contact__erased_at__isnull=False, issued_on__lte=date(last_year, 12, 31))
    return old.exclude(buyer={}).update(buyer={}, note="")
