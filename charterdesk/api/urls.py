"""Every address of the API, and how each is entered."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, re_path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from charterdesk.api.address_erasure import router as address_erasure
from charterdesk.api.agents import router as agents
from charterdesk.api.alike import router as alike
from charterdesk.api.announcements import router as announcements
from charterdesk.api.article_categories import router as article_categories
from charterdesk.api.article_deciding import router as article_deciding
from charterdesk.api.article_keeping import router as article_keeping
from charterdesk.api.article_readers import router as article_readers
from charterdesk.api.article_transfer import router as article_transfer
from charterdesk.api.articles import router as articles
from charterdesk.api.aside import router as aside
from charterdesk.api.audit import router as audit
from charterdesk.api.bearer import bearer_of
from charterdesk.api.bookkeeping import router as bookkeeping
from charterdesk.api.bought import router as bought
from charterdesk.api.brands import router as brands
from charterdesk.api.browsers import router as browsers
from charterdesk.api.bulk_runs import router as bulk_runs
from charterdesk.api.calendars import router as calendars
from charterdesk.api.calls import router as calls
from charterdesk.api.cards import router as cards
from charterdesk.api.charter import router as charter
from charterdesk.api.charter_writing import router as charter_writing
from charterdesk.api.commenting import router as commenting
from charterdesk.api.community import router as community
from charterdesk.api.community_forums import router as community_forums
from charterdesk.api.community_order import router as community_order
from charterdesk.api.community_people import router as community_people
from charterdesk.api.complaints import router as complaints
from charterdesk.api.contact_notes import router as contact_notes
from charterdesk.api.contacts import router as contacts
from charterdesk.api.corrections import router as corrections
from charterdesk.api.costs import router as costs
from charterdesk.api.day import router as day
from charterdesk.api.definitions import router as definitions
from charterdesk.api.description import DeskAPI
from charterdesk.api.desk import router as desk
from charterdesk.api.drafts import router as drafts
from charterdesk.api.erasure_requests import router as erasure_requests
from charterdesk.api.finding import router as finding
from charterdesk.api.first_steps import router as first_steps
from charterdesk.api.grade_terms import router as grade_terms
from charterdesk.api.grades import router as grades
from charterdesk.api.imports import router as imports
from charterdesk.api.invitations import router as invitations
from charterdesk.api.macros import router as macros
from charterdesk.api.mail_accounts import router as mail_accounts
from charterdesk.api.messages import router as messages
from charterdesk.api.money import router as money
from charterdesk.api.oneself import router as oneself
from charterdesk.api.organisations import router as organisations
from charterdesk.api.page import pages_of
from charterdesk.api.payments import router as payments
from charterdesk.api.person_fields import router as person_fields
from charterdesk.api.phone_lines import router as phone_lines
from charterdesk.api.policies import router as policies
from charterdesk.api.preferences import router as preferences
from charterdesk.api.problems import Problem, answer_problems, as_problem, problem_of, unauthorised
from charterdesk.api.providers import router as providers
from charterdesk.api.reading import StrictParser
from charterdesk.api.reasons import router as reasons
from charterdesk.api.refunds import router as refunds
from charterdesk.api.reminders import router as reminders
from charterdesk.api.reports import router as reports
from charterdesk.api.retention import router as retention
from charterdesk.api.roles import router as roles
from charterdesk.api.rules import router as rules
from charterdesk.api.selling import router as selling
from charterdesk.api.service_status import router as service_status
from charterdesk.api.settings_file import router as settings_file
from charterdesk.api.sign_in import router as sign_in
from charterdesk.api.sms_numbers import router as sms_numbers
from charterdesk.api.solutions import router as solutions
from charterdesk.api.stuck import router as stuck
from charterdesk.api.surges import router as surges
from charterdesk.api.synonyms import router as synonyms
from charterdesk.api.tags import router as tags
from charterdesk.api.templates import router as templates
from charterdesk.api.texts import router as texts
from charterdesk.api.ticket_articles import router as ticket_articles
from charterdesk.api.ticket_changes import router as ticket_changes
from charterdesk.api.ticket_lists import router as ticket_lists
from charterdesk.api.ticket_opening import router as ticket_opening
from charterdesk.api.ticket_relations import router as ticket_relations
from charterdesk.api.ticket_tasks import router as ticket_tasks
from charterdesk.api.tokens import router as tokens
from charterdesk.api.told import router as told
from charterdesk.api.uploads import router as uploads
from charterdesk.api.views import router as views
from charterdesk.api.warehouse import router as warehouse
from charterdesk.api.webhooks import router as webhooks
from charterdesk.api.working import router as working
from charterdesk.people.viewer import NOBODY

View = Callable[..., HttpResponseBase]
ROUTERS = (
    mail_accounts, sms_numbers, templates, texts, retention, erasure_requests, address_erasure, brands,
    providers, agents, roles, sign_in, settings_file, grade_terms,
    bought, costs, ticket_lists, ticket_opening, ticket_changes, ticket_relations, ticket_tasks, messages, uploads,
    contacts,
    contact_notes, organisations, desk, calendars, finding, views, tags, definitions, warehouse, webhooks, working,
    macros, rules, grades, complaints, charter, articles, article_categories, article_deciding, solutions,
    commenting, community, community_order, community_forums, community_people,
    money, payments, refunds, policies, surges, corrections, calls, phone_lines,
    audit, tokens, reports, aside, preferences, person_fields, imports, selling, reasons, charter_writing,
    oneself, invitations, first_steps, browsers, cards, bookkeeping, bulk_runs, stuck,
    announcements, told, service_status, reminders, synonyms, alike, drafts,
    article_keeping, article_readers, article_transfer, ticket_articles, day,
)  # fmt: skip

api = DeskAPI(urls_namespace="api", docs_url=None, openapi_url=None, parser=StrictParser())
answer_problems(api)
for router in ROUTERS:
    api.add_router("", router)


def _entered(views: Mapping[str, View]) -> View:
    """The views of one address by method, with what holds for every address: HEAD and OPTIONS, problems for what is
    not possible, limits told."""
    allowed = ", ".join(sorted({*views, "OPTIONS", *({"HEAD"} if "GET" in views else ())}))

    def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = request.method
        if asked == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": allowed})
        if asked == "HEAD":
            request.method = "GET"
        view = views.get(request.method or "")
        if view is None:
            detail = _("Possible here: %(methods)s.") % {"methods": allowed}
            return problem_of(Problem(405, "api.method", detail, headers={"Allow": allowed}))
        try:
            answer = view(request, *args, **kwargs)
        except Exception as error:  # what ninja does not hand to its handlers
            answer = problem_of(as_problem(error))
        finally:
            for file in getattr(request, "open_files", ()):
                file.close()
        for name, value in getattr(request, "limit_headers", {}).items():
            answer[name] = value
        if isinstance(answer, HttpResponse) and answer.status_code not in (204, 304):
            answer["Content-Length"] = str(len(answer.content))
        if "Cache-Control" not in answer:
            answer["Cache-Control"] = "private, no-cache"
        return _headless(answer) if asked == "HEAD" else answer

    entered.login_required = False  # type: ignore[attr-defined]  # every operation asks by itself
    entered.csrf_exempt = True  # type: ignore[attr-defined]  # asked for where somebody is signed in by cookie
    return entered


def _headless(answer: HttpResponseBase) -> HttpResponse:
    """The same without its body."""
    size = answer.get("Content-Length") or (str(len(answer.content)) if isinstance(answer, HttpResponse) else None)
    answer.close()
    headers = {**dict(answer.items()), **({"Content-Length": size} if size else {})}
    return HttpResponse(b"", status=answer.status_code, headers=headers)


def _patterns() -> list[URLPattern]:
    """Each address once for every operation on it, so that each can be found by its name."""
    views: dict[str, dict[str, View]] = {}
    names: dict[str, list[str]] = {}
    for bound in api._get_bound_routers():
        for route, found in bound.path_operations.items():
            bare = route.strip("/").replace("{", "<").replace("}", ">")
            for operation in found.operations:
                views.setdefault(bare, {}).update(dict.fromkeys(operation.methods, found.get_view()))
                names.setdefault(bare, []).append(operation.view_func.__name__)
    # Whole words before parameters: `tickets/bulk` is not the ticket "bulk".
    routes = sorted(views, key=lambda route: (route.count("<"), route))
    entrances = {route: _entered(views[route]) for route in routes}
    return [path(route, entrances[route], name=name) for route in routes for name in names[route]]


@csrf_exempt
@login_not_required
def nothing_here(request: HttpRequest) -> HttpResponse:
    """Any address below that is none."""
    return problem_of(as_problem(Http404()))


@csrf_exempt
@login_not_required
def unreadable(request: HttpRequest) -> HttpResponse:
    """An address that nothing of ours can have; who is unknown is told only that."""
    if not bearer_of(request) and getattr(request, "viewer", NOBODY) == NOBODY:
        return problem_of(unauthorised())
    detail = _("The address holds an invisible character (NUL). Take it out and ask again; nothing was changed.")
    return problem_of(Problem(400, "api.unreadable", detail))


app_name = "api"
urlpatterns = [
    re_path("\0", unreadable, name="unreadable"),
    *pages_of(api),
    *_patterns(),
    re_path(r"^.*$", nothing_here, name="nothing"),
]
