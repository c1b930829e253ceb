"""The tables of the index: documents, how often words occur, and what is still to be indexed."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from charterdesk.base.keys import Keyed


class RealField(models.FloatField):  # type: ignore[type-arg]  # not subscriptable when run
    """A number of four bytes."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """As PostgreSQL calls it."""
        return "real"


class Document(models.Model):
    """One findable thing, or one part of a huge one. Written by `index` in SQL, read by `queries`.

    `tags` say who may find it (`audience`), its kind and its chunk; they stand in one index with the words, so a
    filter costs less, not more.
    """

    id = models.BigAutoField(primary_key=True)
    source = models.TextField(help_text="key of what is found, such as message:77")
    part = models.IntegerField(default=0, help_text="of a text too long for one row")
    parent = models.TextField(blank=True, help_text="key of what it belongs to, such as ticket:1042")
    tags = ArrayField(models.TextField())
    language = models.TextField()
    title = models.TextField(blank=True)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField()
    quality = models.FloatField(db_default=0.0, help_text="0 to 1: how well it served others; a mild lift")
    length_norm = models.FloatField(help_text="BM25's K: 1.2 * (0.25 + 0.75 * length / usual length)")
    vector = SearchVectorField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "part"], name="search_document_source")]
        indexes: ClassVar = [
            models.Index(fields=["parent"], name="search_document_parent"),
            GinIndex(fields=["tags", "vector"], name="search_document_words"),
        ]

    def __str__(self) -> str:
        return self.source


class Word(models.Model):
    """How many documents hold a lexeme, a strong form of it (`^3leak`), or a tag (`@t:3`). Kept by `counting`."""

    word = models.TextField(primary_key=True, db_collation="C")
    documents = models.BigIntegerField()
    is_plain = models.BooleanField(help_text="a word as people type it: offered for typos and while typing")

    class Meta:
        db_table = "search_word"

    def __str__(self) -> str:
        return f"{self.word} {self.documents}"


class TagWord(models.Model):
    """How many documents of a team or an audience (by its tag) hold a frequent word, which may be rare there."""

    pk = models.CompositePrimaryKey("tag", "word")
    tag = models.TextField(db_collation="C")
    word = models.TextField(db_collation="C")
    documents = models.BigIntegerField()

    class Meta:
        db_table = "search_tagword"

    def __str__(self) -> str:
        return f"{self.tag} {self.word} {self.documents}"


class Counted(models.Model):
    """How far words have been counted, and how far by tag: one row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    document_id = models.BigIntegerField(default=0, help_text="the last document whose words are counted")
    documents = models.BigIntegerField(default=0)
    by_tag_id = models.BigIntegerField(default=0, db_default=0, help_text="the last document counted by team")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="search_counted_once")]

    def __str__(self) -> str:
        return f"{self.documents} up to {self.document_id}"


class Meaning(models.Model):
    """What a document means: a vector of `embedders`, empty once its text has changed. Kept by `meanings`.

    Goes with its document, and is emptied by a trigger: no writer has to think of it.
    """

    document_id = models.BigIntegerField(primary_key=True)
    means = ArrayField(RealField(), null=True)

    class Meta:
        db_table = "search_meaning"
        indexes: ClassVar = [
            models.Index(fields=["document_id"], name="search_meaning_stale", condition=models.Q(means=None))
        ]

    def __str__(self) -> str:
        return str(self.document_id)


class Embedded(models.Model):
    """Whose vectors there are, how long they are (0 for none yet), and which documents were looked at: one row.

    From `newest` on upwards and from `oldest` on downwards nothing was looked at yet.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    name = models.TextField()
    dimensions = models.IntegerField()
    newest = models.BigIntegerField()
    oldest = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="search_embedded_once")]

    def __str__(self) -> str:
        return self.name


class Noted(models.Model):
    """What has changed and is to be indexed again. A row is deleted when that is done."""

    id = models.BigAutoField(primary_key=True)
    key = models.TextField(help_text="a source, or with `is_parent` whatever belongs to it")
    is_parent = models.BooleanField(default=False)
    attempts = models.SmallIntegerField(default=0)
    error = models.TextField(blank=True, default="", db_default="")
    noted_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.key


class Synonyms(Keyed):
    """Words that mean the same, in one language or ("") in any; `lexemes` are these as the index has them.

    Each may be several words in a row, which blanks part in `lexemes` as well.
    """

    language = models.CharField(max_length=5, blank=True)
    words = ArrayField(models.TextField())
    lexemes = ArrayField(models.TextField())

    class Meta:
        db_table = "search_synonyms"

    def __str__(self) -> str:
        return ", ".join(self.words)


class Missed(models.Model):
    """A month's searches for the same words that found nothing, or little.

    `words` are empty until three different people asked for them: what one person writes into a search field may be a
    name or a number. Until then only digests are there, of the words and of who asked; they can't be read back.
    """

    CUSTOMERS, STAFF = "customers", "staff"
    SIDES: ClassVar = [(CUSTOMERS, _("Customers")), (STAFF, _("Staff"))]
    NOTHING, LITTLE = "nothing", "little"
    OUTCOMES: ClassVar = [(NOTHING, _("nothing")), (LITTLE, _("little that fits"))]

    month = models.DateField(help_text="its first day")
    side = models.CharField(max_length=10, choices=SIDES)
    digest = models.CharField(max_length=64)
    language = models.CharField(max_length=5)
    words = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    times = models.PositiveIntegerField(default=1)
    askers = ArrayField(models.CharField(max_length=64))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["month", "side", "digest"], name="search_missed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.words or '?'} {self.times}"


class Rebuild(models.Model):
    """How far a rebuild of one kind has come, so that it can go on after an interruption."""

    kind = models.TextField(primary_key=True)
    done_to = models.BigIntegerField(default=0, help_text="the last primary key that was indexed")
    up_to = models.BigIntegerField(help_text="the highest primary key when it began")
    started_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.done_to}/{self.up_to}"
