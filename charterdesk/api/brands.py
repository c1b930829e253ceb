"""Brands: a name, a logo, colours and texts for customers; drafted, then published."""

from datetime import datetime
from typing import Annotated, Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Path, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, check_state, etag_of, nothing, state_answer
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Given, Id, line, one_of
from charterdesk.api.problems import Problem, naming
from charterdesk.api.ticket_opening import no_such
from charterdesk.base.refused import require
from charterdesk.people.actions.branding import (
    add_brand,
    change_brand,
    publish_brand,
    read_colour,
    remove_brand,
    set_picture,
)
from charterdesk.people.branding import Look, address_of_brand
from charterdesk.people.logos import MAX_BYTES
from charterdesk.people.models import Brand, BrandPicture, Team
from charterdesk.tickets.policies import may_administer

router = Router(tags=["How the desk is set up"])
LOOKS = ("name", "accent", "accent_dark", "welcome", "footer", "links", "phone", "sender_name")
COLOURS = ("accent", "accent_dark")
FIELD_OF = {
    "people.host_taken": "host",
    "people.no_host": "host",
    "people.no_origin": "origins",
    "people.team_of_other_brand": "team_ids",
    "people.no_link": "links",
    "api.no_such_team": "team_ids",
}
Kind = Annotated[str, one_of(code for code, _name in BrandPicture.KINDS)]
Sentence = Annotated[str, line(300, least=1)]
Colour = Annotated[str, line(7)]
Origins = Annotated[list[Annotated[str, line(300, least=1)]], Field(max_length=100)]
TeamIds = Annotated[list[Id], Field(max_length=200)]
HOST = "Its own host; empty: wherever no other brand is at home. Point its DNS here first."
TEAMS = "Customers of this brand write to these; none: to all that are no other brand's."
ORIGINS = "Sites that may show its request form."


class Sentences(Given):
    """A sentence by language."""

    en: Sentence = ABSENT
    ar: Sentence = ABSENT
    de: Sentence = ABSENT
    es: Sentence = ABSENT
    fr: Sentence = ABSENT


class BrandLink(Given):
    """A word and where it leads."""

    label: Annotated[str, line(80, least=1)] = Field(examples=["Imprint"])
    url: Annotated[str, line(500, least=1)] = Field(examples=["https://example.org/imprint"])


Links = Annotated[list[BrandLink], Field(max_length=20)]


class BrandLinkOut(BaseModel):
    """A word and where it leads."""

    label: str
    url: str


class BrandOut(BaseModel):
    """A brand as it is drafted; customers see it as it was last published."""

    id: int
    host: str
    address: str = Field(description="Where it is at home.", examples=["https://help.example.org"])
    origins: list[str] = Field(description=ORIGINS)
    team_ids: list[int] = Field(description=TEAMS)
    name: str
    accent: str = Field(description="Made darker or lighter by itself where words in it could not be read.")
    accent_dark: str = Field(description="Empty: `accent`, made lighter.")
    welcome: dict[str, str]
    footer: dict[str, str]
    links: list[BrandLinkOut]
    phone: str
    sender_name: str
    has_logo: bool
    has_favicon: bool
    is_published: bool = Field(description="Customers see just this.")
    published_at: datetime | None


class Brands(BaseModel):
    """All brands."""

    items: list[BrandOut]


class NewBrand(Given):
    """A brand to draft. Customers see it once it is published; host, teams and sites hold at once."""

    name: Annotated[str, line(80, least=1)] = Field(examples=["River Water"])
    host: Annotated[str, line(253)] = Field("", description=HOST, examples=["help.river.example"])
    origins: Origins = Field([], description=ORIGINS, examples=[["https://www.river.example"]])
    team_ids: TeamIds = Field([], description=TEAMS, examples=[[]])
    accent: Colour = Field("", examples=["#0a5c72"])
    accent_dark: Colour = Field("", examples=["#7fd0e6"])
    welcome: Sentences = Field(ABSENT, examples=[{"en": "How can we help?"}])
    footer: Sentences = Field(ABSENT, examples=[{"en": "River Water, 1 Mill Lane"}])
    links: Links = []
    phone: Annotated[str, line(40)] = ""
    sender_name: Annotated[str, line(120)] = ""


class BrandChanges(Given):
    """What becomes different in the draft; what is left out stays. Host, teams and sites change at once."""

    name: Annotated[str, line(80, least=1)] = ABSENT
    host: Annotated[str, line(253)] = Field(ABSENT, description=HOST)
    origins: Origins = Field(ABSENT, description=ORIGINS)
    team_ids: TeamIds = Field(ABSENT, description=TEAMS)
    accent: Colour = ABSENT
    accent_dark: Colour = ABSENT
    welcome: Sentences = ABSENT
    footer: Sentences = ABSENT
    links: Links = ABSENT
    phone: Annotated[str, line(40)] = ABSENT
    sender_name: Annotated[str, line(120)] = ABSENT


@router.get("/brands", auth=Scope("settings:read", staff=True), response=Brands)
def list_brands(request: ApiRequest) -> HttpResponse:
    """All brands as they are drafted, by host. Two statements."""
    require(may_administer(request.viewer))
    return answer({"items": [_row(each) for each in Brand.objects.order_by("host").prefetch_related("team_links")]})


