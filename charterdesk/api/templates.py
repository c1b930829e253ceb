"""Templates of the desk's own: texts in every language that rules send; in versions, looked at with a real ticket."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, check_state, etag_of, nothing
from charterdesk.api.asking import ApiRequest, Scope, agent_of
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Given, Id, Number, Words, line
from charterdesk.api.problems import naming
from charterdesk.api.ticket_opening import LANGUAGE, no_such
from charterdesk.base.refused import require
from charterdesk.channels.trying import send_trial
from charterdesk.people.permissions import SET_TEXTS
from charterdesk.tickets.actions.templates import remove_template, restore_template, save_template
from charterdesk.tickets.filling import check
from charterdesk.tickets.models import TemplateVersion, Ticket
from charterdesk.tickets.own_templates import preview
from charterdesk.tickets.policies import may_administer

router = Router(tags=["How the desk is set up"])
FIELD_OF = {
    "tickets.no_text": "texts",
    "tickets.unknown_fact": "texts",
    "tickets.bad_condition": "texts",
    "tickets.template_code": "code",
    "tickets.template_taken": "code",
    "api.no_such_ticket": "number",
}
CODE = "What rules call it by, with `own:` before it. It stays; left out, it is made of the name."
WRITTEN = "HTML with facts as {{ customer }} and conditions as {% if agent %}…{% else %}…{% endif %}."


class TemplateWords(Given):
    """What a template says in one language. Without a subject, that of the request."""

    subject: Annotated[str, line(300)] = Field("", examples=["About {{ subject }}"])
    html: Words = Field(examples=["<p>Hello {{ customer }}, the water is back.</p>"], description=WRITTEN)


class TemplateTexts(Given):
    """What a template says, by language. The customer's is taken, else the team's, else English, else any."""

    en: TemplateWords = ABSENT
    ar: TemplateWords = ABSENT
    de: TemplateWords = ABSENT
    es: TemplateWords = ABSENT
    fr: TemplateWords = ABSENT


class NewTemplate(Given):
    """A text of the desk's own."""

    name: Annotated[str, line(120, least=1)] = Field(examples=["Water is back"])
    code: Annotated[str, line(50)] = Field("", description=CODE, examples=["water-is-back"])
    texts: TemplateTexts


class TemplateChanges(Given):
    """What becomes different; what is left out stays. `texts` replace all languages."""

    name: Annotated[str, line(120, least=1)] = ABSENT
    texts: TemplateTexts = ABSENT
    reason: Annotated[str, line(300)] = Field("", description="Why, for whoever looks later.")


class TemplateTrial(TemplateWords):
    """What to look at, and with which ticket."""

    language: LANGUAGE = Field(examples=["en"])
    number: Number = Field(ABSENT, description="Left out, the newest ticket you see.")


class TemplateOut(BaseModel):
    """A template as it is sent now."""

    id: int
    code: str
    reference: str = Field(description="How a rule names it.", examples=["own:water-is-back"])
    name: str
    version: int
    texts: dict[str, dict[str, str]]
    changed_at: datetime


class Templates(BaseModel):
    """All of them, by name."""

    items: list[TemplateOut]


class TemplateVersionOut(BaseModel):
    """What a template said from when it was made until the next."""

    number: int
    texts: dict[str, dict[str, str]]
    actor: str = Field(description="Who wrote it.", examples=["agent:7"])
    reason: str
    created_at: datetime


class TemplateVersions(BaseModel):
    """The newest first."""

    items: list[TemplateVersionOut]


class TemplatePreview(BaseModel):
    """A template as the customer of that ticket would get it."""

    number: int
    subject: str
    text: str
    html: str


@router.get("/templates", auth=Scope("settings:read", staff=True), response=Templates)
def list_templates(request: ApiRequest) -> HttpResponse:
    """Texts of the desk's own, by name, with what each says now. One statement."""
    require(may_administer(request.viewer, SET_TEXTS))
    found = sorted(TemplateVersion.objects.newest(), key=lambda each: (each.template.name, each.template_id))
    return answer({"items": [_row(each) for each in found]})


@router.post("/templates", auth=Scope("settings:write", staff=True), response={201: TemplateOut})
@once
def make_template(request: ApiRequest, given: NewTemplate) -> HttpResponse:
    """Write a template."""
    require(may_administer(request.viewer, SET_TEXTS))
    with naming(FIELD_OF):
        made = save_template(None, by=request.viewer, name=given.name, code=given.code, texts=_texts(given.texts))
    row = _row(made)
    headers = {"Location": f"/api/v1/templates/{made.template_id}", "ETag": etag_of(row)}
    return answer(row, status=201, headers=headers)


