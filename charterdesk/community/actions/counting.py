"""What is kept by counting: a topic's answers and votes, a person's points."""

from django.db.models import Count, F, Max, Q

from charterdesk.community.models import Post, Profile, Topic
from charterdesk.community.models.talk import SHOWN

PER_VOTE, PER_ACCEPTED = 1, 10
"""Points for a vote, and for an answer that was accepted."""


def count_topic(topic: Topic) -> None:
    """Count the answers of `topic` anew, and when the last one came. Two statements."""
    counted = Post.objects.filter(topic=topic, state=SHOWN).aggregate(
        answers=Count("pk", filter=Q(is_first=False)), last=Max("shown_at")
    )
    topic.answers, topic.last_at = counted["answers"], counted["last"] or topic.last_at
    Topic.objects.filter(pk=topic.pk).update(answers=topic.answers, last_at=topic.last_at)


def give_points(profile_id: int, points: int) -> None:
    """Add points to somebody, or take them back. One statement."""
    Profile.objects.filter(pk=profile_id).update(points=F("points") + points)


def count_shown(profile_id: int, number: int) -> None:
    """One more of their posts is seen by others, or one less. One statement."""
    Profile.objects.filter(pk=profile_id).update(shown=F("shown") + number)
