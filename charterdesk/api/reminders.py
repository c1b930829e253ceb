"""Reminders of late invoices: the steps, and pauses of an invoice."""

from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.announcements import SaidByLanguage, SaidOut
from charterdesk.api.answers import answer, nothing
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, WHOLE, Date, Given, Id
from charterdesk.base.refused import require
from charterdesk.billing.actions.reminding import (
    pause_reminders,
    remove_reminder_step,
    resume_reminders,
    save_reminder_step,
)
from charterdesk.billing.models import Invoice, ReminderStep
from charterdesk.billing.policies import may_set_money, may_work_on_money

router = Router(tags=["Money"])
Days = Annotated[int, Field(ge=1, le=365, description="Days after the invoice was due."), WHOLE]


class ReminderStepOut(BaseModel):
    """A reminder so many days after an invoice was due; a language without words has the desk's own."""

    id: int
    days: int
    words: dict[str, SaidOut]


class ReminderSteps(BaseModel):
    """In their order; without any, reminders go in even distances."""

    items: list[ReminderStepOut]


class StepSetting(Given):
    """What of a step is to be different."""

    days: Days = ABSENT
    words: SaidByLanguage = ABSENT


class NewStep(StepSetting):
    """A reminder from now on."""

    days: Days = Field(examples=[7])


class PauseIn(Given):
    """The last day on which nobody is reminded."""

    until: Date


def _row(step: ReminderStep) -> dict[str, Any]:
    return {"id": step.pk, "days": step.days, "words": step.words}


def _words(given: StepSetting) -> dict[str, dict[str, str]]:
    empty = {"subject": "", "text": ""}
    said = given.model_dump(exclude_unset=True).get("words") or {}
    return {language: empty | (each or {}) for language, each in said.items()}


@router.get("/reminder-steps", auth=Scope("money:read", staff=True), response=ReminderSteps)
def list_reminder_steps(request: ApiRequest) -> HttpResponse:
    """The steps of reminders. One statement."""
    require(may_set_money(request.viewer))
    return answer({"items": [_row(each) for each in ReminderStep.objects.all()]})


@router.post("/reminder-steps", auth=Scope("money:write", staff=True), response={201: ReminderStepOut})
@once
def add_reminder_step(request: ApiRequest, given: NewStep) -> HttpResponse:
    """Add a step. 409 `billing.step_taken`, `billing.half_words`."""
    require(may_set_money(request.viewer))
    return answer(_row(save_reminder_step(None, by=request.viewer, days=given.days, words=_words(given))), status=201)


@router.patch("/reminder-steps/{step_id}", auth=Scope("money:write", staff=True), response=ReminderStepOut)
@once
def change_reminder_step(request: ApiRequest, step_id: Path[Id], given: StepSetting) -> HttpResponse:
    """Change a step. 409 as `POST /reminder-steps`."""
    require(may_set_money(request.viewer))
    found = get_object_or_404(ReminderStep, pk=step_id)
    sent = given.sent()
    words = _words(given) if "words" in sent else found.words
    return answer(_row(save_reminder_step(found, by=request.viewer, days=sent.get("days", found.days), words=words)))


@router.delete("/reminder-steps/{step_id}", auth=Scope("money:write", staff=True), response={204: None})
@once
def drop_reminder_step(request: ApiRequest, step_id: Path[Id]) -> HttpResponse:
    """Send this reminder no more."""
    require(may_set_money(request.viewer))
    remove_reminder_step(get_object_or_404(ReminderStep, pk=step_id), by=request.viewer)
    return nothing()


def _invoice(request: ApiRequest, pk: int) -> Invoice:
    require(may_work_on_money(request.viewer))
    return get_object_or_404(Invoice.objects.visible_to(request.viewer).select_related("account"), pk=pk)


@router.put("/invoices/{invoice_id}/reminder-pause", auth=Scope("money:write", staff=True), response={204: None})
@once
def pause_one_invoice(request: ApiRequest, invoice_id: Path[Id], given: PauseIn) -> HttpResponse:
    """Remind nobody of an invoice up to a day. 409 `billing.bad_day`, `billing.not_issued`."""
    pause_reminders(_invoice(request, invoice_id), by=request.viewer, until_on=given.until)
    return nothing()


@router.delete("/invoices/{invoice_id}/reminder-pause", auth=Scope("money:write", staff=True), response={204: None})
@once
def resume_one_invoice(request: ApiRequest, invoice_id: Path[Id]) -> HttpResponse:
    """Remind of an invoice again."""
    resume_reminders(_invoice(request, invoice_id), by=request.viewer)
    return nothing()
