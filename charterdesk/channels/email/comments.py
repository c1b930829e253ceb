"""Comments below articles by mail: who follows or wrote there hears of a new one."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import Truncator

from charterdesk.base.clock import now
from charterdesk.channels.actions import queue_mails
from charterdesk.channels.email.addresses import COMMENT, make_message_id
from charterdesk.channels.email.community import EXTRACT, NEWS, address_of, viewer_of
from charterdesk.channels.email.compose import build_plain
from charterdesk.channels.models import Outgoing
from charterdesk.comments.leaving import leave_token
from charterdesk.comments.models import Comment, CommentFollow
from charterdesk.comments.queries.hearing import hearers_of
from charterdesk.community.models.talk import SHOWN
from charterdesk.people.models import Team
from charterdesk.people.viewer import NOBODY


def queue_comment(comment_id: int) -> list[Outgoing]:
    """Queue the mails that tell of a comment, one for each who hears of it and may read it. In a transaction.

    Nothing where it is not shown any more, is no news, or no team has an address to send from.
    """
    comment = Comment.objects.select_related("text", "author").filter(pk=comment_id, state=SHOWN).first()
    team = Team.objects.order_by("pk").first()
    if comment is None or team is None or (comment.shown_at or now()) < now() - NEWS:
        return []
    mails = [_mail(comment, follow, team) for follow in hearers_of(comment)]
    found = [mail for mail in mails if mail]
    return queue_mails(found) if found else []


def _mail(comment: Comment, follow: CommentFollow, team: Team) -> Outgoing | None:
    """The mail for one of them; None for who may not read it, or has no address."""
    viewer = viewer_of(follow.profile) if follow.profile else NOBODY
    to = address_of(follow.profile) if follow.profile else follow.address
    if viewer is None or not to or not Comment.objects.visible_to(viewer).filter(pk=comment.pk).exists():
        return None
    text = comment.text
    leave = f"{settings.PUBLIC_URL}/help/comments/leave/{leave_token(follow)}"
    facts = {
        "author": comment.signed,
        "title": text.title,
        "text": Truncator(comment.words).chars(EXTRACT),
        "is_official": comment.is_official,
        "link": f"{settings.PUBLIC_URL}/help/{text.language}/{text.slug}#comment-{comment.pk}",
        "leave": leave,
    }
    with translation.override(viewer.language if follow.profile else text.language):
        subject = render_to_string("channels/comment.subject.txt", facts)
        words = render_to_string("channels/comment.txt", facts).strip() + "\n"
    built = build_plain(
        team=team,
        to=to,
        subject=subject,
        text=words,
        header=make_message_id(COMMENT, follow.pk, comment.pk),
        headers={"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    return Outgoing(
        header=built.header, sender=team.address, recipients=built.recipients, raw=built.raw, team_id=team.pk
    )
