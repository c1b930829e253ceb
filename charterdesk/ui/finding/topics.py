"""Topics of the community and what was answered on them, among what was found."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charterdesk.community.models import Post, Topic
from charterdesk.community.open_forums import is_any_forum
from charterdesk.community.search import POST, TOPIC
from charterdesk.search.queries import Hit
from charterdesk.ui.finding.families import Asker, Family, Place


def places(asker: Asker, hits: Sequence[Hit]) -> Mapping[str, Place]:
    """Where readers read them, staff too; visitors those of the brand whose page they are on.

    A statement for topics, one for answers.
    """
    topics, posts = ([hit.id for hit in hits if hit.kind == kind] for kind in (TOPIC, POST))
    found: dict[str, Place] = {}
    if topics:
        seen = Topic.objects.visible_to(asker.viewer).shown_on(asker.brand, asker.viewer).shown()
        seen = seen.filter(pk__in=topics).select_related("forum")
        found |= {f"{TOPIC}:{topic.pk}": Place(url=_url(topic), title=topic.title, note=_note(topic)) for topic in seen}
    if posts:
        answers = Post.objects.visible_to(asker.viewer).shown_on(asker.brand, asker.viewer).shown()
        answers = answers.filter(pk__in=posts, topic__merged_into=None)
        found |= {f"{POST}:{post.pk}": _answer(post) for post in answers.select_related("topic__forum")}
    return found


def _url(topic: Topic) -> str:
    return reverse("portal:topic", args=[topic.pk, topic.slug])


def _note(topic: Topic) -> str:
    return f"{topic.forum.name} · {_('answered')}" if topic.accepted_id else topic.forum.name


def _answer(post: Post) -> Place:
    """An answer; the accepted and the official one say so."""
    forum = post.topic.forum.name
    if post.is_official:
        note = f"{forum} · {_('official answer')}"
    elif post.topic.accepted_id == post.pk:
        note = f"{forum} · {_('accepted answer')}"
    else:
        note = f"{forum} · {_('an answer')}"
    return Place(url=f"{_url(post.topic)}#post-{post.pk}", title=post.topic.title, note=note)


FAMILY = Family(
    code="topic",
    kinds=(TOPIC, POST),
    answers={POST: 0.9},  # accepted, official, or much voted for
    name=gettext_lazy("Topic"),
    names=gettext_lazy("Community"),
    icon="users",
    places=places,
    scope="community:read",
    is_for=is_any_forum,
)
