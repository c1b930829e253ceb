"""Categories, articles, their texts by language, and every version of each."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from charterdesk.base.clock import now
from charterdesk.base.keys import Keyed
from charterdesk.people.models import LANGUAGES, Agent, Brand
from charterdesk.people.permissions import APPROVE_KNOWLEDGE, WRITE_KNOWLEDGE
from charterdesk.people.viewer import Viewer

PUBLIC, SIGNED_IN, ORGANISATION, STAFF = "public", "signed-in", "organisation", "staff"


class Category(Keyed):
    """A shelf of the help centre; one within another at most. `names` and `intros` by language.

    `audience` bounds that of every article on it, and of the shelves within: the strictest holds.
    """

    AUDIENCES: ClassVar = [
        (PUBLIC, _("Everybody")),
        (SIGNED_IN, _("Customers who are signed in")),
        (STAFF, _("Only staff")),
    ]

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    slug = models.CharField(max_length=80, unique=True)
    names = models.JSONField(default=dict)
    intros = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    audience = models.CharField(max_length=12, choices=AUDIENCES, default=PUBLIC, db_default=PUBLIC)
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Its name in the language that is active, else in English, else in any."""
        return _said(self.names)

    @property
    def intro(self) -> str:
        """A sentence on what is there, likewise."""
        return _said(self.intros)


def _said(texts: dict[str, str]) -> str:
    language = (get_language() or "en")[:2]
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


class Article(Keyed):
    """One thing we know, whatever the language: where it stands, who may read it, who looks after it.

    A solution is what solved somebody's request, cleaned of everything personal and approved with a right of its own.
    """

    ARTICLE, FAQ, SOLUTION = "article", "faq", "solution"
    WRITTEN: ClassVar = [(ARTICLE, _("Article")), (FAQ, _("Question and answer"))]
    KINDS: ClassVar = [*WRITTEN, (SOLUTION, _("Solution of a request"))]
    PUBLIC, SIGNED_IN, ORGANISATION, STAFF = PUBLIC, SIGNED_IN, ORGANISATION, STAFF
    AUDIENCES: ClassVar = [
        (PUBLIC, _("Everybody")),
        (SIGNED_IN, _("Customers who are signed in")),
        (ORGANISATION, _("People of some organisations")),
        (STAFF, _("Only staff")),
    ]

    category = models.ForeignKey(Category, models.PROTECT, related_name="articles")
    kind = models.CharField(max_length=10, choices=KINDS, default=ARTICLE)
    audience = models.CharField(max_length=12, choices=AUDIENCES, default=PUBLIC)
    organisation_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    language = models.CharField(max_length=5, choices=LANGUAGES, default="en", help_text="written first in")
    labels = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    position = models.PositiveIntegerField(default=0)
    owner = models.ForeignKey(Agent, models.SET_NULL, null=True, blank=True, related_name="+")
    review_on = models.DateField(null=True, blank=True)
    review_days = models.PositiveIntegerField(default=365)
    about = models.CharField(max_length=40, blank=True, db_index=True, help_text="key of what it was made of")
    created_at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return f"article {self.pk}"

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it once it is published; its category has to be loaded."""
        return self.audience == PUBLIC and self.category.audience == PUBLIC


class TextQuerySet(QuerySet["ArticleText"]):
    """Which articles, in which languages."""

    def visible_to(self, viewer: Viewer) -> Self:
        """What `viewer` may read: every surface starts here. Drafts are for who writes or approves."""
        if viewer.is_staff:
            sees_drafts = viewer.may(WRITE_KNOWLEDGE) or viewer.may(APPROVE_KNOWLEDGE)
            return self if sees_drafts else self.filter(is_live=True)
        allowed = Q(article__audience=Article.PUBLIC)
        shelves = [PUBLIC]
        if viewer.contact_id is not None:
            allowed |= Q(article__audience=Article.SIGNED_IN)
            shelves.append(SIGNED_IN)
            if viewer.belongs_to is not None:
                theirs = Q(article__organisation_ids__contains=[viewer.belongs_to])
                allowed |= Q(article__audience=Article.ORGANISATION) & theirs
        return self.filter(allowed, is_live=True, article__category__audience__in=shelves)

    def live(self) -> Self:
        """Those that readers see."""
        return self.filter(is_live=True)

    def of_brand(self, brand: Brand | None) -> Self:
        """Those of categories that are shown under `brand`."""
        return self.filter(Q(article__category__brand=None) | Q(article__category__brand=brand))


class ArticleText(Keyed):
    """An article in one language, as readers see it; before anybody does, as its draft says it.

    `state` is that of the newest version, which may be a draft while readers see `live_number`. `source_number` is the
    version of the article's first language that the version readers see was made from.
    """

    DRAFT, REVIEW, APPROVED, PUBLISHED, WITHDRAWN = "draft", "review", "approved", "published", "withdrawn"
    STATES: ClassVar = [
        (DRAFT, _("draft")),
        (REVIEW, _("in review")),
        (APPROVED, _("approved")),
        (PUBLISHED, _("published")),
        (WITHDRAWN, _("withdrawn")),
    ]

    article = models.ForeignKey(Article, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=5, choices=LANGUAGES)
    slug = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=STATES, default=DRAFT)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=400, blank=True)
    body = models.TextField(blank=True, help_text="clean HTML; pictures are named cid:<number of the file>")
    text = models.TextField(blank=True)
    is_live = models.BooleanField(default=False)
    live_number = models.PositiveIntegerField(default=0)
    newest_number = models.PositiveIntegerField(default=0)
    source_number = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(null=True, blank=True, help_text="for the first time")
    changed_at = models.DateTimeField(default=now, help_text="of what readers see")
    publish_at = models.DateTimeField(null=True, blank=True)
    helpful = models.PositiveIntegerField(default=0)
    unhelpful = models.PositiveIntegerField(default=0)
    views = models.PositiveBigIntegerField(default=0)

    objects = TextQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "language"], name="knowledge_text_once"),
            models.UniqueConstraint(fields=["language", "slug"], name="knowledge_text_slug"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_draft(self) -> bool:
        """Whether something newer waits behind what readers see."""
        return self.is_live and self.newest_number > self.live_number


class ArticleVersion(Keyed):
    """What a text said at one time. Never changed once it was published; a draft is rewritten by who wrote it."""

    text = models.ForeignKey(ArticleText, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=400, blank=True)
    body = models.TextField(blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="why")
    source_number = models.PositiveIntegerField(default=0)
    written_by = models.CharField(max_length=40)
    written_at = models.DateTimeField(default=now)
    approved_by = models.CharField(max_length=40, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "number"], name="knowledge_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class ArticleFile(Keyed):
    """A picture in an article, or a file to take along; its bytes are kept by their SHA-256."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="files")
    filename = models.CharField(max_length=255)
    content_type = models.CharField(max_length=150, help_text="found in the bytes")
    size = models.PositiveBigIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64, db_index=True)
    is_inline = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return self.filename


class Redirect(models.Model):
    """Where something stood before: an address that goes on leading there. `language` is "" for a category's."""

    language = models.CharField(max_length=5, blank=True)
    slug = models.CharField(max_length=120)
    text = models.ForeignKey(ArticleText, models.CASCADE, null=True, blank=True, related_name="redirects")
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, related_name="redirects")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["language", "slug"], name="knowledge_redirect_once"),
        ]

    def __str__(self) -> str:
        return self.slug
