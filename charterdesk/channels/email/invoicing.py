"""Mails that carry an invoice, a credit note, or a reminder of one."""

import logging
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format

from charterdesk.base.refused import Refused
from charterdesk.billing.actions.sending import address_of, note_invoice_sent
from charterdesk.billing.documents.pdf import invoice_pdf
from charterdesk.billing.documents.xml import invoice_xml
from charterdesk.billing.models import Invoice
from charterdesk.billing.queries.reminders import words_of_step
from charterdesk.billing.queries.seller import today_of_seller
from charterdesk.channels.actions import queue_mail
from charterdesk.channels.email.addresses import NOTICE, make_message_id
from charterdesk.channels.email.compose import build_plain
from charterdesk.channels.models import Outgoing
from charterdesk.people.models import Team
from charterdesk.tickets.filling import fill

SERIALS = 10**15
"""Message-IDs of invoices count from here, by the event that led to them; those of notices stay far below."""

log = logging.getLogger(__name__)


def queue_invoice(invoice_id: int, *, event_id: int, reminder: int) -> Outgoing | None:
    """Queue the mail with an invoice, once for each event; None where we know no address, or no team to send from.

    A reminder goes only while something is open. In a transaction.
    """
    found = Invoice.objects.select_related("account__contact", "account__organisation", "counters")
    invoice, team = found.filter(pk=invoice_id).first(), Team.objects.order_by("pk").first()
    to = address_of(invoice) if invoice else ""
    if invoice is None or not to or team is None or (reminder and not invoice.open):
        return None
    facts = {
        "invoice": invoice,
        "reminder": reminder,
        "late": invoice.days_late(today_of_seller()),
        "link": f"{settings.PUBLIC_URL}/invoices/{invoice.pk}",
        "seller": invoice.seller.get("name", ""),
    }
    subject, text = _words(invoice, reminder, facts)
    built = build_plain(
        team=team,
        to=to,
        subject=subject,
        text=text,
        header=make_message_id(NOTICE, 0, SERIALS + event_id),
        reply_to=team.address,
        files=_files(invoice),
    )
    note_invoice_sent(invoice)
    return queue_mail(
        header=built.header, sender=team.address, recipients=built.recipients, raw=built.raw, team_id=team.pk
    )


def _words(invoice: Invoice, reminder: int, facts: Mapping[str, Any]) -> tuple[str, str]:
    """Subject and text: of a reminder what the desk wrote for that step, else our own. One statement for a reminder."""
    with translation.override(invoice.language):
        own = words_of_step(reminder, invoice.language) if reminder else {}
        if own and invoice.due_on:
            named = {
                "customer": invoice.buyer.get("name", ""),
                "number": invoice.number,
                "open": invoice.open.shown(),
                "due": date_format(invoice.due_on, "DATE_FORMAT"),
            }
            return fill(own["subject"], named), f"{fill(own['text'], named)}\n\n{facts['link']}\n\n{facts['seller']}\n"
        subject = render_to_string("channels/invoice.subject.txt", facts)
        return subject, render_to_string("channels/invoice.txt", facts).strip() + "\n"


def _files(invoice: Invoice) -> list[tuple[str, str, bytes]]:
    """The invoice to read, and for programs, where it keeps the rules of their standard."""
    files = [(f"{invoice.number}.pdf", "pdf", invoice_pdf(invoice))]
    try:
        files.append((f"{invoice.number}.xml", "xml", invoice_xml(invoice)))
    except Refused as refused:
        log.info("invoice %s is mailed without XML: %s", invoice.number, refused.message)
    return files
