"""What one person is told by mail: what became of a forum they proposed, or of a mail that was not posted."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from charterdesk.channels.actions import queue_mail
from charterdesk.channels.email.addresses import COMMENT, POST, make_message_id
from charterdesk.channels.email.comments import address_behind, address_of_text, viewer_behind
from charterdesk.channels.email.community import address_of, address_of_topic, pages_of, viewer_of
from charterdesk.channels.email.compose import Built, build_plain
from charterdesk.channels.models import Outgoing, RawMail
from charterdesk.comments.models import CommentFollow
from charterdesk.community.models import Follow, ForumProposal, Profile
from charterdesk.people.models import Team
from charterdesk.people.viewer import Viewer

NOBODY = 0
"""In the Message-IDs of these mails in place of who follows: a reply to one is a request, not a post."""


def queue_decision(proposal_id: int) -> Outgoing | None:
    """Queue the mail that says what became of a proposed forum; None where nobody is there to read it.

    In a transaction. Each decision is told once.
    """
    related = ForumProposal.objects.select_related("author__contact", "author__agent__login", "forum__brand")
    proposal = related.filter(pk=proposal_id).exclude(state=ForumProposal.OPEN).first()
    if proposal is None:
        return None
    link = f"{pages_of(proposal.forum)}/community/f/{proposal.forum.slug}" if proposal.forum else ""
    facts = {"name": proposal.name, "reason": proposal.reason, "link": link, "forum": proposal.forum}
    header = make_message_id(POST, NOBODY, 2 * proposal.pk)
    return _queue(proposal.author, "forum_proposal", facts, header=header)


def queue_not_posted(mail_id: int, follow_id: int, reason: str) -> Outgoing | None:
    """Queue the mail that says why what somebody mailed did not become a post; counted, so that machines do not talk.

    In a transaction. Each mail is answered once.
    """
    related = Follow.objects.select_related("topic__forum__brand", "profile__contact", "profile__agent__login")
    follow, mail = related.filter(pk=follow_id).first(), RawMail.objects.filter(pk=mail_id).first()
    if follow is None or mail is None:
        return None
    facts = {"title": follow.topic.title, "reason": reason, "link": address_of_topic(follow.topic)}
    header = make_message_id(POST, NOBODY, 2 * mail.pk + 1)
    return _queue(follow.profile, "not_posted", facts, header=header, is_automatic=True)


def queue_not_commented(mail_id: int, follow_id: int, reason: str) -> Outgoing | None:
    """Queue the mail that says why what somebody mailed did not become a comment; as `queue_not_posted`."""
    related = CommentFollow.objects.select_related("text", "profile__contact", "profile__agent__login")
    follow, mail = related.filter(pk=follow_id).first(), RawMail.objects.filter(pk=mail_id).first()
    if follow is None or mail is None:
        return None
    facts = {"title": follow.text.title, "reason": reason, "link": address_of_text(follow.text), "is_comment": True}
    header = make_message_id(COMMENT, NOBODY, mail.pk)
    viewer = viewer_behind(follow)
    return _mail(viewer, address_behind(follow), "not_posted", facts, header=header, is_automatic=True)


def _queue(
    profile: Profile, name: str, facts: Mapping[str, Any], *, header: str, is_automatic: bool = False
) -> Outgoing | None:
    viewer, to = viewer_of(profile), address_of(profile)
    return _mail(viewer, to, name, facts, header=header, is_automatic=is_automatic)


def _mail(
    viewer: Viewer | None, to: str, name: str, facts: Mapping[str, Any], *, header: str, is_automatic: bool
) -> Outgoing | None:
    team = Team.objects.order_by("pk").first()
    if viewer is None or team is None or not to:
        return None
    built = _built(team, to, viewer.language, name, facts, header)
    return queue_mail(
        header=built.header,
        sender=team.address,
        recipients=built.recipients,
        raw=built.raw,
        team_id=team.pk,
        is_automatic=is_automatic,
    )


def _built(team: Team, to: str, language: str, name: str, facts: Mapping[str, Any], header: str) -> Built:
    with translation.override(language):
        subject = render_to_string(f"channels/{name}.subject.txt", facts)
        text = render_to_string(f"channels/{name}.txt", facts).strip() + "\n"
    return build_plain(team=team, to=to, subject=subject, text=text, header=header)
