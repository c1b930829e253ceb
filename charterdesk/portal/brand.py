"""The colours and pictures of a brand, by names that end in what they hold: browsers keep them for ever."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from charterdesk.people.branding import Look, digest_of, style_sheet
from charterdesk.people.models import Brand, BrandPicture
from charterdesk.portal.customers import portal_path

FOR_EVER = f"public, max-age={365 * 24 * 3600}, immutable"


def style(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """GET brand/<pk>-<digest>.css: the colours of a brand, published or drafted. One statement."""
    brand = get_object_or_404(Brand, pk=pk)
    sheets = (style_sheet(Look.of(look)) for look in (brand.published, brand.draft))
    sheet = next((one for one in sheets if one and digest_of(one) == digest), None)
    if sheet is None:
        raise Http404
    return HttpResponse(sheet, content_type="text/css; charset=utf-8", headers={"Cache-Control": FOR_EVER})


def picture(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """GET brand/pictures/<pk>-<digest>: a logo. One statement. A drawing runs nothing, wherever it is opened."""
    found = get_object_or_404(BrandPicture, pk=pk, sha256__startswith=digest)
    response = HttpResponse(bytes(found.content), content_type=found.content_type)
    response["Cache-Control"] = FOR_EVER
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


urls = [
    portal_path("brand/<int:pk>-<slug:digest>.css", style, "brand_style"),
    portal_path("brand/pictures/<int:pk>-<slug:digest>", picture, "brand_picture"),
]
