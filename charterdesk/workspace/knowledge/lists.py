"""Lists of the help centre: all articles, what waits for the viewer, and how articles do."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.knowledge.models import Article, ArticleText, Category, Correction
from charterdesk.knowledge.policies import may_approve, may_see_knowledge, may_write
from charterdesk.knowledge.queries.drafts import Asked, listed
from charterdesk.knowledge.queries.figures import by_text, figures
from charterdesk.people.models import LANGUAGES, Agent
from charterdesk.workspace.controls import number_in
from charterdesk.workspace.knowledge.paths import knowledge_path
from charterdesk.workspace.staff import StaffRequest

PAGE, WAITING, BEST, LATELY = 50, 60, 25, 10
DAYS = 30
SCHEDULED = ("scheduled", _("scheduled"))


def articles(request: StaffRequest) -> HttpResponse:
    """GET knowledge/?state=&language=&owner=&category=&due=&q=&page=: the articles, newest first. Five statements."""
    asked = _asked(request)
    page = min(number_in(request.GET.get("page", "")), 1000)
    texts = ArticleText.objects.visible_to(request.viewer)
    found = listed(asked).filter(pk__in=texts.values("pk"))
    rows = list(found[page * PAGE : (page + 1) * PAGE + 1])
    context = {
        "rows": rows[:PAGE],
        "asked": asked,
        "states": [*ArticleText.STATES, SCHEDULED],
        "languages": LANGUAGES,
        "owners": Agent.objects.filter(pk__in=Article.objects.values("owner")).order_by("name"),
        "categories": categories_named(),
        "next_page": page + 1 if len(rows) > PAGE else None,
        "page": page,
        **rooms(request, "articles"),
    }
    return render(request, "workspace/knowledge/list.html", context)


def _asked(request: StaffRequest) -> Asked:
    given = request.GET
    return Asked(
        state=given.get("state", "") if given.get("state") in {"scheduled", *dict(ArticleText.STATES)} else "",
        language=given.get("language", "") if given.get("language") in dict(LANGUAGES) else "",
        owner_id=number_in(given.get("owner", "")) or None,
        category_id=number_in(given.get("category", "")) or None,
        is_due="due" in given,
        words=" ".join(given.get("q", "").replace("\x00", "").split())[:100],
        today=timezone.localdate(),
    )


def categories_named() -> list[tuple[int, str]]:
    """All categories for a choice, those within others after them. One statement."""
    found = list(Category.objects.select_related("parent").order_by("position", "pk"))
    within: dict[int | None, list[Category]] = {}
    for each in found:
        within.setdefault(each.parent_id, []).append(each)
    return [
        row
        for top in within.get(None, [])
        for row in [(top.pk, top.name), *((each.pk, f"{top.name} / {each.name}") for each in within.get(top.pk, []))]
    ]


def rooms(request: StaffRequest, here: str) -> dict[str, Any]:
    """What the head of each room needs."""
    viewer = request.viewer
    return {
        "here": here,
        "place": "knowledge",
        "may_write": may_write(viewer),
        "may_approve": may_approve(viewer),
    }


def waiting(request: StaffRequest) -> HttpResponse:
    """GET knowledge/waiting: what the viewer is to approve, write, look at again or put right. Six statements."""
    viewer, today = request.viewer, timezone.localdate()
    me = viewer.agent_id or 0
    texts = listed(Asked())
    is_mine = Q(article__owner=me)
    corrections = Correction.objects.filter(state=Correction.OPEN).select_related("article", "text", "owner")
    mine = corrections if may_approve(viewer) else corrections.filter(owner=me)
    context = {
        "to_approve": list(texts.filter(state=ArticleText.REVIEW)[:WAITING]) if may_approve(viewer) else [],
        "approved": list(texts.filter(state=ArticleText.APPROVED)[:WAITING]) if may_approve(viewer) else [],
        "drafts": list(texts.filter(is_mine, state=ArticleText.DRAFT)[:WAITING]),
        "due": list(texts.filter(is_mine, is_live=True, article__review_on__lte=today)[:WAITING]),
        "behind": list(listed(Asked(is_behind=True)).filter(is_mine)[:WAITING]),
        "corrections": list(mine.order_by("due_on", "pk")[:WAITING]),
        "put_right": _put_right() if may_approve(viewer) else [],
        "today": today,
        "people": Agent.objects.filter(is_active=True, integration=None).order_by("name")
        if may_approve(viewer)
        else [],
        **rooms(request, "waiting"),
    }
    return render(request, "workspace/knowledge/waiting.html", context)


def _put_right() -> list[Correction]:
    """What was put right lately, so that whom it reached can be told. One statement."""
    found = Correction.objects.filter(state=Correction.CORRECTED, ended_at__gte=now() - timedelta(days=DAYS))
    return list(found.select_related("text").order_by("-ended_at")[:LATELY])


def doing(request: StaffRequest) -> HttpResponse:
    """GET knowledge/figures: a month of reading, article by article. Four statements."""
    since = timezone.localdate() - timedelta(days=DAYS)
    context = {"all": figures(since), "rows": by_text(since, BEST), "days": DAYS, **rooms(request, "figures")}
    return render(request, "workspace/knowledge/figures.html", context)


urls = [
    knowledge_path("", articles, "knowledge", may_see_knowledge),
    knowledge_path("waiting", waiting, "knowledge_waiting", may_write),
    knowledge_path("figures", doing, "knowledge_figures", may_see_knowledge),
]
