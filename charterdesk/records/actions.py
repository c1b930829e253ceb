"""Every write of records: what is handed out, what is kept back from deletion, how long things are kept."""

from collections.abc import Sequence
from typing import IO

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import key_of, publish
from charterdesk.people.erasing import Person, erases, guards
from charterdesk.people.models import Contact, Organisation
from charterdesk.records.events import (
    ContactExported,
    HoldLifted,
    HoldPlaced,
    RetentionRuleRemoved,
    RetentionRuleSaved,
)
from charterdesk.records.models import LegalHold, RetentionRule
from charterdesk.records.person import write_person
from charterdesk.records.queries import is_held, is_ticket_held
from charterdesk.tickets.actions.redaction import guards_redaction
from charterdesk.tickets.models import Ticket

HOLDABLE: dict[type, str] = {
    Contact: LegalHold.CONTACT,
    Organisation: LegalHold.ORGANISATION,
    Ticket: LegalHold.TICKET,
}
MOST_DAYS = 36_500
RULE_FIELDS = ("subject", "action", "days", "types", "is_active")


@transaction.atomic
def export_person(contact: Contact, *, by: Actor, with_notes: bool = False) -> IO[bytes]:
    """Everything we keep of `contact`: an open zip with `person.json`, `person.html` and their files.

    With `with_notes` also what was written inside the house about them: for an administrator to look through first.
    The caller closes the file. Raises `Refused("records.erased")`. Two statements for each ticket.
    """
    if contact.erased_at:
        raise Refused("records.erased", _("This customer was erased: nothing is kept of them any more."))
    publish(ContactExported(contact_id=contact.pk, with_notes=with_notes), on=contact, by=by)
    return write_person(contact, with_notes=with_notes)


@transaction.atomic
def place_hold(subject: Contact | Organisation | Ticket, *, reason: str, by: Actor) -> LegalHold:
    """Keep everything of `subject` until `lift_hold`. Raises `Refused`: `records.no_reason`, `records.held_already`."""
    if not reason.strip():
        raise Refused("records.no_reason", _("Say why it has to be kept: whoever lifts the hold will want to know."))
    hold = LegalHold(
        kind=HOLDABLE[type(subject)], subject_id=subject.pk, reason=reason.strip()[:500], placed_by=key_of(by)
    )
    try:
        with transaction.atomic():
            hold.save()
    except IntegrityError as error:
        raise Refused("records.held_already", _("There is a hold on it already.")) from error
    publish(HoldPlaced(hold_id=hold.pk, subject=subject.key), on=subject, by=by)
    return hold


@transaction.atomic
def carry_hold(kind: str, *, from_id: int, to: Contact | Organisation) -> None:
    """Hold `to` as well, where what was made one with it is held: what is held moved there. Two statements at most."""
    held = LegalHold.objects.filter(kind=kind, subject_id=from_id, lifted_at=None).first()
    if held and not LegalHold.objects.filter(kind=kind, subject_id=to.pk, lifted_at=None).exists():
        place_hold(to, reason=held.reason, by=held.placed_by)


@transaction.atomic
def lift_hold(hold: LegalHold, *, by: Actor) -> None:
    """From now on what was held back goes when its time comes. Nothing happens when it was lifted."""
    hold.refresh_from_db(from_queryset=LegalHold.objects.select_for_update())
    if hold.lifted_at:
        return
    hold.lifted_at, hold.lifted_by = now(), key_of(by)
    hold.save(update_fields=["lifted_at", "lifted_by"])
    publish(HoldLifted(hold_id=hold.pk, subject=str(hold)), on=str(hold), by=by)


@guards
def refuse_to_erase_what_is_held(contact: Contact) -> None:
    """Raises `Refused("records.on_hold")`: while a legal hold stands nobody of it is erased. Two queries."""
    if is_held(contact):
        message = _("A legal hold keeps what we know of this customer. Lift it first: Settings, Keeping and deleting.")
        raise Refused("records.on_hold", message)


@guards_redaction
def refuse_to_redact_what_is_held(ticket: Ticket) -> None:
    """Raises `Refused("records.ticket_on_hold")`: while a legal hold stands nothing said is taken out. One query."""
    if is_ticket_held(ticket):
        message = _("A legal hold keeps everything of this ticket. Lift it first: Settings, Keeping and deleting.")
        raise Refused("records.ticket_on_hold", message)


@erases
def forget_reasons(person: Person) -> None:
    """What was said of them for holds that were lifted; no other holds stand when somebody is erased. One statement."""
    own = Q(kind=LegalHold.CONTACT, subject_id=person.contact_id)
    theirs = Ticket.objects.filter(contact_id=person.contact_id).values("pk")
    LegalHold.objects.filter(own | Q(kind=LegalHold.TICKET, subject_id__in=theirs)).update(reason="")


def wanted_rule(*, subject: str, action: str, days: int, types: Sequence[str], is_active: bool) -> RetentionRule:
    """A rule as it would be, not saved: to look at what it would do. Raises as `save_rule`."""
    if action not in RetentionRule.POSSIBLE.get(subject, ()):
        raise Refused("records.no_such_action", _("That can't be done with these. Choose another action."))
    if not 1 <= days <= MOST_DAYS:
        raise Refused("records.too_soon", _("Things are kept for one day at least, and for a hundred years at most."))
    if set(types) - set(dict(Ticket.TYPES)):
        raise Refused("records.no_such_type", _("Choose types from the list."))
    return RetentionRule(subject=subject, action=action, days=days, types=sorted(types), is_active=is_active)


@transaction.atomic
def save_rule(
    rule: RetentionRule | None,
    *,
    by: Actor,
    subject: str,
    action: str,
    days: int,
    types: Sequence[str],
    is_active: bool,
) -> RetentionRule:
    """Set how long something is kept; without `rule` a new one. Its next run begins at the oldest again.

    Raises `Refused`: `records.no_such_action`, `records.too_soon`, `records.no_such_type`.
    """
    wanted = wanted_rule(subject=subject, action=action, days=days, types=types, is_active=is_active)
    rule = rule or RetentionRule()
    changed = [name for name in RULE_FIELDS if getattr(rule, name) != getattr(wanted, name) or not rule.pk]
    for name in changed:
        setattr(rule, name, getattr(wanted, name))
    if changed:
        rule.last_id = 0
        rule.save()
        publish(RetentionRuleSaved(rule_id=rule.pk, fields=changed), on=rule, by=by)
    return rule


@transaction.atomic
def remove_rule(rule: RetentionRule, *, by: Actor) -> None:
    """Keep these for ever again."""
    publish(RetentionRuleRemoved(rule_id=rule.pk), on=rule, by=by)
    rule.delete()
