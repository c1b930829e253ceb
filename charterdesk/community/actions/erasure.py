"""What the community forgets of a person who is erased: who it was, and, where they chose so, what they said."""

from functools import reduce

from django.db.models import Q

from charterdesk.base.keys import SYSTEM
from charterdesk.community.actions.moderating import remove
from charterdesk.community.actions.writing import about
from charterdesk.community.events import PostEdited
from charterdesk.community.models import Follow, ForumFollow, Post, PostFile, PostReport, PostVersion, Profile, Topic
from charterdesk.events.log import publish
from charterdesk.people.erasing import Person, erases

NOTHING = "—"


@erases
def forget_in_community(person: Person) -> None:
    """Take `person` out: their name always, their posts where they chose so; then traces of them in what stays.

    Some dozen statements, and a few for each post that names them or was theirs.
    """
    profile = Profile.objects.filter(contact_id=person.contact_id).first()
    if profile is None:
        return
    mine = Post.objects.filter(author=profile)
    PostVersion.objects.filter(post__in=mine).delete()
    PostFile.objects.filter(post__in=mine).delete()
    PostReport.objects.filter(Q(profile=profile) | Q(post__in=mine)).update(words="")
    if profile.after_erasure == Profile.DELETE:
        _delete(profile)
    _clean(profile, [*person.traces, f"@{profile.name}"])
    Follow.objects.filter(profile=profile).delete()
    ForumFollow.objects.filter(profile=profile).delete()
    Profile.objects.filter(pk=profile.pk).update(contact=None, name="", name_key=None, blocked_why="", mails=False)


def _delete(profile: Profile) -> None:
    """Remove what they said, and let go of the words."""
    for post in Post.objects.filter(author=profile):
        remove(post, by=SYSTEM)
    Post.objects.filter(author=profile).update(body=NOTHING, text=NOTHING, removed_why="")
    Topic.objects.filter(author=profile).update(title=NOTHING, tags=[])


def _clean(profile: Profile, traces: list[str]) -> None:
    """Take what identifies them out of what stays of the talks they took part in, and out of what names them."""
    talks = Topic.objects.filter(posts__author=profile).distinct()
    for topic in talks:
        if (title := _without(topic.title, traces)) != topic.title:
            Topic.objects.filter(pk=topic.pk).update(title=title)
    named = Q(topic__in=talks) | Q(text__icontains=f"@{profile.name}")
    for post in Post.objects.filter(named).select_related("topic"):
        body, text = _without(post.body, traces), _without(post.text, traces)
        if (body, text) != (post.body, post.text):
            Post.objects.filter(pk=post.pk).update(body=body, text=text)
            post.versions.all().delete()
            publish(PostEdited(**about(post)), on=post.topic, by=SYSTEM)


def _without(text: str, traces: list[str]) -> str:
    return reduce(lambda left, trace: left.replace(trace, NOTHING), traces, text)
