"""The customers' search: answers of every kind and their own requests in one ranking; and the way on without one."""

import re

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from charterdesk.community.models import Forum
from charterdesk.community.open_forums import is_any_forum
from charterdesk.people.branding import teams_of
from charterdesk.people.models import LANGUAGES
from charterdesk.portal.customers import PortalRequest, portal_path
from charterdesk.portal.hours import Department, departments_of
from charterdesk.portal.new import kinds_for
from charterdesk.portal.spam import is_machine, is_too_many
from charterdesk.search.missed import note_missed
from charterdesk.search.models import Missed
from charterdesk.search.queries import Manner
from charterdesk.ui.brand import brand_of
from charterdesk.ui.finding.asked import ANY_LANGUAGE, ANY_TIME, TIMES, Asked
from charterdesk.ui.finding.families import Asker
from charterdesk.ui.finding.looking import families_for, look, meant

PAGE, SUGGESTED, FORUMS, MISSED = 12, 6, 3, 30
_QUOTES = re.compile(r'["„“”«»]')


def find(request: PortalRequest) -> HttpResponse:
    """GET search/?q=&kind=&language=&time=&cursor=: what was found, who can help with these words, the way to ask.

    At most fifteen statements, those of the page around it included.
    """
    asked, cursor = Asked.read(request.GET), request.GET.get("cursor", "")
    findings = look(asked.words, asker_of(request), within=asked.within(), manner=Manner(limit=PAGE, cursor=cursor))
    if not cursor and not asked.is_narrowed:
        _note_missed(request, asked.words, findings.fits)
    families = families_for(request.viewer)
    context = {
        "asked": asked,
        "words": asked.words,
        "subject": " ".join(_QUOTES.sub(" ", asked.words).split()),  # of a request: the quotes were for the search
        "findings": findings,
        "is_first": not cursor,
        "tabs": asked.tabs(families, None) if len(families) > 1 else [],
        "languages": [("", ANY_LANGUAGE), *LANGUAGES],
        "times": [("", ANY_TIME), *((code, name) for code, (_span, name) in TIMES.items())],
        "meant": meant(asked.words, findings.results.corrected),
        "more": asked.query(cursor=findings.results.after or ""),
        "forums": _forums(request) if asked.words else [],
        "place": "help",
    }
    return render(request, "portal/find.html", context | ({} if cursor else _who_can_help(request, asked.words)))


def suggest(request: PortalRequest) -> HttpResponse:
    """GET search/suggestions?q=: the best few for words half typed. A search, and those who ask."""
    asked = Asked.read(request.GET)
    findings = look(asked.words, asker_of(request), manner=Manner(limit=SUGGESTED, is_typing=True))
    return render(request, "portal/suggestions.html", {"words": asked.words, "found": findings.everything})


def asker_of(request: PortalRequest) -> Asker:
    """Who asks, on the pages of which brand, in the language of the page."""
    return Asker(viewer=request.viewer, brand=brand_of(request).brand, language=_language())


def _language() -> str:
    return (get_language() or "en")[:2]


def _note_missed(request: PortalRequest, words: str, fits: float) -> None:
    """Count what found too little: by people, each a few times an hour, and neither by machines nor by the house."""
    if not words or request.viewer.is_staff or is_machine(request) or is_too_many(request, what="missed", limit=MISSED):
        return
    viewer = request.viewer
    asker = viewer.key if viewer.contact_id else f"{request.META.get('REMOTE_ADDR')}{request.headers.get('User-Agent')}"
    note_missed(words, fits=fits, side=Missed.CUSTOMERS, language=_language(), asker=asker)


def _forums(request: PortalRequest) -> list[Forum]:
    """Where the others may be asked. One statement where there is a community."""
    viewer = request.viewer
    if not is_any_forum(viewer, lambda: brand_of(request).brand):
        return []
    found = Forum.objects.visible_to(viewer).shown_on(brand_of(request).brand, viewer)
    return list(found.filter(is_open=True)[:FORUMS])


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
