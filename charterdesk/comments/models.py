"""Comments, what others report of them, who hears of more, and where nobody comments."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.community.models import Post, PostReport, Profile
from charterdesk.community.models.talk import SHOWN, STATES
from charterdesk.knowledge.models import Article, ArticleText, Category
from charterdesk.people.permissions import MODERATE_COMMUNITY
from charterdesk.people.viewer import Viewer


class CommentTerms(Keyed):
    """Who may comment; the desk has one row, or none while everything is as usual."""

    NOBODY, SIGNED_IN, EVERYBODY = "nobody", "signed-in", "everybody"
    WHO: ClassVar = [
        (NOBODY, _("Only staff")),
        (SIGNED_IN, _("Customers who are signed in")),
        (EVERYBODY, _("Everybody, also without an account")),
    ]

    open_to = models.CharField(max_length=12, choices=WHO, default=SIGNED_IN)

    def __str__(self) -> str:
        return "terms of comments"


class Closed(Keyed):
    """Nobody comments below this article, or below those of this category and of the ones within; one of the two."""

    article = models.OneToOneField(Article, models.CASCADE, null=True, blank=True, related_name="+")
    category = models.OneToOneField(Category, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(article=None) ^ Q(category=None), name="comments_closed_one"),
        ]

    def __str__(self) -> str:
        return f"no comments on article {self.article_id}, category {self.category_id}"


class CommentQuerySet(QuerySet["Comment"]):
    """Which comments."""

    def visible_to(self, viewer: Viewer) -> Self:
        """What `viewer` may read: every surface starts here. Of an article they may not read, nothing."""
        readable = ArticleText.objects.visible_to(viewer).live()
        return self.filter(_shown_to(viewer), text__in=readable.values("pk"))


def _shown_to(viewer: Viewer) -> Q:
    """Everybody sees what is shown, its writer also what waits, who keeps order there everything."""
    seen = Q(state=SHOWN)
    if viewer.is_staff:
        return Q() if viewer.may(MODERATE_COMMUNITY) else seen | Q(text__article__owner_id=viewer.agent_id)
    if viewer.contact_id is not None:
        seen |= Q(state="waiting", author__contact_id=viewer.contact_id)
    return seen


class Comment(Keyed):
    """Something a reader said of an article in one language.

    Who has no account gives a `name` and, if they want to hear of answers, an `address`, which nobody is shown.
    """

    text = models.ForeignKey(ArticleText, models.CASCADE, related_name="+")
    author = models.ForeignKey(Profile, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=60, blank=True)
    address = models.EmailField(max_length=254, blank=True)
    is_official = models.BooleanField(default=False)
    body = models.TextField(help_text="clean HTML")
    words = models.TextField(help_text="the same without its form")
    state = models.CharField(max_length=8, choices=STATES, default=SHOWN)
    reason = models.CharField(max_length=8, choices=Post.REASONS, blank=True)
    votes = models.PositiveIntegerField(default=0, db_default=0, help_text="how many found it helpful")
    once = models.CharField(max_length=80, null=True, blank=True, unique=True, help_text="where it came from")
    created_at = models.DateTimeField(default=now, editable=False)
    shown_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.CharField(max_length=40, blank=True)
    removed_why = models.CharField(max_length=300, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["text", "id"], name="comments_comment_order"),
            models.Index(fields=["author", "-created_at"], name="comments_comment_latest"),
            models.Index(fields=["address"], condition=~Q(address=""), name="comments_comment_address"),
            models.Index(fields=["id"], condition=Q(state="waiting"), name="comments_comment_waiting"),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"

    @property
    def signed(self) -> str:
        """The name readers see."""
        return str(self.author) if self.author else self.name or str(_("Somebody"))

    @property
    def is_of_staff(self) -> bool:
        """Whether somebody of the desk wrote it; the author has to be loaded."""
        return self.author is not None and self.author.is_staff


class CommentVote(Keyed):
    """One person finds one comment helpful."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="+")
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "profile"], name="comments_vote_once"),
        ]

    def __str__(self) -> str:
        return f"profile {self.profile_id} for comment {self.comment_id}"


class CommentReport(Keyed):
    """Somebody says that a comment should not stand there."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reports")
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=8, choices=PostReport.REASONS)
    words = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(default=now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "profile"], name="comments_report_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["comment"], condition=Q(ended_at=None), name="comments_report_open"),
        ]

    def __str__(self) -> str:
        return f"report on comment {self.comment_id}"


class CommentFollow(Keyed):
    """Who hears of further comments below a text: somebody who takes part, or an address without an account."""

    text = models.ForeignKey(ArticleText, models.CASCADE, related_name="+")
    profile = models.ForeignKey(Profile, models.CASCADE, null=True, blank=True, related_name="+")
    address = models.EmailField(max_length=254, blank=True)
    is_on = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["text", "profile"], condition=Q(profile__isnull=False), name="comments_follow_once"
            ),
            models.UniqueConstraint(fields=["text", "address"], condition=~Q(address=""), name="comments_address_once"),
            models.CheckConstraint(condition=Q(profile=None) ^ Q(address=""), name="comments_follow_of_one"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["address"], condition=~Q(address=""), name="comments_follow_address"),
        ]

    def __str__(self) -> str:
        return f"hears of comments on text {self.text_id}"