@router.get("/templates/{template_id}", auth=Scope("settings:read", staff=True), response=TemplateOut)
def read_template(request: ApiRequest, template_id: Path[Id]) -> HttpResponse:
    """One template, with the ETag of its state. One statement."""
    require(may_administer(request.viewer, SET_TEXTS))
    row = _row(_known(template_id))
    return answer(row, headers={"ETag": etag_of(row)})


@router.patch("/templates/{template_id}", auth=Scope("settings:write", staff=True), response=TemplateOut)
@once
def change_template(request: ApiRequest, template_id: Path[Id], given: TemplateChanges) -> HttpResponse:
    """Have a template say something else from now on, as a new version; with `If-Match`, only in the state read."""
    require(may_administer(request.viewer, SET_TEXTS))
    known = _known(template_id)
    check_state(request, _row(known))
    template, sent = known.template, given.sent()
    texts = _texts(given.texts) if "texts" in sent else known.texts
    with naming(FIELD_OF):
        made = save_template(
            template, by=request.viewer, name=sent.get("name", template.name), texts=texts, reason=given.reason
        )
    row = _row(made)
    return answer(row, headers={"ETag": etag_of(row)})


@router.delete("/templates/{template_id}", auth=Scope("settings:write", staff=True), response={204: None})
@once
def delete_template(request: ApiRequest, template_id: Path[Id]) -> HttpResponse:
    """Have a template no more; 409 `tickets.template_used` while a rule in force sends it."""
    require(may_administer(request.viewer, SET_TEXTS))
    remove_template(_known(template_id).template, by=request.viewer)
    return nothing()


@router.get("/templates/{template_id}/versions", auth=Scope("settings:read", staff=True), response=TemplateVersions)
def list_template_versions(request: ApiRequest, template_id: Path[Id]) -> HttpResponse:
    """What a template said when, who wrote it and why; the newest hundred. Two statements."""
    require(may_administer(request.viewer, SET_TEXTS))
    found = _known(template_id).template.versions.order_by("-number")
    return answer({"items": list(found.values(*TemplateVersionOut.model_fields)[:100])})


@router.post(
    "/templates/{template_id}/versions/{version}/restoration",
    auth=Scope("settings:write", staff=True),
    response=TemplateOut,
)
@once
def restore_one_template(request: ApiRequest, template_id: Path[Id], version: Path[Id]) -> HttpResponse:
    """Have a template say again what it said in a version, as a new version."""
    require(may_administer(request.viewer, SET_TEXTS))
    template = _known(template_id).template
    found = get_object_or_404(TemplateVersion.objects.select_related("template"), template=template, number=version)
    return answer(_row(restore_template(found, by=request.viewer)))


@router.post("/templates/preview", auth=Scope("settings:read", staff=True), response=TemplatePreview)
def preview_template(request: ApiRequest, given: TemplateTrial) -> HttpResponse:
    """See a template as a real ticket's customer would get it; it need not be kept."""
    require(may_administer(request.viewer, SET_TEXTS))
    return answer(_shown(request, given)[1])


@router.post("/templates/trial", auth=Scope("settings:write", staff=True), response={202: TemplatePreview})
@once
def try_template(request: ApiRequest, given: TemplateTrial) -> HttpResponse:
    """Mail a template to yourself, filled in with a real ticket; it need not be kept."""
    require(may_administer(request.viewer, SET_TEXTS))
    me = agent_of(request)
    ticket, shown = _shown(request, given)
    send_trial(team=ticket.team, to=me.email, subject=shown["subject"], text=shown["text"], by=me)
    return answer(shown, status=202)


def _known(pk: int) -> TemplateVersion:
    """What a template says now; a 404 for one that is not there. One statement."""
    return get_object_or_404(TemplateVersion.objects.filter(template=pk).newest())


def _texts(given: TemplateTexts) -> dict[str, dict[str, str]]:
    return {language: {"subject": said.subject, "html": said.html} for language, said in given.sent().items()}


def _row(version: TemplateVersion) -> dict[str, Any]:
    template = version.template
    return {
        "id": template.pk, "code": template.code, "reference": template.reference, "name": template.name,
        "version": version.number, "texts": version.texts, "changed_at": version.created_at,
    }  # fmt: skip


def _shown(request: ApiRequest, given: TemplateTrial) -> tuple[Ticket, dict[str, Any]]:
    """A ticket the asker sees, and the text about it. Raises `Problem`."""
    found = Ticket.objects.visible_to(request.viewer).select_related("team", "contact").order_by("-pk")
    ticket = (found.filter(number=given.number) if given.number else found).first()
    with naming({**FIELD_OF, **dict.fromkeys(("tickets.unknown_fact", "tickets.bad_condition"), "html")}):
        if ticket is None:
            raise no_such("ticket")
        check(given.subject, given.html)
    made = preview({"subject": given.subject, "html": given.html}, ticket, language=given.language)
    return ticket, {"number": ticket.number, "subject": made.subject, "text": made.text, "html": made.html}
