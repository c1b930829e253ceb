"""Rules of the desk as a whole: a schedule that is about no ticket."""

from django.db import transaction
from django.utils.translation import gettext_lazy

from charterdesk.base.clock import now
from charterdesk.events.events import RuleTimeCame
from charterdesk.events.log import HasKey, publish
from charterdesk.events.models import RuleVersion
from charterdesk.events.operations import operation
from charterdesk.events.rule_times import DESK, go_on, next_time
from charterdesk.events.skipped import Skipped, skipped

NOT_IN_FORCE = skipped("events.not_in_force", gettext_lazy("the rule is not in force any more"))


@operation("events.come_due")
@transaction.atomic
def come_due(*, by: HasKey | str, rule_id: int) -> Skipped | None:
    """Say that the time of a desk's rule has come, and set its next. Nothing where it is not in force any more."""
    active = RuleVersion.objects.filter(rule_id=rule_id, active_from__isnull=False, active_until=None)
    version = active.select_related("rule").first()
    if version is None or not version.body.get(DESK):
        return NOT_IN_FORCE
    publish(RuleTimeCame(rule_id=rule_id), on=version.rule, by=by)
    go_on(rule_id, DESK, next_time(version.body["every"], now()))
    return None
