"""The part of events in what we keep: the log with its numbers, rules, timers, and what is still to be done.

Numbers of transactions mean nothing in another database. So how far reactions have come is carried by naming the
events they have not heard: each waits as a delivery to everybody, and the reader goes on behind the last event.
"""

from collections.abc import Iterator

from charterdesk.base.configured import Section, Thing, configured
from charterdesk.base.exported import Part, emptied, exported, exported_as, left_alone
from charterdesk.base.keys import Actor
from charterdesk.events.models import Rule
from charterdesk.events.reactions import LANES
from charterdesk.events.rule_changes import EXTRAS, activate, deactivate, save_draft
from charterdesk.events.rule_names import with_names, with_numbers

_UNHEARD = f"""
    SELECT DISTINCT e.id AS event_id, e.subject, '*' AS handler, 'waiting' AS state, 0::smallint AS attempts,
           e.at AS next_try_at, '' AS error, e.at AS created_at
      FROM events_event AS e CROSS JOIN (VALUES {", ".join(f"('{lane}')" for lane in LANES)}) AS lane (name)
      LEFT JOIN events_reader AS r ON r.name = lane.name
     WHERE r.name IS NULL OR (e.id > r.floor_id AND (e.id > r.seen_id OR (
           e.txid >= pg_snapshot_xmin(r.position::pg_snapshot)
           AND NOT pg_visible_in_snapshot(e.txid, r.position::pg_snapshot)
           AND NOT (e.id <= r.offset_id AND r.target <> ''
                    AND pg_visible_in_snapshot(e.txid, coalesce(nullif(r.target, ''), '1:1:')::pg_snapshot)))))
"""
_DELIVERIES = f"""
    SELECT * FROM (
        SELECT event_id, subject, handler, state, attempts, next_try_at, error, created_at FROM events_delivery
        UNION ALL
        SELECT * FROM ({_UNHEARD}) AS unheard WHERE NOT EXISTS (
            SELECT 1 FROM events_delivery AS d WHERE d.event_id = unheard.event_id AND d.handler = '*')
    ) AS waiting ORDER BY event_id, handler COLLATE "C"
"""
_JOBS = """
    SELECT id, queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at, attempts
      FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name NOT LIKE '%.clock' ORDER BY id
"""

exported("events")
exported_as(Part("events_event", omit=("txid",)))
exported_as(Part("events_delivery", omit=("id",), query=_DELIVERIES))
exported_as(Part("procrastinate_jobs", query=_JOBS))
exported_as(
    Part(
        "events_joberror",
        query="SELECT e.* FROM events_joberror AS e WHERE EXISTS (SELECT 1 FROM procrastinate_jobs AS j "
        "WHERE j.id = e.job_id AND j.status IN ('todo', 'doing')) ORDER BY job_id",
    )
)
emptied("events_reader", why="an import says anew from where the log is read on")
emptied("events_heartbeat", why="which processes live here")
emptied("django_session", why="everybody signs in again")
emptied("procrastinate_events", "procrastinate_periodic_defers", "procrastinate_workers", why="who worked on jobs here")
left_alone(
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
    why="Django's own, made by the migrations",
)


PARTS = ("when", "if", "then", *sorted(EXTRAS))
RULE = ("name", "slug", "position", "is_active", *PARTS)


def _rules() -> Iterator[Thing]:
    """Rules as they stand in force, or as they were last. Two queries for each."""
    for rule in Rule.objects.filter(removed_at=None).order_by("position", "name"):
        in_force = rule.versions.filter(active_from__isnull=False, active_until=None).first()
        version = in_force or rule.versions.order_by("-number").first()
        if version:
            said = {"slug": rule.slug or "", "position": rule.position, "is_active": in_force is not None}
            yield {"name": rule.name, **said, **{part: with_names(version.body).get(part) for part in PARTS}}


def _set_rule(thing: Thing, by: Actor) -> None:
    rule = Rule.objects.filter(name=thing["name"], removed_at=None).first()
    body = {"when": thing.get("when", []), "if": thing.get("if", {}), "then": thing["then"]}
    body |= {part: thing[part] for part in EXTRAS if thing.get(part) is not None}
    body = with_numbers(body)
    in_force = rule.versions.filter(active_from__isnull=False, active_until=None).first() if rule else None
    if rule and in_force and in_force.body == body:
        version = in_force
    else:
        version = save_draft(name=thing["name"], body=body, by=by, rule=rule)
    rule = version.rule
    if "position" in thing and rule.position != thing["position"]:
        rule.position = thing["position"]
        rule.save(update_fields=["position"])
    if thing.get("is_active", True):
        activate(version, by=by)
    else:
        deactivate(rule, by=by)


configured(Section(name="rules", key="name", fields=RULE, read=_rules, write=_set_rule, names_others=True))
