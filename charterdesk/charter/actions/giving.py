"""Money that a remedy gives goes through billing, which books each cause once."""

from django.utils import translation
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.money import Money
from charterdesk.billing.actions.booking import account_of
from charterdesk.billing.actions.credits import grant_credit
from charterdesk.billing.actions.refunds import request_refund
from charterdesk.charter.content import CREDIT
from charterdesk.charter.models import OwedRemedy


def give(owed: OwedRemedy, money: Money, *, by: Actor) -> str:
    """Have billing give the customer `money`, and return the key of what it booked.

    Credit is used up on their next invoice; a refund waits in billing where it goes above the limits there.
    """
    account = account_of(owed.contact, money.currency)
    with translation.override(owed.ticket.language):
        reason = _("For a promise we did not keep, request #%(number)s") % {"number": owed.ticket.number}
    if owed.kind == CREDIT:
        return grant_credit(account, money, reason=reason, cause_key=owed.cause_key, by=by).key
    refund = request_refund(
        account,
        money,
        reason=reason,
        cause_key=owed.cause_key,
        by=by,
        ticket_key=owed.ticket.key,
        by_charter=True,
    )
    return refund.key
