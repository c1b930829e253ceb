"""How long what is kept, with a look at what would go; and what the law holds back."""

from datetime import datetime
from typing import Annotated, Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, check_state, etag_of, nothing, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, WHOLE, Given, Id, line, one_of
from charterdesk.api.problems import naming
from charterdesk.api.ticket_opening import no_such
from charterdesk.base.refused import require
from charterdesk.people.models import Contact, Organisation
from charterdesk.records.actions import MOST_DAYS, lift_hold, place_hold, remove_rule, save_rule, wanted_rule
from charterdesk.records.models import LegalHold, RetentionRule
from charterdesk.records.previews import held_things, preview_of
from charterdesk.tickets.models import Ticket
from charterdesk.tickets.policies import may_administer

router = Router(tags=["Personal data"])
COLUMNS = ("id", "subject", "action", "days", "types", "is_active", "ran_at")
WANTED = ("subject", "action", "days", "types", "is_active")
FIELD_OF = {
    "records.no_such_action": "action",
    "records.no_reason": "reason",
    "records.held_already": "id",
    "api.no_such_contact": "id",
    "api.no_such_organisation": "id",
    "api.no_such_ticket": "id",
}
HELD: dict[str, Any] = {
    LegalHold.CONTACT: Contact,
    LegalHold.ORGANISATION: Organisation,
    LegalHold.TICKET: Ticket,
}
Subject = Annotated[str, one_of(code for code, _name in RetentionRule.SUBJECTS)]
Action = Annotated[str, one_of(code for code, _name in RetentionRule.ACTIONS)]
Days = Annotated[int, Field(ge=1, le=MOST_DAYS), WHOLE]
Type = Annotated[str, one_of(code for code, _name in Ticket.TYPES)]
OLD = "Tickets count from the day they were closed, mails from the day they came or went, calls from their day."
TYPES = "For tickets and their files: of which types; none is all."


class RetentionRuleOut(BaseModel):
    """What happens to old things of one kind, every night while it is in use."""

    id: int
    subject: str = Field(description="`tickets`, `files`, `raw_mails`, `sent_mails`, `calls` or `evidence`")
    action: str = Field(description="`anonymise`, `delete` or `store`")
    days: int = Field(description=OLD)
    types: list[str] = Field(description=TYPES)
    is_active: bool
    ran_at: datetime | None = Field(description="When its last run came to its end.")


class RetentionRules(BaseModel):
    """All rules; what none is about is kept for ever."""

    items: list[RetentionRuleOut]


class NewRetentionRule(Given):
    """What goes, how old, and how. It is not in use unless that is said."""

    subject: Subject = Field(examples=["tickets"])
    action: Action = Field(examples=["anonymise"])
    days: Days = Field(description=OLD, examples=[730])
    types: list[Type] = Field([], max_length=20, description=TYPES, examples=[[]])
    is_active: bool = False


class RetentionRuleChanges(Given):
    """What becomes different; what is left out stays."""

    subject: Subject = ABSENT
    action: Action = ABSENT
    days: Days = ABSENT
    types: list[Type] = Field(ABSENT, max_length=20)
    is_active: bool = ABSENT


class GoingOut(BaseModel):
    """Something that would go."""

    number: int | None = Field(description="The ticket it belongs to, if it does.")
    text: str
    at: datetime | None


class RetentionPreview(BaseModel):
    """What a rule would do tonight."""

    count: int = Field(description="How many would go, counted to 10,000 and one.")
    is_capped: bool = Field(description="There are more than were counted.")
    held: int = Field(description="How many tickets or calls a legal hold keeps.")
    sample: list[GoingOut] = Field(description="The first ten.")


class HoldOut(BaseModel):
    """Nothing of it is deleted or erased until the hold is lifted."""

    id: int
    kind: str = Field(description="`contact`, `organisation` or `ticket`")
    held_id: int = Field(description="The id of what is held; of a ticket not its number.")
    name: str
    reason: str
    placed_by: str = Field(examples=["agent:5"])
    placed_at: datetime


class Holds(BaseModel):
    """The legal holds in force."""

    items: list[HoldOut]


class NewHold(Given):
    """What to hold: a customer or organisation by id, a ticket by its number."""

    kind: Annotated[str, one_of(HELD)] = Field(examples=["contact"])
    id: Id = Field(description="Of a ticket its number.")
    reason: Annotated[str, line(500, least=1)] = Field(examples=["Case 4711 at the district court"])


@router.get("/retention-rules", auth=Scope("settings:read", staff=True), response=RetentionRules)
def list_retention_rules(request: ApiRequest) -> HttpResponse:
    """How long what is kept: all rules. One statement."""
    require(may_administer(request.viewer))
    return answer({"items": list(RetentionRule.objects.values(*COLUMNS))})


