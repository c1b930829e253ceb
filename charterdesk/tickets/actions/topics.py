"""Topics and tickets: either is made of the other in one step, and an answer becomes an article; linked both ways."""

from dataclasses import dataclass
from io import BytesIO

from django.db import transaction
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from charterdesk.base.files import open_stored
from charterdesk.base.keys import Actor
from charterdesk.base.refused import Refused
from charterdesk.community.actions.answering import accept, make_official
from charterdesk.community.actions.writing import NewTopic, answer, open_topic
from charterdesk.community.models import Forum, Post, PostFile, Profile, Topic
from charterdesk.events.log import key_of, publish
from charterdesk.knowledge.actions.writing import Words, begin_article
from charterdesk.knowledge.models import Article, ArticleText, Category
from charterdesk.people.models import LANGUAGES, Agent, Team
from charterdesk.people.viewer import Viewer
from charterdesk.tickets.actions.files import IncomingFile
from charterdesk.tickets.actions.intake import Incoming, open_ticket
from charterdesk.tickets.events import TopicLinked
from charterdesk.tickets.models import Ticket, TopicLink


@transaction.atomic
def ticket_of_topic(topic: Topic, *, team: Team, by: Actor) -> Ticket:
    """Take what `topic` asks on as a ticket of who asked, once; then the same one.

    Raises `Refused("tickets.nobody_asked")` where staff opened it, or who did was erased.
    """
    topic.refresh_from_db(from_queryset=Topic.objects.select_for_update(of=("self",)).select_related("author__contact"))
    if known := ticket_made_of(topic):
        return known
    contact = topic.author.contact
    if contact is None:
        raise Refused("tickets.nobody_asked", _("No customer opened this topic, so there is nobody to answer."))
    first = Post.objects.get(topic=topic, is_first=True)
    incoming = Incoming(
        contact=contact,
        channel="portal",
        subject=topic.title,
        text=first.text,
        html=first.body,
        author_name=str(contact),
        author_address=contact.email,
        files=[_file(each) for each in first.files.order_by("pk")],
        once=f"topic:{topic.pk}",
    )
    ticket = open_ticket(incoming, team=team, by=by, language=topic.language)
    _link(ticket, topic, origin=TopicLink.TOPIC, by=by)
    return ticket


def _file(file: PostFile) -> IncomingFile:
    with open_stored(file.sha256) as stored:
        stream = BytesIO(stored.read())
    return IncomingFile(filename=file.filename, stream=stream, content_type=file.content_type)


@dataclass(frozen=True, kw_only=True)
class Cleaned:
    """What of a ticket goes into a topic, as somebody cleaned it: nothing tells who asked. HTML not yet made safe."""

    title: str
    question: str
    answer: str = ""


@transaction.atomic
def topic_of_ticket(ticket: Ticket, *, forum: Forum, said: Cleaned, author: Profile, by: Actor) -> Topic:
    """Ask in public what `ticket` asked, and answer it where `said` does: by staff, officially.

    Once for a ticket; then the same topic. Raises `Refused` as `open_topic` and `answer` do.
    """
    Ticket.objects.select_for_update().get(pk=ticket.pk)
    if known := topic_made_of(ticket):
        return known
    language = ticket.language if ticket.language in dict(LANGUAGES) else "en"
    new = NewTopic(title=said.title, body=said.question, language=language, tags=ticket.tags)
    topic = open_topic(forum, new, author=author, by=by)
    if said.answer.strip():
        post = answer(topic, body=said.answer, author=author, by=by)
        make_official(post, by=by)
        accept(post, by=by)
    _link(ticket, topic, origin=TopicLink.TICKET, by=by)
    return topic


@transaction.atomic
def article_of_answer(topic: Topic, *, by: Actor, category: Category, owner: Agent | None) -> ArticleText:
    """Begin an article of a question and its accepted answer, for staff to read until somebody cleaned and approved it.

    Once for a topic: then the same draft. Raises `Refused("tickets.no_accepted_answer")`.
    """
    topic.refresh_from_db(from_queryset=Topic.objects.select_for_update(of=("self",)).select_related("accepted"))
    if known := article_made_of(topic):
        return known
    if topic.accepted is None:
        raise Refused("tickets.no_accepted_answer", _("Accept an answer first: the article is made of it."))
    question = Post.objects.get(topic=topic, is_first=True)
    body = format_html("<blockquote>{}</blockquote>{}", _kept(question.body), _kept(topic.accepted.body))
    words = Words(title=topic.title, body=body, note=_("Made of a topic of the community"))
    return begin_article(
        words,
        by=by,
        category=category,
        language=topic.language,
        kind=Article.FAQ,
        audience=Article.STAFF,
        owner=owner,
        about=topic.key,
    )


def _kept(body: str) -> str:
    return mark_safe(body)  # made safe when it was kept


def _link(ticket: Ticket, topic: Topic, *, origin: str, by: Actor) -> None:
    TopicLink.objects.create(ticket=ticket, topic=topic, origin=origin, made_by=key_of(by))
    event = TopicLinked(ticket_id=ticket.pk, team_id=ticket.team_id, topic_id=topic.pk, origin=origin)
    publish(event, on=ticket, by=by)


def ticket_made_of(topic: Topic) -> Ticket | None:
    """The ticket that was made of `topic`. One query."""
    link = TopicLink.objects.filter(topic=topic, origin=TopicLink.TOPIC).select_related("ticket").first()
    return link.ticket if link else None


def topic_made_of(ticket: Ticket) -> Topic | None:
    """The topic that was made of `ticket`. One query."""
    link = TopicLink.objects.filter(ticket=ticket, origin=TopicLink.TICKET).select_related("topic__forum").first()
    return link.topic if link else None


def article_made_of(topic: Topic) -> ArticleText | None:
    """The article that was made of `topic`. One query."""
    return ArticleText.objects.filter(article__about=topic.key).select_related("article").order_by("pk").first()


def links_of(ticket: Ticket) -> list[TopicLink]:
    """The topics `ticket` was made of, or that were made of it. One query."""
    return list(TopicLink.objects.filter(ticket=ticket).select_related("topic__forum").order_by("pk"))


def ticket_links(topic: Topic, viewer: Viewer) -> list[TopicLink]:
    """The tickets `topic` was made of, or that were made of it, as far as `viewer` may see them. One query."""
    seen = Ticket.objects.visible_to(viewer)
    return list(TopicLink.objects.filter(topic=topic, ticket__in=seen).select_related("ticket").order_by("pk"))
