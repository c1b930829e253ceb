"""How articles do: read, helpful, and read in place of a request."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from charterdesk.knowledge.models import ArticleText, DayCount, Taken


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Counts of some days. `deflected`: read while writing a request that was not sent, nor another within 7 days."""

    views: int = 0
    helpful: int = 0
    unhelpful: int = 0
    taken: int = 0
    deflected: int = 0

    @property
    def helpful_percent(self) -> float | None:
        """Of those who answered; None where nobody did."""
        answered = self.helpful + self.unhelpful
        return round(100 * self.helpful / answered, 1) if answered else None


def figures(since: date, texts: QuerySet[ArticleText] | None = None) -> Figures:
    """Of all texts, or of some, since a day. Two queries."""
    days = DayCount.objects.filter(day__gte=since)
    taken = Taken.objects.filter(taken_at__date__gte=since)
    if texts is not None:
        days, taken = days.filter(text__in=texts), taken.filter(text__in=texts)
    sums = days.aggregate(views=Sum("views"), helpful=Sum("helpful"), unhelpful=Sum("unhelpful"), taken=Sum("taken"))
    forms = taken.aggregate(deflected=Count("form", distinct=True, filter=Q(asked_at=None)))
    return Figures(**{name: count or 0 for name, count in {**sums, **forms}.items()})


def by_text(since: date, limit: int) -> list[tuple[ArticleText, Figures]]:
    """The texts read most since a day, with their figures. Two queries."""
    rows = list(
        DayCount.objects.filter(day__gte=since)
        .values("text_id")
        .annotate(all_views=Sum("views"), yes=Sum("helpful"), no=Sum("unhelpful"), opened=Sum("taken"))
        .order_by("-all_views")[:limit]
    )
    texts = (
        ArticleText.objects.select_related("article").defer("body", "text").in_bulk([row["text_id"] for row in rows])
    )
    return [
        (
            texts[row["text_id"]],
            Figures(views=row["all_views"], helpful=row["yes"], unhelpful=row["no"], taken=row["opened"]),
        )
        for row in rows
        if row["text_id"] in texts
    ]
