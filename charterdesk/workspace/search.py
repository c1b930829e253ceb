"""Staff's search: everything they may see in one ranking, narrowed by kind, language, time and team; why it ranked."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from charterdesk.base.keys import split_key
from charterdesk.people.models import LANGUAGES, Team
from charterdesk.people.search import reader_of
from charterdesk.people.viewer import Viewer
from charterdesk.search.missed import note_missed
from charterdesk.search.models import Missed
from charterdesk.search.queries import Manner, parents_with
from charterdesk.ui.finding.asked import ANY_LANGUAGE, ANY_TEAM, ANY_TIME, TIMES, Asked
from charterdesk.ui.finding.families import Asker
from charterdesk.ui.finding.looking import Findings, families_for, look, meant
from charterdesk.workspace.staff import StaffRequest, staff_path, wants

PAGE = 25


def search(request: StaffRequest) -> HttpResponse:
    """GET search?q=&kind=&language=&time=&team=&cursor=: what was found, best first; only the results where asked for.

    At most fourteen statements, those of the page around it included.
    """
    asked, is_part = Asked.read(request.GET), wants(request, "results")
    manner = Manner(limit=PAGE, cursor=request.GET.get("cursor", ""), is_typing=is_part)
    findings = look(asked.words, asker_of(request.viewer), within=asked.within(), manner=manner)
    is_first = not manner.cursor
    counts = findings.results.counts
    if not is_part and is_first and not asked.is_narrowed:
        viewer = request.viewer
        note_missed(asked.words, fits=findings.fits, side=Missed.STAFF, language=viewer.language, asker=viewer.key)
    context = {
        "asked": asked,
        "findings": findings,
        "is_first": is_first,
        "tabs": asked.tabs(families_for(request.viewer), counts.families if counts else None),
        "meant": meant(asked.words, findings.results.corrected),
        "everywhere": f"?{Asked(words=asked.words).query()}",
        "more": asked.query(cursor=findings.results.after or ""),
        "place": "search",
    }
    if is_part:
        return render(request, "workspace/search/results.html", context)
    return render(request, "workspace/search/page.html", context | _choices(request.viewer))


def _choices(viewer: Viewer) -> dict[str, Any]:
    """What stands in the fields that narrow. One statement."""
    teams = Team.objects.filter(pk__in=viewer.team_ids).order_by("name").values_list("pk", "name")
    return {
        "languages": [("", ANY_LANGUAGE), *LANGUAGES],
        "times": [("", ANY_TIME), *((code, name) for code, (_span, name) in TIMES.items())],
        "teams": [("", ANY_TEAM), *((str(pk), name) for pk, name in teams)],
    }


def asker_of(viewer: Viewer) -> Asker:
    """Who of the staff asks."""
    return Asker(viewer=viewer, language=(get_language() or viewer.language)[:2])


def ticket_ids_with(words: str, viewer: Viewer) -> list[int]:
    """The tickets of the best hundred hits for `words`, whoever may see them now. Two statements or so."""
    keys = parents_with(words, reader=reader_of(viewer), language=viewer.language)
    return sorted(pk for kind, pk in map(split_key, keys) if kind == "ticket")


def found_while_typing(words: str, viewer: Viewer, *, limit: int) -> Findings:
    """The best things for `words`, which may be half typed, each once. A search."""
    return look(words, asker_of(viewer), manner=Manner(limit=limit, is_typing=True))


urls = [staff_path("search", search, name="search")]
