"""Announcements to many: written, counted, sent and watched."""

from datetime import date, datetime
from typing import Annotated, Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, check_state, nothing, page_of, read_cursor, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Date, Given, Id, Moment, Size, Words, line, one_of
from charterdesk.base.refused import require
from charterdesk.notices.actions import announcements as acts
from charterdesk.notices.audience import checked, contacts_in
from charterdesk.notices.models import Announcement
from charterdesk.notices.policies import may_announce
from charterdesk.notices.queries import progress_of
from charterdesk.people.models import LANGUAGES, Team
from charterdesk.tickets.own_templates import plain_texts

router = Router(tags=["Announcements and status"])
LANGUAGE = one_of(code for code, _name in LANGUAGES)
PLAIN = (
    "id", "kind", "language", "is_contractual", "asks_receipt", "policy", "version", "effective_on", "state",
    "send_at", "total", "started_at", "ended_at",
)  # fmt: skip
Ids = Annotated[list[Id], Field(max_length=200)]


class SaidIn(Given):
    """What is said in one language; `{{ customer }}` becomes their name."""

    subject: Annotated[str, line(200)] = ""
    text: Words = ""


class SaidOut(BaseModel):
    """What is said in one language."""

    subject: str
    text: str


class SaidByLanguage(Given):
    """Subject and text by language."""

    en: SaidIn = ABSENT
    ar: SaidIn = ABSENT
    de: SaidIn = ABSENT
    es: SaidIn = ABSENT
    fr: SaidIn = ABSENT


class AudienceIn(Given):
    """Whom it is for: all that is given must hold; of a list, one is enough. Nothing is everybody."""

    languages: Annotated[list[Annotated[str, LANGUAGE]], Field(max_length=20)] = Field(ABSENT, examples=[["de"]])
    organisations: Ids = ABSENT
    offers: Ids = Field(ABSENT, description="They have a contract on one of these offers.")
    tiers: Ids = Field(ABSENT, description="Loyalty tiers.")
    teams: Ids = Field(ABSENT, description="They asked one of these teams.")
    tags: Annotated[list[Annotated[str, line(50, least=1)]], Field(max_length=50)] = Field(
        ABSENT, description="Their request has one of these tags."
    )
    is_open: bool = Field(ABSENT, description="That request is open.")
    own_fields: dict[str, Annotated[str, line(200, least=1)]] = Field(
        ABSENT, description="The desk's own fields of customers, by code."
    )

    @property
    def audience(self) -> dict[str, Any]:
        """What `notices.audience` reads."""
        sent = self.model_dump(exclude_unset=True)
        return {"fields" if name == "own_fields" else name: value for name, value in sent.items()}


class AudienceCount(BaseModel):
    """How many customers an audience comes to now."""

    count: int


class ProgressOut(BaseModel):
    """How many were told, in which way, and what came of it."""

    told: int
    mailed: int
    texted: int
    shown: int = Field(description="On the portal only.")
    skipped: int = Field(description="They want no announcements.")
    returned: int
    waiting: int
    failed: int
    read: int
    confirmed: int


class AnnouncementOut(BaseModel):
    """Something told to many, and how far it is."""

    id: int
    kind: str = Field(description="news, policy, works or outage")
    texts: dict[str, SaidOut]
    language: str = Field(description="For all who read none of the others.")
    audience: dict[str, Any]
    team_id: int
    is_contractual: bool
    asks_receipt: bool
    policy: str
    version: int | None
    effective_on: date | None
    state: str = Field(description="draft, scheduled, sending, paused, stopped or done")
    send_at: datetime | None
    total: int
    started_at: datetime | None
    ended_at: datetime | None
    progress: ProgressOut


class AnnouncementPage(BaseModel):
    """Some announcements, the newest first; `next` is the cursor of the next page, null at the end."""

    items: list[AnnouncementOut]
    next: str | None


