"""Everything a ticket's page shows beside its messages, read in few statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404

from charterdesk.people.models import Identity
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.fields import Shown, field_rows, read_rows
from charterdesk.tickets.models import Attachment, Copied, Draft, Follower, Link, Merge, SideThread, Ticket, TicketField
from charterdesk.workspace.rows import Row, plain_rows

OTHERS = 6


@dataclass(frozen=True, kw_only=True)
class TicketFile:
    """A ticket with what hangs on it. Small things come as dictionaries: they are shown, never changed."""

    ticket: Ticket
    emails: Sequence[str]
    phones: Sequence[str]
    copied: Sequence[str]
    followers: Sequence[Mapping[str, Any]]
    links: Sequence[Mapping[str, Any]]
    merges: Sequence[Mapping[str, Any]]
    threads: Sequence[Mapping[str, Any]]
    is_followed: bool
    fields: Sequence[Shown]
    needed: Sequence[TicketField]


def read_ticket(viewer: Viewer, number: int) -> Ticket:
    """The ticket with this number, with contact, team and assignee; a 404 for whoever may not see it. One statement."""
    return get_object_or_404(_with_people(viewer), number=number)


def _with_people(viewer: Viewer) -> QuerySet[Ticket]:
    related = ("contact__organisation", "team", "assignee", "merged_into")
    return Ticket.objects.visible_to(viewer).select_related(*related)


def read_file(viewer: Viewer, number: int) -> TicketFile:
    """The ticket with everything small that hangs on it. One statement."""
    here = OuterRef("pk")
    identities = Identity.objects.filter(contact=OuterRef("contact_id")).order_by("pk")
    followers = Follower.objects.filter(ticket=here).order_by("pk")
    annotated = _with_people(viewer).annotate(
        field_rows=field_rows(),
        identity_rows=_rows(identities, kind="kind", value="value"),
        copied_rows=ArraySubquery(Copied.objects.filter(ticket=here).order_by("pk").values("address")),
        follower_rows=_rows(followers, pk="agent_id", name="agent__name"),
        links_from=_link_rows(Link.objects.filter(ticket=here), "other"),
        links_to=_link_rows(Link.objects.filter(other=here), "ticket"),
        thread_rows=_rows(SideThread.objects.filter(ticket=here).order_by("pk"), pk="pk", address="address"),
        merge_rows=_rows(
            Merge.objects.filter(target=here, undone_at=None).order_by("pk"),
            pk="pk",
            number="ticket__number",
            subject="ticket__subject",
            team_id="ticket__team_id",
        ),
    )
    ticket: Any = get_object_or_404(annotated, number=number)
    may_see = lambda row: viewer.sees_every_team or row["team_id"] in viewer.team_ids  # noqa: E731
    fields, needed = read_rows(ticket.field_rows)
    return TicketFile(
        fields=fields,
        needed=needed if ticket.is_open else [],
        ticket=ticket,
        emails=[row["value"] for row in ticket.identity_rows if row["kind"] == Identity.EMAIL],
        phones=[row["value"] for row in ticket.identity_rows if row["kind"] == Identity.PHONE],
        copied=ticket.copied_rows,
        followers=ticket.follower_rows,
        links=[*filter(may_see, ticket.links_from), *filter(may_see, ticket.links_to)],
        merges=[*filter(may_see, ticket.merge_rows)],
        threads=ticket.thread_rows,
        is_followed=any(row["pk"] == viewer.agent_id for row in ticket.follower_rows),
    )


def _rows(found: QuerySet[Any], **fields: str) -> ArraySubquery:
    return ArraySubquery(found.values(row=JSONObject(**{name: F(path) for name, path in fields.items()})))


def _link_rows(links: QuerySet[Link], side: str) -> ArraySubquery:
    """Links as rows about the ticket at their other end."""
    return _rows(
        links.order_by("pk"),
        kind="kind",
        number=f"{side}__number",
        subject=f"{side}__subject",
        status=f"{side}__status",
        team_id=f"{side}__team_id",
    )


def others_of(ticket: Ticket, viewer: Viewer) -> list[Row]:
    """The newest other tickets of the same contact that the viewer may see. Two statements."""
    found = Ticket.objects.visible_to(viewer).filter(contact_id=ticket.contact_id).exclude(pk=ticket.pk)
    return plain_rows(list(found.select_related("contact", "assignee", "team").order_by("-pk")[:OTHERS]))


def draft_of(ticket: Ticket, viewer: Viewer) -> Draft | None:
    """What the viewer has begun to write, with its files in `file_rows`. One statement."""
    files = Attachment.objects.filter(draft=OuterRef("pk")).order_by("pk")
    rows = _rows(
        files, pk="pk", name="filename", size="size", type="content_type", cid="content_id", inline="is_inline"
    )
    drafts = Draft.objects.filter(ticket=ticket, agent_id=viewer.agent_id or 0)
    return drafts.annotate(file_rows=rows).first()
