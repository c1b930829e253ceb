"""Credit is given for a cause, once, and taken back as far as no invoice used it."""

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.money import Money
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.booking import book, counter, hold
from charterdesk.billing.events import CreditGranted, CreditRevoked
from charterdesk.billing.models import Account, Booking, Credit
from charterdesk.billing.models.ledger import CREDIT, GOODWILL
from charterdesk.events.log import key_of, publish


@transaction.atomic
def grant_credit(account: Account, money: Money, *, reason: str, cause_key: str, by: Actor) -> Credit:
    """Give `account` credit, used up on its next invoice by itself. For a cause that was credited before nothing
    happens, and that credit is returned.

    `reason` is what the customer reads. Raises `Refused("billing.bad_amount")`, and `billing.other_cause` where the
    cause was credited to somebody else or with another amount.
    """
    require_payable(account, money)
    hold(account)
    known = Credit.objects.filter(cause_key=cause_key).first()
    if known:
        if known.account_id != account.pk or known.money != money:
            raise Refused("billing.other_cause", _("For this cause another credit was given already."))
        return known
    credit = Credit.objects.create(
        account=account,
        amount=money.amount,
        left_amount=money.amount,
        currency=money.currency,
        reason=reason.strip()[:300],
        cause_key=cause_key,
        by=key_of(by),
    )
    book(account, kind=Booking.CREDIT, cause_key=credit.key, by=by, sides={GOODWILL: money, CREDIT: -money})
    publish(CreditGranted(credit_id=credit.pk, account_id=account.pk), on=credit, by=by)
    return credit


@transaction.atomic
def revoke_credit(credit: Credit, *, by: Actor) -> None:
    """Take back what is left of a credit that was given in error. Raises `Refused("billing.credit_used")`."""
    hold(credit.account)
    credit.refresh_from_db()
    if not credit.left:
        raise Refused("billing.credit_used", _("Nothing is left of this credit: it was used, or taken back."))
    counter(Booking.objects.get(cause_key=credit.key), by=by, part_of=credit.left)
    credit.left_amount, credit.taken_back_at = 0, now()
    credit.save(update_fields=["left_amount", "taken_back_at"])
    publish(CreditRevoked(credit_id=credit.pk, account_id=credit.account_id), on=credit, by=by)


def require_payable(account: Account, money: Money) -> None:
    """Raise `Refused("billing.bad_amount")` unless `money` is in the account's currency, and some whole coins."""
    if money.currency != account.currency:
        raise Refused("billing.bad_amount", _("This account is in %(currency)s.") % {"currency": account.currency})
    if money.amount <= 0 or not money.is_whole:
        raise Refused("billing.bad_amount", _("Give an amount above nothing, in whole coins."))
