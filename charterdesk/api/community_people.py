"""Who takes part in the community: oneself, others, and who may not write; and the files of posts."""

from datetime import datetime
from typing import Annotated, Any

from django.db.models import F
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from charterdesk.api.answers import answer, nothing, page_of, read_cursor
from charterdesk.api.asking import ApiRequest, Scope
from charterdesk.api.community import PostPage, PostsAsked, new_files, post_of, post_row
from charterdesk.api.idempotency import once
from charterdesk.api.kinds import ABSENT, Asked, Cursor, Given, Id, Size, line, one_of
from charterdesk.api.taking_part import Name
from charterdesk.api.uploads import Upload
from charterdesk.base.refused import require
from charterdesk.community.actions.attaching import add_files, remove_file
from charterdesk.community.actions.files import MOST
from charterdesk.community.actions.profiles import block, change_profile, profile_of, take_part, unblock
from charterdesk.community.judging import terms_in_force
from charterdesk.community.models import Post, PostFile, PostReport, Profile
from charterdesk.community.policies import may_edit, may_moderate, may_run, may_take_part
from charterdesk.community.queries.moderation import removed
from charterdesk.ui.files import file_response

router = Router(tags=["The community"])


class ForumMemberOut(BaseModel):
    """Somebody who takes part, as everybody sees them."""

    id: int
    name: str = Field(description="The name they chose.", examples=["Rosa"])
    trust: str = Field(description="new, known, regular or staff", examples=["known"])
    points: int
    since: datetime


class ForumSelfOut(ForumMemberOut):
    """How the asker takes part."""

    mails: bool = Field(description="Hears by mail of what they follow and where they are named.")
    after_erasure: str = Field(description="keep or delete: what becomes of their posts.", examples=["keep"])
    is_blocked: bool = Field(description="May not write any more.")


class BlockedMemberOut(ForumMemberOut):
    """Somebody who may not write."""

    blocked_at: datetime
    blocked_why: str
    blocked_by: str = Field(examples=["agent:3"])


class BlockedMemberPage(BaseModel):
    """Some of them; `next` is the cursor of the next page, null at the end."""

    items: list[BlockedMemberOut]
    next: str | None


class ForumSelfGiven(Given):
    """What becomes different; the first time, a name is needed."""

    name: Name = ABSENT
    mails: bool = ABSENT
    after_erasure: Annotated[str, one_of(code for code, _name in Profile.AFTER_ERASURE)] = ABSENT


class BlockGiven(Given):
    """Why somebody may not write any more."""

    why: Annotated[str, line(300, least=1)] = Field(examples=["Advertises"])


class PostFileOut(BaseModel):
    """A file on a post."""

    file_id: int
    filename: str
    content_type: str = Field(examples=["image/png"])
    size: int = Field(description="Bytes.")


class PostFiles(BaseModel):
    """All files of a post."""

    items: list[PostFileOut]


class PostFilesGiven(Given):
    """Files to put on a post."""

    attachments: list[Upload] = Field(min_length=1, max_length=MOST, description="What `POST /uploads` gave.")


class PostReportOut(BaseModel):
    """What a reader says is wrong with a post."""

    report_id: int
    reporter_id: int
    why: str = Field(description="spam, rude, personal or other", examples=["rude"])
    words: str
    made_at: datetime
    settled_at: datetime | None = Field(description="When somebody of the desk looked at it.")


class PostReports(BaseModel):
    """What readers say of a post, the newest first."""

    items: list[PostReportOut]


class MembersAsked(Asked):
    """Which people."""

    cursor: Cursor = ""
    limit: Size = 50


def _member(profile: Profile) -> dict[str, Any]:
    trust = profile.level(terms_in_force())
    return {"id": profile.pk, "name": str(profile), "trust": trust, "points": profile.points, "since": profile.since}


def _oneself(profile: Profile) -> dict[str, Any]:
    own = {"mails": profile.mails, "after_erasure": profile.after_erasure}
    return _member(profile) | own | {"is_blocked": profile.blocked_at is not None}


@router.get("/forum-members/me", auth=Scope("community:read"), response=ForumSelfOut)
def read_forum_self(request: ApiRequest) -> HttpResponse:
    """How the asker takes part; 404 who never did. Two statements."""
    require(may_take_part(request.viewer))
    profile = profile_of(request.viewer)
    return answer(_oneself(get_object_or_404(Profile, pk=profile.pk if profile else 0)))


@router.patch("/forum-members/me", auth=Scope("community:write"), response=ForumSelfOut)
@once
def change_forum_self(request: ApiRequest, given: ForumSelfGiven) -> HttpResponse:
    """Be called otherwise, or hear more or less; 409 `community.name_taken`, `community.bad_display_name`."""
    require(may_take_part(request.viewer))
    profile = take_part(request.viewer, name=given.name or "")
    change_profile(profile, by=request.viewer, **given.sent())
    return answer(_oneself(profile))


@router.get("/forum-members/{member_id}", auth=Scope("community:read"), response=ForumMemberOut)
def read_forum_member(request: ApiRequest, member_id: Path[Id]) -> HttpResponse:
    """Somebody who takes part; 404 for who was erased. Two statements."""
    found = get_object_or_404(Profile.objects.exclude(contact=None, agent=None), pk=member_id)
    return answer(_member(found))


