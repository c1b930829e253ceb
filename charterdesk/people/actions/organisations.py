"""Organisations: made, changed, and who belongs to them."""

import re
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.events.log import publish
from charterdesk.people.events import OrganisationAdded, OrganisationChanged
from charterdesk.people.models import Organisation

DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")
CHANGEABLE = frozenset({"name", "domains", "note"})


@transaction.atomic
def add_organisation(*, by: Actor, name: str, domains: Iterable[str] = (), note: str = "") -> Organisation:
    """Make an organisation; people who write from its mail domains belong to it. Raises as `change_organisation`."""
    organisation = Organisation()
    _apply(organisation, {"name": name, "domains": domains, "note": note})
    organisation.save()
    publish(OrganisationAdded(organisation_id=organisation.pk), on=organisation, by=by)
    return organisation


@transaction.atomic
def change_organisation(organisation: Organisation, *, by: Actor, **fields: Any) -> None:
    """Change name, domains or note. Nothing happens where nothing differs.

    Raises `Refused`: `people.no_name`, `people.no_such_domain`, `people.domain_taken`, `people.merged_organisation`.
    """
    organisation.refresh_from_db(from_queryset=Organisation.objects.select_for_update())
    if organisation.merged_into_id:
        message = _("This organisation was made one with another. Work on that one.")
        raise Refused("people.merged_organisation", message)
    changed = _apply(organisation, fields)
    if changed:
        organisation.save(update_fields=changed)
        publish(OrganisationChanged(organisation_id=organisation.pk, fields=changed), on=organisation, by=by)


def _apply(organisation: Organisation, fields: dict[str, Any]) -> list[str]:
    """Set and check `fields`; the names of those that differ."""
    if unknown := set(fields) - CHANGEABLE:
        raise ValueError(f"an organisation has no {', '.join(sorted(unknown))} to change")
    values = dict(fields)
    if "name" in values:
        values["name"] = " ".join(values["name"].split())
        if not values["name"]:
            raise Refused("people.no_name", _("An organisation needs a name."))
    if "domains" in values:
        values["domains"] = _domains(organisation, values["domains"])
    changed = sorted(name for name, value in values.items() if getattr(organisation, name) != value)
    for name in changed:
        setattr(organisation, name, values[name])
    return changed


def _domains(organisation: Organisation, given: Iterable[str]) -> list[str]:
    found = sorted({each.strip().lower().removeprefix("@") for each in given if each.strip()})
    for domain in found:
        if not DOMAIN.fullmatch(domain):
            message = _("“%(domain)s” is no mail domain; write it as example.org.") % {"domain": domain}
            raise Refused("people.no_such_domain", message)
    taken = Organisation.objects.filter(domains__overlap=found).exclude(pk=organisation.pk).first()
    if taken:
        message = _("One of these domains belongs to %(name)s already.") % {"name": taken}
        raise Refused("people.domain_taken", message)
    return found
