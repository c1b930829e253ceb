"""Comments below articles by mail: who follows or wrote there hears of a new one, and answers by replying."""

from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape, linebreaks
from django.utils.text import Truncator

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.base.refused import Refused
from charterdesk.channels.actions import queue_mails, set_aside
from charterdesk.channels.email.addresses import COMMENT, make_message_id, number_named, tagged
from charterdesk.channels.email.community import EXTRACT, NEWS, address_of, is_from, viewer_of
from charterdesk.channels.email.compose import build_plain
from charterdesk.channels.email.reading.mail import ReadMail
from charterdesk.channels.events import MailNotCommented
from charterdesk.channels.models import Outgoing, RawMail
from charterdesk.comments.actions.writing import NewComment, write_comment
from charterdesk.comments.leaving import leave_token
from charterdesk.comments.models import Comment, CommentFollow
from charterdesk.comments.policies import may_comment, open_to
from charterdesk.comments.queries.hearing import hearers_of, name_at
from charterdesk.community.models.talk import SHOWN
from charterdesk.events.log import publish
from charterdesk.knowledge.models import ArticleText
from charterdesk.people.models import Team
from charterdesk.people.viewer import NOBODY, Viewer


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
    viewer, to = viewer_behind(follow), address_behind(follow)
    if viewer is None or not to or not Comment.objects.visible_to(viewer).filter(pk=comment.pk).exists():
        return None
    text = comment.text
    leave = f"{settings.PUBLIC_URL}/help/comments/leave/{leave_token(follow)}"
    facts = {
        "author": comment.signed,
        "title": text.title,
        "text": Truncator(comment.words).chars(EXTRACT),
        "is_official": comment.is_official,
        "link": f"{address_of_text(text)}#comment-{comment.pk}",
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
        reply_to=tagged(team.address, COMMENT, follow.pk),
        headers={"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    return Outgoing(
        header=built.header, sender=team.address, recipients=built.recipients, raw=built.raw, team_id=team.pk
    )


def viewer_behind(follow: CommentFollow) -> Viewer | None:
    """As whom somebody who hears of comments reads; None for who is not there any more. Profile loaded."""
    return viewer_of(follow.profile) if follow.profile else NOBODY


def address_behind(follow: CommentFollow) -> str:
    """Where they are mailed; "" for who has no address."""
    return address_of(follow.profile) if follow.profile else follow.address


def address_of_text(text: ArticleText) -> str:
    """Where an article is read, from the outside."""
    return f"{settings.PUBLIC_URL}/help/{text.language}/{text.slug}"


def comments_named(recipients: Sequence[str], message_ids: Sequence[str]) -> CommentFollow | None:
    """Whose answer below which article a mail is, by its address or what it answers. One query, none for others."""
    number = number_named(COMMENT, recipients, message_ids)
    if number is None:
        return None
    related = CommentFollow.objects.select_related("text", "profile__contact", "profile__agent__login")
    return related.filter(pk=number).first()


def take_comment(mail: RawMail, read: ReadMail, sender: str, follow: CommentFollow) -> None:
    """A mail that answers a comment becomes one of who was told of it, or they learn why not.

    From anybody else it is set aside.
    """
    is_theirs = is_from(follow.profile, sender) if follow.profile else sender == follow.address
    if read.auto_reply or read.automatic:
        set_aside(mail, state=RawMail.IGNORED, reason="auto_reply")
    elif not is_theirs or mail.verdicts.get("dmarc") == "fail":
        set_aside(mail, state=RawMail.QUARANTINED, reason="not from who was told of the comment")
    elif reason := _not_taken(mail, read, follow):
        set_aside(mail, state=RawMail.IGNORED, reason=reason)
        publish(MailNotCommented(mail_id=mail.pk, follow_id=follow.pk, reason=reason), on=mail, by=SYSTEM)
    else:
        set_aside(mail, state=RawMail.IGNORED, reason="comment")


def _not_taken(mail: RawMail, read: ReadMail, follow: CommentFollow) -> str:
    """Write it below the article; why it could not be, "" when it was. The same mail is one comment."""
    viewer = viewer_behind(follow)
    readable = viewer is not None and ArticleText.objects.visible_to(viewer).live().filter(pk=follow.text_id).exists()
    if viewer is None or not readable or not may_comment(viewer, open_to()):
        return "comments.closed"
    said = read.reply_text if read.reply_text is not None else (read.body_text or "")
    new = NewComment(
        body=linebreaks(escape(said)),
        author=follow.profile,
        name="" if follow.profile else name_at(follow),
        address=follow.address,
        once=f"mail:{mail.fingerprint or mail.pk}"[:80],
    )
    try:
        write_comment(follow.text, new, by=viewer)
    except Refused as refused:
        return refused.code
    return ""
