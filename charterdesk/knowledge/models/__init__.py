"""The tables of the help centre."""

from charterdesk.knowledge.models.answers import Correction, DayCount, Feedback, Taken
from charterdesk.knowledge.models.articles import (
    Article,
    ArticleFile,
    ArticleText,
    ArticleVersion,
    Category,
    Redirect,
)

__all__ = [
    "Article",
    "ArticleFile",
    "ArticleText",
    "ArticleVersion",
    "Category",
    "Correction",
    "DayCount",
    "Feedback",
    "Redirect",
    "Taken",
]
