"""Reading: the forums, one of them, a topic, and who somebody is."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from charterdesk.community.actions.profiles import profile_of
from charterdesk.community.judging import terms_in_force
from charterdesk.community.models import Forum, ForumTerms, Post, PostFile, PostReport, Profile, Topic
from charterdesk.community.models.people import NEW
from charterdesk.community.models.talk import WAITING
from charterdesk.community.policies import (
    is_own,
    may_accept,
    may_answer,
    may_edit,
    may_moderate,
    may_open,
    may_propose,
    may_take_part,
    may_vote,
)
from charterdesk.community.queries.talk import (
    ACTIVE,
    LATEST,
    OPEN,
    ORDERS,
    VOTED,
    Asked,
    follows,
    follows_forum,
    forums_for,
    posts_of,
    said_by,
    tags_of,
    topics_for,
    voted_by,
    with_extract,
)
from charterdesk.portal.community.forms import AnswerForm
from charterdesk.portal.community.paths import address_of_topic, forum_for, number_of, profile_for, topic_for
from charterdesk.portal.customers import PortalRequest, portal_path
from charterdesk.portal.requests import FileLine
from charterdesk.portal.spam import make_pass
from charterdesk.ui.brand import brand_of
from charterdesk.ui.files import SHOWN_IN_PLACE, file_response

PER_PAGE, POSTS, LATEST_AT_HOME, SAID = 25, 50, 8, 25
ORDER_NAMES = {
    ACTIVE: _("Talked about last"),
    LATEST: _("Newest"),
    VOTED: _("Most votes"),
    OPEN: _("Without an answer"),
}


def home(request: PortalRequest) -> HttpResponse:
    """GET community/: the forums, and what is talked about. Five statements."""
    viewer, brand = request.viewer, brand_of(request).brand
    latest = topics_for(viewer, Asked(), brand)[:LATEST_AT_HOME]
    context = {
        "forums": list(forums_for(viewer, brand)),
        "topics": list(latest),
        "tags": tags_of(viewer, brand),
        "may_propose": may_propose(viewer, terms_in_force()),
        "place": "community",
    }
    return render(request, "portal/community/home.html", context)


def forum(request: PortalRequest, slug: str) -> HttpResponse:
    """GET community/f/<slug>?kind=&tag=&order=&page=: the topics of one forum. At most five statements."""
    found = forum_for(request, slug)
    context = _listed(request, found)
    profile = profile_of(request.viewer)
    context |= {
        "forum": found,
        "tags": tags_of(request.viewer, brand_of(request).brand, found),
        "may_open": may_open(request.viewer, found),
        "may_follow": may_take_part(request.viewer),
        "is_followed": follows_forum(profile, found),
    }
    return render(request, "portal/community/forum.html", context)


def tagged(request: PortalRequest) -> HttpResponse:
    """GET community/topics?kind=&tag=&order=&page=: the topics of all forums. Two statements."""
    return render(request, "portal/community/topics.html", _listed(request, None))


def _listed(request: PortalRequest, of: Forum | None) -> dict[str, Any]:
    given, page = request.GET, number_of(request, "page")
    kind, order = given.get("kind", ""), given.get("order", "")
    asked = Asked(
        kind=kind if kind in dict(Topic.KINDS) else "",
        tag=given.get("tag", "").replace("\x00", "")[:40],
        order=order if order in ORDERS else ACTIVE,
    )
    found = with_extract(topics_for(request.viewer, asked, brand_of(request).brand, of))
    rows = list(found[page * PER_PAGE : (page + 1) * PER_PAGE + 1])
    return {
        "topics": rows[:PER_PAGE],
        "asked": asked,
        "kinds": Topic.KINDS,
        "orders": [(each, ORDER_NAMES[each]) for each in ORDERS],
        "page": page,
        "next_page": page + 1 if len(rows) > PER_PAGE else None,
        "place": "community",
    }


def topic(request: PortalRequest, pk: int, slug: str) -> HttpResponseBase:
    """GET community/t/<id>/<slug>?page=: one topic with its answers. Some nine statements."""
    found = topic_for(request, pk)
    if found.merged_into is not None:
        return redirect(address_of_topic(found.merged_into), permanent=True)
    if slug != found.slug:
        return redirect(address_of_topic(found), permanent=True)
    return show_topic(request, found)


def show_topic(
    request: PortalRequest, found: Topic, *, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of a topic, with what was written so far where it could not be kept."""
    profile = profile_of(request.viewer)
    page = number_of(request, "page")
    posts = list(posts_of(found, request.viewer)[page * POSTS : (page + 1) * POSTS + 1])
    voted = voted_by(profile, posts)
    terms = terms_in_force()
    lines = [_line(request, found, post, terms=terms, is_voted=post.pk in voted) for post in posts[:POSTS]]
    first = lines[0] if lines and posts[0].is_first else None
    context = {
        "topic": found,
        "first": first,
        "answers": lines[1:] if first else lines,
        "form": form or AnswerForm(profile=profile, viewer=request.viewer),
        "form_pass": make_pass(),
        "may_answer": may_answer(request.viewer, found),
        "may_take_part": may_take_part(request.viewer),
        "may_moderate": may_moderate(request.viewer),
        "is_followed": follows(profile, found),
        "reasons": PostReport.REASONS,
        "data": _data(request, found, lines) if found.kind == Topic.QUESTION and first else None,
        "is_indexed": found.state != WAITING,
        "page": page,
        "next_page": page + 1 if len(posts) > POSTS else None,
        "place": "community",
    }
    return render(request, "portal/community/topic.html", context, status=status)


