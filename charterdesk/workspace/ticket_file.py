"""Everything a ticket's page shows beside its messages, read in few statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from charterdesk.base.kept import Given, Kept
from charterdesk.channels.models import SmsNumber
from charterdesk.people.models import Identity
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.fields import Shown, field_rows, has_fields, read_rows
from charterdesk.tickets.models import (
    Attachment,
    ChecklistItem,
    Consent,
    Copied,
    Draft,
    Follower,
    Grade,
    Link,
    Merge,
    RefusalAttempt,
    SideThread,
    Snooze,
    Ticket,
    TicketField,
)
from charterdesk.tickets.policies import may_see

OTHERS = 6
MOST = 2**63 - 1
PEOPLE = ("contact__organisation", "team", "assignee", "merged_into")
KIND_WORDS = {
    Link.RELATED: (_("related"), _("related")),
    Link.CAUSED_BY: (_("the cause"), _("caused by this")),
    Link.FOLLOWS: (_("before this"), _("after this")),
    Link.SPLIT_FROM: (_("split from it"), _("split off")),
    Link.PART_OF: (_("the whole"), _("a part")),
}
"""What the ticket at the other end of a link is to the one whose link it is, and the other way round."""


@dataclass(frozen=True, kw_only=True)
class TicketFile:
    """A ticket with what hangs on it. Small things come as dictionaries: they are shown, never changed.

    `has_fields`: tickets of its type have fields of their own, filled in or not. `is_settled`: its customer said how it
    ended, or somebody wanted to refuse it.
    """

    ticket: Ticket
    emails: Sequence[str]
    phones: Sequence[str]
    has_sms: bool
    copied: Sequence[str]
    followers: Sequence[Mapping[str, Any]]
    links: Sequence[Mapping[str, Any]]
    merges: Sequence[Mapping[str, Any]]
    threads: Sequence[Mapping[str, Any]]
    checklist: Sequence[Mapping[str, Any]]
    snooze: Mapping[str, Any] | None
    parts: int
    is_followed: bool
    is_settled: bool
    has_fields: bool
    fields: Sequence[Shown]
    needed: Sequence[TicketField]

    @property
    def has_two_ways(self) -> bool:
        """Whether an answer may go by mail or by SMS: both reach the customer, and a number of ours is in use."""
        return bool(self.phones and self.emails and self.has_sms)

    @property
    def wholes(self) -> Sequence[Mapping[str, Any]]:
        """What this is a part of, as far as the viewer sees it."""
        return [{**row, "is_open": row["status"] in Ticket.UNFINISHED} for row in self.links if row.get("is_whole")]

    @property
    def to_do(self) -> Sequence[Mapping[str, Any]]:
        """What on the checklist is not done."""
        return [row for row in self.checklist if not row["done"]]


def read_ticket(viewer: Viewer, number: int) -> Ticket:
    """The ticket with this number, with contact, team and assignee; a 404 for whoever may not see it. One statement."""
    return get_object_or_404(_with_people(viewer), number=number)


def _with_people(viewer: Viewer) -> QuerySet[Ticket]:
    return Ticket.objects.visible_to(viewer).select_related(*PEOPLE)


def read_file(viewer: Viewer, number: int) -> TicketFile:
    """The ticket with everything small that hangs on it; a 404 for whoever may not see it. One statement."""
    ticket: Any = _FILE.first(number=number) if number <= MOST else None
    if ticket is None or not may_see(viewer, ticket):
        raise Http404

    def is_seen(row: Mapping[str, Any]) -> bool:
        is_theirs = viewer.sees_every_team or row["team_id"] in viewer.team_ids
        return is_theirs and f"ticket:{row['ticket_id']}" not in viewer.kept_from

    fields, needed = read_rows(ticket.field_rows)
    return TicketFile(
        has_fields=ticket.has_fields,
        fields=fields,
        needed=needed if ticket.is_open else [],
        ticket=ticket,
        emails=[row["value"] for row in ticket.identity_rows if row["kind"] == Identity.EMAIL],
        phones=[row["value"] for row in ticket.identity_rows if row["kind"] == Identity.PHONE],
        has_sms=ticket.has_sms,
        copied=ticket.copied_rows,
        followers=ticket.follower_rows,
        links=[
            *(
                {**row, "word": KIND_WORDS[row["kind"]][0], "is_whole": row["kind"] == Link.PART_OF}
                for row in ticket.links_from
                if is_seen(row)
            ),
            *({**row, "word": KIND_WORDS[row["kind"]][1]} for row in ticket.links_to if is_seen(row)),
        ],
        merges=[*filter(is_seen, ticket.merge_rows)],
        threads=ticket.thread_rows,
        checklist=[{**row, "due": row["due"] and date.fromisoformat(row["due"])} for row in ticket.checklist_rows],
        snooze=next(({"until": _moment(row["until"])} for row in ticket.snooze_rows), None),
        parts=sum(row["kind"] == Link.PART_OF and row["status"] in Ticket.UNFINISHED for row in ticket.links_to),
        is_settled=ticket.is_settled,
        is_followed=any(row["pk"] == viewer.agent_id for row in ticket.follower_rows),
    )


def _file() -> QuerySet[Ticket]:
    here = OuterRef("pk")
    identities = Identity.objects.filter(contact=OuterRef("contact_id")).order_by("pk")
    followers = Follower.objects.filter(ticket=here).order_by("pk")
    return (
        Ticket.objects.select_related(*PEOPLE)
        .filter(number=Given("number"))
        .annotate(
            has_fields=has_fields(),
            field_rows=field_rows(),
            has_sms=Exists(SmsNumber.objects.filter(is_active=True)),
            is_settled=_any_of(Grade, Consent, RefusalAttempt),
            identity_rows=_rows(identities, kind="kind", value="value"),
            copied_rows=ArraySubquery(Copied.objects.filter(ticket=here).order_by("pk").values("address")),
            follower_rows=_rows(followers, pk="agent_id", name="agent__name"),
            links_from=_link_rows(Link.objects.filter(ticket=here), "other"),
            links_to=_link_rows(Link.objects.filter(other=here), "ticket"),
            thread_rows=_rows(SideThread.objects.filter(ticket=here).order_by("pk"), pk="pk", address="address"),
            checklist_rows=_rows(
                ChecklistItem.objects.filter(ticket=here).order_by("pk"),
                pk="pk",
                text="text",
                done="done_at",
                due="due_on",
                assignee="assignee__name",
            ),
            snooze_rows=_rows(Snooze.objects.filter(ticket=here), until="until"),
            merge_rows=_rows(
                Merge.objects.filter(target=here, undone_at=None).order_by("pk"),
                pk="pk",
                number="ticket__number",
                subject="ticket__subject",
                team_id="ticket__team_id",
                ticket_id="ticket_id",
            ),
        )
    )


_FILE = Kept(_file)


def _any_of(*models: type[Model]) -> Combinable:
    """Whether there is a row of any of `models` about the ticket."""
    there = [Q(Exists(model._default_manager.filter(ticket=OuterRef("pk")))) for model in models]
    return ExpressionWrapper(reduce(or_, there), output_field=BooleanField())


def _rows(found: QuerySet[Any], **fields: str) -> ArraySubquery:
    return ArraySubquery(found.values(row=JSONObject(**{name: F(path) for name, path in fields.items()})))


def _moment(text: str | None) -> datetime | None:
    """A time as JSON has it."""
    return datetime.fromisoformat(text) if text else None


def _link_rows(links: QuerySet[Link], side: str) -> ArraySubquery:
    """Links as rows about the ticket at their other end."""
    return _rows(
        links.order_by("pk"),
        kind="kind",
        number=f"{side}__number",
        subject=f"{side}__subject",
        status=f"{side}__status",
        team_id=f"{side}__team_id",
        ticket_id=f"{side}_id",
    )


def others_of(ticket: Ticket, viewer: Viewer) -> list[Ticket]:
    """The newest other tickets of the same contact that the viewer may see. One statement."""
    found = Ticket.objects.visible_to(viewer).filter(contact_id=ticket.contact_id).exclude(pk=ticket.pk)
    return list(found.select_related("contact", "assignee", "team").order_by("-pk")[:OTHERS])


def draft_of(ticket: Ticket, viewer: Viewer) -> Draft | None:
    """What the viewer has begun to write, with its files in `file_rows`. One statement."""
    return _DRAFT.first(ticket=ticket.pk, agent=viewer.agent_id or 0)


def _draft() -> QuerySet[Draft]:
    files = Attachment.objects.filter(draft=OuterRef("pk")).order_by("pk")
    rows = _rows(
        files, pk="pk", name="filename", size="size", type="content_type", cid="content_id", inline="is_inline"
    )
    drafts = Draft.objects.filter(ticket=Given("ticket"), agent=Given("agent"))
    return drafts.annotate(file_rows=rows).order_by("pk")[:1]


_DRAFT = Kept(_draft)