class AnnouncementSetting(Given):
    """What of a draft is to be different."""

    kind: Annotated[str, one_of(code for code, _name in Announcement.KINDS)] = Field(ABSENT, examples=["news"])
    texts: SaidByLanguage = Field(ABSENT, examples=[{"en": {"subject": "New prices", "text": "Water costs less."}}])
    template: Annotated[str, line(60)] = Field(
        ABSENT, description="A template whose texts it begins with, as `own:code`; `texts` go before them."
    )
    language: Annotated[str, LANGUAGE] = ABSENT
    audience: AudienceIn = ABSENT
    team_id: Id = ABSENT
    is_contractual: bool = ABSENT
    asks_receipt: bool = ABSENT
    policy: Annotated[str, line(120)] = Field(ABSENT, examples=["Terms of supply"])
    effective_on: Date | None = ABSENT


class NewAnnouncement(AnnouncementSetting):
    """A draft."""

    texts: SaidByLanguage = Field(examples=[{"en": {"subject": "New prices", "text": "Water costs less."}}])
    team_id: Id


class SendAt(Given):
    """When it goes out by itself."""

    at: Moment


class RecipientOut(BaseModel):
    """One person it was for."""

    id: int
    contact_id: int
    language: str
    state: str = Field(description="mailed, texted, shown, skipped or returned")
    told_at: datetime
    read_at: datetime | None
    confirmed_at: datetime | None


class RecipientPage(BaseModel):
    """Some recipients; `next` is the cursor of the next page, null at the end."""

    items: list[RecipientOut]
    next: str | None


class PageAsked(Asked):
    """Which page."""

    cursor: Cursor = ""
    limit: Size = 50


def _found(request: ApiRequest, pk: int) -> Announcement:
    require(may_announce(request.viewer))
    return get_object_or_404(Announcement, pk=pk)


def _row(one: Announcement) -> dict[str, Any]:
    """One statement."""
    progress = progress_of(one)
    counted = {name: getattr(progress, name) for name in ProgressOut.model_fields}
    plain = {name: getattr(one, name) for name in PLAIN}
    return {**plain, "texts": one.texts, "audience": one.audience, "team_id": one.team_id, "progress": counted}


def _wanted(given: AnnouncementSetting) -> dict[str, Any]:
    fields = given.model_dump(exclude_unset=True)
    if given.audience:
        fields["audience"] = given.audience.audience
    if "team_id" in fields:
        fields["team"] = get_object_or_404(Team, pk=fields.pop("team_id"))
    begun = plain_texts(template) if (template := fields.pop("template", "")) else {}
    if "texts" in fields or begun:
        empty = {"subject": "", "text": ""}
        said = {language: empty | (each or {}) for language, each in fields.get("texts", {}).items()}
        fields["texts"] = begun | said
    return fields


@router.get("/announcements", auth=Scope("notices:read", staff=True), response=AnnouncementPage)
def list_announcements(request: ApiRequest, asked: Query[PageAsked]) -> HttpResponse:
    """Announcements, the newest first. One statement, and one for each."""
    require(may_announce(request.viewer))
    rows = Announcement.objects.order_by("-pk")
    if asked.cursor:
        rows = rows.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    return page_of([_row(one) for one in rows[: asked.limit + 1]], asked.limit)


@router.post("/announcements", auth=Scope("notices:write", staff=True), response={201: AnnouncementOut})
@once
def write_announcement(request: ApiRequest, given: NewAnnouncement) -> HttpResponse:
    """Write a draft. 409 `notices.bad_text`, `notices.bad_audience`."""
    require(may_announce(request.viewer))
    return state_answer(request, _row(acts.save_announcement(None, by=request.viewer, **_wanted(given))), status=201)


@router.post("/announcements/audience", auth=Scope("notices:read", staff=True), response=AudienceCount)
def count_audience(request: ApiRequest, given: AudienceIn) -> HttpResponse:
    """How many customers an audience comes to now. 409 `notices.bad_audience`. Two statements."""
    require(may_announce(request.viewer))
    return answer({"count": contacts_in(checked(given.audience)).count()})


@router.get("/announcements/{announcement_id}", auth=Scope("notices:read", staff=True), response=AnnouncementOut)
def read_announcement(request: ApiRequest, announcement_id: Path[Id]) -> HttpResponse:
    """One announcement and how far it is. Two statements."""
    return state_answer(request, _row(_found(request, announcement_id)))