def _line(request: PortalRequest, found: Topic, post: Post, *, terms: ForumTerms, is_voted: bool) -> dict[str, Any]:
    """A post as the page shows it."""
    post.topic = found
    level = post.author.level(terms)
    return {
        "post": post,
        "html": shown(post.body),
        "files": [_file_line(each) for each in post.files.all()],
        "is_accepted": post.pk == found.accepted_id,
        "is_voted": is_voted,
        "is_own": is_own(request.viewer, post.author),
        "is_new": level == NEW and not post.author.is_gone,
        "may_edit": may_edit(request.viewer, post),
        "may_vote": may_vote(request.viewer, post),
        "may_accept": not post.is_first and may_accept(request.viewer, found),
    }


def shown(html: str) -> SafeString:
    """A post as it is read."""
    return mark_safe(html)  # made safe when it was kept


def _file_line(file: PostFile) -> FileLine:
    url = reverse("portal:post_file", args=[file.pk])
    is_picture = file.content_type in SHOWN_IN_PLACE
    return FileLine(name=file.filename, size=file.size, url=url, thumbnail_url=url if is_picture else "")


def _data(request: PortalRequest, found: Topic, lines: list[dict[str, Any]]) -> dict[str, Any]:
    """What search engines read of a question: https://schema.org/QAPage."""
    address = request.build_absolute_uri(address_of_topic(found))
    answers = [_answer(line["post"], address) for line in lines[1:]]
    accepted = [answer for answer, line in zip(answers, lines[1:], strict=True) if line["is_accepted"]]
    question = {
        "@type": "Question",
        "name": found.title,
        "text": lines[0]["post"].text,
        "inLanguage": found.language,
        "datePublished": found.created_at.isoformat(),
        "author": {"@type": "Person", "name": str(found.author)},
        "upvoteCount": found.votes,
        "answerCount": found.answers,
        "suggestedAnswer": [answer for answer in answers if answer not in accepted],
    }
    if accepted:
        question["acceptedAnswer"] = accepted[0]
    return {"@context": "https://schema.org", "@type": "QAPage", "mainEntity": question}


def _answer(post: Post, address: str) -> dict[str, Any]:
    return {
        "@type": "Answer",
        "text": post.text,
        "datePublished": post.created_at.isoformat(),
        "author": {"@type": "Person", "name": str(post.author)},
        "upvoteCount": post.votes,
        "url": f"{address}#post-{post.pk}",
    }


def person(request: PortalRequest, pk: int) -> HttpResponse:
    """GET community/people/<id>: the name somebody chose, and what they said that the reader may read."""
    found = profile_for(pk)
    context = {
        "profile": found,
        "level": dict(Profile.LEVELS)[found.level(terms_in_force())],
        "posts": list(said_by(found, request.viewer, brand_of(request).brand)[:SAID]),
        "is_own": is_own(request.viewer, found),
        "place": "community",
    }
    return render(request, "portal/community/person.html", context)


def file(request: PortalRequest, pk: int) -> HttpResponseBase:
    """GET community/files/<id>: a picture or a file of a post the reader may read."""
    seen = Post.objects.visible_to(request.viewer)
    found = get_object_or_404(PostFile.objects.filter(post__in=seen), pk=pk)
    is_shown = found.content_type in SHOWN_IN_PLACE
    return file_response(found.sha256, filename=found.filename, content_type=found.content_type, in_place=is_shown)


urls = [
    portal_path("community/", home, "community"),
    portal_path("community/topics", tagged, "topics"),
    portal_path("community/f/<str:slug>", forum, "forum"),
    portal_path("community/t/<int:pk>/<str:slug>", topic, "topic"),
    portal_path("community/people/<int:pk>", person, "person"),
    portal_path("community/files/<int:pk>", file, "post_file"),
]
