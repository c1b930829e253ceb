"""Counts by team, status and assignee: kept, not counted, and without a row that every writer waits for.

Triggers append changes; `tickets_fold_counts()` adds them to the sums now and then; the view adds up both, so it is
exact at all times for whoever reads it.
"""

from django.db import migrations

FORWARDS = """
CREATE TABLE tickets_count (
    team_id bigint NOT NULL, status varchar(10) NOT NULL, assignee_id bigint, tickets bigint NOT NULL
);
CREATE UNIQUE INDEX tickets_count_once ON tickets_count (team_id, status, (coalesce(assignee_id, 0)));
CREATE TABLE tickets_countchange (
    team_id bigint NOT NULL, status varchar(10) NOT NULL, assignee_id bigint, change bigint NOT NULL
);

CREATE VIEW tickets_statuscount AS
SELECT team_id || ':' || status || ':' || coalesce(assignee_id, 0) AS id,
       team_id, status, assignee_id, sum(tickets)::bigint AS tickets
  FROM (SELECT team_id, status, assignee_id, tickets FROM tickets_count
        UNION ALL
        SELECT team_id, status, assignee_id, change FROM tickets_countchange) AS parts
 GROUP BY team_id, status, assignee_id
HAVING sum(tickets) <> 0;

CREATE FUNCTION tickets_count_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tickets_countchange
    SELECT team_id, status, assignee_id, count(*) FROM fresh GROUP BY 1, 2, 3;
    RETURN NULL;
END $$;
CREATE FUNCTION tickets_count_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tickets_countchange
    SELECT team_id, status, assignee_id, -count(*) FROM gone GROUP BY 1, 2, 3;
    RETURN NULL;
END $$;
CREATE FUNCTION tickets_count_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tickets_countchange
    VALUES (OLD.team_id, OLD.status, OLD.assignee_id, -1), (NEW.team_id, NEW.status, NEW.assignee_id, 1);
    RETURN NULL;
END $$;
CREATE TRIGGER tickets_count_new AFTER INSERT ON tickets_ticket
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION tickets_count_new();
CREATE TRIGGER tickets_count_gone AFTER DELETE ON tickets_ticket
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION tickets_count_gone();
CREATE TRIGGER tickets_count_changed AFTER UPDATE ON tickets_ticket FOR EACH ROW
    WHEN ((OLD.team_id, OLD.status, OLD.assignee_id) IS DISTINCT FROM (NEW.team_id, NEW.status, NEW.assignee_id))
    EXECUTE FUNCTION tickets_count_changed();

CREATE FUNCTION tickets_fold_counts() RETURNS void LANGUAGE sql AS $$
    WITH folded AS (DELETE FROM tickets_countchange RETURNING *)
    INSERT INTO tickets_count AS kept
    SELECT team_id, status, assignee_id, sum(change) FROM folded GROUP BY 1, 2, 3
    ON CONFLICT (team_id, status, (coalesce(assignee_id, 0)))
    DO UPDATE SET tickets = kept.tickets + excluded.tickets;
$$;
"""

BACKWARDS = """
DROP TRIGGER tickets_count_changed ON tickets_ticket;
DROP TRIGGER tickets_count_gone ON tickets_ticket;
DROP TRIGGER tickets_count_new ON tickets_ticket;
DROP FUNCTION tickets_fold_counts(), tickets_count_changed(), tickets_count_gone(), tickets_count_new();
DROP VIEW tickets_statuscount;
DROP TABLE tickets_countchange, tickets_count;
"""


class Migration(migrations.Migration):
    """Adds the kept counts."""

    dependencies = [("tickets", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
