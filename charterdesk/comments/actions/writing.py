"""Writing below an article, and having others see it."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.comments.events import CommentHeld, CommentShown
from charterdesk.comments.models import Comment, CommentFollow
from charterdesk.comments.policies import is_closed
from charterdesk.community.actions.counting import count_shown
from charterdesk.community.actions.profiles import good_name, require_free_name
from charterdesk.community.actions.writing import require_few, require_welcome
from charterdesk.community.bodies import clean_post, post_text
from charterdesk.community.judging import reads_like_junk, terms_in_force, why_held
from charterdesk.community.models import Post, Profile
from charterdesk.community.models.talk import SHOWN, WAITING
from charterdesk.events.log import key_of, publish
from charterdesk.knowledge.models import ArticleText
from charterdesk.people.actions import notify

BODY = 10_000
COMMENTED = "article.commented"


@dataclass(frozen=True, kw_only=True)
class NewComment:
    """What somebody says. `body` is HTML not yet made safe; the same `once` is never written twice.

    Who takes part has an `author`; a visitor without an account gives a `name`, and an `address` to hear of answers.
    """

    body: str
    author: Profile | None = None
    name: str = ""
    address: str = ""
    is_official: bool = False
    once: str | None = None


@transaction.atomic
def write_comment(text: ArticleText, new: NewComment, *, by: Actor) -> Comment:
    """Write below `text`; others see it at once, or when somebody looked at it.

    Raises `Refused`: `comments.closed`, `comments.bad_address`, `community.not_staff`, `community.nothing_said`,
    `community.too_long`, `community.blocked`, `community.too_many`, and for names as `take_part`.
    """
    if new.once and (known := Comment.objects.select_related("text__article").filter(once=new.once).first()):
        return known
    related = ArticleText.objects.select_for_update(of=("self",)).select_related("article__category", "article__owner")
    text = related.get(pk=text.pk)
    if not text.is_live or is_closed(text.article):
        raise Refused("comments.closed", _("Nobody comments here at present."))
    comment = Comment(text=text, once=new.once, is_official=new.is_official)
    comment.body, comment.words = _said(new.body)
    _sign(comment, new)
    comment.reason = _why_held(comment)
    comment.state = WAITING if comment.reason else SHOWN
    comment.save()
    if comment.reason:
        publish(CommentHeld(reason=comment.reason, **about(comment)), on=text, by=by)
    else:
        show(comment, by=by)
    return comment


def _said(body: str) -> tuple[str, str]:
    if len(body) > BODY:
        raise Refused("community.too_long", _("That is too long for a comment. Send us a request instead."))
    html = clean_post(body)
    words = post_text(html).strip()
    if not words:
        raise Refused("community.nothing_said", _("Write something."))
    return html, words


def _sign(comment: Comment, new: NewComment) -> None:
    """Say whose it is. Raises `Refused`."""
    if new.author is not None:
        comment.author = Profile.objects.select_for_update().get(pk=new.author.pk)
        require_welcome(comment.author)
    else:
        comment.name, comment.address = good_name(new.name), _good_address(new.address)
        require_free_name(comment.name)
    if comment.is_official and not comment.is_of_staff:
        raise Refused("community.not_staff", _("Only what staff wrote can be official."))


def _good_address(address: str) -> str:
    given = address.strip()
    try:
        if given:
            validate_email(given)
    except ValidationError as error:
        raise Refused("comments.bad_address", _("This is no e-mail address.")) from error
    return given.lower()


def _why_held(comment: Comment) -> str:
    """Why it waits, "" where it does not. Nobody without an account is shown before somebody looked."""
    terms = terms_in_force()
    if comment.author is None:
        return Post.JUNK if reads_like_junk(comment.words) else Post.NEW
    if not comment.author.is_staff:
        since = now() - timedelta(hours=1)
        require_few(Comment.objects.filter(author=comment.author, created_at__gte=since).count(), terms)
    return why_held(comment.author, body=comment.body, text=comment.words, terms=terms)


def show(comment: Comment, *, by: Actor) -> None:
    """Have readers see `comment`, and its writer hear of what follows. In the caller's transaction.

    Who looks after the article is told of it the first time.
    """
    is_new = comment.shown_at is None
    comment.state, comment.reason, comment.shown_at = SHOWN, "", comment.shown_at or now()
    comment.save(update_fields=["state", "reason", "shown_at"])
    if comment.author is not None:
        count_shown(comment.author.pk, 1)
        CommentFollow.objects.get_or_create(text=comment.text, profile=comment.author)
    elif comment.address:
        CommentFollow.objects.get_or_create(text=comment.text, address=comment.address)
    if is_new:
        publish(CommentShown(**about(comment)), on=comment.text, by=by)
        owner = comment.text.article.owner
        if owner is not None and owner.is_active and owner.key != key_of(by) and not comment.is_of_staff:
            notify([owner.pk], code=COMMENTED, about=comment.text.key, by=by)


def follow(text: ArticleText, profile: Profile, *, is_on: bool = True) -> None:
    """Have `profile` hear of comments below `text`, or no more. Two statements."""
    CommentFollow.objects.update_or_create(text=text, profile=profile, defaults={"is_on": is_on})


def leave(follow: CommentFollow) -> None:
    """Hear no more, by a link in a mail. One statement."""
    CommentFollow.objects.filter(pk=follow.pk).update(is_on=False)


def lock(comment: Comment) -> None:
    """Hold the row until the transaction ends, and read it anew, with its article and author."""
    related = Comment.objects.select_for_update(of=("self",)).select_related("text__article__owner", "author")
    comment.refresh_from_db(from_queryset=related)


def about(comment: Comment) -> dict[str, int]:
    """What every event about a comment says."""
    return {"comment_id": comment.pk, "text_id": comment.text_id, "article_id": comment.text.article_id}
