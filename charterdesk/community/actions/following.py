"""Who hears of what: topics and forums followed, and left again."""

from django.db import transaction

from charterdesk.community.models import Follow, Forum, ForumFollow, Profile, Topic


@transaction.atomic
def follow(topic: Topic, profile: Profile, *, is_on: bool = True) -> Follow:
    """Have `profile` hear of what is said on `topic`, or no more."""
    found, _is_new = Follow.objects.update_or_create(topic=topic, profile=profile, defaults={"is_on": is_on})
    return found


def address_for(topic: Topic, profile: Profile) -> Follow:
    """The row whose number stands in the address `profile` answers to; following nothing where it is new."""
    found, _is_new = Follow.objects.get_or_create(topic=topic, profile=profile, defaults={"is_on": False})
    return found


@transaction.atomic
def follow_forum(forum: Forum, profile: Profile, *, is_on: bool = True) -> None:
    """Have `profile` hear of every new topic of `forum`, or no more."""
    if is_on:
        ForumFollow.objects.get_or_create(forum=forum, profile=profile)
    else:
        ForumFollow.objects.filter(forum=forum, profile=profile).delete()