@router.post("/retention-rules", auth=Scope("settings:write", staff=True), response={201: RetentionRuleOut})
@once
def make_retention_rule(request: ApiRequest, given: NewRetentionRule) -> HttpResponse:
    """Set how long something is kept."""
    require(may_administer(request.viewer))
    with naming(FIELD_OF):
        made = save_rule(None, by=request.viewer, **given.model_dump())
    headers = {"Location": f"/api/v1/retention-rules/{made.pk}", "ETag": etag_of(_row(made))}
    return answer(_row(made), status=201, headers=headers)


@router.post("/retention-rules/preview", auth=Scope("settings:read", staff=True), response=RetentionPreview)
def preview_new_rule(request: ApiRequest, given: NewRetentionRule) -> HttpResponse:
    """See what a rule would do before it is made. Nothing is saved. Three statements."""
    require(may_administer(request.viewer))
    with naming(FIELD_OF):
        return _preview(wanted_rule(**given.model_dump()))


@router.get("/retention-rules/{rule_id}", auth=Scope("settings:read", staff=True), response=RetentionRuleOut)
def read_retention_rule(request: ApiRequest, rule_id: Path[Id]) -> HttpResponse:
    """One retention rule. One statement."""
    return state_answer(request, _row(_rule(request, rule_id)))


@router.get("/retention-rules/{rule_id}/preview", auth=Scope("settings:read", staff=True), response=RetentionPreview)
def preview_rule(request: ApiRequest, rule_id: Path[Id]) -> HttpResponse:
    """See what a rule would do tonight, as it stands. Four statements."""
    return _preview(_rule(request, rule_id))


@router.patch("/retention-rules/{rule_id}", auth=Scope("settings:write", staff=True), response=RetentionRuleOut)
@once
@transaction.atomic
def change_retention_rule(request: ApiRequest, rule_id: Path[Id], given: RetentionRuleChanges) -> HttpResponse:
    """Change how long something is kept; with `If-Match`, only in the state that was read (else 412)."""
    require(may_administer(request.viewer))
    found = get_object_or_404(RetentionRule.objects.select_for_update(), pk=rule_id)
    check_state(request, _row(found))
    fields = {name: getattr(found, name) for name in WANTED} | given.sent()
    with naming(FIELD_OF):
        save_rule(found, by=request.viewer, **fields)
    return state_answer(request, _row(found))


@router.delete("/retention-rules/{rule_id}", auth=Scope("settings:write", staff=True), response={204: None})
@once
def remove_retention_rule(request: ApiRequest, rule_id: Path[Id]) -> HttpResponse:
    """Keep what the rule was about for ever again."""
    remove_rule(_rule(request, rule_id), by=request.viewer)
    return nothing()


@router.get("/holds", auth=Scope("settings:read", staff=True), response=Holds)
def list_holds(request: ApiRequest) -> HttpResponse:
    """What the law holds back from deletion, the latest first. Four statements."""
    require(may_administer(request.viewer))
    return answer({"items": [_hold_row(each["hold"], each["name"]) for each in held_things()]})


@router.post("/holds", auth=Scope("settings:write", staff=True), response={201: HoldOut})
@once
def make_hold(request: ApiRequest, given: NewHold) -> HttpResponse:
    """Hold a customer, an organisation or a ticket back from deletion and erasure."""
    require(may_administer(request.viewer))
    by = "number" if given.kind == LegalHold.TICKET else "pk"
    subject = HELD[given.kind].objects.filter(**{by: given.id}).first()
    with naming(FIELD_OF):
        if subject is None:
            raise no_such(given.kind)
        made = place_hold(subject, reason=given.reason, by=request.viewer)
    return answer(_hold_row(made, str(subject)), status=201)


@router.delete("/holds/{hold_id}", auth=Scope("settings:write", staff=True), response={204: None})
@once
def lift_one_hold(request: ApiRequest, hold_id: Path[Id]) -> HttpResponse:
    """Lift a legal hold: what is old enough goes tonight."""
    require(may_administer(request.viewer))
    lift_hold(get_object_or_404(LegalHold, pk=hold_id, lifted_at=None), by=request.viewer)
    return nothing()


def _rule(request: ApiRequest, pk: int) -> RetentionRule:
    """The rule, for whoever may set them. One statement."""
    require(may_administer(request.viewer))
    return get_object_or_404(RetentionRule, pk=pk)


def _row(rule: RetentionRule) -> dict[str, Any]:
    return {name: rule.pk if name == "id" else getattr(rule, name) for name in COLUMNS}


def _preview(rule: RetentionRule) -> HttpResponse:
    found = preview_of(rule)
    sample = [{"number": None, **row} for row in found.sample]
    return answer({"count": found.count, "is_capped": found.is_capped, "held": found.held, "sample": sample})


def _hold_row(hold: LegalHold, name: str) -> dict[str, Any]:
    return {
        "id": hold.pk, "kind": hold.kind, "held_id": hold.subject_id, "name": name, "reason": hold.reason,
        "placed_by": hold.placed_by, "placed_at": hold.placed_at,
    }  # fmt: skip
