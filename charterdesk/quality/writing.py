"""Reports as files and as text for a mail."""

import csv
from datetime import timedelta
from io import StringIO

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charterdesk.quality.queries import Report

HOUR = timedelta(hours=1)


def as_csv(found: Report) -> str:
    """A report as CSV: a row for each value and period; times in seconds, together first."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(["from", found.question.by, "seconds" if found.question.is_time else "tickets"])
    for line in [found.total, *found.lines]:
        for period, value in zip(found.periods, line.values, strict=True):
            writer.writerow([period.isoformat(), _harmless(line.label), "" if value is None else round(value)])
    return out.getvalue()


def _harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def in_words(found: Report, value: float | None) -> str:
    """A value of a report in words: a number, or open time in minutes or hours."""
    if value is None:
        return "—"
    if not found.question.is_time:
        return str(formats.number_format(round(value), force_grouping=True))
    length = timedelta(seconds=value)
    if length < HOUR:
        return _("%(minutes)d min") % {"minutes": max(1, round(length.total_seconds() / 60))}
    return _("%(hours)s h") % {"hours": formats.number_format(round(length / HOUR, 1))}


def span_of(found: Report) -> str:
    """How many days a report spans, in words."""
    days = (found.question.until - found.question.since).days + 1
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
