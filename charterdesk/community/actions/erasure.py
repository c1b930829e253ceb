"""What the community forgets of a person who is erased: who it was, and, where they chose so, what they said."""

from django.db.models import Q

from charterdesk.base.keys import SYSTEM
from charterdesk.community.actions.moderating import remove
from charterdesk.community.actions.writing import about
from charterdesk.community.events import PostEdited
from charterdesk.community.models import (
    Follow,
    ForumFollow,
    ForumProposal,
    Post,
    PostFile,
    PostReport,
    PostVersion,
    Profile,
    Topic,
)
from charterdesk.events.log import publish
from charterdesk.people.erasing import NOTHING, Person, erases, without
from charterdesk.search.forgetting import forget
from charterdesk.search.index import note


@erases
def forget_in_community(person: Person) -> None:
    """Take `person` out: their name always, their posts where they chose so; then traces of them in what stays.

    Some dozen statements, and a few for each post that names them or was theirs.
    """
    profile = Profile.objects.filter(contact_id=person.contact_id).first()
    if profile is None:
        _find_again(_clean(_titled(person), person.addressed_in("text"), person.traces))
        return
    mine = Post.objects.filter(author=profile)
    PostVersion.objects.filter(post__in=mine).delete()
    PostFile.objects.filter(post__in=mine).delete()
    PostReport.objects.filter(Q(profile=profile) | Q(post__in=mine)).update(words="")
    if profile.after_erasure == Profile.DELETE:
        _delete(profile)
    talks = [*Topic.objects.filter(posts__author=profile).distinct(), *_titled(person)]
    named = Q(text__icontains=f"@{profile.name}") | person.addressed_in("text")
    _find_again(_clean(talks, named, [*person.traces, f"@{profile.name}"]))
    Follow.objects.filter(profile=profile).delete()
    ForumFollow.objects.filter(profile=profile).delete()
    ForumProposal.objects.filter(author=profile).delete()
    Profile.objects.filter(pk=profile.pk).update(contact=None, name="", name_key=None, blocked_why="", mails=False)


def _delete(profile: Profile) -> None:
    """Remove what they said, and let go of the words."""
    for post in Post.objects.filter(author=profile):
        remove(post, by=SYSTEM)
    Post.objects.filter(author=profile).update(body=NOTHING, text=NOTHING, removed_why="")
    Topic.objects.filter(author=profile).update(title=NOTHING, tags=[])


def _clean(talks: list[Topic], named: Q, traces: list[str]) -> set[int]:
    """Take `traces` out of what stays of the talks they took part in, and out of the posts that name them.

    Return the topics where they may have been found.
    """
    for topic in talks:
        if (title := without(topic.title, traces)) != topic.title:
            Topic.objects.filter(pk=topic.pk).update(title=title)
    posts = list(Post.objects.filter(Q(topic__in=talks) | named).select_related("topic"))
    for post in posts:
        body, text = without(post.body, traces), without(post.text, traces)
        if (body, text) != (post.body, post.text):
            Post.objects.filter(pk=post.pk).update(body=body, text=text)
            post.versions.all().delete()
            publish(PostEdited(**about(post)), on=post.topic, by=SYSTEM)
    return {post.topic_id for post in posts} | {topic.pk for topic in talks}


def _titled(person: Person) -> list[Topic]:
    """The topics whose titles name an address of theirs."""
    return list(Topic.objects.filter(person.addressed_in("title")))


def _find_again(talks: set[int]) -> None:
    """Have search forget these topics with all their words, and read anew what is left."""
    if not talks:
        return
    forget(sources=[], parents=[f"topic:{pk}" for pk in talks])
    posts = Post.objects.filter(topic__in=talks).values_list("pk", flat=True)
    note(*(f"topic:{pk}" for pk in talks), *(f"post:{pk}" for pk in posts))
