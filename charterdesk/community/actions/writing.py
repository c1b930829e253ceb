"""Writing: a topic is opened, answered, and what was said is said otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.community.actions.counting import count_shown, count_topic
from charterdesk.community.actions.files import NewFile, keep_files
from charterdesk.community.actions.following import follow
from charterdesk.community.bodies import clean_post, post_text
from charterdesk.community.events import PostEdited, PostHeld, PostShown, TopicChanged, TopicOpened
from charterdesk.community.judging import terms_in_force, why_held
from charterdesk.community.models import Forum, ForumTerms, Post, PostVersion, Profile, Topic
from charterdesk.community.models.talk import REMOVED, SHOWN, WAITING
from charterdesk.events.log import key_of, publish
from charterdesk.people.models import LANGUAGES

TITLE, BODY, TAGS = 200, 50_000, 5


@dataclass(frozen=True, kw_only=True)
class NewTopic:
    """What opens a topic. `body` is HTML not yet made safe; the same `once` is never opened twice."""

    title: str
    body: str
    kind: str = Topic.QUESTION
    language: str = "en"
    tags: Iterable[str] = ()
    files: Sequence[NewFile] = ()
    once: str | None = None


@transaction.atomic
def open_topic(forum: Forum, new: NewTopic, *, author: Profile, by: Actor) -> Topic:
    """Open a topic in `forum`; others see it at once, or when somebody looked at it.

    Raises `Refused`: `community.no_title`, `community.nothing_said`, `community.too_long`, `community.no_such_kind`,
    `community.forum_closed`, `community.blocked`, `community.too_many`, and as files do.
    """
    if known := _written_once(new.once):
        return known.topic
    title = " ".join(new.title.replace("\x00", "").split())[:TITLE]
    if not title:
        raise Refused("community.no_title", _("Give it a title."))
    if new.kind not in dict(Topic.KINDS) or (new.kind == Topic.ANNOUNCEMENT and not author.is_staff):
        raise Refused("community.no_such_kind", _("Choose one of the list."))
    if not forum.is_open and not author.is_staff:
        raise Refused("community.forum_closed", _("Nobody writes in this forum at present."))
    topic = Topic(
        forum=forum,
        kind=new.kind,
        title=title,
        language=new.language if new.language in dict(LANGUAGES) else "en",
        author=author,
        tags=tag_words(new.tags),
    )
    post = Post(topic=topic, author=author, is_first=True, once=new.once)
    return _put(post, new.body, new.files, by=by).topic


@transaction.atomic
def answer(
    topic: Topic, *, body: str, author: Profile, by: Actor, files: Sequence[NewFile] = (), once: str | None = None
) -> Post:
    """Write on `topic`. `body` is HTML not yet made safe; the same `once` is never written twice.

    Raises `Refused`: `community.topic_closed`, and as `open_topic`.
    """
    if known := _written_once(once):
        return known
    topic.refresh_from_db(from_queryset=Topic.objects.select_for_update(of=("self",)).select_related("forum"))
    if not topic.takes_answers or not (topic.forum.is_open or author.is_staff):
        raise Refused("community.topic_closed", _("Nobody writes on this topic any more."))
    return _put(Post(topic=topic, author=author, once=once), body, files, by=by)


def _written_once(once: str | None) -> Post | None:
    return Post.objects.select_related("topic").filter(once=once).first() if once else None


def _put(post: Post, body: str, files: Sequence[NewFile], *, by: Actor) -> Post:
    """Keep a new post, and show it or have it wait."""
    _say(post, body, has_files=bool(files))
    terms = terms_in_force()
    author = Profile.objects.select_for_update().get(pk=post.author_id)
    _require_calm(author, terms)
    post.author = author
    post.reason = why_held(author, body=post.body, text=_all_text(post), terms=terms)
    post.state = WAITING if post.reason else SHOWN
    if post.is_first:
        post.topic.state = post.state
        post.topic.save()
        post.topic_id = post.topic.pk
    post.save()
    keep_files(post, files)
    follow(post.topic, author)
    if post.reason:
        publish(PostHeld(reason=post.reason, **about(post)), on=post.topic, by=by)
    else:
        show(post, by=by)
    return post


def _all_text(post: Post) -> str:
    return f"{post.topic.title}\n{post.text}" if post.is_first else post.text


def _say(post: Post, body: str, *, has_files: bool = False) -> None:
    if len(body) > BODY:
        raise Refused("community.too_long", _("That is too long. Put it into a file."))
    post.body = clean_post(body)
    post.text = post_text(post.body)
    if not post.text.strip() and not has_files:
        raise Refused("community.nothing_said", _("Write something."))


def _require_calm(author: Profile, terms: ForumTerms) -> None:
    """Raise `Refused` for who is blocked, or wrote more in an hour than anybody does."""
    require_welcome(author)
    if author.is_staff:
        return
    latest = Post.objects.filter(author=author, created_at__gte=now() - timedelta(hours=1)).count()
    require_few(latest, terms)


def require_welcome(author: Profile) -> None:
    """Raise `Refused("community.blocked")` for who may not write any more."""
    if author.blocked_at or author.is_gone:
        raise Refused("community.blocked", _("You can't write here any more. Ask us if you think this is wrong."))


def require_few(latest: int, terms: ForumTerms) -> None:
    """Raise `Refused("community.too_many")` where somebody wrote `latest` times within an hour, and that is enough."""
    if latest >= terms.posts_per_hour:
        raise Refused("community.too_many", _("That was a lot within an hour. Go on a little later."))


def show(post: Post, *, by: Actor) -> None:
    """Have others see `post`, its topic with it where it is the first. In the caller's transaction."""
    is_new = post.shown_at is None
    post.state, post.reason, post.shown_at = SHOWN, "", post.shown_at or now()
    post.save(update_fields=["state", "reason", "shown_at"])
    topic = post.topic
    if post.is_first:
        topic.state = SHOWN
        Topic.objects.filter(pk=topic.pk).update(state=SHOWN)
    count_topic(topic)
    count_shown(post.author_id, 1)
    if is_new and post.is_first:
        publish(TopicOpened(topic_id=topic.pk, forum_id=topic.forum_id, kind=topic.kind), on=topic, by=by)
    if is_new:
        publish(PostShown(is_first=post.is_first, **about(post)), on=topic, by=by)


