"""The customers' search: answers of every kind and their own requests in one ranking; and the way on without one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from charterdesk.people.branding import teams_of
from charterdesk.people.models import LANGUAGES
from charterdesk.portal.customers import PortalRequest, portal_path
from charterdesk.portal.hours import Department, departments_of
from charterdesk.portal.new import kinds_for
from charterdesk.search.queries import Manner
from charterdesk.ui.brand import brand_of
from charterdesk.ui.finding.asked import ANY_LANGUAGE, ANY_TIME, TIMES, Asked
from charterdesk.ui.finding.families import Asker
from charterdesk.ui.finding.looking import families_for, look, meant

PAGE, SUGGESTED = 12, 6


def find(request: PortalRequest) -> HttpResponse:
    """GET search/?q=&kind=&language=&time=&cursor=: what was found, who can help with these words, the way to ask.

    At most fifteen statements, those of the page around it included.
    """
    asked, cursor = Asked.read(request.GET), request.GET.get("cursor", "")
    findings = look(asked.words, asker_of(request), within=asked.within(), manner=Manner(limit=PAGE, cursor=cursor))
    families = families_for(request.viewer)
    context = {
        "asked": asked,
        "words": asked.words,
        "findings": findings,
        "is_first": not cursor,
        "tabs": asked.tabs(families, None) if len(families) > 1 else [],
        "languages": [("", ANY_LANGUAGE), *LANGUAGES],
        "times": [("", ANY_TIME), *((code, name) for code, (_span, name) in TIMES.items())],
        "meant": meant(asked.words, findings.results.corrected),
        "more": asked.query(cursor=findings.results.after or ""),
        "place": "help",
    }
    return render(request, "portal/find.html", context | ({} if cursor else _who_can_help(request, asked.words)))


def suggest(request: PortalRequest) -> HttpResponse:
    """GET search/suggestions?q=: the best few for words half typed. A search, and those who ask."""
    asked = Asked.read(request.GET)
    findings = look(asked.words, asker_of(request), manner=Manner(limit=SUGGESTED, is_typing=True))
    return render(request, "portal/suggestions.html", {"words": asked.words, "found": findings.everything})


def asker_of(request: PortalRequest) -> Asker:
    """Who asks, on the pages of which brand: their language first, then English."""
    languages = list(dict.fromkeys([(get_language() or "en")[:2], "en"]))
    return Asker(viewer=request.viewer, brand=brand_of(request).brand, languages=languages)


def _who_can_help(request: PortalRequest, words: str) -> dict[str, object]:
    """The forms and departments that are called like one of `words`. Two statements, two more for departments."""
    said = [word.casefold() for word in words.split() if len(word) > 2]
    if not said:
        return {}
    kinds = [
        kind for kind in kinds_for(request) if any(word in f"{kind.name} {kind.intro}".casefold() for word in said)
    ]
    return {"kinds": kinds, "departments": _departments(request, said)}


def _departments(request: PortalRequest, said: list[str]) -> list[Department]:
    teams = teams_of(brand_of(request).brand)
    named = [pk for pk, name in teams.values_list("pk", "name") if any(word in name.casefold() for word in said)]
    return departments_of(teams.filter(pk__in=named).select_related("calendar")) if named else []


urls = [
    portal_path("search/", find, "find"),
    portal_path("search/suggestions", suggest, "suggestions"),
]
