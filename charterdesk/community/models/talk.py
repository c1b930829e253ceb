"""What is said: topics, their posts with every version, votes, files, and what others report."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.community.models.forums import Forum, readable_by, shown_on
from charterdesk.community.models.people import Profile
from charterdesk.people.models import LANGUAGES, Brand
from charterdesk.people.permissions import MODERATE_COMMUNITY
from charterdesk.people.viewer import Viewer

SHOWN, WAITING, REMOVED = "shown", "waiting", "removed"
STATES = [(SHOWN, _("shown")), (WAITING, _("waits for a look")), (REMOVED, _("removed"))]


def _shown_to(viewer: Viewer) -> Q:
    """Everybody sees what is shown, its writer also what waits, moderators everything."""
    if viewer.is_staff and viewer.may(MODERATE_COMMUNITY):
        return Q()
    seen = Q(state=SHOWN)
    if viewer.contact_id is not None:
        seen |= Q(state=WAITING, author__contact_id=viewer.contact_id)
    return seen


class TopicQuerySet(QuerySet["Topic"]):
    """Which topics."""

    def visible_to(self, viewer: Viewer) -> Self:
        """What `viewer` may read: every surface starts here."""
        return self.filter(readable_by(viewer, "forum__"), _shown_to(viewer))

    def shown_on(self, brand: Brand | None, viewer: Viewer) -> Self:
        """Those whose forum stands on the pages of `brand`."""
        return self.filter(shown_on(brand, viewer, "forum__"))

    def shown(self) -> Self:
        """Those that stand in lists."""
        return self.filter(state=SHOWN, merged_into=None)


class Topic(Keyed):
    """A question, an idea, an announcement, or a talk. Its first post says what it is about.

    `answers`, `votes` and `last_at` are kept by counting: of posts that are shown, of the first post, of the newest.
    """

    QUESTION, IDEA, ANNOUNCEMENT, DISCUSSION = "question", "idea", "announcement", "discussion"
    KINDS: ClassVar = [
        (QUESTION, _("Question")),
        (IDEA, _("Idea")),
        (ANNOUNCEMENT, _("Announcement")),
        (DISCUSSION, _("Discussion")),
    ]

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="topics")
    kind = models.CharField(max_length=12, choices=KINDS, default=QUESTION)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=5, choices=LANGUAGES, default="en")
    author = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    state = models.CharField(max_length=8, choices=STATES, default=SHOWN)
    is_locked = models.BooleanField(default=False)
    is_pinned = models.BooleanField(default=False)
    accepted = models.ForeignKey("Post", models.SET_NULL, null=True, blank=True, related_name="+")
    merged_into = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="+")
    answers = models.PositiveIntegerField(default=0)
    votes = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=now)
    created_at = models.DateTimeField(default=now, editable=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["forum", "-is_pinned", "-last_at"], name="community_topic_latest"),
            models.Index(fields=["-last_at"], name="community_topic_newest"),
            GinIndex(fields=["tags"], name="community_topic_tags"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        """Its title as the end of its address."""
        return slugify(self.title, allow_unicode=True)[:80].strip("-") or "topic"

    @property
    def takes_answers(self) -> bool:
        """Whether somebody may still write on it."""
        return self.state == SHOWN and not self.is_locked and self.merged_into_id is None


class PostQuerySet(QuerySet["Post"]):
    """Which posts."""

    def visible_to(self, viewer: Viewer) -> Self:
        """What `viewer` may read; of a topic that is not theirs to read, nothing."""
        return self.filter(
            _shown_to(viewer), readable_by(viewer, "topic__forum__"), topic__in=Topic.objects.visible_to(viewer)
        )

    def shown_on(self, brand: Brand | None, viewer: Viewer) -> Self:
        """Those whose forum stands on the pages of `brand`."""
        return self.filter(shown_on(brand, viewer, "topic__forum__"))

    def shown(self) -> Self:
        """Those that everybody sees who may read the topic."""
        return self.filter(state=SHOWN)


class Post(Keyed):
    """Something somebody said. The first one of a topic opened it, the others answer.

    `reason` says why it waits: new, links, junk or reports. `shown_at` is when others saw it for the first time.
    """

    NEW, LINKS, JUNK, REPORTS = "new", "links", "junk", "reports"
    REASONS: ClassVar = [
        (NEW, _("somebody new wrote it")),
        (LINKS, _("it holds links")),
        (JUNK, _("it reads like junk")),
        (REPORTS, _("readers reported it")),
    ]

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="posts")
    author = models.ForeignKey(Profile, models.PROTECT, related_name="+")
    is_first = models.BooleanField(default=False)
    is_official = models.BooleanField(default=False)
    body = models.TextField(help_text="clean HTML")
    text = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=STATES, default=SHOWN)
    reason = models.CharField(max_length=8, choices=REASONS, blank=True)
    votes = models.PositiveIntegerField(default=0)
    once = models.CharField(max_length=80, null=True, blank=True, unique=True, help_text="where it came from")
    created_at = models.DateTimeField(default=now, editable=False)
    shown_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.CharField(max_length=40, blank=True)
    removed_why = models.CharField(max_length=300, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic"], condition=Q(is_first=True), name="community_first_post"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["topic", "id"], name="community_post_order"),
            models.Index(fields=["author", "-created_at"], name="community_post_latest"),
            models.Index(fields=["id"], condition=Q(state="waiting"), name="community_post_waiting"),
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"


class PostVersion(Keyed):
    """What a post said before it was edited; `title` where it opens its topic."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="versions")
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    replaced_by = models.CharField(max_length=40, help_text="who edited it")
    replaced_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"post {self.post_id} before {self.replaced_at}"


class PostFile(Keyed):
    """A picture or a file on a post; its bytes are kept by their SHA-256."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="files")
    filename = models.CharField(max_length=255)
    content_type = models.CharField(max_length=150, help_text="found in the bytes")
    size = models.PositiveBigIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64, db_index=True)
    created_at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return self.filename


class Vote(Keyed):
    """One person finds one post good."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "profile"], name="community_vote_once"),
        ]

    def __str__(self) -> str:
        return f"profile {self.profile_id} for post {self.post_id}"


class PostReport(Keyed):
    """Somebody says that a post should not stand there."""

    SPAM, RUDE, PERSONAL, OTHER = "spam", "rude", "personal", "other"
    REASONS: ClassVar = [
        (SPAM, _("It advertises something")),
        (RUDE, _("It is rude or hurts somebody")),
        (PERSONAL, _("It tells what is private of somebody")),
        (OTHER, _("Something else")),
    ]

    post = models.ForeignKey(Post, models.CASCADE, related_name="reports")
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=8, choices=REASONS)
    words = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(default=now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "profile"], name="community_report_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["post"], condition=Q(ended_at=None), name="community_report_open"),
        ]

    def __str__(self) -> str:
        return f"report on post {self.post_id}"


class QueueNews(Keyed):
    """When moderators were told last that posts wait; one row, or none yet. `is_open`: some still did since."""

    told_at = models.DateTimeField(null=True, blank=True)
    is_open = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"told at {self.told_at}"
