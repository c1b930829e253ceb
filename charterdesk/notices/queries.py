"""Reads of announcements: how far one is, and what people of the desk choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from charterdesk.billing.models import Offer, Tier
from charterdesk.channels.models import Outgoing, SmsOut
from charterdesk.notices.models import Announcement, Incident, IncidentUpdate, Recipient
from charterdesk.people.models import LANGUAGES, Organisation, PersonField, Team


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far an announcement is: how many were told in each way, and what came of it.

    `waiting` mails and texts are queued, `failed` were refused or are held for the operator.
    """

    told: int
    mailed: int
    texted: int
    shown: int
    skipped: int
    returned: int
    waiting: int
    failed: int
    read: int
    confirmed: int
    total: int

    @property
    def percent(self) -> int:
        """How far it is, 0 to 100."""
        return min(100, 100 * self.told // self.total) if self.total else 100


def progress_of(announcement: Announcement) -> Progress:
    """How far it is. One statement over its recipients."""
    open_mail = Q(outgoing__state__in=(Outgoing.QUEUED, Outgoing.IN_FLIGHT))
    open_text = Q(sms__state__in=(SmsOut.QUEUED, SmsOut.IN_FLIGHT))
    failed_mail = Q(outgoing__state__in=(Outgoing.FAILED, Outgoing.IN_DOUBT, Outgoing.HELD))
    failed_text = Q(sms__state__in=(SmsOut.FAILED, SmsOut.IN_DOUBT, SmsOut.HELD))
    found: dict[str, Any] = announcement.recipients.aggregate(
        told=Count("pk"),
        **{state: Count("pk", filter=Q(state=state)) for state, _name in Recipient.STATES},
        waiting=Count("pk", filter=open_mail | open_text),
        failed=Count("pk", filter=failed_mail | failed_text),
        read=Count("pk", filter=Q(read_at__isnull=False)),
        confirmed=Count("pk", filter=Q(confirmed_at__isnull=False)),
    )
    return Progress(total=announcement.total, **found)


def versions_of(announcement: Announcement) -> list[Announcement]:
    """The versions of its policy that were sent, the newest first. One statement; none where it has no policy."""
    if not announcement.policy:
        return []
    sent = Announcement.objects.filter(policy=announcement.policy, version__isnull=False)
    return list(sent.order_by("-version"))


def audience_choices() -> dict[str, list[tuple[Any, str]]]:
    """What an audience can be chosen from, by its parts. Four statements."""
    return {
        "languages": [(code, str(name)) for code, name in LANGUAGES],
        "offers": list(Offer.objects.order_by("position", "pk").values_list("pk", "name")),
        "tiers": list(Tier.objects.order_by("orders").values_list("pk", "name")),
        "teams": list(Team.objects.order_by("name").values_list("pk", "name")),
    }


def own_fields() -> list[PersonField]:
    """The desk's own fields of customers. One statement."""
    return list(PersonField.objects.filter(of=PersonField.CONTACT, retired_at=None))


def organisations_named(names: Sequence[str]) -> dict[str, int]:
    """The numbers of organisations by their names. One statement."""
    found = Organisation.objects.filter(name__in=names, merged_into=None)
    return dict(found.values_list("name", "pk"))


def with_updates(incidents: Sequence[Incident]) -> list[tuple[Incident, list[IncidentUpdate]]]:
    """Each of `incidents` with what was said of it, the newest first. One statement; `components` are prefetched."""
    said: dict[int, list[IncidentUpdate]] = {}
    for update in IncidentUpdate.objects.filter(incident__in=incidents) if incidents else ():
        said.setdefault(update.incident_id, []).append(update)
    return [(one, said.get(one.pk, [])) for one in incidents]
