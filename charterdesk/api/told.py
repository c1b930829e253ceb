"""What was announced to a customer, and how they want it: for customers themselves."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.announcements import PageAsked
from charterdesk.api.answers import answer, nothing, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import Given, Id, one_of
from charterdesk.notices.actions.choosing import choice_of, choose_notices, confirm_read
from charterdesk.notices.models import NoticeChoice, Recipient
from charterdesk.people.models import Contact

router = Router(tags=["Announcements and status"])


class ToldOut(BaseModel):
    """What was announced to a customer, in their language."""

    id: int
    kind: str
    subject: str
    text: str
    language: str
    policy: str
    version: int | None
    asks_receipt: bool
    told_at: datetime
    read_at: datetime | None
    confirmed_at: datetime | None


class ToldPage(BaseModel):
    """What was announced, the newest first; `next` is the cursor of the next page, null at the end."""

    items: list[ToldOut]
    next: str | None


class ChoiceOut(BaseModel):
    """How a customer wants announcements."""

    way: str = Field(description="mail, sms or portal")
    consents_to_sms: bool
    is_unsubscribed: bool = Field(description="What concerns their contract comes all the same.")


class ChoiceIn(Given):
    """How they want announcements; texts need their consent."""

    way: Annotated[str, one_of(code for code, _name in NoticeChoice.WAYS)] = Field(examples=["mail"])
    consents_to_sms: bool = False
    is_unsubscribed: bool = False


@router.get("/me/announcements", auth=Scope("notices:read"), response=ToldPage)
def list_told(request: ApiRequest, asked: Query[PageAsked]) -> HttpResponse:
    """What was announced to oneself, for customers. One statement."""
    rows = Recipient.objects.visible_to(request.viewer).select_related("announcement").order_by("-pk")
    if asked.cursor:
        rows = rows.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    return page_of([_told(one) for one in rows[: asked.limit + 1]], asked.limit)


def _told(one: Recipient) -> dict[str, Any]:
    announcement = one.announcement
    own = {name: getattr(one, name) for name in ("id", "language", "told_at", "read_at", "confirmed_at")}
    about = {name: getattr(announcement, name) for name in ("kind", "policy", "version", "asks_receipt")}
    return {**own, **about, **announcement.text_in(one.language)}


@router.put("/me/announcements/{told_id}/confirmation", auth=Scope("notices:write"), response={204: None})
@once
def confirm_told(request: ApiRequest, told_id: Path[Id]) -> HttpResponse:
    """Confirm that one read it, for customers."""
    mine = Recipient.objects.visible_to(request.viewer).filter(announcement__asks_receipt=True)
    confirm_read(get_object_or_404(mine.select_related("announcement", "contact"), pk=told_id))
    return nothing()


def _oneself(request: ApiRequest) -> Contact:
    return get_object_or_404(Contact, pk=request.viewer.contact_id or 0)


def _choice(contact: Contact) -> dict[str, Any]:
    known = choice_of(contact)
    return {
        "way": known.way,
        "consents_to_sms": known.sms_consent_at is not None,
        "is_unsubscribed": known.unsubscribed_at is not None,
    }


@router.get("/me/announcement-choices", auth=Scope("notices:read"), response=ChoiceOut)
def read_announcement_choices(request: ApiRequest) -> HttpResponse:
    """How one wants announcements, for customers. Two statements."""
    return answer(_choice(_oneself(request)))


@router.put("/me/announcement-choices", auth=Scope("notices:write"), response=ChoiceOut)
@once
def write_announcement_choices(request: ApiRequest, given: ChoiceIn) -> HttpResponse:
    """Say how one wants announcements, for customers. 409 `notices.no_consent`, `notices.no_phone`."""
    contact = _oneself(request)
    choose_notices(contact, by=request.viewer, how=NoticeChoice.PAGE, **given.model_dump())
    return answer(_choice(contact))
