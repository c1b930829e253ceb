"""The community by mail: who follows a topic or is named hears of a new post, and answers by replying."""

from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape, linebreaks
from django.utils.text import Truncator

from charterdesk.base.clock import now
from charterdesk.base.keys import SYSTEM
from charterdesk.base.refused import Refused
from charterdesk.channels.actions import queue_mails, set_aside
from charterdesk.channels.email.addresses import POST, make_message_id, number_named, tagged
from charterdesk.channels.email.compose import build_plain
from charterdesk.channels.email.junk import junk_score_of
from charterdesk.channels.email.reading.mail import ReadMail
from charterdesk.channels.events import MailNotPosted
from charterdesk.channels.models import Outgoing, RawMail
from charterdesk.community.actions.files import NewFile
from charterdesk.community.actions.following import address_for
from charterdesk.community.actions.writing import answer
from charterdesk.community.judging import judges
from charterdesk.community.leaving import leave_token
from charterdesk.community.models import Follow, Forum, Post, Profile, Topic
from charterdesk.community.models.talk import SHOWN
from charterdesk.community.policies import may_answer, may_read
from charterdesk.community.queries.hearing import hearers_of, mentioned_in
from charterdesk.events.log import publish
from charterdesk.people.branding import address_of_brand
from charterdesk.people.models import Team
from charterdesk.people.viewer import CUSTOMER, Viewer, viewer_of_agent

EXTRACT = 1500
NEWS = timedelta(days=2)
judges(junk_score_of)


def queue_post(post_id: int) -> list[Outgoing]:
    """Queue the mails that tell of a post, one for each who hears of it and may read it; each once. In a transaction.

    Nothing where the post is not shown any more, is no news (it was imported, or the desk stood still), or no team has
    an address to send from.
    """
    post = Post.objects.select_related("topic__forum__brand", "author").filter(pk=post_id, state=SHOWN).first()
    team = Team.objects.order_by("pk").first()
    if post is None or team is None or post.topic.state != SHOWN or (post.shown_at or now()) < now() - NEWS:
        return []
    named = set(mentioned_in(post.text))
    mails = [_mail(post, profile, team, is_named=profile.pk in named) for profile in hearers_of(post)]
    found = [mail for mail in mails if mail]
    return queue_mails(found) if found else []


def _mail(post: Post, profile: Profile, team: Team, *, is_named: bool) -> Outgoing | None:
    """The mail for one of them; None for who may not read it, or has no address."""
    viewer, to = viewer_of(profile), address_of(profile)
    if viewer is None or not to or not may_read(viewer, post.topic.forum):
        return None
    follow = address_for(post.topic, profile)
    leave = f"{pages_of(post.topic.forum)}/community/leave/{leave_token(follow)}"
    facts = {
        "author": str(post.author),
        "title": post.topic.title,
        "text": Truncator(post.text.strip()).chars(EXTRACT),
        "is_first": post.is_first,
        "is_named": is_named,
        "link": f"{address_of_topic(post.topic)}#post-{post.pk}",
        "leave": leave,
    }
    with translation.override(viewer.language):
        subject = render_to_string("channels/community.subject.txt", facts)
        text = render_to_string("channels/community.txt", facts).strip() + "\n"
    built = build_plain(
        team=team,
        to=to,
        subject=subject,
        text=text,
        header=make_message_id(POST, follow.pk, post.pk),
        reply_to=tagged(team.address, POST, follow.pk),
        headers={"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    return Outgoing(
        header=built.header, sender=team.address, recipients=built.recipients, raw=built.raw, team_id=team.pk
    )


def pages_of(forum: Forum) -> str:
    """Where the portal is that `forum` stands on: the host of its brand. No slash at the end."""
    return address_of_brand(forum.brand) if forum.brand else str(settings.PUBLIC_URL)


def address_of_topic(topic: Topic) -> str:
    """Where a topic is read, from the outside."""
    return f"{pages_of(topic.forum)}/community/t/{topic.pk}/{topic.slug}"


def viewer_of(profile: Profile) -> Viewer | None:
    """Whom a profile stands for; None for who is not there any more."""
    if profile.agent is not None:
        return viewer_of_agent(profile.agent) if profile.agent.is_active else None
    contact = profile.contact
    if contact is None or contact.erased_at or contact.merged_into_id:
        return None
    return Viewer(
        key=contact.key,
        name=str(profile),
        role=CUSTOMER,
        language=contact.language,
        contact_id=contact.pk,
        belongs_to=contact.organisation_id,
    )


def address_of(profile: Profile) -> str:
    """Where they are mailed; "" for who has no address. Contact, agent and login have to be loaded."""
    return profile.agent.email if profile.agent else profile.contact.email if profile.contact else ""


def follow_named(recipients: Sequence[str], message_ids: Sequence[str]) -> Follow | None:
    """Whose answer on which topic a mail is, by its address or what it answers. One query, none for other mails."""
    number = number_named(POST, recipients, message_ids)
    if number is None:
        return None
    related = Follow.objects.select_related("topic__forum", "topic__merged_into__forum", "profile__contact")
    return related.select_related("profile__agent__login").filter(pk=number).first()


def take_post(mail: RawMail, read: ReadMail, sender: str, follow: Follow) -> None:
    """A mail that answers on a topic becomes a post of who was told of it, or they learn why not; from anybody else it
    is set aside."""
    profile, topic = follow.profile, follow.topic.merged_into or follow.topic
    if read.auto_reply or read.automatic:
        set_aside(mail, state=RawMail.IGNORED, reason="auto_reply")
    elif not is_from(profile, sender) or mail.verdicts.get("dmarc") == "fail":
        set_aside(mail, state=RawMail.QUARANTINED, reason="not from who was told of the topic")
    elif reason := _not_posted(mail, read, profile, topic):
        set_aside(mail, state=RawMail.IGNORED, reason=reason)
        publish(MailNotPosted(mail_id=mail.pk, follow_id=follow.pk, reason=reason), on=mail, by=SYSTEM)
    else:
        set_aside(mail, state=RawMail.IGNORED, reason="community")


def is_from(profile: Profile, sender: str) -> bool:
    """Whether a mail of `sender` comes from who a profile stands for. Contact, agent and login have to be loaded."""
    if profile.agent is not None:
        return profile.agent.is_active and sender == profile.agent.email
    return profile.contact is not None and profile.contact.identities.filter(value=sender).exists()


def _not_posted(mail: RawMail, read: ReadMail, profile: Profile, topic: Topic) -> str:
    """Post it; why it could not be, "" when it was. The same mail is posted once, however often it comes."""
    viewer = viewer_of(profile)
    if viewer is None or not may_answer(viewer, topic):
        return "community.topic_closed"
    text = read.reply_text if read.reply_text is not None else (read.body_text or "")
    files = [
        NewFile(filename=each.filename or "", stream=BytesIO(each.read()), content_type=each.content_type)
        for each in read.attachments
    ]
    try:
        answer(
            topic,
            body=linebreaks(escape(text)),
            author=profile,
            by=viewer,
            files=files,
            once=f"mail:{mail.fingerprint or mail.pk}"[:80],
        )
    except Refused as refused:
        return refused.code
    return ""
