"""What of the community is findable, and by whom: topics by title and first post, answers by what they say."""

from collections.abc import Collection, Iterable

from charterdesk.community.events import (
    AnswerAccepted,
    AnswerUnaccepted,
    ForumChanged,
    PostEdited,
    PostEndorsed,
    PostEvent,
    PostHeld,
    PostRemoved,
    PostRestored,
    PostShown,
    PostUnendorsed,
    TopicChanged,
    TopicEvent,
    TopicMerged,
    TopicMoved,
)
from charterdesk.community.models import Post, Topic
from charterdesk.community.models.talk import SHOWN
from charterdesk.events.reactions import react
from charterdesk.people.viewer import Viewer
from charterdesk.search.findable import UNSHOWN, Findable, register
from charterdesk.search.index import note, note_under

TOPIC, POST = "topic", "post"
_AUDIENCE = """
           ARRAY['staff'] || CASE forum.audience
               WHEN 'public' THEN ARRAY['public', 'signed-in']
               WHEN 'signed-in' THEN ARRAY['signed-in']
               WHEN 'organisation' THEN (SELECT array_agg('o:' || pk) FROM unnest(forum.organisation_ids) AS pk)
               ELSE ARRAY[]::text[] END AS audience
"""
_TOPICS = f"""
    SELECT topic.id, 'topic:' || topic.id AS parent, {_AUDIENCE},
           topic.language, topic.title AS title,
           concat_ws(E'\\n', nullif(post.text, ''),
                     '{UNSHOWN}' || nullif(array_to_string(topic.tags, ' '), '')) AS body,
           ARRAY[]::text[] AS reference, topic.created_at AS created_at,
           topic.votes / (topic.votes + 5.0) AS quality
      FROM community_topic AS topic
      JOIN community_forum AS forum ON forum.id = topic.forum_id
      JOIN community_post AS post ON post.topic_id = topic.id AND post.is_first
     WHERE topic.state = 'shown' AND topic.merged_into_id IS NULL
"""
_POSTS = f"""
    SELECT post.id, 'topic:' || post.topic_id AS parent, {_AUDIENCE},
           topic.language, topic.title AS title, post.text AS body,
           ARRAY[]::text[] AS reference, post.created_at AS created_at,
           CASE WHEN post.id = topic.accepted_id OR post.is_official THEN 0.9
                ELSE post.votes / (post.votes + 5.0) END AS quality
      FROM community_post AS post
      JOIN community_topic AS topic ON topic.id = post.topic_id
      JOIN community_forum AS forum ON forum.id = topic.forum_id
     WHERE post.state = 'shown' AND NOT post.is_first AND topic.state = 'shown' AND topic.merged_into_id IS NULL
"""


def _topics(viewer: object, ids: Collection[int]) -> Iterable[int]:
    if not isinstance(viewer, Viewer):
        return ()
    return Topic.objects.visible_to(viewer).shown().filter(pk__in=ids).values_list("pk", flat=True)


def _posts(viewer: object, ids: Collection[int]) -> Iterable[int]:
    if not isinstance(viewer, Viewer):
        return ()
    found = Post.objects.visible_to(viewer).filter(state=SHOWN, is_first=False, topic__merged_into=None)
    return found.filter(pk__in=ids, topic__state=SHOWN).values_list("pk", flat=True)


TOPICS = register(
    Findable(kind=TOPIC, select=_TOPICS, table="community_topic", usual_words=60, visible=_topics, has_quality=True)
)
POSTS = register(
    Findable(kind=POST, select=_POSTS, table="community_post", usual_words=60, visible=_posts, has_quality=True)
)


@react(
    PostShown,
    PostEdited,
    PostHeld,
    PostRemoved,
    PostRestored,
    PostEndorsed,
    PostUnendorsed,
    AnswerAccepted,
    AnswerUnaccepted,
)
def index_post(event: PostEvent) -> None:
    """It is found as it stands now; so is its topic, whose first post it may be."""
    note(f"{POST}:{event.post_id}", f"{TOPIC}:{event.topic_id}")


@react(PostHeld, PostRemoved, PostRestored, TopicMoved, TopicChanged, TopicMerged)
def index_topic(event: TopicEvent) -> None:
    """Its posts go with it: to other readers, under another title, into another topic, or out of sight."""
    posts = Post.objects.filter(topic__in=[event.topic_id, getattr(event, "into_id", 0)]).values_list("pk", flat=True)
    note(f"{TOPIC}:{event.topic_id}", *(f"{POST}:{pk}" for pk in posts))


@react(ForumChanged)
def index_forum(event: ForumChanged) -> None:
    """Others may read it now."""
    note_under(*(f"topic:{pk}" for pk in Topic.objects.filter(forum=event.forum_id).values_list("pk", flat=True)))
