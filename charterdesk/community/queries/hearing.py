"""Who is told of a new post: followers of its topic or forum, and whom it names."""

import re

from django.db.models import Q

from charterdesk.base.clock import now
from charterdesk.community.models import Follow, ForumFollow, Post, Profile

_MENTION = re.compile(r"(?<![\w@])@([^\s@<>][^@<>\n]{0,59})")
_WORDS = 4


def mentioned_in(text: str) -> list[int]:
    """The profiles whose name stands in `text` behind an @, however it is capitalised. One query, or none.

    Of two names that begin alike the longer counts.
    """
    candidates = [_beginnings(found) for found in _MENTION.findall(text)]
    keys = {key for each in candidates for key in each}
    if not keys:
        return []
    known = dict(Profile.objects.filter(name_key__in=keys).values_list("name_key", "pk"))
    found = (next((known[key] for key in each if key in known), None) for each in candidates)
    return sorted({pk for pk in found if pk is not None})


def _beginnings(text: str) -> list[str]:
    """What a name may be that begins here, the longest first: one to four words, without what follows them."""
    words = text.casefold().split()[:_WORDS]
    found = []
    for number in range(len(words), 0, -1):
        name = " ".join(words[:number])
        found += [name, name.rstrip(".,;:!?)]}'\"’")]
    return list(dict.fromkeys(found))


def hearers_of(post: Post) -> list[Profile]:
    """Who is to be mailed of `post`: not who wrote it, who came later, or who wants no mail. Three queries.

    Whether each may read it is asked when the mail is made.
    """
    shown_at = post.shown_at or now()
    follows = Follow.objects.filter(topic=post.topic_id, is_on=True, created_at__lte=shown_at).values("profile_id")
    wanted = Q(pk__in=follows) | Q(pk__in=mentioned_in(post.text))
    if post.is_first:
        wanted |= Q(pk__in=ForumFollow.objects.filter(forum=post.topic.forum_id).values("profile_id"))
    left = Follow.objects.filter(topic=post.topic_id, is_on=False).values("profile_id")
    found = Profile.objects.filter(wanted, mails=True).exclude(pk=post.author_id)
    # Who left the topic hears of it only where they are named.
    found = found.exclude(Q(pk__in=left) & ~Q(pk__in=mentioned_in(post.text)))
    return list(found.select_related("contact", "agent__login").order_by("pk"))
