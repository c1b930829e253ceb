"""One organisation out of two, and back. Whoever holds tickets hears of it and lets them follow."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.people.events import OrganisationMerged, OrganisationMergeUndone, OrganisationsToldApart
from charterdesk.people.models import (
    Contact,
    Organisation,
    OrganisationMerge,
    OrganisationsApart,
    PersonFields,
    PersonNote,
)


def _lock(*organisations: Organisation) -> None:
    """Read these afresh and hold their rows, in the order of their numbers. A query each."""
    for each in sorted(organisations, key=lambda one: one.pk):
        each.refresh_from_db(from_queryset=Organisation.objects.select_for_update(of=("self",)))


@transaction.atomic
def merge_organisations(organisation: Organisation, other: Organisation, *, by: Actor) -> OrganisationMerge:
    """Make `other` one with `organisation`: people, mail domains, notes, fields and tickets move; the empty is filled.

    Who sees all requests of the one sees those of both from now on. Raises `Refused`: `people.same_organisation`,
    `people.merged_organisation` (either of them).
    """
    if organisation.pk == other.pk:
        raise Refused("people.same_organisation", _("This is the same organisation already."))
    _lock(organisation, other)
    for each in (organisation, other):
        _refuse_gone(each)
    merge = OrganisationMerge(organisation=organisation, merged=other, domains=other.domains)
    merge.contact_ids = _move_people(organisation, other)
    merge.note_ids = list(other.notes.values_list("pk", flat=True))
    PersonNote.objects.filter(pk__in=merge.note_ids).update(organisation=organisation)
    merge.filled = [*_fill(organisation, other), *_fill_own_fields(organisation, other)]
    merge.save()
    event = OrganisationMerged(organisation_id=organisation.pk, merged_id=other.pk, merge_id=merge.pk)
    publish(event, on=organisation, by=by)
    return merge


def _refuse_gone(organisation: Organisation) -> None:
    if organisation.merged_into_id:
        raise Refused("people.merged_organisation", _("This organisation was made one with another. Work on that one."))


def _move_people(organisation: Organisation, other: Organisation) -> list[int]:
    """Whoever belongs to `other` belongs to `organisation`; their numbers. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_contact SET organisation_id = %s WHERE organisation_id = %s RETURNING id",
            [organisation.pk, other.pk],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _fill(organisation: Organisation, other: Organisation) -> list[str]:
    """Take over mail domains, and the note where there is none; the names of what was empty."""
    organisation.domains = sorted({*organisation.domains, *other.domains})
    filled = ["note"] if other.note and not organisation.note else []
    organisation.note = organisation.note or other.note
    organisation.save(update_fields=["domains", "note"])
    other.domains, other.merged_into = [], organisation
    other.save(update_fields=["domains", "merged_into"])
    return filled


def _fill_own_fields(organisation: Organisation, other: Organisation) -> list[str]:
    theirs = PersonFields.objects.filter(organisation=other).first()
    if theirs is None:
        return []
    own, _is_new = PersonFields.objects.get_or_create(organisation=organisation)
    filled = sorted(set(theirs.values) - set(own.values))
    own.values |= {code: theirs.values[code] for code in filled}
    own.save(update_fields=["values"])
    return [f"own:{code}"[:40] for code in filled]


@transaction.atomic
def undo_organisation_merge(merge: OrganisationMerge, *, by: Actor) -> None:
    """Let both stand on their own again, with what was theirs. What came in meanwhile stays with the one that goes on.

    Raises `Refused`: `people.not_merged`, `people.merged_organisation` (undo the later merge first).
    """
    organisation, other = merge.organisation, merge.merged
    _lock(organisation, other)
    _refuse_gone(organisation)
    merge.refresh_from_db()
    if merge.undone_at or other.merged_into_id != organisation.pk:
        raise Refused("people.not_merged", _("This was undone already."))
    merge.undone_at = now()
    merge.save(update_fields=["undone_at"])
    Contact.objects.filter(pk__in=merge.contact_ids, organisation=organisation).update(organisation=other)
    PersonNote.objects.filter(pk__in=merge.note_ids, organisation=organisation).update(organisation=other)
    _empty_again(organisation, other, merge)
    event = OrganisationMergeUndone(organisation_id=organisation.pk, merged_id=other.pk, merge_id=merge.pk)
    publish(event, on=organisation, by=by)


def _empty_again(organisation: Organisation, other: Organisation, merge: OrganisationMerge) -> None:
    """Give back domains that are still here, and what was filled in where nobody has changed it since."""
    back = [domain for domain in merge.domains if domain in organisation.domains]
    organisation.domains = [domain for domain in organisation.domains if domain not in back]
    if "note" in merge.filled and organisation.note == other.note:
        organisation.note = ""
    organisation.save(update_fields=["domains", "note"])
    other.domains, other.merged_into = back, None
    other.save(update_fields=["domains", "merged_into"])
    own = PersonFields.objects.filter(organisation=organisation).first()
    theirs = PersonFields.objects.filter(organisation=other).first()
    if own and theirs:
        given = {code: value for code, value in theirs.values.items() if f"own:{code}"[:40] in merge.filled}
        own.values = {code: value for code, value in own.values.items() if code not in given or given[code] != value}
        own.save(update_fields=["values"])


@transaction.atomic
def tell_organisations_apart(organisation: Organisation, other: Organisation, *, by: Actor) -> None:
    """Say that these are two, so that nobody is asked again. Raises `Refused("people.same_organisation")`."""
    if organisation.pk == other.pk:
        raise Refused("people.same_organisation", _("This is the same organisation already."))
    first, second = sorted((organisation, other), key=lambda one: one.pk)
    OrganisationsApart.objects.get_or_create(organisation=first, other=second)
    publish(OrganisationsToldApart(organisation_id=first.pk, other_id=second.pk), on=first, by=by)
