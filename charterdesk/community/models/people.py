"""Who takes part: by a name of their own choice, never by an address."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.community.models.forums import Forum, ForumTerms
from charterdesk.people.models import Agent, Contact

NEW, KNOWN, REGULAR, OF_STAFF = "new", "known", "regular", "staff"


class Profile(Keyed):
    """A person in the community; without contact and agent, somebody who was erased.

    `shown` counts their posts others saw, `points` what others thought of them.
    """

    LEVELS: ClassVar = [(NEW, _("new here")), (KNOWN, _("known")), (REGULAR, _("regular")), (OF_STAFF, _("staff"))]
    KEEP, DELETE = "keep", "delete"
    AFTER_ERASURE: ClassVar = [
        (KEEP, _("My posts stay, without my name")),
        (DELETE, _("My posts are deleted")),
    ]

    contact = models.OneToOneField(Contact, models.SET_NULL, null=True, blank=True, related_name="+")
    agent = models.OneToOneField(Agent, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=60, blank=True)
    name_key = models.CharField(max_length=60, null=True, unique=True, help_text="the name in small letters")
    mails = models.BooleanField(default=True, help_text="hears by mail of what they follow and where they are named")
    after_erasure = models.CharField(max_length=6, choices=AFTER_ERASURE, default=KEEP)
    shown = models.PositiveIntegerField(default=0)
    points = models.IntegerField(default=0)
    blocked_at = models.DateTimeField(null=True, blank=True)
    blocked_why = models.CharField(max_length=300, blank=True)
    blocked_by = models.CharField(max_length=40, blank=True)
    since = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(contact=None) | Q(agent=None), name="community_profile_of_one"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-blocked_at"], condition=Q(blocked_at__isnull=False), name="community_blocked"),
        ]

    def __str__(self) -> str:
        return self.name or gettext("Somebody")

    @property
    def is_staff(self) -> bool:
        """Whether this is a person of the desk."""
        return self.agent_id is not None

    @property
    def is_gone(self) -> bool:
        """Whether nobody knows any more who it was."""
        return self.contact_id is None and self.agent_id is None

    def level(self, terms: ForumTerms) -> str:
        """How far they are trusted: new, known, regular or staff."""
        if self.is_staff:
            return OF_STAFF
        if self.shown < terms.known_after:
            return NEW
        return REGULAR if self.points >= terms.regular_after else KNOWN


class Follow(Keyed):
    """Who hears of a topic. One that is off stays: mails that went out are answered to its number."""

    topic = models.ForeignKey("community.Topic", models.CASCADE, related_name="follows")
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="+")
    is_on = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic", "profile"], name="community_follow_once"),
        ]

    def __str__(self) -> str:
        return f"profile {self.profile_id} follows topic {self.topic_id}"


class ForumFollow(Keyed):
    """Who hears of every new topic of a forum."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="+")
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["forum", "profile"], name="community_forum_follow_once"),
        ]

    def __str__(self) -> str:
        return f"profile {self.profile_id} follows forum {self.forum_id}"
