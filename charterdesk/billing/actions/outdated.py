"""Lines of drafts whose request costs something else by now, or nothing: they come off by themselves, before issue."""

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.billing.actions.booking import hold
from charterdesk.billing.actions.drafts import remove_line, source_of
from charterdesk.billing.actions.locking import lock_all_about
from charterdesk.billing.actions.time_entries import stands_by
from charterdesk.billing.models import Billed, Invoice, InvoiceLine, TimeEntry, Verdict


def drop_outdated(about: str, *, by: Actor) -> None:
    """Take off drafts what they charge for a request (its key) of which something else is said by now.

    Three statements where nothing of it stands on a draft, else about fifteen for each line.
    """
    spent = TimeEntry.objects.filter(about=about, billed_at__isnull=False)
    said = Verdict.objects.filter(about=about, billed_at__isnull=False)
    keys = [one.key for one in spent] + [one.key for one in said]
    drafts = Invoice.objects.filter(state=Invoice.DRAFT, lines__sources__source_key__in=keys).distinct()
    for draft in drafts.select_related("account").order_by("account_id"):
        _clean(draft, by=by)


@transaction.atomic
def _clean(draft: Invoice, *, by: Actor) -> None:
    hold(draft.account)
    if Invoice.objects.filter(pk=draft.pk, state=Invoice.DRAFT).exists():  # neither issued nor discarded meanwhile
        for line in outdated_lines(draft):
            remove_line(line, by=by)


def require_current(draft: Invoice) -> None:
    """Raise `Refused("billing.outdated")` where a line of a held draft charges for what costs something else by now,
    or nothing: nobody issues other than what they saw. Four statements."""
    if lines := outdated_lines(draft):
        message = _("“%(line)s” costs something else by now, or nothing. Take it off the draft, then issue it.")
        raise Refused("billing.outdated", message % {"line": lines[0].text})


def outdated_lines(draft: Invoice) -> list[InvoiceLine]:
    """The lines of a held draft whose requests something else is said of by now; the requests are held from here on.
    Four statements."""
    lines = {one.source_key: one.line for one in Billed.objects.filter(line__invoice=draft).select_related("line")}
    numbers: dict[type[TimeEntry] | type[Verdict], list[int]] = {TimeEntry: [], Verdict: []}
    for key in lines:
        model, number = source_of(key)
        if model:
            numbers[model].append(number)
    spent = list(TimeEntry.objects.select_related("verdict").filter(pk__in=numbers[TimeEntry]))
    priced = list(Verdict.objects.filter(pk__in=numbers[Verdict]))
    abouts = {one.about for one in spent} | {one.about for one in priced}
    if not abouts:
        return []
    lock_all_about(abouts)
    holding = {each.about: each for each in Verdict.objects.filter(about__in=abouts, replaced_at=None)}
    stale = [one for one in spent if not stands_by(one, holding.get(one.about))]
    replaced = [one for one in priced if holding.get(one.about) != one]
    return [lines[one.key] for one in (*stale, *replaced)]
