"""The charter as everybody may read it, and what was excluded from its figures."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from charterdesk.base.clock import now
from charterdesk.charter.content import Charter, Objective
from charterdesk.charter.in_force import Binding, bindings
from charterdesk.charter.models import Case, CharterVersion, Exclusion, OwedRemedy
from charterdesk.charter.queries.figures import Measured, Share, measured

SHOWN_FOR = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class ObjectiveShown:
    """An objective with its figures, as pages, posters, images and programs show it."""

    objective: Objective
    title: str
    promise: str
    figures: Measured

    @property
    def share(self) -> Share:
        """Over the window the charter names."""
        return self.figures.over(self.objective.window)

    @property
    def is_on_target(self) -> bool | None:
        """Whether the share kept is what was promised; None without cases."""
        percent = self.share.percent
        return None if percent is None else percent >= self.objective.target


def in_force(at: datetime | None = None) -> Binding | None:
    """The version that binds now; None before there is one. No query while what is known is fresh."""
    at = at or now()
    return next((each for each in bindings() if each.effective_at <= at), None)


def shown(charter: Charter, today: date) -> list[ObjectiveShown]:
    """The objectives of `charter` in the active language, with their figures. One query."""
    figures = measured(today)
    return [
        ObjectiveShown(
            objective=each,
            title=charter.said(each.title),
            promise=charter.said(each.promise),
            figures=figures.get(each.code, Measured()),
        )
        for each in charter.objectives
    ]


def exclusions(at: datetime | None = None) -> QuerySet[Exclusion]:
    """What did not count in the last year, the latest first; those that were withdrawn, too."""
    return Exclusion.objects.filter(ends_at__gt=(at or now()) - SHOWN_FOR).order_by("-begins_at")


def unpublished() -> CharterVersion | None:
    """The draft, approved or not; None where nobody writes. One query."""
    return CharterVersion.objects.exclude(state=CharterVersion.PUBLISHED).first()


def published() -> QuerySet[CharterVersion]:
    """Every published version, the newest first."""
    return CharterVersion.objects.filter(state=CharterVersion.PUBLISHED).order_by("-effective_at")


def waiting_remedies() -> int:
    """How many remedies wait for approval, counted to a thousand. One query."""
    return OwedRemedy.objects.filter(state=OwedRemedy.WAITING)[:1000].count()


def running_cases() -> dict[str, int]:
    """How many cases of each objective are under way, by code. One query."""
    open_cases = Case.objects.filter(Q(state=Case.RUNNING) | Q(state=Case.PAUSED)).values("objective")
    return {row["objective"]: row["cases"] for row in open_cases.annotate(cases=Count("pk"))}
