"""The audit log: who changed what of the desk, who came in, who looked at tickets of others."""

from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field, StringConstraints

from charterdesk.api.answers import answer, read_cursor, write_cursor
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Id, Moment, Size, line, one_of
from charterdesk.api.warehouse import EventOut, event_row
from charterdesk.base.refused import require
from charterdesk.events.audit import CHANGES, KINDS, Filter, audited, filter_for
from charterdesk.people.models import Agent
from charterdesk.tickets.policies import may_administer

router = Router(tags=["Events"])


class AuditPage(BaseModel):
    """Some of the audit log, the latest first; `next` is the cursor of the next page, null at the end."""

    items: list[EventOut]
    next: str | None


class AuditAsked(Asked):
    """What to look for; what is left out narrows nothing."""

    kind: Annotated[str, one_of(KINDS)] = Field(
        CHANGES, description="`changes` of the desk, `door` (signing in), `looks` at tickets of other teams, or `all`."
    )
    agent_id: Id = Field(ABSENT, description="Who did it.")
    code: Annotated[str, line(60)] = Field("", description="A code, or how it begins.", examples=["team.changed"])
    subject: Annotated[str, StringConstraints(pattern=r"^([a-z_]{1,60}:[0-9]{1,18})?$")] = Field(
        "", description="On which, by its key.", examples=["team:3"]
    )
    since: Moment = Field(ABSENT, description="From this moment on.")
    until: Moment = Field(ABSENT, description="Before this moment.")
    cursor: Cursor = ""
    limit: Size = 50


@router.get("/audit", auth=Scope("audit:read", staff=True), response=AuditPage)
def search_audit(request: ApiRequest, asked: Query[AuditAsked]) -> HttpResponse:
    """Search the audit log, for administrators. Two statements."""
    require(may_administer(request.viewer))
    before: int | None = read_cursor(asked.cursor, int)[0] if asked.cursor else None
    found = audited(_filter(asked), before=before, limit=asked.limit + 1)
    after = write_cursor([found[asked.limit - 1].id]) if len(found) > asked.limit else None
    return answer({"items": [event_row(entry) for entry in found[: asked.limit]], "next": after})


def _filter(asked: AuditAsked) -> Filter:
    return filter_for(
        asked.kind,
        what=asked.code,
        actors=_keys_of(asked.agent_id) if asked.agent_id else (),
        subject=asked.subject,
        since=asked.since,
        until=asked.until,
    )


def _keys_of(agent_id: int) -> tuple[str, ...]:
    """How the log knows an agent: as one, and by their login. One statement."""
    found = Agent.objects.filter(pk=agent_id).values_list("login_id", flat=True).first()
    return (f"agent:{agent_id}", *([f"login:{found}"] if found else []))
