"""The charter on paper and as an image: a poster to hang up, and badges for other sites."""

import io
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format, number_format
from django.utils.html import escape
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from charterdesk.base.later import later
from charterdesk.charter.queries.documents import ObjectiveShown, in_force, shown
from charterdesk.people.models import LANGUAGES
from charterdesk.portal.charter import objective_shown
from charterdesk.portal.customers import PortalRequest, portal_path
from charterdesk.ui.brand import brand_of
from charterdesk.ui.trend import Ink, percent_word, trend_svg

segno, typst = later("segno"), later("typst")

HERE = Path(__file__).parent
FONTS = HERE.parent / "workspace" / "static" / "workspace" / "print"
SIZES = ("a4", "a3")
HOUR = 3600
PAPER = Ink(line="#1f5f8b", target="#8a8f98")
KEPT, LATE, NONE = "#1a7f4b", "#b3261e", "#5f6670"


def poster(request: PortalRequest) -> HttpResponse:
    """GET charter/poster.pdf?size=a4|a3&lang=: the promises to hang up, with a code that leads to the page.

    Three statements; some tenths of a second of processor time, once for the same figures.
    """
    size = request.GET.get("size", "a4")
    with translation.override(language_of(request)):
        data = json.dumps(_poster_data(request, size if size in SIZES else "a4"))
    response = HttpResponse(_poster(data), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="charter-{size if size in SIZES else "a4"}.pdf"'
    response["Cache-Control"] = f"public, max-age={HOUR}"
    return response


def language_of(request: HttpRequest) -> str:
    """The language asked for by `lang`, else the reader's."""
    asked = request.GET.get("lang", "")[:2].lower()
    return asked if asked in dict(LANGUAGES) else (get_language() or "en")


@lru_cache(maxsize=16)
def _poster(data: str) -> bytes:
    made: bytes = typst.compile(HERE / "poster.typ", font_paths=[FONTS], sys_inputs={"poster": data})
    return made


def _poster_data(request: PortalRequest, size: str) -> dict[str, Any]:
    binding = in_force()
    charter = binding.charter if binding else None
    address = request.build_absolute_uri(reverse("portal:charter"))
    return {
        "size": size,
        "language": (get_language() or "en").partition("-")[0],
        "rtl": get_language_bidi(),
        "title": (charter.said(charter.title) if charter else "") or _("Our charter"),
        "name": brand_of(request).name,
        "intro": charter.said(charter.intro) if charter else "",
        "objectives": [_on_paper(each) for each in shown(charter, timezone.localdate())] if charter else [],
        "remedies_word": _("What happens when we fail"),
        "remedies": [charter.said(each.title) for each in charter.remedies] if charter else [],
        "code": _code(address),
        "address": address.partition("://")[2].rstrip("/"),
        "code_word": _("The figures of today, your rights and whom to turn to:"),
        "footer": _("Version %(number)s, as of %(day)s. The desk counts these figures; nobody can edit them.")
        % {"number": binding.number if binding else "–", "day": date_format(timezone.localdate(), "DATE_FORMAT")},
    }


def _on_paper(each: ObjectiveShown) -> dict[str, Any]:
    values = [week.percent for _day, week in each.figures.weeks]
    words = {"cases": number_format(each.share.cases, force_grouping=True), "days": each.objective.window}
    return {
        "title": each.title,
        "promise": each.promise,
        "share": percent_word(each.share.percent),
        "word": _("kept of %(cases)s in %(days)s days") % words if each.share.cases else _("no cases yet"),
        "target": _("promised: %(target)s") % {"target": percent_word(each.objective.target)},
        "good": each.is_on_target is not False,
        "trend": str(trend_svg(values, each.objective.target, ink=PAPER)) if each.share.cases else "",
    }


def _code(address: str) -> str:
    """A QR code of `address` as SVG (ISO/IEC 18004, error correction M)."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()


def badge_svg(request: PortalRequest, code: str) -> HttpResponse:
    """GET charter/badge/<code>.svg?lang=: one promise and its figure as an image for other sites. One statement."""
    with translation.override(language_of(request)):
        drawn = _badge(objective_shown(code)[1])
    return _image(drawn.encode(), "image/svg+xml")


def badge_png(request: PortalRequest, code: str) -> HttpResponse:
    """GET charter/badge/<code>.png?lang=: the same for where drawings are not taken. One statement."""
    with translation.override(language_of(request)):
        drawn = _badge(objective_shown(code)[1])
    return _image(_png(drawn), "image/png")


@lru_cache(maxsize=64)
def _png(drawn: str) -> bytes:
    """A drawing as a picture of twice its size."""
    made: bytes = typst.compile(
        HERE / "badge.typ", font_paths=[FONTS], sys_inputs={"badge": drawn}, format="png", ppi=144
    )
    return made


def _image(content: bytes, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Cache-Control"] = f"public, max-age={HOUR}"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _badge(each: ObjectiveShown) -> str:
    """360 by 96: the title, the share, and under it what it is of, alone on its line: fonts differ, and counts grow.

    A title that is too long is cut with an ellipsis.
    """
    rtl = get_language_bidi()
    share = percent_word(each.share.percent)
    colour = NONE if each.is_on_target is None else KEPT if each.is_on_target else LATE
    words = {"cases": number_format(each.share.cases, force_grouping=True), "days": each.objective.window}
    below = _("kept of %(cases)s in %(days)s days") % words if each.share.cases else _("no cases yet")
    start, end, anchor = (344, 16, "end") if rtl else (16, 344, "start")
    other = "start" if rtl else "end"
    fonts = 'font-family="Noto Sans, Noto Sans Arabic, system-ui, sans-serif"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="360" height="96" viewBox="0 0 360 96" role="img" {fonts}'
        f' aria-label="{escape(f"{each.title}: {share} {below}")}">'
        f'<rect x=".5" y=".5" width="359" height="95" rx="6" fill="#ffffff" stroke="#d5d8dd"/>'
        f'<rect x="{354 if rtl else 0}" y="0" width="6" height="96" rx="3" fill="{colour}"/>'
        f'<text x="{start}" y="28" text-anchor="{anchor}" font-size="13" font-weight="bold" fill="#1c2026">'
        f"{escape(_cut(each.title))}</text>"
        f'<text x="{start}" y="66" text-anchor="{anchor}" font-size="28" font-weight="bold" fill="{colour}">'
        f"{escape(share)}</text>"
        f'<text x="{end}" y="66" text-anchor="{other}" font-size="11" fill="#5f6670">'
        f"{escape(_('promised: %(target)s') % {'target': percent_word(each.objective.target)})}</text>"
        f'<text x="{start}" y="85" text-anchor="{anchor}" font-size="13" fill="#4a5058">{escape(below)}</text></svg>'
    )


def _cut(text: str, most: int = 46) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


urls = [
    portal_path("charter/poster.pdf", poster, "charter_poster"),
    portal_path("charter/badge/<slug:code>.svg", badge_svg, "charter_badge"),
    portal_path("charter/badge/<slug:code>.png", badge_png, "charter_badge_png"),
]
