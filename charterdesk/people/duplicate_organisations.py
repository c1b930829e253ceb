"""Organisations that may be one: the same name but for its legal form, or mail domains that differ in their end only.

There are some thousands at most, so they are compared when somebody asks: a desk of 20,000 takes one pass over them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext_lazy as _

from charterdesk.people.models import Organisation

LEGAL_FORMS = (
    "ag|bv|co|company|corp|corporation|ev|gbr|gmbh|inc|incorporated|kg|limited|llc|llp|ltd|mbh|nv|ohg|plc|sa|sarl|sas|"
    "sl|slu|spa|srl|ug|und|and|the"
)
OF_MANY = "mail|post|info|office|email|online|home|web|gmail|outlook|hotmail|yahoo|icloud|proton"
"""First parts of domains that many have; they are no sign of anything."""
NAME, DOMAIN = "name", "domain"
WHY = {NAME: _("the same name"), DOMAIN: _("mail domains much alike")}
_KEYS = rf"""
    SELECT id, 'name' AS reason,
           regexp_replace(regexp_replace(lower(name), '\y({LEGAL_FORMS})\y', '', 'g'), '[^[:alnum:]]+', '', 'g') AS same
      FROM people_organisation WHERE merged_into_id IS NULL
    UNION ALL
    SELECT id, 'domain', split_part(domain, '.', 1) FROM people_organisation, unnest(domains) AS domain
     WHERE merged_into_id IS NULL AND length(split_part(domain, '.', 1)) >= 4
           AND split_part(domain, '.', 1) !~ '^({OF_MANY})$'
"""
_PAIRS = f"""
    WITH keys AS ({_KEYS})
    SELECT one.id, two.id, max(one.reason)
      FROM keys AS one JOIN keys AS two USING (same, reason)
     WHERE one.id < two.id AND same <> '' AND (%(of)s = 0 OR %(of)s IN (one.id, two.id))
           AND NOT EXISTS (SELECT FROM people_organisationsapart AS apart
                            WHERE apart.organisation_id = one.id AND apart.other_id = two.id)
     GROUP BY one.id, two.id ORDER BY one.id DESC, two.id DESC LIMIT %(limit)s
"""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two organisations that may be one, the older first."""

    organisation: Organisation
    other: Organisation
    reason: str

    @property
    def why(self) -> str:
        """The reason in words."""
        return str(WHY[self.reason])


def organisations_alike(*, of: int = 0, limit: int = 50) -> list[Pair]:
    """Pairs that nobody has told apart, the newest first; with `of`, those of one organisation. Two statements."""
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, {"of": of, "limit": limit})
        rows: Sequence[tuple[int, int, str]] = cursor.fetchall()
    known = Organisation.objects.in_bulk({pk for one, two, _reason in rows for pk in (one, two)})
    return [
        Pair(organisation=known[one], other=known[two], reason=reason)
        for one, two, reason in rows
        if one in known and two in known
    ]
