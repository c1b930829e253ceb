"""The charter for programs: its figures as JSON, the script that shows them elsewhere, and feeds of what changed."""

from datetime import datetime
from typing import Any

from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import number_format
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from charterdesk.charter.queries.documents import ObjectiveShown, exclusions, in_force, published, shown
from charterdesk.portal.charter_paper import HOUR, language_of
from charterdesk.portal.customers import PortalRequest, portal_path
from charterdesk.ui.moments import full_moment
from charterdesk.ui.trend import percent_word

FIVE_MINUTES = 300


def _open_to_all(response: HttpResponse, seconds: int) -> HttpResponse:
    """What is public may be read by any site, without a cookie."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = f"public, max-age={seconds}"
    return response


def figures(request: PortalRequest) -> HttpResponse:
    """GET charter/figures.json?lang=: the promises in force with what is measured. One statement."""
    binding = in_force()
    with translation.override(language_of(request)):
        data: dict[str, Any] = {
            "url": request.build_absolute_uri(reverse("portal:charter")),
            "direction": "rtl" if get_language_bidi() else "ltr",
            "language": language_of(request),
            "title": binding.charter.said(binding.charter.title) if binding else "",
            "version": binding.number if binding else None,
            "more": _("All promises and figures"),
            "objectives": [_row(each) for each in shown(binding.charter, timezone.localdate())] if binding else [],
        }
    return _open_to_all(JsonResponse(data), FIVE_MINUTES)


def _row(each: ObjectiveShown) -> dict[str, Any]:
    words = {"cases": number_format(each.share.cases, force_grouping=True), "days": each.objective.window}
    return {
        "code": each.objective.code,
        "title": each.title,
        "promise": each.promise,
        "target_percent": each.objective.target,
        "days_30": {"cases": each.figures.days_30.cases, "kept_percent": each.figures.days_30.percent},
        "days_90": {"cases": each.figures.days_90.cases, "kept_percent": each.figures.days_90.percent},
        "share": percent_word(each.share.percent),
        "said": _("kept of %(cases)s in %(days)s days") % words if each.share.cases else _("no cases yet"),
        "promised": _("promised: %(target)s") % {"target": percent_word(each.objective.target)},
        "on_target": each.is_on_target,
    }


def script(request: PortalRequest) -> HttpResponse:
    """GET charter/embed.js: shows the promises where the script stands. No statement."""
    found = finders.find("portal/charter_embed.js")
    if not isinstance(found, str):
        raise Http404
    with open(found, encoding="utf-8") as built:
        response = HttpResponse(built.read(), content_type="text/javascript; charset=utf-8")
    return _open_to_all(response, HOUR)


class Changes:
    """What happened to the charter in the last year: versions, and what was excluded. Two statements."""

    def __init__(self, request: PortalRequest) -> None:
        self.request = request

    def items(self) -> list[dict[str, Any]]:
        """The latest first."""
        binding = in_force()
        made = [self._version(each.number, each.published_at, each.effective_at) for each in published()[:20]]
        for each in exclusions():
            reason = binding.charter.said(each.reason) if binding else next(iter(each.reason.values()), "")
            span = {"begins": full_moment(each.begins_at), "ends": full_moment(each.ends_at)}
            made.append(
                {
                    "id": f"exclusion-{each.pk}",
                    "title": _("Not counted: %(reason)s") % {"reason": reason},
                    "text": _("From %(begins)s to %(ends)s.") % span,
                    "at": each.withdrawn_at or each.declared_at,
                    "url": f"{reverse('portal:charter')}#exclusions",
                }
            )
        return sorted(made, key=lambda item: item["at"], reverse=True)

    def _version(self, number: int, at: datetime | None, effective_at: datetime | None) -> dict[str, Any]:
        day = full_moment(effective_at) if effective_at else ""
        return {
            "id": f"version-{number}",
            "title": _("Version %(number)s of our charter") % {"number": number},
            "text": _("It binds requests that come in from %(day)s on.") % {"day": day},
            "at": at or effective_at,
            "url": reverse("portal:charter_version", args=[number]),
        }


def json_feed(request: PortalRequest) -> HttpResponse:
    """GET charter/feed.json: the changes as a JSON Feed (jsonfeed.org, version 1.1). Two statements."""
    with translation.override(language_of(request)):
        data = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": _title(),
            "home_page_url": request.build_absolute_uri(reverse("portal:charter")),
            "feed_url": request.build_absolute_uri(),
            "language": language_of(request),
            "items": [
                {
                    "id": request.build_absolute_uri(f"{reverse('portal:charter')}#{item['id']}"),
                    "url": request.build_absolute_uri(item["url"]),
                    "title": item["title"],
                    "content_text": item["text"],
                    "date_published": item["at"].isoformat(),
                }
                for item in Changes(request).items()
            ],
        }
    return _open_to_all(JsonResponse(data, content_type="application/feed+json"), FIVE_MINUTES)


def _title() -> str:
    binding = in_force()
    return (binding.charter.said(binding.charter.title) if binding else "") or _("Our charter")


def atom(request: PortalRequest) -> HttpResponseBase:
    """GET charter/feed.atom: the changes as Atom (RFC 4287). Two statements."""
    with translation.override(language_of(request)):
        feed = Atom1Feed(
            title=_title(),
            link=request.build_absolute_uri(reverse("portal:charter")),
            description="",
            language=language_of(request),
            feed_url=request.build_absolute_uri(),
        )
        for item in Changes(request).items():
            feed.add_item(
                title=item["title"],
                link=request.build_absolute_uri(item["url"]),
                description=item["text"],
                pubdate=item["at"],
                updateddate=item["at"],
                unique_id=request.build_absolute_uri(f"{reverse('portal:charter')}#{item['id']}"),
            )
        text = feed.writeString("utf-8")
    return _open_to_all(HttpResponse(text, content_type="application/atom+xml; charset=utf-8"), FIVE_MINUTES)


urls = [
    portal_path("charter/figures.json", figures, "charter_figures"),
    portal_path("charter/embed.js", script, "charter_script"),
    portal_path("charter/feed.json", json_feed, "charter_json_feed"),
    portal_path("charter/feed.atom", atom, "charter_atom"),
]