@router.patch("/announcements/{announcement_id}", auth=Scope("notices:write", staff=True), response=AnnouncementOut)
@once
@transaction.atomic
def change_announcement(request: ApiRequest, announcement_id: Path[Id], given: AnnouncementSetting) -> HttpResponse:
    """Change a draft. 409 `notices.no_draft`, and as `POST /announcements`."""
    found = _found(request, announcement_id)
    check_state(request, _row(found))
    return state_answer(request, _row(acts.save_announcement(found, by=request.viewer, **_wanted(given))))


@router.delete("/announcements/{announcement_id}", auth=Scope("notices:write", staff=True), response={204: None})
@once
def remove_announcement(request: ApiRequest, announcement_id: Path[Id]) -> HttpResponse:
    """Throw a draft away. 409 `notices.no_draft`."""
    acts.remove_announcement(_found(request, announcement_id), by=request.viewer)
    return nothing()


@router.put("/announcements/{announcement_id}/schedule", auth=Scope("notices:write", staff=True), response={204: None})
@once
def schedule_announcement(request: ApiRequest, announcement_id: Path[Id], given: SendAt) -> HttpResponse:
    """Have it go out at a time. 409 `notices.past`, `notices.no_text`, `notices.other_state`."""
    acts.schedule_announcement(_found(request, announcement_id), by=request.viewer, at=given.at)
    return nothing()


@router.delete(
    "/announcements/{announcement_id}/schedule", auth=Scope("notices:write", staff=True), response={204: None}
)
@once
def unschedule_announcement(request: ApiRequest, announcement_id: Path[Id]) -> HttpResponse:
    """Make it a draft again. 409 `notices.other_state`."""
    acts.unschedule_announcement(_found(request, announcement_id), by=request.viewer)
    return nothing()


@router.post("/announcements/{announcement_id}/sending", auth=Scope("notices:write", staff=True), response={204: None})
@once
def send_announcement(request: ApiRequest, announcement_id: Path[Id]) -> HttpResponse:
    """Send it to everybody it is for. 409 `notices.no_text`, `notices.nobody`, `notices.no_policy`."""
    acts.start_announcement(_found(request, announcement_id), by=request.viewer)
    return nothing()


@router.put("/announcements/{announcement_id}/pause", auth=Scope("notices:write", staff=True), response={204: None})
@once
def pause_announcement(request: ApiRequest, announcement_id: Path[Id]) -> HttpResponse:
    """Send no more of it for now. 409 `notices.other_state`."""
    acts.pause_announcement(_found(request, announcement_id), by=request.viewer)
    return nothing()


@router.delete("/announcements/{announcement_id}/pause", auth=Scope("notices:write", staff=True), response={204: None})
@once
def resume_announcement(request: ApiRequest, announcement_id: Path[Id]) -> HttpResponse:
    """Go on where it was. 409 `notices.other_state`."""
    acts.resume_announcement(_found(request, announcement_id), by=request.viewer)
    return nothing()


@router.delete(
    "/announcements/{announcement_id}/sending", auth=Scope("notices:write", staff=True), response={204: None}
)
@once
def stop_announcement(request: ApiRequest, announcement_id: Path[Id]) -> HttpResponse:
    """Send no more of it, for good. 409 `notices.other_state`."""
    acts.stop_announcement(_found(request, announcement_id), by=request.viewer)
    return nothing()


@router.get(
    "/announcements/{announcement_id}/recipients", auth=Scope("notices:read", staff=True), response=RecipientPage
)
def list_recipients(request: ApiRequest, announcement_id: Path[Id], asked: Query[PageAsked]) -> HttpResponse:
    """Whom it was for, and what came of it. Two statements."""
    rows = _found(request, announcement_id).recipients.order_by("pk")
    if asked.cursor:
        rows = rows.filter(pk__gt=read_cursor(asked.cursor, int)[0])
    names = RecipientOut.model_fields
    shown = [{name: getattr(one, name) for name in names} for one in rows[: asked.limit + 1]]
    return page_of(shown, asked.limit)
