"""Writing: a new topic, an answer, and saying otherwise what one said."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charterdesk.base.refused import Refused, require
from charterdesk.community.actions.attaching import add_files, remove_file
from charterdesk.community.actions.files import NewFile
from charterdesk.community.actions.moderating import remove
from charterdesk.community.actions.profiles import profile_of, take_part
from charterdesk.community.actions.writing import NewTopic, answer, edit, open_topic
from charterdesk.community.models import Forum, Post, Topic
from charterdesk.community.models.talk import WAITING
from charterdesk.community.policies import may_answer, may_edit, may_open, may_take_part
from charterdesk.portal.community.forms import AnswerForm, EditForm, Signed, TopicForm
from charterdesk.portal.community.paths import (
    address_of_post,
    address_of_topic,
    forum_for,
    post_for,
    to_sign_in,
    topic_for,
)
from charterdesk.portal.community.reading import show_topic
from charterdesk.portal.customers import PortalRequest, portal_path
from charterdesk.portal.spam import make_pass

FIELDS = {"community.no_title": "title", "community.no_such_kind": "kind"}
NAMES = ("community.no_display_name", "community.bad_display_name", "community.name_taken")


def new_topic(request: PortalRequest, slug: str) -> HttpResponse:
    """GET community/f/<slug>/new: an empty form. POST: open the topic."""
    forum = forum_for(request, slug)
    if not may_take_part(request.viewer):
        return to_sign_in(request, request.get_full_path())
    require(may_open(request.viewer, forum))
    form_of = partial(TopicForm, profile=profile_of(request.viewer), viewer=request.viewer)
    if request.method != "POST":
        initial = {"kind": Topic.QUESTION, "title": request.GET.get("title", "")[:200]}
        return _new(request, forum, form_of(initial=initial))
    form = form_of(request.POST, request.FILES)
    topic = _opened(request, forum, form) if form.is_valid() else None
    if topic is None:
        return _new(request, forum, form, status=422)
    _tell(request, is_waiting=topic.state == WAITING)
    return redirect(address_of_topic(topic))


def _new(request: PortalRequest, forum: Forum, form: TopicForm, status: int = 200) -> HttpResponse:
    context = {"forum": forum, "form": form, "form_pass": make_pass(), "place": "community"}
    return render(request, "portal/community/new.html", context, status=status)


def _opened(request: PortalRequest, forum: Forum, form: TopicForm) -> Topic | None:
    """The topic that was written; None, what is wrong said in `form`."""
    given = form.cleaned_data
    try:
        author = take_part(request.viewer, name=given.get("name", ""))
        new = NewTopic(
            title=given["title"],
            body=form.body,
            kind=given["kind"],
            language=(get_language() or "en")[:2],
            tags=given["tags"].split(","),
            files=_files(given["attachments"]),
            once=f"form:{form.once}",
        )
        return open_topic(forum, new, author=author, by=request.viewer)
    except Refused as refused:
        _say(form, refused)
        return None


def _say(form: Signed, refused: Refused) -> None:
    """Say what is wrong, where it is."""
    field = "name" if refused.code in NAMES else FIELDS.get(refused.code)
    form.add_error(field if field in form.fields else None, refused.message)


def _files(uploads: Sequence["UploadedFile[Any]"]) -> list[NewFile]:
    return [
        NewFile(filename=each.name or "", stream=each.file, content_type=each.content_type or "")  # type: ignore[arg-type]
        for each in uploads
    ]


def _tell(request: PortalRequest, *, is_waiting: bool) -> None:
    if is_waiting:
        messages.success(request, _("Thank you. Somebody looks at it shortly; then everybody sees it."))


def write_answer(request: PortalRequest, pk: int) -> HttpResponse:
    """POST community/topics/<id>/answers: write on a topic. GET leads to the topic."""
    topic = topic_for(request, pk)
    if request.method != "POST":
        return redirect(address_of_topic(topic))
    if not may_take_part(request.viewer):
        return to_sign_in(request, request.path)
    require(may_answer(request.viewer, topic))
    form = AnswerForm(request.POST, request.FILES, profile=profile_of(request.viewer), viewer=request.viewer)
    if not form.is_valid():
        return show_topic(request, topic, form=form, status=422)
    try:
        author = take_part(request.viewer, name=form.cleaned_data.get("name", ""))
        files = _files(form.cleaned_data["attachments"])
        post = answer(topic, body=form.body, author=author, by=request.viewer, files=files, once=f"form:{form.once}")
    except Refused as refused:
        _say(form, refused)
        return show_topic(request, topic, form=form, status=422)
    _tell(request, is_waiting=post.state == WAITING)
    return redirect(address_of_post(post))


def edit_post(request: PortalRequest, pk: int) -> HttpResponse:
    """GET community/p/<id>/edit: what it says. POST: have it say something else, with other files."""
    post = post_for(request, pk)
    require(may_edit(request.viewer, post))
    initial = {"title": post.topic.title, "text": post.text}
    form = EditForm(request.POST or None, request.FILES or None, initial=initial, has_title=post.is_first)
    if request.method == "POST" and form.is_valid():
        try:
            title = form.cleaned_data.get("title", "")
            with transaction.atomic():
                edit(post, by=request.viewer, editor=profile_of(request.viewer), body=form.body, title=title)
                _change_files(request, post, form)
            _tell(request, is_waiting=post.state == WAITING)
            return redirect(address_of_post(post))
        except Refused as refused:
            form.add_error(None, refused.message)
    context = {
        "post": post,
        "form": form,
        "files": list(post.files.order_by("pk")),
        "written": form.written if form.is_bound else post.body,
        "place": "community",
    }
    return render(request, "portal/community/edit.html", context, status=422 if form.errors else 200)


def _change_files(request: PortalRequest, post: Post, form: EditForm) -> None:
    """Take the files off that are marked, and put new ones on. Raises `Refused`."""
    gone = {int(each) for each in request.POST.getlist("without") if each.isdecimal() and len(each) < 19}
    if gone:
        for file in post.files.filter(pk__in=gone):
            remove_file(file, by=request.viewer)
    add_files(post, _files(form.cleaned_data["attachments"]), by=request.viewer)
    post.refresh_from_db(fields=["state"])


@require_POST
def delete_post(request: PortalRequest, pk: int) -> HttpResponse:
    """POST community/p/<id>/removal: take back what one said; with the first post goes the topic."""
    post = post_for(request, pk)
    require(may_edit(request.viewer, post))
    remove(post, by=request.viewer)
    messages.success(request, _("Removed."))
    if post.is_first:
        return redirect("portal:forum", post.topic.forum.slug)
    return redirect(address_of_topic(post.topic))


urls = [
    portal_path("community/f/<str:slug>/new", new_topic, "new_topic"),
    portal_path("community/topics/<int:pk>/answers", write_answer, "answer_topic"),
    portal_path("community/p/<int:pk>/edit", edit_post, "edit_post"),
    portal_path("community/p/<int:pk>/removal", delete_post, "delete_post"),
]