@router.get("/blocked-forum-members", auth=Scope("community:read", staff=True), response=BlockedMemberPage)
def list_blocked_members(request: ApiRequest, asked: Query[MembersAsked]) -> HttpResponse:
    """Who may not write, by when they first took part. Two statements."""
    require(may_moderate(request.viewer))
    found = Profile.objects.filter(blocked_at__isnull=False).order_by("pk")
    if asked.cursor:
        found = found.filter(pk__gt=read_cursor(asked.cursor, int)[0])
    terms = terms_in_force()
    names = ("points", "since", "blocked_at", "blocked_why", "blocked_by")
    rows = [
        {"id": each.pk, "name": str(each), "trust": each.level(terms)} | {name: getattr(each, name) for name in names}
        for each in found[: asked.limit + 1]
    ]
    return page_of(rows, asked.limit)


@router.put("/forum-members/{member_id}/block", auth=Scope("community:write", staff=True), response={204: None})
@once
def block_member(request: ApiRequest, member_id: Path[Id], given: BlockGiven) -> HttpResponse:
    """Have somebody write no more; 409 `community.is_staff` for a colleague."""
    require(may_run(request.viewer))
    block(get_object_or_404(Profile, pk=member_id), why=given.why, by=request.viewer)
    return nothing()


@router.delete("/forum-members/{member_id}/block", auth=Scope("community:write", staff=True), response={204: None})
@once
def unblock_member(request: ApiRequest, member_id: Path[Id]) -> HttpResponse:
    """Let somebody write again."""
    require(may_run(request.viewer))
    unblock(get_object_or_404(Profile, pk=member_id), by=request.viewer)
    return nothing()


@router.get("/removed-posts", auth=Scope("community:read", staff=True), response=PostPage)
def list_removed_posts(request: ApiRequest, asked: Query[PostsAsked]) -> HttpResponse:
    """What was removed, the newest post first; `POST /posts/{post_id}/restoration` brings one back. One statement."""
    require(may_moderate(request.viewer))
    found = removed().order_by("-pk")
    if asked.cursor:
        found = found.filter(pk__lt=read_cursor(asked.cursor, int)[0])
    return page_of([post_row(post) for post in found[: asked.limit + 1]], asked.limit)


@router.get("/posts/{post_id}/reports", auth=Scope("community:read", staff=True), response=PostReports)
def list_post_reports(request: ApiRequest, post_id: Path[Id]) -> HttpResponse:
    """What readers say is wrong with a post. `POST /posts/{post_id}/approval` settles them. Two statements."""
    require(may_moderate(request.viewer))
    found = PostReport.objects.filter(post=post_of(request, post_id)).order_by("-pk")
    return answer({"items": [_report(each) for each in found[:500]]})


def _report(each: PostReport) -> dict[str, Any]:
    return {
        "report_id": each.pk,
        "reporter_id": each.profile_id,
        "why": each.reason,
        "words": each.words,
        "made_at": each.made_at,
        "settled_at": each.ended_at,
    }


def _files(post: Post) -> dict[str, Any]:
    rows = post.files.order_by("pk").values("filename", "content_type", "size", file_id=F("pk"))
    return {"items": list(rows)}


@router.get("/posts/{post_id}/files", auth=Scope("community:read"), response=PostFiles)
def list_post_files(request: ApiRequest, post_id: Path[Id]) -> HttpResponse:
    """The files of a post. Two statements."""
    return answer(_files(post_of(request, post_id)))


@router.post("/posts/{post_id}/files", auth=Scope("community:write"), response={201: PostFiles})
@once
def add_post_files(request: ApiRequest, post_id: Path[Id], given: PostFilesGiven) -> HttpResponse:
    """Put uploaded files on one's own post; 409 `community.too_many_files`, `community.file_too_large`."""
    post = post_of(request, post_id)
    require(may_edit(request.viewer, post))
    add_files(post, new_files(request, given.attachments), by=request.viewer)
    return answer(_files(post), status=201)


def _file(request: ApiRequest, pk: int) -> PostFile:
    related = PostFile.objects.select_related("post__author", "post__topic__forum")
    return get_object_or_404(related.filter(post__in=Post.objects.visible_to(request.viewer)), pk=pk)


@router.get(
    "/post-files/{file_id}",
    auth=Scope("community:read"),
    response={200: None},
    openapi_extra={
        "responses": {
            200: {
                "description": "The file, as it is.",
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def read_post_file(request: ApiRequest, file_id: Path[Id]) -> HttpResponseBase:
    """The bytes of a file on a post, streamed."""
    found = _file(request, file_id)
    return file_response(found.sha256, filename=found.filename, content_type="application/octet-stream")


@router.delete("/post-files/{file_id}", auth=Scope("community:write"), response={204: None})
@once
def remove_post_file(request: ApiRequest, file_id: Path[Id]) -> HttpResponse:
    """Take a file off one's own post; 409 `community.nothing_said` where nothing would be left of it."""
    found = _file(request, file_id)
    require(may_edit(request.viewer, found.post))
    remove_file(found, by=request.viewer)
    return nothing()
