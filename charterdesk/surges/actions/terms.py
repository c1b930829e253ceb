"""From when on similar requests are pointed out."""

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.surges.events import SurgeTermsChanged
from charterdesk.surges.models import SurgeTerms
from charterdesk.surges.queries import terms_in_force

FEWEST, MOST, LONGEST = 2, 1000, 24 * 60


@transaction.atomic
def set_terms(*, tickets: int | None = None, minutes: int | None = None, by: Actor) -> SurgeTerms:
    """Point out requests of `tickets` customers (0: never) within `minutes`; what is left out stays.

    Raises `Refused`: `surges.bad_tickets`, `surges.bad_minutes`.
    """
    SurgeTerms.objects.select_for_update().first()
    terms = terms_in_force()
    before = (terms.tickets, terms.minutes)
    terms.tickets = terms.tickets if tickets is None else tickets
    terms.minutes = terms.minutes if minutes is None else minutes
    if terms.tickets and not FEWEST <= terms.tickets <= MOST:
        message = _("Give 0, or a number from %(least)d to %(most)d.") % {"least": FEWEST, "most": MOST}
        raise Refused("surges.bad_tickets", message)
    if not 1 <= terms.minutes <= LONGEST:
        raise Refused("surges.bad_minutes", _("Give from 1 to %(most)d minutes.") % {"most": LONGEST})
    if terms.pk is None or (terms.tickets, terms.minutes) != before:
        terms.save()
        publish(SurgeTermsChanged(terms_id=terms.pk), on=terms, by=by)
    return terms