@transaction.atomic
def edit(post: Post, *, by: Actor, editor: Profile | None, body: str, title: str = "") -> None:
    """Have `post` say something else; what it said is kept. `title` where it opens a topic, "" leaves it.

    What readers saw waits again where a new post of its editor would. Raises `Refused`: `community.removed`, and as
    `open_topic`.
    """
    lock(post)
    if post.state == REMOVED:
        raise Refused("community.removed", _("It was removed."))
    before = (post.topic.title if post.is_first else "", post.body)
    _say(post, body, has_files=post.files.exists())
    title = " ".join(title.replace("\x00", "").split())[:TITLE] if post.is_first else ""
    after = (title or before[0], post.body)
    if after == before:
        return
    PostVersion.objects.create(post=post, title=before[0], body=before[1], replaced_by=key_of(by))
    post.edited_at = now()
    post.save(update_fields=["body", "text", "edited_at"])
    if post.is_first and after[0] != before[0]:
        post.topic.title = after[0]
        post.topic.save(update_fields=["title"])
        publish(TopicChanged(topic_id=post.topic_id, forum_id=post.topic.forum_id), on=post.topic, by=by)
    publish(PostEdited(**about(post)), on=post.topic, by=by)
    if post.state == SHOWN and editor is not None and editor.pk == post.author_id:
        _judge_again(post, editor, by=by)


def _judge_again(post: Post, editor: Profile, *, by: Actor) -> None:
    """Nobody gets past the queue by writing something harmless first."""
    _require_calm(editor, terms := terms_in_force())
    reason = why_held(editor, body=post.body, text=_all_text(post), terms=terms)
    if reason in (Post.LINKS, Post.JUNK):
        hold(post, reason=reason, by=by)


def hold(post: Post, *, reason: str, by: Actor) -> None:
    """Have a post that was shown wait until somebody looks. In the caller's transaction."""
    post.state, post.reason = WAITING, reason
    post.save(update_fields=["state", "reason"])
    hide_with(post, WAITING)
    publish(PostHeld(reason=reason, **about(post)), on=post.topic, by=by)


def hide_with(post: Post, state: str) -> None:
    """What follows where a post that was shown is not any more. Some four statements."""
    if post.is_first:
        post.topic.state = state
        Topic.objects.filter(pk=post.topic_id).update(state=state)
    count_topic(post.topic)
    count_shown(post.author_id, -1)


def lock(post: Post) -> None:
    """Hold the row until the transaction ends, and read it anew, with its topic."""
    related = Post.objects.select_for_update(of=("self",)).select_related("topic__forum", "author")
    post.refresh_from_db(from_queryset=related)


def about(post: Post) -> dict[str, int]:
    """What every event about a post says."""
    return {"topic_id": post.topic_id, "forum_id": post.topic.forum_id, "post_id": post.pk}


def tag_words(tags: Iterable[str]) -> list[str]:
    """Tags as they are kept: in small letters, each once, at most five."""
    words = (" ".join(tag.replace("\x00", "").lower().split())[:40] for tag in tags)
    return list(dict.fromkeys(word for word in words if word))[:TAGS]
