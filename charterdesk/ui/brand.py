"""The brand whose page this is, as templates show it: name, logo, colours and texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.request import split_domain_port
from django.urls import reverse
from django.utils.functional import SimpleLazyObject, cached_property

from charterdesk.people.branding import NAME, Look, brand_of_host, digest_of, picture_of, style_sheet
from charterdesk.people.models import Brand
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.policies import may_administer

PREVIEW = "brand_preview"
"""In the session of an administrator: the brand whose draft they look at."""


@dataclass(frozen=True)
class Shown:
    """A brand, or none, as this request shows it. Each picture is one query."""

    brand: Brand | None
    look: Look
    is_draft: bool = False

    @property
    def name(self) -> str:
        """How the desk calls itself."""
        return self.look.name or NAME

    @property
    def welcome(self) -> str:
        """The sentence of the front page, in the reader's language; "" for the desk's own."""
        return self.look.said(self.look.welcome)

    @property
    def footer(self) -> str:
        """What stands at the foot of each page, in the reader's language."""
        return self.look.said(self.look.footer)

    @property
    def style_url(self) -> str:
        """Where its colours are; "" for the desk's own."""
        sheet = style_sheet(self.look)
        return reverse("portal:brand_style", args=[self.brand.pk, digest_of(sheet)]) if self.brand and sheet else ""

    @cached_property
    def logo_url(self) -> str:
        """Where its logo is; "" for none."""
        return self._picture_url(self.look.logo)

    @cached_property
    def favicon_url(self) -> str:
        """Where the sign in the browser's tab is; "" for the desk's own."""
        return self._picture_url(self.look.favicon)

    def _picture_url(self, pk: int | None) -> str:
        digest = _digest_of_picture(self.brand, pk) if self.brand and pk else ""
        return reverse("portal:brand_picture", args=[pk, digest]) if digest else ""


_digests: dict[tuple[int, int], str] = {}


def _digest_of_picture(brand: Brand, pk: int) -> str:
    """What the address of a picture ends in. One query for each in a process: the bytes of a picture never change."""
    known = _digests.get((brand.pk, pk))
    if known is None and (picture := picture_of(brand, pk)):
        known = _digests[brand.pk, pk] = picture.sha256[:12]
    return known or ""


def brand_of(request: HttpRequest) -> Shown:
    """The brand of `request`: of its host, or the draft an administrator looks at. One query, once for each request."""
    known: Shown | None = getattr(request, "_brand", None)
    if known is None:
        known = _drafted(request) or _published(request)
        request._brand = known  # type: ignore[attr-defined]
    return known


def _published(request: HttpRequest) -> Shown:
    host, _port = split_domain_port(request.get_host())
    brand = brand_of_host(host)
    return Shown(brand, Look.of(brand.published) if brand else Look())


def _drafted(request: HttpRequest) -> Shown | None:
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None or not may_administer(viewer) or PREVIEW not in request.session:
        return None
    brand = Brand.objects.filter(pk=request.session[PREVIEW]).first()
    return Shown(brand, Look.of(brand.draft), is_draft=True) if brand else None


def brand(request: HttpRequest) -> Mapping[str, Any]:
    """Templates know `brand`. Nothing is read where none asks."""
    return {"brand": SimpleLazyObject(lambda: brand_of(request))}