@router.post("/brands", auth=Scope("settings:write", staff=True), response={201: BrandOut})
@once
@transaction.atomic
def make_brand(request: ApiRequest, given: NewBrand) -> HttpResponse:
    """Draft a brand. Customers see it once it is published."""
    require(may_administer(request.viewer))
    sent = given.model_dump(exclude_unset=True)
    with naming(FIELD_OF):
        look = _look(Look(), sent)
        made = add_brand(by=request.viewer, look=look, **_placing(None, sent))
    headers = {"Location": f"/api/v1/brands/{made.pk}", "ETag": etag_of(_row(made))}
    return answer(_row(made), status=201, headers=headers)


@router.get("/brands/{brand_id}", auth=Scope("settings:read", staff=True), response=BrandOut)
def read_brand(request: ApiRequest, brand_id: Path[Id]) -> HttpResponse:
    """One brand as it is drafted. Two statements."""
    return state_answer(request, _row(_brand(request, brand_id)))


@router.patch("/brands/{brand_id}", auth=Scope("settings:write", staff=True), response=BrandOut)
@once
@transaction.atomic
def change_one_brand(request: ApiRequest, brand_id: Path[Id], given: BrandChanges) -> HttpResponse:
    """Change the draft of a brand; with `If-Match`, only in the state that was read (else 412)."""
    require(may_administer(request.viewer))
    found = get_object_or_404(Brand.objects.select_for_update(), pk=brand_id)
    check_state(request, _row(found))
    sent = given.model_dump(exclude_unset=True)
    with naming(FIELD_OF):
        change_brand(found, by=request.viewer, look=_look(Look.of(found.draft), sent), **_placing(found, sent))
    return state_answer(request, _row(found))


@router.delete("/brands/{brand_id}", auth=Scope("settings:write", staff=True), response={204: None})
@once
def remove_one_brand(request: ApiRequest, brand_id: Path[Id]) -> HttpResponse:
    """Do without a brand: its host shows the brand for all others."""
    remove_brand(_brand(request, brand_id), by=request.viewer)
    return nothing()


@router.post("/brands/{brand_id}/publication", auth=Scope("settings:write", staff=True), response=BrandOut)
@once
def publish_one_brand(request: ApiRequest, brand_id: Path[Id]) -> HttpResponse:
    """Show customers the draft of a brand from now on."""
    found = _brand(request, brand_id)
    publish_brand(found, by=request.viewer)
    return answer(_row(found))


@router.put(
    "/brands/{brand_id}/pictures/{kind}",
    auth=Scope("settings:write", staff=True),
    response=BrandOut,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
@once
def upload_brand_picture(request: ApiRequest, brand_id: Path[Id], kind: Path[Kind]) -> HttpResponse:
    """Send the logo or favicon of a draft as the body: SVG or PNG, at most 200 kB. What could harm is taken out."""
    found = _brand(request, brand_id)
    if len(request.body) > MAX_BYTES:
        raise Problem(413, "people.picture_too_large", _("Choose a picture of at most 200 kB."))
    set_picture(found, by=request.viewer, kind=kind, content=request.body)
    return answer(_row(found))


@router.delete("/brands/{brand_id}/pictures/{kind}", auth=Scope("settings:write", staff=True), response={200: BrandOut})
@once
def drop_brand_picture(request: ApiRequest, brand_id: Path[Id], kind: Path[Kind]) -> HttpResponse:
    """Draft a brand without its logo or favicon."""
    found = _brand(request, brand_id)
    set_picture(found, by=request.viewer, kind=kind, content=None)
    return answer(_row(found))


def _brand(request: ApiRequest, pk: int) -> Brand:
    """The brand, for whoever may set it up. One statement."""
    require(may_administer(request.viewer))
    return get_object_or_404(Brand, pk=pk)


def _look(before: Look, sent: dict[str, Any]) -> Look:
    """`before` with what was sent; a text that was not sent in a language is none. Raises `Problem`."""
    fields = {**before.as_data(), **{name: sent[name] for name in LOOKS if name in sent}}
    for name in COLOURS:
        with naming({"people.no_colour": name}):
            fields[name] = read_colour(fields.get(name, ""))
    if "links" in sent:
        fields["links"] = [(link["label"].strip(), link["url"].strip()) for link in sent["links"]]
    return Look.of(fields)


def _placing(before: Brand | None, sent: dict[str, Any]) -> dict[str, Any]:
    """Where it is used, as the actions take it. Raises `Refused` for a team that is not there."""
    had = before.team_links.values_list("team_id", flat=True) if before and "team_ids" not in sent else ()
    wanted = set(sent.get("team_ids", had))
    teams = list(Team.objects.filter(pk__in=wanted))
    if len(teams) < len(wanted):
        raise no_such("team")
    return {
        "host": sent.get("host", before.host if before else ""),
        "origins": sent.get("origins", before.origins if before else []),
        "teams": teams,
    }


def _row(brand: Brand) -> dict[str, Any]:
    look = Look.of(brand.draft)
    return {
        "id": brand.pk,
        "host": brand.host,
        "address": address_of_brand(brand),
        "origins": brand.origins,
        "team_ids": sorted(link.team_id for link in brand.team_links.all()),
        **{name: getattr(look, name) for name in LOOKS},
        "links": [{"label": label, "url": url} for label, url in look.links],
        "has_logo": look.logo is not None,
        "has_favicon": look.favicon is not None,
        "is_published": brand.published_at is not None and Look.of(brand.published) == look,
        "published_at": brand.published_at,
    }
