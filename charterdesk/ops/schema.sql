-- PostgreSQL 18 with btree_gin fuzzystrmatch pg_stat_statements pg_trgm unaccent vector
CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);
CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);
CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);
CREATE FUNCTION public.billing_adds_up() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM billing_entry WHERE booking_id = NEW.booking_id GROUP BY currency HAVING sum(amount) <> 0)
    THEN
        RAISE EXCEPTION 'the entries of booking % do not add up to nothing', NEW.booking_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION public.billing_issued_line_never_edited() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM billing_invoice WHERE id = OLD.invoice_id AND state = 'issued')
    THEN
        RAISE EXCEPTION 'what was issued never changes: counter it' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE FUNCTION public.billing_issued_never_edited() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.state = 'issued' AND (TG_OP = 'DELETE' OR
        (OLD.number, OLD.kind, OLD.state, OLD.account_id, OLD.currency, OLD.issued_on, OLD.due_on, OLD.net_amount,
         OLD.tax_amount, OLD.gross_amount) IS DISTINCT FROM
        (NEW.number, NEW.kind, NEW.state, NEW.account_id, NEW.currency, NEW.issued_on, NEW.due_on, NEW.net_amount,
         NEW.tax_amount, NEW.gross_amount))
    THEN
        RAISE EXCEPTION '% was issued and never changes: counter it', OLD.number USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE FUNCTION public.billing_never_edited() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% is never changed: counter it', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION public.charter_published_stays() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.state = 'published' AND (TG_OP = 'DELETE' OR NEW.state <> OLD.state OR NEW.content <> OLD.content) THEN
        RAISE EXCEPTION 'a published charter is never changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;
    RETURN job_ids;
END;
$$;
CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;
    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;
    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;
    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;
    RETURN _job_id;
END;
$$;
CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);
CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;
 RETURN found_jobs;
END;
$$;
CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;
CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;
CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;
CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;
CREATE FUNCTION public.search_clean(said text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT regexp_replace(said, U&'[-_/\005C\005C|<>\00AB\00BB\201C\201D\201E\2018\2019\201A\2039\203A\2026\2013\2014\00B7\2022\00BF\00A1\060C\061B\061F\00A0\200B\200E\200F\202F\FEFF]', ' ', 'g')
$$;
CREATE FUNCTION public.search_config(language text) RETURNS regconfig
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT ('search_' || CASE WHEN language IN ('en', 'de', 'es', 'fr', 'ar') THEN language ELSE 'simple' END)::regconfig
$$;
CREATE FUNCTION public.search_length(vector tsvector) RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT coalesce(sum(cardinality(positions)), 0) FROM unnest(vector)
$$;
CREATE FUNCTION public.search_letters(word text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
    SELECT string_agg(CASE WHEN ascii(letter) < 128 THEN letter
                      ELSE substr('0123456789abcdefghijklmnopqrstuvwxyz', ascii(letter) % 36 + 1, 1) END, '' ORDER BY place)
      FROM string_to_table(word, NULL) WITH ORDINALITY AS each (letter, place)
$$;
CREATE FUNCTION public.search_meaning_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE search_meaning SET means = NULL WHERE document_id = NEW.id;
    RETURN NULL;
END $$;
CREATE FUNCTION public.search_strong(vector tsvector, norm double precision) RETURNS tsvector
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT array_to_tsvector(coalesce(array_agg('^' || step.name || found.lexeme), '{}'))
      FROM unnest(vector) AS found
      JOIN search_word AS known ON known.word = found.lexeme AND known.documents >= 500
      JOIN (VALUES ('1', 0.9), ('2', 1.2), ('3', 1.4), ('4', 1.55)) AS step (name, least)
        ON 2.2 / (1 + norm / (cardinality(found.positions) + CASE WHEN 'A' = ANY(found.weights) THEN 2 ELSE 0 END))
           >= step.least
$$;
CREATE FUNCTION public.search_times(vector tsvector, word tsquery) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
    SELECT width_bucket(ts_rank('{1,1,1,1}', vector, word),
                        '{0.55,0.7,0.8,0.846,0.8777,0.8948,0.9076,0.917,0.9244,0.9305}'::real[])
         + CASE WHEN ts_rank('{0,0,0,1}', vector, word) > 0 THEN 2 ELSE 0 END
$$;
CREATE FUNCTION public.search_vector(language text, title text, body text) RETURNS tsvector
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    SELECT setweight(to_tsvector(search_config(language), search_clean(title)), 'A')
        || to_tsvector(search_config(language), search_clean(body))
$$;
CREATE FUNCTION public.tickets_count_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO tickets_countchange
    VALUES (OLD.team_id, OLD.status, OLD.assignee_id, -1), (NEW.team_id, NEW.status, NEW.assignee_id, 1);
    RETURN NULL;
END $$;
CREATE FUNCTION public.tickets_count_gone() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO tickets_countchange
    SELECT team_id, status, assignee_id, -count(*) FROM gone GROUP BY 1, 2, 3;
    RETURN NULL;
END $$;
CREATE FUNCTION public.tickets_count_new() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO tickets_countchange
    SELECT team_id, status, assignee_id, count(*) FROM fresh GROUP BY 1, 2, 3;
    RETURN NULL;
END $$;
CREATE FUNCTION public.tickets_fold_counts() RETURNS void
    LANGUAGE sql
    AS $$
    WITH folded AS (DELETE FROM tickets_countchange RETURNING *)
    INSERT INTO tickets_count AS kept
    SELECT team_id, status, assignee_id, sum(change) FROM folded GROUP BY 1, 2, 3
    ON CONFLICT (team_id, status, (coalesce(assignee_id, 0)))
    DO UPDATE SET tickets = kept.tickets + excluded.tickets;
$$;
CREATE TEXT SEARCH CONFIGURATION public.search_ar (
    PARSER = pg_catalog."default" );
ALTER TEXT SEARCH CONFIGURATION public.search_ar
    ADD MAPPING FOR asciiword WITH public.unaccent, arabic_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_ar
    ADD MAPPING FOR word WITH public.unaccent, arabic_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_ar
    ADD MAPPING FOR numword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_ar
    ADD MAPPING FOR email WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_ar
    ADD MAPPING FOR url WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_ar
    ADD MAPPING FOR host WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_ar
    ADD MAPPING FOR sfloat WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_ar
    ADD MAPPING FOR version WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_ar
    ADD MAPPING FOR hword_numpart WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_ar
    ADD MAPPING FOR hword_part WITH public.unaccent, arabic_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_ar
    ADD MAPPING FOR hword_asciipart WITH public.unaccent, arabic_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_ar
    ADD MAPPING FOR numhword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_ar
    ADD MAPPING FOR asciihword WITH public.unaccent, arabic_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_ar
    ADD MAPPING FOR hword WITH public.unaccent, arabic_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_ar
    ADD MAPPING FOR url_path WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_ar
    ADD MAPPING FOR file WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_ar
    ADD MAPPING FOR "float" WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_ar
    ADD MAPPING FOR "int" WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_ar
    ADD MAPPING FOR uint WITH simple;
CREATE TEXT SEARCH CONFIGURATION public.search_de (
    PARSER = pg_catalog."default" );
ALTER TEXT SEARCH CONFIGURATION public.search_de
    ADD MAPPING FOR asciiword WITH public.unaccent, german_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_de
    ADD MAPPING FOR word WITH public.unaccent, german_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_de
    ADD MAPPING FOR numword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_de
    ADD MAPPING FOR email WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_de
    ADD MAPPING FOR url WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_de
    ADD MAPPING FOR host WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_de
    ADD MAPPING FOR sfloat WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_de
    ADD MAPPING FOR version WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_de
    ADD MAPPING FOR hword_numpart WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_de
    ADD MAPPING FOR hword_part WITH public.unaccent, german_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_de
    ADD MAPPING FOR hword_asciipart WITH public.unaccent, german_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_de
    ADD MAPPING FOR numhword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_de
    ADD MAPPING FOR asciihword WITH public.unaccent, german_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_de
    ADD MAPPING FOR hword WITH public.unaccent, german_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_de
    ADD MAPPING FOR url_path WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_de
    ADD MAPPING FOR file WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_de
    ADD MAPPING FOR "float" WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_de
    ADD MAPPING FOR "int" WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_de
    ADD MAPPING FOR uint WITH simple;
CREATE TEXT SEARCH CONFIGURATION public.search_en (
    PARSER = pg_catalog."default" );
ALTER TEXT SEARCH CONFIGURATION public.search_en
    ADD MAPPING FOR asciiword WITH public.unaccent, english_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_en
    ADD MAPPING FOR word WITH public.unaccent, english_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_en
    ADD MAPPING FOR numword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_en
    ADD MAPPING FOR email WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_en
    ADD MAPPING FOR url WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_en
    ADD MAPPING FOR host WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_en
    ADD MAPPING FOR sfloat WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_en
    ADD MAPPING FOR version WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_en
    ADD MAPPING FOR hword_numpart WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_en
    ADD MAPPING FOR hword_part WITH public.unaccent, english_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_en
    ADD MAPPING FOR hword_asciipart WITH public.unaccent, english_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_en
    ADD MAPPING FOR numhword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_en
    ADD MAPPING FOR asciihword WITH public.unaccent, english_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_en
    ADD MAPPING FOR hword WITH public.unaccent, english_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_en
    ADD MAPPING FOR url_path WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_en
    ADD MAPPING FOR file WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_en
    ADD MAPPING FOR "float" WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_en
    ADD MAPPING FOR "int" WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_en
    ADD MAPPING FOR uint WITH simple;
CREATE TEXT SEARCH CONFIGURATION public.search_es (
    PARSER = pg_catalog."default" );
ALTER TEXT SEARCH CONFIGURATION public.search_es
    ADD MAPPING FOR asciiword WITH public.unaccent, spanish_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_es
    ADD MAPPING FOR word WITH public.unaccent, spanish_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_es
    ADD MAPPING FOR numword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_es
    ADD MAPPING FOR email WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_es
    ADD MAPPING FOR url WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_es
    ADD MAPPING FOR host WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_es
    ADD MAPPING FOR sfloat WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_es
    ADD MAPPING FOR version WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_es
    ADD MAPPING FOR hword_numpart WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_es
    ADD MAPPING FOR hword_part WITH public.unaccent, spanish_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_es
    ADD MAPPING FOR hword_asciipart WITH public.unaccent, spanish_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_es
    ADD MAPPING FOR numhword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_es
    ADD MAPPING FOR asciihword WITH public.unaccent, spanish_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_es
    ADD MAPPING FOR hword WITH public.unaccent, spanish_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_es
    ADD MAPPING FOR url_path WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_es
    ADD MAPPING FOR file WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_es
    ADD MAPPING FOR "float" WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_es
    ADD MAPPING FOR "int" WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_es
    ADD MAPPING FOR uint WITH simple;
CREATE TEXT SEARCH CONFIGURATION public.search_fr (
    PARSER = pg_catalog."default" );
ALTER TEXT SEARCH CONFIGURATION public.search_fr
    ADD MAPPING FOR asciiword WITH public.unaccent, french_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_fr
    ADD MAPPING FOR word WITH public.unaccent, french_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_fr
    ADD MAPPING FOR numword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_fr
    ADD MAPPING FOR email WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_fr
    ADD MAPPING FOR url WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_fr
    ADD MAPPING FOR host WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_fr
    ADD MAPPING FOR sfloat WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_fr
    ADD MAPPING FOR version WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_fr
    ADD MAPPING FOR hword_numpart WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_fr
    ADD MAPPING FOR hword_part WITH public.unaccent, french_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_fr
    ADD MAPPING FOR hword_asciipart WITH public.unaccent, french_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_fr
    ADD MAPPING FOR numhword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_fr
    ADD MAPPING FOR asciihword WITH public.unaccent, french_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_fr
    ADD MAPPING FOR hword WITH public.unaccent, french_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_fr
    ADD MAPPING FOR url_path WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_fr
    ADD MAPPING FOR file WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_fr
    ADD MAPPING FOR "float" WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_fr
    ADD MAPPING FOR "int" WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_fr
    ADD MAPPING FOR uint WITH simple;
CREATE TEXT SEARCH CONFIGURATION public.search_simple (
    PARSER = pg_catalog."default" );
ALTER TEXT SEARCH CONFIGURATION public.search_simple
    ADD MAPPING FOR asciiword WITH public.unaccent, simple;
ALTER TEXT SEARCH CONFIGURATION public.search_simple
    ADD MAPPING FOR word WITH public.unaccent, simple;
ALTER TEXT SEARCH CONFIGURATION public.search_simple
    ADD MAPPING FOR numword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_simple
    ADD MAPPING FOR email WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_simple
    ADD MAPPING FOR url WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_simple
    ADD MAPPING FOR host WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_simple
    ADD MAPPING FOR sfloat WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_simple
    ADD MAPPING FOR version WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_simple
    ADD MAPPING FOR hword_numpart WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_simple
    ADD MAPPING FOR hword_part WITH public.unaccent, simple;
ALTER TEXT SEARCH CONFIGURATION public.search_simple
    ADD MAPPING FOR hword_asciipart WITH public.unaccent, simple;
ALTER TEXT SEARCH CONFIGURATION public.search_simple
    ADD MAPPING FOR numhword WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_simple
    ADD MAPPING FOR asciihword WITH public.unaccent, simple;
ALTER TEXT SEARCH CONFIGURATION public.search_simple
    ADD MAPPING FOR hword WITH public.unaccent, simple;
ALTER TEXT SEARCH CONFIGURATION public.search_simple
    ADD MAPPING FOR url_path WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_simple
    ADD MAPPING FOR file WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_simple
    ADD MAPPING FOR "float" WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_simple
    ADD MAPPING FOR "int" WITH simple;
ALTER TEXT SEARCH CONFIGURATION public.search_simple
    ADD MAPPING FOR uint WITH simple;
CREATE TABLE public.access_externalid (
    id bigint NOT NULL,
    subject character varying(80) NOT NULL,
    value character varying(300) NOT NULL
);
ALTER TABLE public.access_externalid ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.access_externalid_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.access_identityprovider (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    slug character varying(40) NOT NULL,
    kind character varying(10) NOT NULL,
    issuer character varying(500) NOT NULL,
    client_id character varying(300) NOT NULL,
    sealed_secret bytea NOT NULL,
    domains character varying(253)[] NOT NULL,
    groups_claim character varying(100) NOT NULL,
    role_of_group jsonb NOT NULL,
    team_of_group jsonb NOT NULL,
    default_role character varying(60) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    certificates text DEFAULT ''::text NOT NULL,
    sign_in_url character varying(500) DEFAULT ''::character varying NOT NULL
);
ALTER TABLE public.access_identityprovider ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.access_identityprovider_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.access_opensession (
    id bigint NOT NULL,
    session_key character varying(40) NOT NULL,
    ip inet,
    device character varying(300) NOT NULL,
    way character varying(10) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    login_id bigint NOT NULL
);
ALTER TABLE public.access_opensession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.access_opensession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.access_signinpolicy (
    id smallint NOT NULL,
    second_factor_for character varying(60)[] NOT NULL,
    may_register boolean DEFAULT true NOT NULL,
    CONSTRAINT access_policy_one CHECK ((id = 1))
);
CREATE TABLE public.access_tries (
    key character varying(64) NOT NULL,
    count integer NOT NULL,
    until timestamp with time zone NOT NULL,
    CONSTRAINT access_tries_count_check CHECK ((count >= 0))
);
CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);
ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_account (
    id bigint NOT NULL,
    currency character varying(3) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    contact_id bigint,
    organisation_id bigint,
    CONSTRAINT billing_account_of_one CHECK ((((contact_id IS NULL) AND (organisation_id IS NOT NULL)) OR ((contact_id IS NOT NULL) AND (organisation_id IS NULL))))
);
ALTER TABLE public.billing_account ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_allocation (
    id bigint NOT NULL,
    source_key character varying(40) NOT NULL,
    amount numeric(20,4) NOT NULL,
    currency character varying(3) NOT NULL,
    at timestamp with time zone NOT NULL,
    invoice_id bigint NOT NULL
);
ALTER TABLE public.billing_allocation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_allocation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_approval (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    agent_id bigint NOT NULL,
    refund_id bigint NOT NULL
);
ALTER TABLE public.billing_approval ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_approval_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_balance (
    id bigint NOT NULL,
    part character varying(12) NOT NULL,
    amount numeric(20,4) NOT NULL,
    currency character varying(3) NOT NULL,
    account_id bigint NOT NULL,
    CONSTRAINT billing_balance_not_overdrawn CHECK (((NOT ((part)::text = ANY ((ARRAY['credit'::character varying, 'refund_due'::character varying])::text[]))) OR (amount <= (0)::numeric)))
);
ALTER TABLE public.billing_balance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_balance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_billed (
    id bigint NOT NULL,
    source_key character varying(120) NOT NULL,
    line_id bigint NOT NULL
);
ALTER TABLE public.billing_billed ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_billed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_billto (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    street character varying(200) NOT NULL,
    postcode character varying(20) NOT NULL,
    city character varying(120) NOT NULL,
    country character varying(2) NOT NULL,
    vat_id character varying(30) NOT NULL,
    reference character varying(80) NOT NULL,
    email character varying(254) NOT NULL,
    account_id bigint NOT NULL
);
ALTER TABLE public.billing_billto ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_billto_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_booking (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    cause_key character varying(160) NOT NULL,
    booked_at timestamp with time zone NOT NULL,
    by character varying(80) NOT NULL,
    account_id bigint NOT NULL,
    counters_id bigint
);
ALTER TABLE public.billing_booking ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_booking_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_cardprovider (
    id bigint NOT NULL,
    is_active boolean NOT NULL,
    sealed bytea NOT NULL,
    address character varying(200) NOT NULL
);
ALTER TABLE public.billing_cardprovider ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_cardprovider_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_contest (
    id bigint NOT NULL,
    contact_id bigint,
    text text NOT NULL,
    contested_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    decided_by character varying(80) NOT NULL,
    is_upheld boolean,
    answer text NOT NULL,
    verdict_id bigint NOT NULL
);
ALTER TABLE public.billing_contest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_contest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_contract (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    description text NOT NULL,
    types character varying(20)[] NOT NULL,
    channels character varying(20)[] NOT NULL,
    period character varying(8) NOT NULL,
    is_unlimited boolean NOT NULL,
    incidents integer,
    minutes integer,
    price_amount numeric(20,4) NOT NULL,
    overage_per character varying(8) NOT NULL,
    overage_amount numeric(20,4),
    currency character varying(3) NOT NULL,
    remind_days smallint NOT NULL,
    agreed_on date NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    cancelled_at timestamp with time zone,
    reminded_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    calendar_id bigint,
    contact_id bigint,
    organisation_id bigint,
    offer_id bigint,
    CONSTRAINT billing_contract_incidents_check CHECK ((incidents >= 0)),
    CONSTRAINT billing_contract_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT billing_contract_of_one CHECK ((((contact_id IS NULL) AND (organisation_id IS NOT NULL)) OR ((contact_id IS NOT NULL) AND (organisation_id IS NULL)))),
    CONSTRAINT billing_contract_remind_days_check CHECK ((remind_days >= 0)),
    CONSTRAINT billing_contract_runs CHECK (((ends_on IS NULL) OR (ends_on >= starts_on)))
);
ALTER TABLE public.billing_contract ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_contract_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_credit (
    id bigint NOT NULL,
    amount numeric(20,4) NOT NULL,
    currency character varying(3) NOT NULL,
    left_amount numeric(20,4) NOT NULL,
    reason character varying(300) NOT NULL,
    cause_key character varying(120) NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    taken_back_at timestamp with time zone,
    by character varying(80) NOT NULL,
    account_id bigint NOT NULL,
    CONSTRAINT billing_credit_not_overused CHECK (((amount > (0)::numeric) AND (left_amount >= (0)::numeric) AND (left_amount <= amount)))
);
ALTER TABLE public.billing_credit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_credit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_dispute (
    id bigint NOT NULL,
    text character varying(2000) NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    by character varying(80) NOT NULL,
    settled_at timestamp with time zone,
    settled_by character varying(80) NOT NULL,
    answer character varying(2000) NOT NULL,
    invoice_id bigint NOT NULL
);
ALTER TABLE public.billing_dispute ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_dispute_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_entry (
    id bigint NOT NULL,
    part character varying(12) NOT NULL,
    amount numeric(20,4) NOT NULL,
    currency character varying(3) NOT NULL,
    account_id bigint NOT NULL,
    booking_id bigint NOT NULL
);
ALTER TABLE public.billing_entry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_favour (
    id bigint NOT NULL,
    about character varying(80) NOT NULL,
    tier_name character varying(80) NOT NULL,
    classes smallint NOT NULL,
    margin interval NOT NULL,
    CONSTRAINT billing_favour_classes_check CHECK ((classes >= 0))
);
ALTER TABLE public.billing_favour ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_favour_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_invoice (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    state character varying(8) NOT NULL,
    number character varying(40),
    issued_on date,
    due_on date,
    supplied_from date,
    supplied_until date,
    language character varying(8) NOT NULL,
    currency character varying(3) NOT NULL,
    net_amount numeric(20,4) NOT NULL,
    tax_amount numeric(20,4) NOT NULL,
    gross_amount numeric(20,4) NOT NULL,
    open_amount numeric(20,4) NOT NULL,
    prepaid_amount numeric(20,4) NOT NULL,
    credit_amount numeric(20,4) NOT NULL,
    note character varying(500) NOT NULL,
    seller jsonb NOT NULL,
    buyer jsonb NOT NULL,
    reminded smallint NOT NULL,
    reminded_at timestamp with time zone,
    sent_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    by character varying(80) NOT NULL,
    account_id bigint NOT NULL,
    counters_id bigint,
    CONSTRAINT billing_invoice_adds_up CHECK ((gross_amount = (net_amount + tax_amount))),
    CONSTRAINT billing_invoice_numbered CHECK ((((number IS NULL) AND ((state)::text = 'draft'::text)) OR ((number IS NOT NULL) AND ((state)::text = 'issued'::text)))),
    CONSTRAINT billing_invoice_open CHECK (((open_amount >= (0)::numeric) AND (open_amount <= gross_amount))),
    CONSTRAINT billing_invoice_reminded_check CHECK ((reminded >= 0))
);
ALTER TABLE public.billing_invoice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_invoice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_invoiceline (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    text character varying(300) NOT NULL,
    quantity numeric(14,4) NOT NULL,
    unit character varying(3) NOT NULL,
    price_amount numeric(20,4) NOT NULL,
    net_amount numeric(20,4) NOT NULL,
    currency character varying(3) NOT NULL,
    category character varying(2) NOT NULL,
    percent numeric(6,3) NOT NULL,
    credits_id bigint,
    invoice_id bigint NOT NULL,
    rate_id bigint,
    CONSTRAINT billing_invoiceline_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.billing_invoiceline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_invoiceline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_numberrun (
    run character varying(20) NOT NULL,
    last integer NOT NULL,
    CONSTRAINT billing_numberrun_last_check CHECK ((last >= 0))
);
CREATE TABLE public.billing_offer (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    description text NOT NULL,
    types character varying(20)[] NOT NULL,
    channels character varying(20)[] NOT NULL,
    period character varying(8) NOT NULL,
    is_unlimited boolean NOT NULL,
    incidents integer,
    minutes integer,
    price_amount numeric(20,4) NOT NULL,
    overage_per character varying(8) NOT NULL,
    overage_amount numeric(20,4),
    currency character varying(3) NOT NULL,
    remind_days smallint NOT NULL,
    months smallint,
    "position" smallint NOT NULL,
    is_active boolean NOT NULL,
    calendar_id bigint,
    CONSTRAINT billing_offer_incidents_check CHECK ((incidents >= 0)),
    CONSTRAINT billing_offer_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT billing_offer_months_check CHECK ((months >= 0)),
    CONSTRAINT billing_offer_position_check CHECK (("position" >= 0)),
    CONSTRAINT billing_offer_remind_days_check CHECK ((remind_days >= 0))
);
ALTER TABLE public.billing_offer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_offer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_order (
    id bigint NOT NULL,
    external_id character varying(80) NOT NULL,
    number character varying(80) NOT NULL,
    status character varying(10) NOT NULL,
    total_amount numeric(20,4) NOT NULL,
    currency character varying(3) NOT NULL,
    ordered_at timestamp with time zone NOT NULL,
    support_days smallint NOT NULL,
    supported_until timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    contact_id bigint NOT NULL,
    organisation_id bigint,
    source_id bigint NOT NULL,
    CONSTRAINT billing_order_support_days_check CHECK ((support_days >= 0))
);
ALTER TABLE public.billing_order ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_order_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_orderline (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    sku character varying(80) NOT NULL,
    name character varying(300) NOT NULL,
    quantity numeric(12,3) NOT NULL,
    price_amount numeric(20,4) NOT NULL,
    currency character varying(3) NOT NULL,
    order_id bigint NOT NULL,
    CONSTRAINT billing_orderline_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.billing_orderline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_orderline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_ordernamed (
    id bigint NOT NULL,
    about character varying(80) NOT NULL,
    order_id bigint NOT NULL
);
ALTER TABLE public.billing_ordernamed ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_ordernamed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_ordersource (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    slug character varying(40) NOT NULL,
    kind character varying(12) NOT NULL,
    sealed_secret bytea NOT NULL,
    support_days smallint NOT NULL,
    is_active boolean NOT NULL,
    heard_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT billing_ordersource_support_days_check CHECK ((support_days >= 0))
);
ALTER TABLE public.billing_ordersource ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_ordersource_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_payment (
    id bigint NOT NULL,
    amount numeric(20,4) NOT NULL,
    currency character varying(3) NOT NULL,
    left_amount numeric(20,4) NOT NULL,
    way character varying(8) NOT NULL,
    received_on date NOT NULL,
    reference character varying(140) NOT NULL,
    external_id character varying(120),
    recorded_at timestamp with time zone NOT NULL,
    countered_at timestamp with time zone,
    by character varying(80) NOT NULL,
    account_id bigint NOT NULL,
    CONSTRAINT billing_payment_not_overused CHECK (((amount > (0)::numeric) AND (left_amount >= (0)::numeric) AND (left_amount <= amount)))
);
ALTER TABLE public.billing_payment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_payment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_reason (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    name character varying(120) NOT NULL,
    words jsonb NOT NULL,
    types character varying(20)[] NOT NULL,
    tags character varying(50)[] NOT NULL,
    channels character varying(20)[] NOT NULL,
    price_amount numeric(20,4),
    currency character varying(3) NOT NULL,
    per character varying(8) NOT NULL,
    "position" smallint NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT billing_reason_position_check CHECK (("position" >= 0)),
    CONSTRAINT billing_reason_rate_has_price CHECK (((NOT ((kind)::text = 'rate'::text)) OR (price_amount IS NOT NULL)))
);
ALTER TABLE public.billing_reason ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_reason_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_refund (
    id bigint NOT NULL,
    amount numeric(20,4) NOT NULL,
    currency character varying(3) NOT NULL,
    out_of character varying(12) NOT NULL,
    reason character varying(300) NOT NULL,
    cause_key character varying(120) NOT NULL,
    state character varying(10) NOT NULL,
    ticket_key character varying(40) NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    requested_by character varying(80) NOT NULL,
    decided_at timestamp with time zone,
    decided_by character varying(80) NOT NULL,
    refusal character varying(1000) NOT NULL,
    paid_at timestamp with time zone,
    reference character varying(120) NOT NULL,
    trouble character varying(300) NOT NULL,
    account_id bigint NOT NULL,
    payment_id bigint,
    CONSTRAINT billing_refund_of_something CHECK ((amount > (0)::numeric))
);
ALTER TABLE public.billing_refund ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_refund_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_refundlimit (
    id bigint NOT NULL,
    role character varying(20) NOT NULL,
    amount numeric(20,4) NOT NULL
);
ALTER TABLE public.billing_refundlimit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_refundlimit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_reminderpause (
    id bigint NOT NULL,
    until_on date NOT NULL,
    by character varying(80) NOT NULL,
    at timestamp with time zone NOT NULL,
    invoice_id bigint NOT NULL
);
ALTER TABLE public.billing_reminderpause ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_reminderpause_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_reminderstep (
    id bigint NOT NULL,
    days smallint NOT NULL,
    words jsonb NOT NULL,
    CONSTRAINT billing_reminderstep_days_check CHECK ((days >= 0))
);
ALTER TABLE public.billing_reminderstep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_reminderstep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_seller (
    id bigint NOT NULL,
    currency character varying(3) NOT NULL,
    name character varying(200) NOT NULL,
    street character varying(200) NOT NULL,
    postcode character varying(20) NOT NULL,
    city character varying(120) NOT NULL,
    country character varying(2) NOT NULL,
    vat_id character varying(30) NOT NULL,
    registration character varying(60) NOT NULL,
    email character varying(254) NOT NULL,
    iban character varying(34) NOT NULL,
    bic character varying(11) NOT NULL,
    footer character varying(300) NOT NULL,
    payment_days smallint NOT NULL,
    invoice_prefix character varying(12) NOT NULL,
    credit_prefix character varying(12) NOT NULL,
    yearly boolean NOT NULL,
    reminder_days smallint NOT NULL,
    reminders smallint NOT NULL,
    keep_years smallint NOT NULL,
    alone_amount numeric(20,4) NOT NULL,
    CONSTRAINT billing_seller_keep_years_check CHECK ((keep_years >= 0)),
    CONSTRAINT billing_seller_payment_days_check CHECK ((payment_days >= 0)),
    CONSTRAINT billing_seller_reminder_days_check CHECK ((reminder_days >= 0)),
    CONSTRAINT billing_seller_reminders_check CHECK ((reminders >= 0))
);
ALTER TABLE public.billing_seller ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_seller_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_taxrate (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    category character varying(2) NOT NULL,
    why character varying(200) NOT NULL,
    is_default boolean NOT NULL
);
ALTER TABLE public.billing_taxrate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_taxrate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_taxrateversion (
    id bigint NOT NULL,
    percent numeric(6,3) NOT NULL,
    valid_from date NOT NULL,
    rate_id bigint NOT NULL
);
ALTER TABLE public.billing_taxrateversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_taxrateversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_tier (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    orders integer NOT NULL,
    classes smallint NOT NULL,
    margin interval NOT NULL,
    CONSTRAINT billing_tier_classes_check CHECK ((classes >= 0)),
    CONSTRAINT billing_tier_orders_check CHECK ((orders >= 0)),
    CONSTRAINT billing_tier_some_orders CHECK ((orders > 0))
);
ALTER TABLE public.billing_tier ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_tier_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_timeentry (
    id bigint NOT NULL,
    about character varying(80) NOT NULL,
    kind character varying(8) NOT NULL,
    note character varying(300) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    minutes integer NOT NULL,
    covered integer NOT NULL,
    charged integer NOT NULL,
    rate_amount numeric(20,4),
    currency character varying(3) NOT NULL,
    billed_at timestamp with time zone,
    removed_at timestamp with time zone,
    agent_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    contract_id bigint,
    organisation_id bigint,
    verdict_id bigint,
    CONSTRAINT billing_time_adds_up CHECK ((minutes >= (covered + charged))),
    CONSTRAINT billing_timeentry_charged_check CHECK ((charged >= 0)),
    CONSTRAINT billing_timeentry_covered_check CHECK ((covered >= 0)),
    CONSTRAINT billing_timeentry_minutes_check CHECK ((minutes >= 0))
);
ALTER TABLE public.billing_timeentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_timeentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_use (
    id bigint NOT NULL,
    period_on date NOT NULL,
    cause_key character varying(80) NOT NULL,
    incidents integer NOT NULL,
    minutes integer NOT NULL,
    used_at timestamp with time zone NOT NULL,
    given_back_at timestamp with time zone,
    contract_id bigint NOT NULL,
    CONSTRAINT billing_use_incidents_check CHECK ((incidents >= 0)),
    CONSTRAINT billing_use_minutes_check CHECK ((minutes >= 0))
);
ALTER TABLE public.billing_use ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_use_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.billing_verdict (
    id bigint NOT NULL,
    about character varying(80) NOT NULL,
    number integer NOT NULL,
    outcome character varying(8) NOT NULL,
    kind character varying(10) NOT NULL,
    facts jsonb NOT NULL,
    price_amount numeric(20,4),
    currency character varying(3) NOT NULL,
    per character varying(8) NOT NULL,
    by character varying(80) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    replaced_at timestamp with time zone,
    accepted_at timestamp with time zone,
    accepted_by character varying(80) NOT NULL,
    accepted_words text NOT NULL,
    billed_at timestamp with time zone,
    contract_id bigint,
    order_id bigint,
    reason_id bigint,
    contact_id bigint,
    organisation_id bigint,
    CONSTRAINT billing_verdict_number_check CHECK ((number >= 0))
);
ALTER TABLE public.billing_verdict ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.billing_verdict_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.calendars_businesscalendar (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    zone character varying(64) NOT NULL,
    hours jsonb NOT NULL,
    country character varying(2) NOT NULL,
    subdivision character varying(10) NOT NULL,
    holidays jsonb NOT NULL,
    exceptions jsonb NOT NULL,
    version integer NOT NULL,
    CONSTRAINT calendars_businesscalendar_version_check CHECK ((version >= 0))
);
ALTER TABLE public.calendars_businesscalendar ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calendars_businesscalendar_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.calendars_calendarversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    spec jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    calendar_id bigint NOT NULL,
    CONSTRAINT calendars_calendarversion_number_check CHECK ((number >= 0))
);
ALTER TABLE public.calendars_calendarversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calendars_calendarversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.calls_call (
    id bigint NOT NULL,
    once character varying(160) NOT NULL,
    direction character varying(3) NOT NULL,
    number character varying(20) NOT NULL,
    state character varying(8) NOT NULL,
    cause character varying(10) NOT NULL,
    transfers smallint NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    rang_at timestamp with time zone,
    answered_at timestamp with time zone,
    ended_at timestamp with time zone,
    recording character varying(500) NOT NULL,
    agent_id bigint,
    contact_id bigint,
    team_id bigint NOT NULL,
    ticket_id bigint,
    call_back_id bigint,
    line_id bigint,
    CONSTRAINT calls_call_transfers_check CHECK ((transfers >= 0))
);
ALTER TABLE public.calls_call ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_call_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.calls_callback (
    id bigint NOT NULL,
    number character varying(20) NOT NULL,
    missed integer NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    done_at timestamp with time zone,
    item_id bigint,
    team_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    CONSTRAINT calls_callback_missed_check CHECK ((missed >= 0))
);
ALTER TABLE public.calls_callback ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_callback_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.calls_extension (
    id bigint NOT NULL,
    number character varying(40) NOT NULL,
    agent_id bigint NOT NULL
);
ALTER TABLE public.calls_extension ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_extension_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.calls_phoneline (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    number character varying(20) NOT NULL,
    language character varying(8) NOT NULL,
    calls_back boolean NOT NULL,
    is_active boolean NOT NULL,
    calendar_id bigint,
    team_id bigint NOT NULL
);
ALTER TABLE public.calls_phoneline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_phoneline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.calls_phonesystem (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    sealed bytea NOT NULL,
    is_active boolean NOT NULL,
    heard_at timestamp with time zone,
    error character varying(300) NOT NULL
);
ALTER TABLE public.calls_phonesystem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_phonesystem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_automaticcount (
    id bigint NOT NULL,
    address character varying(320) NOT NULL,
    hour timestamp with time zone NOT NULL,
    mails integer NOT NULL,
    CONSTRAINT channels_automaticcount_mails_check CHECK ((mails >= 0))
);
ALTER TABLE public.channels_automaticcount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_automaticcount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_blockedsender (
    id bigint NOT NULL,
    pattern character varying(320) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    by_id bigint
);
ALTER TABLE public.channels_blockedsender ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_blockedsender_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_junkword (
    word character varying(40) NOT NULL,
    junk integer NOT NULL,
    good integer NOT NULL,
    CONSTRAINT channels_junkword_good_check CHECK ((good >= 0)),
    CONSTRAINT channels_junkword_junk_check CHECK ((junk >= 0))
);
CREATE TABLE public.channels_mailaccount (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    address character varying(254) NOT NULL,
    "user" character varying(320) NOT NULL,
    login_by character varying(10) NOT NULL,
    sealed bytea NOT NULL,
    imap_host character varying(253) NOT NULL,
    imap_port integer NOT NULL,
    imap_security character varying(10) NOT NULL,
    folder character varying(200) NOT NULL,
    sent_folder character varying(200) NOT NULL,
    smtp_host character varying(253) NOT NULL,
    smtp_port integer NOT NULL,
    smtp_security character varying(10) NOT NULL,
    is_active boolean NOT NULL,
    positions jsonb NOT NULL,
    checked_at timestamp with time zone,
    error character varying(500) NOT NULL,
    team_id bigint NOT NULL,
    CONSTRAINT channels_mailaccount_imap_port_check CHECK ((imap_port >= 0)),
    CONSTRAINT channels_mailaccount_smtp_port_check CHECK ((smtp_port >= 0))
);
ALTER TABLE public.channels_mailaccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_mailaccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_mailreference (
    id bigint NOT NULL,
    header character varying(500) NOT NULL,
    is_ours boolean NOT NULL,
    message_id bigint NOT NULL
);
ALTER TABLE public.channels_mailreference ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_mailreference_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_outgoing (
    id bigint NOT NULL,
    header character varying(500) NOT NULL,
    sender character varying(320) NOT NULL,
    recipients character varying(320)[] NOT NULL,
    refused jsonb NOT NULL,
    raw bytea NOT NULL,
    is_automatic boolean NOT NULL,
    state character varying(10) NOT NULL,
    attempts integer NOT NULL,
    note character varying(500) NOT NULL,
    queued_at timestamp with time zone NOT NULL,
    in_flight_at timestamp with time zone,
    done_at timestamp with time zone,
    message_id bigint,
    team_id bigint,
    CONSTRAINT channels_outgoing_attempts_check CHECK ((attempts >= 0))
);
ALTER TABLE public.channels_outgoing ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_outgoing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_picturesfrom (
    id bigint NOT NULL,
    address character varying(320) NOT NULL,
    agent_id bigint NOT NULL
);
ALTER TABLE public.channels_picturesfrom ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_picturesfrom_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_pushed (
    id bigint NOT NULL,
    notice_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    subscription_id bigint NOT NULL
);
ALTER TABLE public.channels_pushed ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_pushed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_pushsubscription (
    id bigint NOT NULL,
    endpoint text NOT NULL,
    browser_key character varying(120) NOT NULL,
    secret character varying(40) NOT NULL,
    browser character varying(200) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    agent_id bigint NOT NULL
);
ALTER TABLE public.channels_pushsubscription ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_pushsubscription_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_rawmail (
    id bigint NOT NULL,
    raw bytea NOT NULL,
    size bigint NOT NULL,
    source character varying(80) NOT NULL,
    source_id character varying(120),
    sender character varying(320) NOT NULL,
    recipients character varying(320)[] NOT NULL,
    client_ip inet,
    client_name character varying(253) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    state character varying(12) NOT NULL,
    reason character varying(200) NOT NULL,
    subject character varying(300) NOT NULL,
    from_address character varying(320) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    verdicts jsonb NOT NULL,
    message_id bigint,
    kept_as character varying(64) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT channels_rawmail_size_check CHECK ((size >= 0))
);
ALTER TABLE public.channels_rawmail ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_rawmail_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_smsday (
    id bigint NOT NULL,
    day date NOT NULL,
    parts integer NOT NULL,
    number_id bigint NOT NULL,
    CONSTRAINT channels_smsday_parts_check CHECK ((parts >= 0))
);
ALTER TABLE public.channels_smsday ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_smsday_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_smsin (
    id bigint NOT NULL,
    provider_id character varying(160) NOT NULL,
    sender character varying(20) NOT NULL,
    text text NOT NULL,
    media jsonb NOT NULL,
    bundle character varying(80) NOT NULL,
    place smallint NOT NULL,
    parts smallint NOT NULL,
    state character varying(8) NOT NULL,
    reason character varying(40) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    message_id bigint,
    number_id bigint,
    CONSTRAINT channels_smsin_parts_check CHECK ((parts >= 0)),
    CONSTRAINT channels_smsin_place_check CHECK ((place >= 0))
);
ALTER TABLE public.channels_smsin ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_smsin_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_smsnumber (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    number character varying(20) NOT NULL,
    language character varying(8) NOT NULL,
    provider character varying(8) NOT NULL,
    url character varying(300) NOT NULL,
    host character varying(253) NOT NULL,
    port integer NOT NULL,
    uses_tls boolean NOT NULL,
    "user" character varying(120) NOT NULL,
    sealed bytea NOT NULL,
    join_hours smallint NOT NULL,
    daily_cap integer NOT NULL,
    is_active boolean NOT NULL,
    checked_at timestamp with time zone,
    error character varying(500) NOT NULL,
    team_id bigint NOT NULL,
    calendar_id bigint,
    CONSTRAINT channels_smsnumber_daily_cap_check CHECK ((daily_cap >= 0)),
    CONSTRAINT channels_smsnumber_join_hours_check CHECK ((join_hours >= 0)),
    CONSTRAINT channels_smsnumber_port_check CHECK ((port >= 0))
);
ALTER TABLE public.channels_smsnumber ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_smsnumber_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_smsout (
    id bigint NOT NULL,
    once character varying(120) NOT NULL,
    "to" character varying(20) NOT NULL,
    text text NOT NULL,
    parts smallint NOT NULL,
    is_automatic boolean NOT NULL,
    state character varying(10) NOT NULL,
    attempts integer NOT NULL,
    note character varying(500) NOT NULL,
    queued_at timestamp with time zone NOT NULL,
    not_before timestamp with time zone NOT NULL,
    in_flight_at timestamp with time zone,
    done_at timestamp with time zone,
    message_id bigint,
    number_id bigint,
    CONSTRAINT channels_smsout_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT channels_smsout_parts_check CHECK ((parts >= 0))
);
ALTER TABLE public.channels_smsout ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_smsout_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_smspart (
    id bigint NOT NULL,
    provider_id character varying(160) NOT NULL,
    state character varying(10) NOT NULL,
    out_id bigint NOT NULL
);
ALTER TABLE public.channels_smspart ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_smspart_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.channels_smsstop (
    id bigint NOT NULL,
    phone character varying(20) NOT NULL,
    at timestamp with time zone NOT NULL,
    number_id bigint NOT NULL
);
ALTER TABLE public.channels_smsstop ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.channels_smsstop_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.charter_answercase (
    id bigint NOT NULL,
    about character varying(40) NOT NULL,
    objective character varying(40) NOT NULL,
    team_id bigint NOT NULL,
    state character varying(8) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    day date NOT NULL,
    calendar_version_id bigint NOT NULL,
    exclusion_id bigint,
    version_id bigint NOT NULL
);
ALTER TABLE public.charter_answercase ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.charter_answercase_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.charter_bound (
    ticket_id bigint NOT NULL,
    applied_id bigint NOT NULL,
    version_id bigint NOT NULL
);
CREATE TABLE public.charter_case (
    id bigint NOT NULL,
    objective character varying(40) NOT NULL,
    number smallint NOT NULL,
    team_id bigint NOT NULL,
    state character varying(8) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    running_since timestamp with time zone,
    used interval NOT NULL,
    due_at timestamp with time zone,
    ended_at timestamp with time zone,
    decided_at timestamp with time zone,
    day date,
    count integer NOT NULL,
    calendar_version_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    version_id bigint NOT NULL,
    exclusion_id bigint,
    CONSTRAINT charter_case_count_check CHECK ((count >= 0)),
    CONSTRAINT charter_case_number_check CHECK ((number >= 0))
);
ALTER TABLE public.charter_case ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.charter_case_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.charter_charterversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    state character varying(10) NOT NULL,
    content jsonb NOT NULL,
    editors character varying(40)[] NOT NULL,
    approved_by character varying(40) NOT NULL,
    approved_at timestamp with time zone,
    published_by character varying(40) NOT NULL,
    published_at timestamp with time zone,
    effective_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT charter_charterversion_number_check CHECK ((number >= 0)),
    CONSTRAINT charter_published_has_effect CHECK (((NOT ((state)::text = 'published'::text)) OR (effective_at IS NOT NULL)))
);
ALTER TABLE public.charter_charterversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.charter_charterversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.charter_exclusion (
    id bigint NOT NULL,
    begins_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    objectives character varying(40)[] NOT NULL,
    team_ids bigint[] NOT NULL,
    reason jsonb NOT NULL,
    declared_by character varying(40) NOT NULL,
    declared_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT charter_exclusion_has_length CHECK ((ends_at > begins_at))
);
ALTER TABLE public.charter_exclusion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.charter_exclusion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.charter_figure (
    id bigint NOT NULL,
    objective character varying(40) NOT NULL,
    day date NOT NULL,
    kept integer NOT NULL,
    broken integer NOT NULL,
    excluded integer NOT NULL,
    version_id bigint NOT NULL
);
ALTER TABLE public.charter_figure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.charter_figure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.charter_owedremedy (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    kind character varying(10) NOT NULL,
    day smallint NOT NULL,
    amount numeric(20,4),
    currency character varying(3) NOT NULL,
    state character varying(10) NOT NULL,
    needs smallint NOT NULL,
    approved_by character varying(40)[] NOT NULL,
    refused_by character varying(40) NOT NULL,
    reason text NOT NULL,
    booked_as character varying(80) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    case_id bigint,
    contact_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    answer_id bigint,
    CONSTRAINT charter_owedremedy_day_check CHECK ((day >= 0)),
    CONSTRAINT charter_owedremedy_needs_check CHECK ((needs >= 0)),
    CONSTRAINT charter_remedy_for_one_promise CHECK ((((case_id IS NULL) OR (answer_id IS NULL)) AND (1 = (
CASE
    WHEN (case_id IS NULL) THEN 1
    ELSE 0
END +
CASE
    WHEN (answer_id IS NULL) THEN 1
    ELSE 0
END))))
);
ALTER TABLE public.charter_owedremedy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.charter_owedremedy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.comments_closed (
    id bigint NOT NULL,
    article_id bigint,
    category_id bigint,
    CONSTRAINT comments_closed_one CHECK ((((article_id IS NULL) OR (category_id IS NULL)) AND (1 = (
CASE
    WHEN (article_id IS NULL) THEN 1
    ELSE 0
END +
CASE
    WHEN (category_id IS NULL) THEN 1
    ELSE 0
END))))
);
ALTER TABLE public.comments_closed ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.comments_closed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.comments_comment (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    address character varying(254) NOT NULL,
    is_official boolean NOT NULL,
    body text NOT NULL,
    words text NOT NULL,
    state character varying(8) NOT NULL,
    reason character varying(8) NOT NULL,
    once character varying(80),
    created_at timestamp with time zone NOT NULL,
    shown_at timestamp with time zone,
    removed_at timestamp with time zone,
    removed_by character varying(40) NOT NULL,
    removed_why character varying(300) NOT NULL,
    author_id bigint,
    text_id bigint NOT NULL,
    votes integer DEFAULT 0 NOT NULL,
    CONSTRAINT comments_comment_votes_check CHECK ((votes >= 0))
);
ALTER TABLE public.comments_comment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.comments_comment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.comments_commentfollow (
    id bigint NOT NULL,
    address character varying(254) NOT NULL,
    is_on boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    profile_id bigint,
    text_id bigint NOT NULL,
    CONSTRAINT comments_follow_of_one CHECK ((((profile_id IS NULL) OR ((address)::text = ''::text)) AND (1 = (
CASE
    WHEN (profile_id IS NULL) THEN 1
    ELSE 0
END +
CASE
    WHEN ((address)::text = ''::text) THEN 1
    ELSE 0
END))))
);
ALTER TABLE public.comments_commentfollow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.comments_commentfollow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.comments_commentreport (
    id bigint NOT NULL,
    reason character varying(8) NOT NULL,
    words character varying(500) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_by character varying(40) NOT NULL,
    comment_id bigint NOT NULL,
    profile_id bigint NOT NULL
);
ALTER TABLE public.comments_commentreport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.comments_commentreport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.comments_commentterms (
    id bigint NOT NULL,
    open_to character varying(12) NOT NULL
);
ALTER TABLE public.comments_commentterms ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.comments_commentterms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.comments_commentvote (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    comment_id bigint NOT NULL,
    profile_id bigint NOT NULL
);
ALTER TABLE public.comments_commentvote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.comments_commentvote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_follow (
    id bigint NOT NULL,
    is_on boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    profile_id bigint NOT NULL,
    topic_id bigint NOT NULL
);
ALTER TABLE public.community_follow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_follow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_forum (
    id bigint NOT NULL,
    slug character varying(80) NOT NULL,
    names jsonb NOT NULL,
    intros jsonb NOT NULL,
    "position" integer NOT NULL,
    audience character varying(12) NOT NULL,
    organisation_ids bigint[] NOT NULL,
    is_open boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    brand_id bigint,
    CONSTRAINT community_forum_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.community_forum ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_forum_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_forumfollow (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    forum_id bigint NOT NULL,
    profile_id bigint NOT NULL
);
ALTER TABLE public.community_forumfollow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_forumfollow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_forumproposal (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    purpose character varying(300) NOT NULL,
    language character varying(5) NOT NULL,
    state character varying(8) NOT NULL,
    reason character varying(1000) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    decided_by character varying(40) NOT NULL,
    author_id bigint NOT NULL,
    forum_id bigint
);
ALTER TABLE public.community_forumproposal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_forumproposal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_forumterms (
    id bigint NOT NULL,
    known_after integer NOT NULL,
    regular_after integer NOT NULL,
    holds_new boolean NOT NULL,
    holds_links boolean NOT NULL,
    posts_per_hour integer NOT NULL,
    reports_hide integer NOT NULL,
    takes_proposals boolean DEFAULT true NOT NULL,
    CONSTRAINT community_forumterms_known_after_check CHECK ((known_after >= 0)),
    CONSTRAINT community_forumterms_posts_per_hour_check CHECK ((posts_per_hour >= 0)),
    CONSTRAINT community_forumterms_regular_after_check CHECK ((regular_after >= 0)),
    CONSTRAINT community_forumterms_reports_hide_check CHECK ((reports_hide >= 0))
);
ALTER TABLE public.community_forumterms ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_forumterms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_post (
    id bigint NOT NULL,
    is_first boolean NOT NULL,
    is_official boolean NOT NULL,
    body text NOT NULL,
    text text NOT NULL,
    state character varying(8) NOT NULL,
    reason character varying(8) NOT NULL,
    votes integer NOT NULL,
    once character varying(80),
    created_at timestamp with time zone NOT NULL,
    shown_at timestamp with time zone,
    edited_at timestamp with time zone,
    removed_at timestamp with time zone,
    removed_by character varying(40) NOT NULL,
    removed_why character varying(300) NOT NULL,
    author_id bigint NOT NULL,
    topic_id bigint NOT NULL,
    CONSTRAINT community_post_votes_check CHECK ((votes >= 0))
);
ALTER TABLE public.community_post ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_post_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_postfile (
    id bigint NOT NULL,
    filename character varying(255) NOT NULL,
    content_type character varying(150) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    post_id bigint NOT NULL,
    CONSTRAINT community_postfile_size_check CHECK ((size >= 0))
);
ALTER TABLE public.community_postfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_postfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_postreport (
    id bigint NOT NULL,
    reason character varying(8) NOT NULL,
    words character varying(500) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_by character varying(40) NOT NULL,
    post_id bigint NOT NULL,
    profile_id bigint NOT NULL
);
ALTER TABLE public.community_postreport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_postreport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_postversion (
    id bigint NOT NULL,
    title character varying(200) NOT NULL,
    body text NOT NULL,
    replaced_by character varying(40) NOT NULL,
    replaced_at timestamp with time zone NOT NULL,
    post_id bigint NOT NULL
);
ALTER TABLE public.community_postversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_postversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_profile (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    name_key character varying(60),
    mails boolean NOT NULL,
    after_erasure character varying(6) NOT NULL,
    shown integer NOT NULL,
    points integer NOT NULL,
    blocked_at timestamp with time zone,
    blocked_why character varying(300) NOT NULL,
    blocked_by character varying(40) NOT NULL,
    since timestamp with time zone NOT NULL,
    agent_id bigint,
    contact_id bigint,
    CONSTRAINT community_profile_of_one CHECK (((contact_id IS NULL) OR (agent_id IS NULL))),
    CONSTRAINT community_profile_shown_check CHECK ((shown >= 0))
);
ALTER TABLE public.community_profile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_profile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_queuenews (
    id bigint NOT NULL,
    told_at timestamp with time zone,
    is_open boolean NOT NULL
);
ALTER TABLE public.community_queuenews ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_queuenews_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_topic (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    title character varying(200) NOT NULL,
    language character varying(5) NOT NULL,
    tags character varying(40)[] NOT NULL,
    state character varying(8) NOT NULL,
    is_locked boolean NOT NULL,
    is_pinned boolean NOT NULL,
    answers integer NOT NULL,
    votes integer NOT NULL,
    last_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    accepted_id bigint,
    author_id bigint NOT NULL,
    forum_id bigint NOT NULL,
    merged_into_id bigint,
    CONSTRAINT community_topic_answers_check CHECK ((answers >= 0)),
    CONSTRAINT community_topic_votes_check CHECK ((votes >= 0))
);
ALTER TABLE public.community_topic ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_topic_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.community_vote (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    post_id bigint NOT NULL,
    profile_id bigint NOT NULL
);
ALTER TABLE public.community_vote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.community_vote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.complaints_complaint (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    level_since timestamp with time zone NOT NULL,
    is_independent boolean NOT NULL,
    acknowledged_at timestamp with time zone,
    is_decided boolean NOT NULL,
    made_at timestamp with time zone NOT NULL,
    about_id bigint,
    ticket_id bigint NOT NULL,
    level_id bigint
);
ALTER TABLE public.complaints_complaint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.complaints_complaint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.complaints_concerned (
    id bigint NOT NULL,
    agent_id bigint NOT NULL,
    complaint_id bigint NOT NULL
);
ALTER TABLE public.complaints_concerned ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.complaints_concerned_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.complaints_decision (
    id bigint NOT NULL,
    verdict character varying(10) NOT NULL,
    reasons text NOT NULL,
    in_time boolean,
    made_at timestamp with time zone NOT NULL,
    agent_id bigint NOT NULL,
    complaint_id bigint NOT NULL,
    level_id bigint
);
ALTER TABLE public.complaints_decision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.complaints_decision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.complaints_level (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    names jsonb NOT NULL,
    is_outside boolean NOT NULL,
    contact_name character varying(200) NOT NULL,
    email character varying(254) NOT NULL,
    phone character varying(60) NOT NULL,
    post text NOT NULL,
    website character varying(200) NOT NULL,
    is_active boolean NOT NULL,
    team_id bigint,
    CONSTRAINT complaints_inside_has_team CHECK ((is_outside OR (team_id IS NOT NULL))),
    CONSTRAINT complaints_level_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.complaints_level ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.complaints_level_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
COMMENT ON TABLE public.django_migrations IS '05aaf1e490597f6e39ff859d168b594c';
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
CREATE TABLE public.events_delivery (
    id bigint NOT NULL,
    event_id bigint NOT NULL,
    subject text NOT NULL,
    handler text NOT NULL,
    state character varying(8) NOT NULL,
    attempts smallint NOT NULL,
    next_try_at timestamp with time zone NOT NULL,
    error text NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    CONSTRAINT events_delivery_attempts_check CHECK ((attempts >= 0))
);
ALTER TABLE public.events_delivery ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_delivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_dropped (
    id bigint NOT NULL,
    what text NOT NULL,
    error text NOT NULL,
    reason text NOT NULL,
    actor text NOT NULL,
    dropped_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.events_dropped ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_dropped_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_event (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    cause_id bigint,
    txid xid8 DEFAULT pg_current_xact_id() NOT NULL,
    depth smallint DEFAULT 0 NOT NULL,
    code text NOT NULL,
    subject text NOT NULL,
    actor text NOT NULL,
    data jsonb DEFAULT '{}'::jsonb NOT NULL,
    facts jsonb
)
PARTITION BY RANGE (id);
CREATE SEQUENCE public.events_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.events_event_id_seq OWNED BY public.events_event.id;
CREATE TABLE public.events_event_0 (
    id bigint DEFAULT nextval('public.events_event_id_seq'::regclass) CONSTRAINT events_event_id_not_null NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() CONSTRAINT events_event_at_not_null NOT NULL,
    cause_id bigint,
    txid xid8 DEFAULT pg_current_xact_id() CONSTRAINT events_event_txid_not_null NOT NULL,
    depth smallint DEFAULT 0 CONSTRAINT events_event_depth_not_null NOT NULL,
    code text CONSTRAINT events_event_code_not_null NOT NULL,
    subject text CONSTRAINT events_event_subject_not_null NOT NULL,
    actor text CONSTRAINT events_event_actor_not_null NOT NULL,
    data jsonb DEFAULT '{}'::jsonb CONSTRAINT events_event_data_not_null NOT NULL,
    facts jsonb
);
CREATE TABLE public.events_event_1 (
    id bigint DEFAULT nextval('public.events_event_id_seq'::regclass) CONSTRAINT events_event_id_not_null NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() CONSTRAINT events_event_at_not_null NOT NULL,
    cause_id bigint,
    txid xid8 DEFAULT pg_current_xact_id() CONSTRAINT events_event_txid_not_null NOT NULL,
    depth smallint DEFAULT 0 CONSTRAINT events_event_depth_not_null NOT NULL,
    code text CONSTRAINT events_event_code_not_null NOT NULL,
    subject text CONSTRAINT events_event_subject_not_null NOT NULL,
    actor text CONSTRAINT events_event_actor_not_null NOT NULL,
    data jsonb DEFAULT '{}'::jsonb CONSTRAINT events_event_data_not_null NOT NULL,
    facts jsonb
);
CREATE TABLE public.events_event_default (
    id bigint DEFAULT nextval('public.events_event_id_seq'::regclass) CONSTRAINT events_event_id_not_null NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() CONSTRAINT events_event_at_not_null NOT NULL,
    cause_id bigint,
    txid xid8 DEFAULT pg_current_xact_id() CONSTRAINT events_event_txid_not_null NOT NULL,
    depth smallint DEFAULT 0 CONSTRAINT events_event_depth_not_null NOT NULL,
    code text CONSTRAINT events_event_code_not_null NOT NULL,
    subject text CONSTRAINT events_event_subject_not_null NOT NULL,
    actor text CONSTRAINT events_event_actor_not_null NOT NULL,
    data jsonb DEFAULT '{}'::jsonb CONSTRAINT events_event_data_not_null NOT NULL,
    facts jsonb
);
CREATE TABLE public.events_heartbeat (
    name character varying(100) NOT NULL,
    part character varying(20) NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    started_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state jsonb NOT NULL
);
CREATE TABLE public.events_joberror (
    job_id bigint NOT NULL,
    error text NOT NULL,
    at timestamp with time zone NOT NULL
);
CREATE TABLE public.events_reader (
    name character varying(60) NOT NULL,
    "position" text NOT NULL,
    target text NOT NULL,
    offset_id bigint NOT NULL,
    floor_id bigint NOT NULL,
    seen_id bigint NOT NULL,
    system_identifier text NOT NULL,
    moved_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
CREATE TABLE public.events_rule (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    slug character varying(100),
    "position" smallint NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    removed_at timestamp with time zone,
    CONSTRAINT events_rule_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.events_rule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_rule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_rulerun (
    id bigint NOT NULL,
    event_id bigint NOT NULL,
    subject text NOT NULL,
    matched boolean NOT NULL,
    values_used jsonb,
    done jsonb NOT NULL,
    error text NOT NULL,
    at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    version_id bigint NOT NULL,
    held text DEFAULT ''::text NOT NULL
);
ALTER TABLE public.events_rulerun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_rulerun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_ruleversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    body jsonb NOT NULL,
    active_from timestamp with time zone,
    active_until timestamp with time zone,
    actor text NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    rule_id bigint NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT events_ruleversion_number_check CHECK ((number >= 0))
);
ALTER TABLE public.events_ruleversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_ruleversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_timer (
    id bigint NOT NULL,
    key text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    try_at timestamp with time zone NOT NULL,
    operation text NOT NULL,
    subject text NOT NULL,
    actor text NOT NULL,
    args jsonb NOT NULL,
    cause_id bigint,
    depth smallint NOT NULL,
    state character varying(8) NOT NULL,
    attempts smallint NOT NULL,
    error text NOT NULL,
    CONSTRAINT events_timer_attempts_check CHECK ((attempts >= 0))
);
ALTER TABLE public.events_timer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_timer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_webhook (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    url text NOT NULL,
    codes text[] NOT NULL,
    team_ids bigint[] NOT NULL,
    sealed bytea NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    failing_since timestamp with time zone,
    failures integer NOT NULL,
    try_at timestamp with time zone,
    off_because text NOT NULL,
    CONSTRAINT events_webhook_failures_check CHECK ((failures >= 0))
);
ALTER TABLE public.events_webhook ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_webhook_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.events_webhookcall (
    id bigint NOT NULL,
    event_id bigint NOT NULL,
    code text NOT NULL,
    subject text NOT NULL,
    state character varying(9) NOT NULL,
    attempts smallint NOT NULL,
    next_try_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    tries jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    done_at timestamp with time zone,
    webhook_id bigint NOT NULL,
    CONSTRAINT events_webhookcall_attempts_check CHECK ((attempts >= 0))
);
ALTER TABLE public.events_webhookcall ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.events_webhookcall_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_article (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    audience character varying(12) NOT NULL,
    organisation_ids bigint[] NOT NULL,
    language character varying(5) NOT NULL,
    labels character varying(40)[] NOT NULL,
    "position" integer NOT NULL,
    review_on date,
    review_days integer NOT NULL,
    about character varying(40) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    owner_id bigint,
    category_id bigint NOT NULL,
    CONSTRAINT knowledge_article_position_check CHECK (("position" >= 0)),
    CONSTRAINT knowledge_article_review_days_check CHECK ((review_days >= 0))
);
ALTER TABLE public.knowledge_article ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_article_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_articlefile (
    id bigint NOT NULL,
    filename character varying(255) NOT NULL,
    content_type character varying(150) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    is_inline boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    article_id bigint NOT NULL,
    CONSTRAINT knowledge_articlefile_size_check CHECK ((size >= 0))
);
ALTER TABLE public.knowledge_articlefile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articlefile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_articletext (
    id bigint NOT NULL,
    language character varying(5) NOT NULL,
    slug character varying(120) NOT NULL,
    state character varying(10) NOT NULL,
    title character varying(200) NOT NULL,
    summary character varying(400) NOT NULL,
    body text NOT NULL,
    text text NOT NULL,
    is_live boolean NOT NULL,
    live_number integer NOT NULL,
    newest_number integer NOT NULL,
    source_number integer NOT NULL,
    published_at timestamp with time zone,
    changed_at timestamp with time zone NOT NULL,
    publish_at timestamp with time zone,
    helpful integer NOT NULL,
    unhelpful integer NOT NULL,
    views bigint NOT NULL,
    article_id bigint NOT NULL,
    CONSTRAINT knowledge_articletext_helpful_check CHECK ((helpful >= 0)),
    CONSTRAINT knowledge_articletext_live_number_check CHECK ((live_number >= 0)),
    CONSTRAINT knowledge_articletext_newest_number_check CHECK ((newest_number >= 0)),
    CONSTRAINT knowledge_articletext_source_number_check CHECK ((source_number >= 0)),
    CONSTRAINT knowledge_articletext_unhelpful_check CHECK ((unhelpful >= 0)),
    CONSTRAINT knowledge_articletext_views_check CHECK ((views >= 0))
);
ALTER TABLE public.knowledge_articletext ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articletext_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_articleversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    title character varying(200) NOT NULL,
    summary character varying(400) NOT NULL,
    body text NOT NULL,
    note character varying(300) NOT NULL,
    source_number integer NOT NULL,
    written_by character varying(40) NOT NULL,
    written_at timestamp with time zone NOT NULL,
    approved_by character varying(40) NOT NULL,
    approved_at timestamp with time zone,
    published_at timestamp with time zone,
    text_id bigint NOT NULL,
    CONSTRAINT knowledge_articleversion_number_check CHECK ((number >= 0)),
    CONSTRAINT knowledge_articleversion_source_number_check CHECK ((source_number >= 0))
);
ALTER TABLE public.knowledge_articleversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_articleversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_category (
    id bigint NOT NULL,
    slug character varying(80) NOT NULL,
    names jsonb NOT NULL,
    intros jsonb NOT NULL,
    "position" integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    brand_id bigint,
    parent_id bigint,
    audience character varying(12) DEFAULT 'public'::character varying NOT NULL,
    CONSTRAINT knowledge_category_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.knowledge_category ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_category_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_correction (
    id bigint NOT NULL,
    number integer NOT NULL,
    about character varying(40) NOT NULL,
    reason text NOT NULL,
    reported_by character varying(40) NOT NULL,
    due_on date NOT NULL,
    state character varying(10) NOT NULL,
    result text NOT NULL,
    ended_by character varying(40) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    article_id bigint NOT NULL,
    owner_id bigint,
    text_id bigint NOT NULL,
    CONSTRAINT knowledge_correction_number_check CHECK ((number >= 0))
);
ALTER TABLE public.knowledge_correction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_correction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_daycount (
    id bigint NOT NULL,
    day date NOT NULL,
    views integer DEFAULT 0 NOT NULL,
    helpful integer DEFAULT 0 NOT NULL,
    unhelpful integer DEFAULT 0 NOT NULL,
    taken integer DEFAULT 0 NOT NULL,
    text_id bigint NOT NULL,
    CONSTRAINT knowledge_daycount_helpful_check CHECK ((helpful >= 0)),
    CONSTRAINT knowledge_daycount_taken_check CHECK ((taken >= 0)),
    CONSTRAINT knowledge_daycount_unhelpful_check CHECK ((unhelpful >= 0)),
    CONSTRAINT knowledge_daycount_views_check CHECK ((views >= 0))
);
ALTER TABLE public.knowledge_daycount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_daycount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_feedback (
    id bigint NOT NULL,
    number integer NOT NULL,
    kind character varying(10) NOT NULL,
    words text NOT NULL,
    once character varying(64) NOT NULL,
    given_at timestamp with time zone NOT NULL,
    contact_id bigint,
    text_id bigint NOT NULL,
    CONSTRAINT knowledge_feedback_number_check CHECK ((number >= 0))
);
ALTER TABLE public.knowledge_feedback ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_feedback_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_redirect (
    id bigint NOT NULL,
    language character varying(5) NOT NULL,
    slug character varying(120) NOT NULL,
    category_id bigint,
    text_id bigint
);
ALTER TABLE public.knowledge_redirect ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_redirect_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.knowledge_taken (
    id bigint NOT NULL,
    form character varying(64) NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    asked_at timestamp with time zone,
    contact_id bigint,
    text_id bigint,
    marks integer[] DEFAULT '{}'::integer[] NOT NULL,
    source character varying(40) DEFAULT ''::character varying NOT NULL,
    visitor character varying(32) DEFAULT ''::character varying NOT NULL
);
ALTER TABLE public.knowledge_taken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.knowledge_taken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);
ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notices_announcement (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    texts jsonb NOT NULL,
    language character varying(8) NOT NULL,
    audience jsonb NOT NULL,
    is_contractual boolean NOT NULL,
    asks_receipt boolean NOT NULL,
    policy character varying(120) NOT NULL,
    version integer,
    effective_on date,
    state character varying(10) NOT NULL,
    send_at timestamp with time zone,
    "position" bigint NOT NULL,
    total integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    by character varying(80) NOT NULL,
    team_id bigint NOT NULL,
    CONSTRAINT notices_announcement_total_check CHECK ((total >= 0)),
    CONSTRAINT notices_announcement_version_check CHECK ((version >= 0))
);
ALTER TABLE public.notices_announcement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_announcement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notices_component (
    id bigint NOT NULL,
    names jsonb NOT NULL,
    "position" smallint NOT NULL,
    is_active boolean NOT NULL,
    CONSTRAINT notices_component_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.notices_component ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_component_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notices_incident (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    titles jsonb NOT NULL,
    impact character varying(8) NOT NULL,
    stage character varying(10) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone,
    ended_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    ticket_id bigint
);
CREATE TABLE public.notices_incident_components (
    id bigint NOT NULL,
    incident_id bigint NOT NULL,
    component_id bigint NOT NULL
);
ALTER TABLE public.notices_incident_components ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_incident_components_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.notices_incident ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_incident_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notices_incidentupdate (
    id bigint NOT NULL,
    stage character varying(10) NOT NULL,
    texts jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    told_up_to bigint NOT NULL,
    incident_id bigint NOT NULL
);
ALTER TABLE public.notices_incidentupdate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_incidentupdate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notices_noticechoice (
    id bigint NOT NULL,
    way character varying(6) NOT NULL,
    sms_consent_at timestamp with time zone,
    unsubscribed_at timestamp with time zone,
    unsubscribed_by character varying(6) NOT NULL,
    contact_id bigint NOT NULL
);
ALTER TABLE public.notices_noticechoice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_noticechoice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notices_recipient (
    id bigint NOT NULL,
    language character varying(8) NOT NULL,
    state character varying(8) NOT NULL,
    told_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    confirmed_at timestamp with time zone,
    announcement_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    outgoing_id bigint,
    sms_id bigint
);
ALTER TABLE public.notices_recipient ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_recipient_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.notices_statusfollower (
    id bigint NOT NULL,
    address character varying(320) NOT NULL,
    language character varying(8) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    incident_id bigint
);
ALTER TABLE public.notices_statusfollower ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.notices_statusfollower_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_agent (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    role character varying(20) NOT NULL,
    language character varying(8) NOT NULL,
    time_zone character varying(64) NOT NULL,
    capacity smallint NOT NULL,
    state character varying(10) NOT NULL,
    state_since timestamp with time zone NOT NULL,
    is_active boolean NOT NULL,
    login_id bigint NOT NULL,
    panes jsonb NOT NULL,
    free_role_id bigint,
    calendar_id bigint,
    kept_from character varying(40)[] DEFAULT '{}'::character varying(40)[] NOT NULL,
    CONSTRAINT people_agent_capacity_check CHECK ((capacity >= 0))
);
ALTER TABLE public.people_agent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_agent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_agent_skills (
    id bigint NOT NULL,
    agent_id bigint NOT NULL,
    skill_id bigint NOT NULL
);
ALTER TABLE public.people_agent_skills ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_agent_skills_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_agentlanguage (
    id bigint NOT NULL,
    language character varying(8) NOT NULL,
    level smallint NOT NULL,
    agent_id bigint NOT NULL,
    CONSTRAINT people_agentlanguage_level_check CHECK ((level >= 0))
);
ALTER TABLE public.people_agentlanguage ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_agentlanguage_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_apitoken (
    id bigint NOT NULL,
    kind character varying(6) NOT NULL,
    name character varying(100) NOT NULL,
    scopes character varying(40)[] NOT NULL,
    digest character varying(64) NOT NULL,
    hint character varying(8) NOT NULL,
    created_by character varying(60) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    login_id bigint NOT NULL,
    parent_id bigint
);
ALTER TABLE public.people_apitoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_apitoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_brand (
    id bigint NOT NULL,
    host character varying(253) NOT NULL,
    draft jsonb NOT NULL,
    published jsonb NOT NULL,
    published_at timestamp with time zone,
    origins character varying(300)[] NOT NULL,
    created_at timestamp with time zone NOT NULL
);
ALTER TABLE public.people_brand ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_brand_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_brandpicture (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    content_type character varying(20) NOT NULL,
    content bytea NOT NULL,
    sha256 character varying(64) NOT NULL,
    brand_id bigint NOT NULL
);
ALTER TABLE public.people_brandpicture ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_brandpicture_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_brandteam (
    id bigint NOT NULL,
    brand_id bigint NOT NULL,
    team_id bigint NOT NULL
);
ALTER TABLE public.people_brandteam ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_brandteam_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_contact (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    language character varying(8) NOT NULL,
    time_zone character varying(64) NOT NULL,
    note text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    erased_at timestamp with time zone,
    login_id bigint,
    organisation_id bigint,
    may_see_organisation boolean DEFAULT false NOT NULL,
    merged_into_id bigint
);
ALTER TABLE public.people_contact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_contact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_contactmerge (
    id bigint NOT NULL,
    identity_ids bigint[] NOT NULL,
    note_ids bigint[] NOT NULL,
    filled character varying(40)[] NOT NULL,
    merged_at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    contact_id bigint NOT NULL,
    merged_id bigint NOT NULL
);
ALTER TABLE public.people_contactmerge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_contactmerge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_customerchoice (
    id bigint NOT NULL,
    mails character varying(8) NOT NULL,
    contact_id bigint NOT NULL
);
ALTER TABLE public.people_customerchoice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_customerchoice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_duplicate (
    id bigint NOT NULL,
    reason character varying(10) NOT NULL,
    found_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    contact_id bigint NOT NULL,
    other_id bigint NOT NULL
);
ALTER TABLE public.people_duplicate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_duplicate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_erasurerequest (
    id bigint NOT NULL,
    receipt character varying(40) NOT NULL,
    state character varying(10) NOT NULL,
    answer text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    proof jsonb NOT NULL,
    contact_id bigint NOT NULL
);
ALTER TABLE public.people_erasurerequest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_erasurerequest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_identity (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    value character varying(320) NOT NULL,
    verified_at timestamp with time zone,
    contact_id bigint NOT NULL
);
ALTER TABLE public.people_identity ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_identity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_importrun (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    filename character varying(200) NOT NULL,
    data text NOT NULL,
    state character varying(10) NOT NULL,
    invites boolean NOT NULL,
    total integer NOT NULL,
    "position" integer NOT NULL,
    made integer NOT NULL,
    changed integer NOT NULL,
    same integer NOT NULL,
    refused integer NOT NULL,
    problems jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    agent_id bigint,
    CONSTRAINT people_importrun_changed_check CHECK ((changed >= 0)),
    CONSTRAINT people_importrun_made_check CHECK ((made >= 0)),
    CONSTRAINT people_importrun_position_check CHECK (("position" >= 0)),
    CONSTRAINT people_importrun_refused_check CHECK ((refused >= 0)),
    CONSTRAINT people_importrun_same_check CHECK ((same >= 0)),
    CONSTRAINT people_importrun_total_check CHECK ((total >= 0))
);
ALTER TABLE public.people_importrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_importrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_integration (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    agent_id bigint NOT NULL
);
ALTER TABLE public.people_integration ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_integration_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_invitation (
    id bigint NOT NULL,
    number integer NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    revoked_at timestamp with time zone,
    agent_id bigint NOT NULL,
    CONSTRAINT people_invitation_number_check CHECK ((number >= 0))
);
ALTER TABLE public.people_invitation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_invitation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_keptanswer (
    id bigint NOT NULL,
    key character varying(255) NOT NULL,
    request character varying(64) NOT NULL,
    status smallint NOT NULL,
    headers jsonb NOT NULL,
    body text NOT NULL,
    at timestamp with time zone NOT NULL,
    login_id bigint NOT NULL,
    CONSTRAINT people_keptanswer_status_check CHECK ((status >= 0))
);
ALTER TABLE public.people_keptanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_keptanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_login (
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    id bigint NOT NULL,
    email character varying(254) NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL
);
ALTER TABLE public.people_login ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_login_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_membership (
    id bigint NOT NULL,
    agent_id bigint NOT NULL,
    team_id bigint NOT NULL,
    role_id bigint
);
ALTER TABLE public.people_membership ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_membership_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_notice (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    about character varying(80) NOT NULL,
    data jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    agent_id bigint NOT NULL,
    wait_until timestamp with time zone,
    ways character varying(8)[]
);
ALTER TABLE public.people_notice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_organisation (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    domains character varying(253)[] NOT NULL,
    note text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    merged_into_id bigint
);
ALTER TABLE public.people_organisation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_organisation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_organisationmerge (
    id bigint NOT NULL,
    domains character varying(253)[] NOT NULL,
    contact_ids bigint[] NOT NULL,
    note_ids bigint[] NOT NULL,
    filled character varying(40)[] NOT NULL,
    merged_at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    merged_id bigint NOT NULL,
    organisation_id bigint NOT NULL
);
ALTER TABLE public.people_organisationmerge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_organisationmerge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_organisationsapart (
    id bigint NOT NULL,
    settled_at timestamp with time zone NOT NULL,
    organisation_id bigint NOT NULL,
    other_id bigint NOT NULL
);
ALTER TABLE public.people_organisationsapart ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_organisationsapart_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_personfield (
    id bigint NOT NULL,
    of character varying(12) NOT NULL,
    code character varying(40) NOT NULL,
    kind character varying(8) NOT NULL,
    name character varying(80) NOT NULL,
    names jsonb NOT NULL,
    choices character varying(80)[] NOT NULL,
    "position" smallint NOT NULL,
    retired_at timestamp with time zone,
    CONSTRAINT people_personfield_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.people_personfield ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_personfield_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_personfields (
    id bigint NOT NULL,
    "values" jsonb NOT NULL,
    contact_id bigint,
    organisation_id bigint,
    CONSTRAINT people_fields_about_one CHECK ((((contact_id IS NOT NULL) AND (organisation_id IS NULL)) OR ((contact_id IS NULL) AND (organisation_id IS NOT NULL))))
);
ALTER TABLE public.people_personfields ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_personfields_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_personnote (
    id bigint NOT NULL,
    text text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    author_id bigint,
    contact_id bigint,
    organisation_id bigint,
    CONSTRAINT people_note_about_one CHECK ((((contact_id IS NOT NULL) AND (organisation_id IS NULL)) OR ((contact_id IS NULL) AND (organisation_id IS NOT NULL))))
);
ALTER TABLE public.people_personnote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_personnote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_preferences (
    id bigint NOT NULL,
    ways jsonb NOT NULL,
    quiet_from time without time zone,
    quiet_until time without time zone,
    landing character varying(12) NOT NULL,
    agent_id bigint NOT NULL,
    stand_in_id bigint,
    CONSTRAINT people_nobody_stands_in_for_themselves CHECK (((stand_in_id IS NULL) OR (NOT ((stand_in_id = agent_id) AND (stand_in_id IS NOT NULL)))))
);
ALTER TABLE public.people_preferences ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_preferences_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_role (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    description character varying(300) NOT NULL,
    permissions character varying(40)[] NOT NULL
);
ALTER TABLE public.people_role ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_role_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_skill (
    id bigint NOT NULL,
    name character varying(80) NOT NULL
);
ALTER TABLE public.people_skill ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_skill_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.people_team (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    address character varying(254) NOT NULL,
    sender_name character varying(120) NOT NULL,
    signature text NOT NULL,
    cc_policy character varying(10) NOT NULL,
    language character varying(8) NOT NULL,
    is_public boolean NOT NULL,
    calendar_id bigint NOT NULL,
    skill_id bigint,
    signatures jsonb NOT NULL
);
ALTER TABLE public.people_team ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.people_team_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);
CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;
CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;
CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);
CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;
CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.quality_case (
    ticket_id bigint NOT NULL,
    applied_id bigint NOT NULL,
    state jsonb NOT NULL
);
CREATE TABLE public.quality_daily (
    id bigint NOT NULL,
    day date NOT NULL,
    team_id bigint NOT NULL,
    by character varying(8) NOT NULL,
    value character varying(50) NOT NULL,
    opened integer NOT NULL,
    replied integer NOT NULL,
    reply_s bigint NOT NULL,
    reply_kept integer NOT NULL,
    reply_late integer NOT NULL,
    solved integer NOT NULL,
    solve_s bigint NOT NULL,
    solve_kept integer NOT NULL,
    solve_late integer NOT NULL,
    flow integer NOT NULL
);
ALTER TABLE public.quality_daily ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quality_daily_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.quality_schedule (
    id bigint NOT NULL,
    measure character varying(10) NOT NULL,
    by character varying(8) NOT NULL,
    rhythm character varying(8) NOT NULL,
    "to" character varying(254)[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    agent_id bigint NOT NULL
);
ALTER TABLE public.quality_schedule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quality_schedule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.quality_spread (
    id bigint NOT NULL,
    day date NOT NULL,
    team_id bigint NOT NULL,
    by character varying(8) NOT NULL,
    value character varying(50) NOT NULL,
    what character varying(5) NOT NULL,
    bucket smallint NOT NULL,
    tickets integer NOT NULL
);
ALTER TABLE public.quality_spread ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.quality_spread_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.records_legalhold (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    subject_id bigint NOT NULL,
    reason character varying(500) NOT NULL,
    placed_by character varying(80) NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    lifted_by character varying(80) NOT NULL,
    lifted_at timestamp with time zone
);
ALTER TABLE public.records_legalhold ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.records_legalhold_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.records_retentionrule (
    id bigint NOT NULL,
    slug character varying(60),
    subject character varying(12) NOT NULL,
    action character varying(10) NOT NULL,
    days integer NOT NULL,
    types character varying(20)[] NOT NULL,
    is_active boolean NOT NULL,
    last_id bigint NOT NULL,
    ran_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT records_retentionrule_days_check CHECK ((days >= 0))
);
ALTER TABLE public.records_retentionrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.records_retentionrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.scanning_filescan (
    id bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    state character varying(10) NOT NULL,
    found character varying(200) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    scanned_at timestamp with time zone
);
ALTER TABLE public.scanning_filescan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.scanning_filescan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.search_counted (
    id smallint NOT NULL,
    document_id bigint NOT NULL,
    documents bigint NOT NULL,
    by_tag_id bigint DEFAULT 0 NOT NULL,
    CONSTRAINT search_counted_once CHECK ((id = 1))
);
CREATE TABLE public.search_document (
    id bigint NOT NULL,
    source text NOT NULL,
    part integer NOT NULL,
    parent text NOT NULL,
    tags text[] NOT NULL,
    language text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    length_norm double precision NOT NULL,
    vector tsvector NOT NULL,
    quality double precision DEFAULT 0.0 NOT NULL
);
ALTER TABLE ONLY public.search_document ALTER COLUMN vector SET STORAGE EXTERNAL;
ALTER TABLE public.search_document ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.search_document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.search_embedded (
    id smallint NOT NULL,
    name text NOT NULL,
    dimensions integer NOT NULL,
    newest bigint NOT NULL,
    oldest bigint NOT NULL,
    CONSTRAINT search_embedded_once CHECK ((id = 1))
);
CREATE TABLE public.search_meaning (
    document_id bigint NOT NULL,
    means real[]
);
CREATE TABLE public.search_missed (
    id bigint NOT NULL,
    month date NOT NULL,
    side character varying(10) NOT NULL,
    digest character varying(64) NOT NULL,
    language character varying(5) NOT NULL,
    words character varying(200) NOT NULL,
    outcome character varying(10) NOT NULL,
    times integer NOT NULL,
    askers character varying(64)[] NOT NULL,
    CONSTRAINT search_missed_times_check CHECK ((times >= 0))
);
ALTER TABLE public.search_missed ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.search_missed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.search_noted (
    id bigint NOT NULL,
    key text NOT NULL,
    is_parent boolean NOT NULL,
    attempts smallint NOT NULL,
    error text DEFAULT ''::text NOT NULL,
    noted_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL
);
ALTER TABLE public.search_noted ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.search_noted_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.search_rebuild (
    kind text NOT NULL,
    done_to bigint NOT NULL,
    up_to bigint NOT NULL,
    started_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    finished_at timestamp with time zone
);
CREATE TABLE public.search_synonyms (
    id bigint NOT NULL,
    language character varying(5) NOT NULL,
    words text[] NOT NULL,
    lexemes text[] NOT NULL
);
ALTER TABLE public.search_synonyms ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.search_synonyms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.search_tagword (
    tag text NOT NULL COLLATE pg_catalog."C",
    word text NOT NULL COLLATE pg_catalog."C",
    documents bigint NOT NULL
)
WITH (fillfactor='80');
CREATE TABLE public.search_word (
    word text NOT NULL COLLATE pg_catalog."C",
    documents bigint NOT NULL,
    is_plain boolean NOT NULL
)
WITH (fillfactor='80');
CREATE TABLE public.sla_channelhours (
    id bigint NOT NULL,
    channel character varying(20) NOT NULL,
    calendar_id bigint NOT NULL
);
ALTER TABLE public.sla_channelhours ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sla_channelhours_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sla_clock (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    target interval NOT NULL,
    state character varying(8) NOT NULL,
    used interval NOT NULL,
    started_at timestamp with time zone NOT NULL,
    running_since timestamp with time zone,
    due_at timestamp with time zone,
    warn_at timestamp with time zone,
    warned_at timestamp with time zone,
    stopped_at timestamp with time zone,
    breached_at timestamp with time zone,
    stretches jsonb NOT NULL,
    calendar_version_id bigint NOT NULL,
    policy_version_id bigint NOT NULL,
    promise_id bigint NOT NULL,
    round smallint DEFAULT 1 NOT NULL,
    warned_percent smallint DEFAULT 0 NOT NULL
);
ALTER TABLE public.sla_clock ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sla_clock_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sla_policy (
    id bigint NOT NULL,
    slug character varying(60),
    created_at timestamp with time zone NOT NULL
);
ALTER TABLE public.sla_policy ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sla_policy_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sla_policyversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    name character varying(120) NOT NULL,
    "position" smallint NOT NULL,
    types character varying(20)[] NOT NULL,
    priorities smallint[] NOT NULL,
    team_ids bigint[] NOT NULL,
    channels character varying(20)[] NOT NULL,
    languages character varying(8)[] NOT NULL,
    first_reply interval,
    resolution interval,
    pauses character varying(10)[] NOT NULL,
    active_from timestamp with time zone NOT NULL,
    active_until timestamp with time zone,
    calendar_id bigint,
    policy_id bigint NOT NULL,
    entitlements character varying(120)[] NOT NULL,
    next_reply interval,
    warnings smallint[] NOT NULL,
    answer interval,
    CONSTRAINT sla_policyversion_number_check CHECK ((number >= 0)),
    CONSTRAINT sla_policyversion_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.sla_policyversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sla_policyversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.sla_promise (
    ticket_id bigint NOT NULL,
    status character varying(10) NOT NULL,
    is_answered boolean NOT NULL,
    applied_id bigint NOT NULL,
    calendar_version_id bigint,
    policy_version_id bigint,
    asked_at timestamp with time zone
);
CREATE TABLE public.sla_wait (
    id bigint NOT NULL,
    about character varying(40) NOT NULL,
    channel character varying(20) NOT NULL,
    language character varying(8) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    ended_at timestamp with time zone,
    is_answered boolean NOT NULL,
    breached_at timestamp with time zone,
    calendar_version_id bigint,
    policy_version_id bigint,
    team_id bigint NOT NULL
);
ALTER TABLE public.sla_wait ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sla_wait_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.socialaccount_socialaccount (
    id integer NOT NULL,
    provider character varying(200) NOT NULL,
    uid character varying(191) NOT NULL,
    last_login timestamp with time zone NOT NULL,
    date_joined timestamp with time zone NOT NULL,
    extra_data jsonb NOT NULL,
    user_id bigint NOT NULL
);
ALTER TABLE public.socialaccount_socialaccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialaccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.socialaccount_socialapp (
    id integer NOT NULL,
    provider character varying(30) NOT NULL,
    name character varying(40) NOT NULL,
    client_id character varying(191) NOT NULL,
    secret character varying(191) NOT NULL,
    key character varying(191) NOT NULL,
    provider_id character varying(200) NOT NULL,
    settings jsonb NOT NULL
);
ALTER TABLE public.socialaccount_socialapp ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialapp_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.socialaccount_socialtoken (
    id integer NOT NULL,
    token text NOT NULL,
    token_secret text NOT NULL,
    expires_at timestamp with time zone,
    account_id integer NOT NULL,
    app_id integer
);
ALTER TABLE public.socialaccount_socialtoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.socialaccount_socialtoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surges_circular (
    id bigint NOT NULL,
    about character varying(40) NOT NULL,
    texts jsonb NOT NULL,
    first_language character varying(8) NOT NULL,
    once character varying(64) NOT NULL,
    state character varying(7) NOT NULL,
    total integer NOT NULL,
    sent integer NOT NULL,
    passed integer NOT NULL,
    said character varying(300) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    agent_id bigint NOT NULL,
    CONSTRAINT surges_circular_passed_check CHECK ((passed >= 0)),
    CONSTRAINT surges_circular_sent_check CHECK ((sent >= 0)),
    CONSTRAINT surges_circular_total_check CHECK ((total >= 0))
);
ALTER TABLE public.surges_circular ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surges_circular_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surges_circularticket (
    id bigint NOT NULL,
    state character varying(7) NOT NULL,
    circular_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    ticket_id bigint NOT NULL
);
ALTER TABLE public.surges_circularticket ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surges_circularticket_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surges_surge (
    id bigint NOT NULL,
    words character varying(80)[] NOT NULL,
    state character varying(10) NOT NULL,
    told character varying(300) NOT NULL,
    noticed_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL,
    decided_by character varying(40) NOT NULL,
    problem_id bigint,
    team_id bigint NOT NULL
);
ALTER TABLE public.surges_surge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surges_surge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surges_surgeterms (
    id bigint NOT NULL,
    tickets integer NOT NULL,
    minutes integer NOT NULL,
    CONSTRAINT surges_surgeterms_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT surges_surgeterms_tickets_check CHECK ((tickets >= 0))
);
ALTER TABLE public.surges_surgeterms ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surges_surgeterms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.surges_surgeticket (
    id bigint NOT NULL,
    state character varying(7) NOT NULL,
    surge_id bigint NOT NULL,
    ticket_id bigint NOT NULL
);
ALTER TABLE public.surges_surgeticket ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.surges_surgeticket_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_adoption (
    id bigint NOT NULL,
    merge_id bigint NOT NULL,
    ticket_ids bigint[] NOT NULL,
    message_ids bigint[] NOT NULL,
    adopted_at timestamp with time zone NOT NULL
);
ALTER TABLE public.tickets_adoption ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_adoption_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_articleuse (
    id bigint NOT NULL,
    number integer NOT NULL,
    used_by character varying(40) NOT NULL,
    used_at timestamp with time zone NOT NULL,
    text_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    CONSTRAINT tickets_articleuse_number_check CHECK ((number >= 0))
);
ALTER TABLE public.tickets_articleuse ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_articleuse_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_attachment (
    id bigint NOT NULL,
    filename character varying(255) NOT NULL,
    content_type character varying(150) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    content_id character varying(255) NOT NULL,
    is_inline boolean NOT NULL,
    redacted_at timestamp with time zone,
    draft_id bigint,
    message_id bigint,
    CONSTRAINT tickets_attachment_size_check CHECK ((size >= 0))
);
ALTER TABLE public.tickets_attachment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_attachment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_bulkitem (
    id bigint NOT NULL,
    state character varying(8) NOT NULL,
    before jsonb,
    ticket_id bigint NOT NULL,
    run_id bigint NOT NULL
);
ALTER TABLE public.tickets_bulkitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_bulkitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_bulkrun (
    id bigint NOT NULL,
    what character varying(60) NOT NULL,
    value character varying(500) NOT NULL,
    state character varying(8) NOT NULL,
    total integer NOT NULL,
    done integer NOT NULL,
    refused integer NOT NULL,
    undone integer NOT NULL,
    said character varying(300) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    agent_id bigint NOT NULL,
    CONSTRAINT tickets_bulkrun_done_check CHECK ((done >= 0)),
    CONSTRAINT tickets_bulkrun_refused_check CHECK ((refused >= 0)),
    CONSTRAINT tickets_bulkrun_total_check CHECK ((total >= 0)),
    CONSTRAINT tickets_bulkrun_undone_check CHECK ((undone >= 0))
);
ALTER TABLE public.tickets_bulkrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_bulkrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_checklistitem (
    id bigint NOT NULL,
    text character varying(300) NOT NULL,
    due_on date,
    done_at timestamp with time zone,
    assignee_id bigint,
    done_by_id bigint,
    ticket_id bigint NOT NULL
);
ALTER TABLE public.tickets_checklistitem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_checklistitem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_consent (
    id bigint NOT NULL,
    text text NOT NULL,
    given_at timestamp with time zone NOT NULL,
    agent_id bigint,
    contact_id bigint NOT NULL,
    message_id bigint,
    ticket_id bigint NOT NULL,
    signed_on date
);
ALTER TABLE public.tickets_consent ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_consent_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_copied (
    id bigint NOT NULL,
    address character varying(254) NOT NULL,
    name character varying(200) NOT NULL,
    ticket_id bigint NOT NULL
);
ALTER TABLE public.tickets_copied ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_copied_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_count (
    team_id bigint NOT NULL,
    status character varying(10) NOT NULL,
    assignee_id bigint,
    tickets bigint NOT NULL
);
CREATE TABLE public.tickets_countchange (
    team_id bigint NOT NULL,
    status character varying(10) NOT NULL,
    assignee_id bigint,
    change bigint NOT NULL
);
CREATE TABLE public.tickets_draft (
    id bigint NOT NULL,
    kind character varying(5) NOT NULL,
    body_html text NOT NULL,
    cc character varying(400)[] NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    agent_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    seen_id bigint,
    taken_up jsonb DEFAULT '{}'::jsonb NOT NULL
);
ALTER TABLE public.tickets_draft ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_draft_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_fieldfile (
    id bigint NOT NULL,
    attachment_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    field_id bigint NOT NULL
);
ALTER TABLE public.tickets_fieldfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_fieldfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_fieldmeasure (
    id bigint NOT NULL,
    value numeric(24,6) NOT NULL,
    ticket_id bigint NOT NULL,
    field_id bigint NOT NULL
);
ALTER TABLE public.tickets_fieldmeasure ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_fieldmeasure_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_fieldvalues (
    ticket_id bigint NOT NULL,
    data jsonb NOT NULL
);
CREATE TABLE public.tickets_follower (
    id bigint NOT NULL,
    agent_id bigint NOT NULL,
    ticket_id bigint NOT NULL
);
ALTER TABLE public.tickets_follower ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_follower_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_grade (
    id bigint NOT NULL,
    score smallint NOT NULL,
    comment text NOT NULL,
    way character varying(4) NOT NULL,
    solved_at timestamp with time zone NOT NULL,
    given_at timestamp with time zone NOT NULL,
    agent_id bigint,
    contact_id bigint NOT NULL,
    team_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    CONSTRAINT tickets_grade_score CHECK (((score >= 1) AND (score <= 5))),
    CONSTRAINT tickets_grade_score_check CHECK ((score >= 0))
);
ALTER TABLE public.tickets_grade ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_grade_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_gradeterms (
    id bigint NOT NULL,
    is_asked boolean NOT NULL,
    remind_after smallint[] NOT NULL,
    close_after smallint NOT NULL,
    words jsonb NOT NULL,
    team_id bigint,
    CONSTRAINT tickets_grade_terms_close CHECK ((close_after >= 1)),
    CONSTRAINT tickets_gradeterms_close_after_check CHECK ((close_after >= 0))
);
ALTER TABLE public.tickets_gradeterms ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_gradeterms_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_link (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    other_id bigint NOT NULL,
    ticket_id bigint NOT NULL
);
ALTER TABLE public.tickets_link ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_link_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_macro (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(5) NOT NULL,
    texts jsonb NOT NULL,
    condition jsonb NOT NULL,
    steps jsonb NOT NULL,
    is_active boolean NOT NULL,
    used integer NOT NULL,
    used_at timestamp with time zone,
    saved_at timestamp with time zone NOT NULL,
    agent_id bigint,
    team_id bigint,
    template character varying(60) DEFAULT ''::character varying NOT NULL,
    CONSTRAINT tickets_macro_used_check CHECK ((used >= 0))
);
ALTER TABLE public.tickets_macro ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_macro_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_merge (
    id bigint NOT NULL,
    message_ids bigint[] NOT NULL,
    copied character varying(320)[] NOT NULL,
    former_status character varying(10) NOT NULL,
    merged_at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    target_id bigint NOT NULL,
    ticket_id bigint NOT NULL
);
ALTER TABLE public.tickets_merge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_merge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_message (
    id bigint NOT NULL,
    direction character varying(4) NOT NULL,
    channel character varying(20) NOT NULL,
    author_name character varying(200) NOT NULL,
    author_address character varying(320) NOT NULL,
    "to" character varying(400)[] NOT NULL,
    cc character varying(400)[] NOT NULL,
    subject character varying(300) NOT NULL,
    body_text text NOT NULL,
    quoted_text text NOT NULL,
    body_html text NOT NULL,
    template character varying(60) NOT NULL,
    is_automatic boolean NOT NULL,
    once character varying(120),
    delivery character varying(12) NOT NULL,
    delivery_note character varying(500) NOT NULL,
    send_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    redacted_at timestamp with time zone,
    agent_id bigint,
    contact_id bigint,
    side_thread_id bigint,
    ticket_id bigint NOT NULL,
    resent smallint DEFAULT 0 NOT NULL
);
ALTER TABLE public.tickets_message ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE SEQUENCE public.tickets_number
    START WITH 1001
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
CREATE TABLE public.tickets_organisationadoption (
    id bigint NOT NULL,
    merge_id bigint NOT NULL,
    ticket_ids bigint[] NOT NULL,
    adopted_at timestamp with time zone NOT NULL
);
ALTER TABLE public.tickets_organisationadoption ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_organisationadoption_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_owntext (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    language character varying(8) NOT NULL,
    subject character varying(300) NOT NULL,
    text text NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    team_id bigint
);
ALTER TABLE public.tickets_owntext ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_owntext_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_passedover (
    id bigint NOT NULL,
    by character varying(40) NOT NULL,
    at timestamp with time zone NOT NULL,
    ticket_id bigint NOT NULL
);
ALTER TABLE public.tickets_passedover ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_passedover_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_refusalattempt (
    id bigint NOT NULL,
    actor character varying(60) NOT NULL,
    missing character varying(20)[] NOT NULL,
    explanation text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    agent_id bigint,
    consent_id bigint,
    grade_id bigint,
    message_id bigint,
    ticket_id bigint NOT NULL
);
ALTER TABLE public.tickets_refusalattempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_refusalattempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_requestform (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    names jsonb NOT NULL,
    intros jsonb NOT NULL,
    type character varying(20) NOT NULL,
    fields character varying(40)[] NOT NULL,
    is_public boolean NOT NULL,
    "position" integer NOT NULL,
    retired_at timestamp with time zone,
    team_id bigint NOT NULL,
    CONSTRAINT tickets_requestform_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.tickets_requestform ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_requestform_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_savedview (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    sharing character varying(4) NOT NULL,
    filter jsonb NOT NULL,
    columns character varying(48)[] NOT NULL,
    "grouping" character varying(20) NOT NULL,
    sorting character varying(20) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    owner_id bigint,
    team_id bigint
);
ALTER TABLE public.tickets_savedview ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_savedview_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_sidethread (
    id bigint NOT NULL,
    address character varying(254) NOT NULL,
    subject character varying(300) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    ticket_id bigint NOT NULL
);
ALTER TABLE public.tickets_sidethread ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_sidethread_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_snooze (
    id bigint NOT NULL,
    until timestamp with time zone,
    since timestamp with time zone NOT NULL,
    agent_id bigint,
    ticket_id bigint NOT NULL
);
ALTER TABLE public.tickets_snooze ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_snooze_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE VIEW public.tickets_statuscount AS
 SELECT ((((team_id || ':'::text) || (status)::text) || ':'::text) || COALESCE(assignee_id, (0)::bigint)) AS id,
    team_id,
    status,
    assignee_id,
    (sum(tickets))::bigint AS tickets
   FROM ( SELECT tickets_count.team_id,
            tickets_count.status,
            tickets_count.assignee_id,
            tickets_count.tickets
           FROM public.tickets_count
        UNION ALL
         SELECT tickets_countchange.team_id,
            tickets_countchange.status,
            tickets_countchange.assignee_id,
            tickets_countchange.change
           FROM public.tickets_countchange) parts
  GROUP BY team_id, status, assignee_id
 HAVING (sum(tickets) <> (0)::numeric);
CREATE TABLE public.tickets_tag (
    id bigint NOT NULL,
    name character varying(50) NOT NULL,
    description character varying(300) NOT NULL,
    becoming character varying(50),
    created_at timestamp with time zone NOT NULL
);
ALTER TABLE public.tickets_tag ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_tag_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_template (
    id bigint NOT NULL,
    code character varying(50) NOT NULL,
    name character varying(120) NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    removed_at timestamp with time zone
);
ALTER TABLE public.tickets_template ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_template_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_templateversion (
    id bigint NOT NULL,
    number integer NOT NULL,
    texts jsonb NOT NULL,
    actor text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    template_id bigint NOT NULL,
    CONSTRAINT tickets_templateversion_number_check CHECK ((number >= 0))
);
ALTER TABLE public.tickets_templateversion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_templateversion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_ticket (
    id bigint NOT NULL,
    number bigint DEFAULT nextval('public.tickets_number'::regclass) NOT NULL,
    subject character varying(300) NOT NULL,
    status character varying(10) NOT NULL,
    status_reason character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    priority smallint NOT NULL,
    tags character varying(50)[] NOT NULL,
    language character varying(8) NOT NULL,
    channel character varying(20) NOT NULL,
    solution text NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    assigned_at timestamp with time zone,
    first_replied_at timestamp with time zone,
    last_message_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone,
    promised_at timestamp with time zone,
    solved_at timestamp with time zone,
    closed_at timestamp with time zone,
    assignee_id bigint,
    contact_id bigint NOT NULL,
    merged_into_id bigint,
    organisation_id bigint,
    team_id bigint NOT NULL,
    CONSTRAINT tickets_ticket_priority_check CHECK ((priority >= 0))
);
ALTER TABLE public.tickets_ticket ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_ticket_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_ticketfield (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    kind character varying(10) NOT NULL,
    labels jsonb NOT NULL,
    helps jsonb NOT NULL,
    choices jsonb NOT NULL,
    types character varying(20)[] NOT NULL,
    is_public boolean NOT NULL,
    is_editable boolean NOT NULL,
    required character varying(6) NOT NULL,
    "position" integer NOT NULL,
    retired_at timestamp with time zone,
    depends_on_id bigint,
    CONSTRAINT tickets_ticketfield_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.tickets_ticketfield ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_ticketfield_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_topiclink (
    id bigint NOT NULL,
    origin character varying(6) NOT NULL,
    made_by character varying(40) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    ticket_id bigint NOT NULL,
    topic_id bigint NOT NULL
);
ALTER TABLE public.tickets_topiclink ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_topiclink_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.tickets_viewplace (
    id bigint NOT NULL,
    is_pinned boolean NOT NULL,
    is_hidden boolean NOT NULL,
    "position" integer NOT NULL,
    agent_id bigint NOT NULL,
    view_id bigint NOT NULL,
    CONSTRAINT tickets_viewplace_position_check CHECK (("position" >= 0))
);
ALTER TABLE public.tickets_viewplace ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.tickets_viewplace_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE ONLY public.events_event ATTACH PARTITION public.events_event_0 FOR VALUES FROM ('0') TO ('10000000');
ALTER TABLE ONLY public.events_event ATTACH PARTITION public.events_event_1 FOR VALUES FROM ('10000000') TO ('20000000');
ALTER TABLE ONLY public.events_event ATTACH PARTITION public.events_event_default DEFAULT;
ALTER TABLE ONLY public.events_event ALTER COLUMN id SET DEFAULT nextval('public.events_event_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);
ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);
INSERT INTO public.auth_permission VALUES
	(1, 'Can add permission', 1, 'add_permission'),
	(2, 'Can change permission', 1, 'change_permission'),
	(3, 'Can delete permission', 1, 'delete_permission'),
	(4, 'Can view permission', 1, 'view_permission'),
	(5, 'Can add group', 2, 'add_group'),
	(6, 'Can change group', 2, 'change_group'),
	(7, 'Can delete group', 2, 'delete_group'),
	(8, 'Can view group', 2, 'view_group'),
	(9, 'Can add content type', 3, 'add_contenttype'),
	(10, 'Can change content type', 3, 'change_contenttype'),
	(11, 'Can delete content type', 3, 'delete_contenttype'),
	(12, 'Can view content type', 3, 'view_contenttype'),
	(13, 'Can add session', 4, 'add_session'),
	(14, 'Can change session', 4, 'change_session'),
	(15, 'Can delete session', 4, 'delete_session'),
	(16, 'Can view session', 4, 'view_session'),
	(17, 'Can add email address', 5, 'add_emailaddress'),
	(18, 'Can change email address', 5, 'change_emailaddress'),
	(19, 'Can delete email address', 5, 'delete_emailaddress'),
	(20, 'Can view email address', 5, 'view_emailaddress'),
	(21, 'Can add email confirmation', 6, 'add_emailconfirmation'),
	(22, 'Can change email confirmation', 6, 'change_emailconfirmation'),
	(23, 'Can delete email confirmation', 6, 'delete_emailconfirmation'),
	(24, 'Can view email confirmation', 6, 'view_emailconfirmation'),
	(25, 'Can add authenticator', 7, 'add_authenticator'),
	(26, 'Can change authenticator', 7, 'change_authenticator'),
	(27, 'Can delete authenticator', 7, 'delete_authenticator'),
	(28, 'Can view authenticator', 7, 'view_authenticator'),
	(29, 'Can add social account', 8, 'add_socialaccount'),
	(30, 'Can change social account', 8, 'change_socialaccount'),
	(31, 'Can delete social account', 8, 'delete_socialaccount'),
	(32, 'Can view social account', 8, 'view_socialaccount'),
	(33, 'Can add social application', 9, 'add_socialapp'),
	(34, 'Can change social application', 9, 'change_socialapp'),
	(35, 'Can delete social application', 9, 'delete_socialapp'),
	(36, 'Can view social application', 9, 'view_socialapp'),
	(37, 'Can add social application token', 10, 'add_socialtoken'),
	(38, 'Can change social application token', 10, 'change_socialtoken'),
	(39, 'Can delete social application token', 10, 'delete_socialtoken'),
	(40, 'Can view social application token', 10, 'view_socialtoken'),
	(41, 'Can add procrastinate event', 11, 'add_procrastinateevent'),
	(42, 'Can change procrastinate event', 11, 'change_procrastinateevent'),
	(43, 'Can delete procrastinate event', 11, 'delete_procrastinateevent'),
	(44, 'Can view procrastinate event', 11, 'view_procrastinateevent'),
	(45, 'Can add procrastinate job', 12, 'add_procrastinatejob'),
	(46, 'Can change procrastinate job', 12, 'change_procrastinatejob'),
	(47, 'Can delete procrastinate job', 12, 'delete_procrastinatejob'),
	(48, 'Can view procrastinate job', 12, 'view_procrastinatejob'),
	(49, 'Can add procrastinate periodic defer', 13, 'add_procrastinateperiodicdefer'),
	(50, 'Can change procrastinate periodic defer', 13, 'change_procrastinateperiodicdefer'),
	(51, 'Can delete procrastinate periodic defer', 13, 'delete_procrastinateperiodicdefer'),
	(52, 'Can view procrastinate periodic defer', 13, 'view_procrastinateperiodicdefer'),
	(53, 'Can add procrastinate worker', 14, 'add_procrastinateworker'),
	(54, 'Can change procrastinate worker', 14, 'change_procrastinateworker'),
	(55, 'Can delete procrastinate worker', 14, 'delete_procrastinateworker'),
	(56, 'Can view procrastinate worker', 14, 'view_procrastinateworker'),
	(57, 'Can add dropped', 15, 'add_dropped'),
	(58, 'Can change dropped', 15, 'change_dropped'),
	(59, 'Can delete dropped', 15, 'delete_dropped'),
	(60, 'Can view dropped', 15, 'view_dropped'),
	(61, 'Can add heartbeat', 16, 'add_heartbeat'),
	(62, 'Can change heartbeat', 16, 'change_heartbeat'),
	(63, 'Can delete heartbeat', 16, 'delete_heartbeat'),
	(64, 'Can view heartbeat', 16, 'view_heartbeat'),
	(65, 'Can add job error', 17, 'add_joberror'),
	(66, 'Can change job error', 17, 'change_joberror'),
	(67, 'Can delete job error', 17, 'delete_joberror'),
	(68, 'Can view job error', 17, 'view_joberror'),
	(69, 'Can add logged event', 18, 'add_loggedevent'),
	(70, 'Can change logged event', 18, 'change_loggedevent'),
	(71, 'Can delete logged event', 18, 'delete_loggedevent'),
	(72, 'Can view logged event', 18, 'view_loggedevent'),
	(73, 'Can add reader', 19, 'add_reader'),
	(74, 'Can change reader', 19, 'change_reader'),
	(75, 'Can delete reader', 19, 'delete_reader'),
	(76, 'Can view reader', 19, 'view_reader'),
	(77, 'Can add rule', 20, 'add_rule'),
	(78, 'Can change rule', 20, 'change_rule'),
	(79, 'Can delete rule', 20, 'delete_rule'),
	(80, 'Can view rule', 20, 'view_rule'),
	(81, 'Can add delivery', 21, 'add_delivery'),
	(82, 'Can change delivery', 21, 'change_delivery'),
	(83, 'Can delete delivery', 21, 'delete_delivery'),
	(84, 'Can view delivery', 21, 'view_delivery'),
	(85, 'Can add rule version', 22, 'add_ruleversion'),
	(86, 'Can change rule version', 22, 'change_ruleversion'),
	(87, 'Can delete rule version', 22, 'delete_ruleversion'),
	(88, 'Can view rule version', 22, 'view_ruleversion'),
	(89, 'Can add rule run', 23, 'add_rulerun'),
	(90, 'Can change rule run', 23, 'change_rulerun'),
	(91, 'Can delete rule run', 23, 'delete_rulerun'),
	(92, 'Can view rule run', 23, 'view_rulerun'),
	(93, 'Can add timer', 24, 'add_timer'),
	(94, 'Can change timer', 24, 'change_timer'),
	(95, 'Can delete timer', 24, 'delete_timer'),
	(96, 'Can view timer', 24, 'view_timer'),
	(97, 'Can add webhook', 25, 'add_webhook'),
	(98, 'Can change webhook', 25, 'change_webhook'),
	(99, 'Can delete webhook', 25, 'delete_webhook'),
	(100, 'Can view webhook', 25, 'view_webhook'),
	(101, 'Can add webhook call', 26, 'add_webhookcall'),
	(102, 'Can change webhook call', 26, 'change_webhookcall'),
	(103, 'Can delete webhook call', 26, 'delete_webhookcall'),
	(104, 'Can view webhook call', 26, 'view_webhookcall'),
	(105, 'Can add file scan', 27, 'add_filescan'),
	(106, 'Can change file scan', 27, 'change_filescan'),
	(107, 'Can delete file scan', 27, 'delete_filescan'),
	(108, 'Can view file scan', 27, 'view_filescan'),
	(109, 'Can add noted', 28, 'add_noted'),
	(110, 'Can change noted', 28, 'change_noted'),
	(111, 'Can delete noted', 28, 'delete_noted'),
	(112, 'Can view noted', 28, 'view_noted'),
	(113, 'Can add rebuild', 29, 'add_rebuild'),
	(114, 'Can change rebuild', 29, 'change_rebuild'),
	(115, 'Can delete rebuild', 29, 'delete_rebuild'),
	(116, 'Can view rebuild', 29, 'view_rebuild'),
	(117, 'Can add word', 30, 'add_word'),
	(118, 'Can change word', 30, 'change_word'),
	(119, 'Can delete word', 30, 'delete_word'),
	(120, 'Can view word', 30, 'view_word'),
	(121, 'Can add counted', 31, 'add_counted'),
	(122, 'Can change counted', 31, 'change_counted'),
	(123, 'Can delete counted', 31, 'delete_counted'),
	(124, 'Can view counted', 31, 'view_counted'),
	(125, 'Can add document', 32, 'add_document'),
	(126, 'Can change document', 32, 'change_document'),
	(127, 'Can delete document', 32, 'delete_document'),
	(128, 'Can view document', 32, 'view_document'),
	(129, 'Can add tag word', 33, 'add_tagword'),
	(130, 'Can change tag word', 33, 'change_tagword'),
	(131, 'Can delete tag word', 33, 'delete_tagword'),
	(132, 'Can view tag word', 33, 'view_tagword'),
	(133, 'Can add synonyms', 34, 'add_synonyms'),
	(134, 'Can change synonyms', 34, 'change_synonyms'),
	(135, 'Can delete synonyms', 34, 'delete_synonyms'),
	(136, 'Can view synonyms', 34, 'view_synonyms'),
	(137, 'Can add missed', 35, 'add_missed'),
	(138, 'Can change missed', 35, 'change_missed'),
	(139, 'Can delete missed', 35, 'delete_missed'),
	(140, 'Can view missed', 35, 'view_missed'),
	(141, 'Can add embedded', 36, 'add_embedded'),
	(142, 'Can change embedded', 36, 'change_embedded'),
	(143, 'Can delete embedded', 36, 'delete_embedded'),
	(144, 'Can view embedded', 36, 'view_embedded'),
	(145, 'Can add meaning', 37, 'add_meaning'),
	(146, 'Can change meaning', 37, 'change_meaning'),
	(147, 'Can delete meaning', 37, 'delete_meaning'),
	(148, 'Can view meaning', 37, 'view_meaning'),
	(149, 'Can add business calendar', 38, 'add_businesscalendar'),
	(150, 'Can change business calendar', 38, 'change_businesscalendar'),
	(151, 'Can delete business calendar', 38, 'delete_businesscalendar'),
	(152, 'Can view business calendar', 38, 'view_businesscalendar'),
	(153, 'Can add calendar version', 39, 'add_calendarversion'),
	(154, 'Can change calendar version', 39, 'change_calendarversion'),
	(155, 'Can delete calendar version', 39, 'delete_calendarversion'),
	(156, 'Can view calendar version', 39, 'view_calendarversion'),
	(157, 'Can add login', 40, 'add_login'),
	(158, 'Can change login', 40, 'change_login'),
	(159, 'Can delete login', 40, 'delete_login'),
	(160, 'Can view login', 40, 'view_login'),
	(161, 'Can add skill', 41, 'add_skill'),
	(162, 'Can change skill', 41, 'change_skill'),
	(163, 'Can delete skill', 41, 'delete_skill'),
	(164, 'Can view skill', 41, 'view_skill'),
	(165, 'Can add agent', 42, 'add_agent'),
	(166, 'Can change agent', 42, 'change_agent'),
	(167, 'Can delete agent', 42, 'delete_agent'),
	(168, 'Can view agent', 42, 'view_agent'),
	(169, 'Can add organisation', 43, 'add_organisation'),
	(170, 'Can change organisation', 43, 'change_organisation'),
	(171, 'Can delete organisation', 43, 'delete_organisation'),
	(172, 'Can view organisation', 43, 'view_organisation'),
	(173, 'Can add contact', 44, 'add_contact'),
	(174, 'Can change contact', 44, 'change_contact'),
	(175, 'Can delete contact', 44, 'delete_contact'),
	(176, 'Can view contact', 44, 'view_contact'),
	(177, 'Can add team', 45, 'add_team'),
	(178, 'Can change team', 45, 'change_team'),
	(179, 'Can delete team', 45, 'delete_team'),
	(180, 'Can view team', 45, 'view_team'),
	(181, 'Can add membership', 46, 'add_membership'),
	(182, 'Can change membership', 46, 'change_membership'),
	(183, 'Can delete membership', 46, 'delete_membership'),
	(184, 'Can view membership', 46, 'view_membership'),
	(185, 'Can add agent language', 47, 'add_agentlanguage'),
	(186, 'Can change agent language', 47, 'change_agentlanguage'),
	(187, 'Can delete agent language', 47, 'delete_agentlanguage'),
	(188, 'Can view agent language', 47, 'view_agentlanguage'),
	(189, 'Can add identity', 48, 'add_identity'),
	(190, 'Can change identity', 48, 'change_identity'),
	(191, 'Can delete identity', 48, 'delete_identity'),
	(192, 'Can view identity', 48, 'view_identity'),
	(193, 'Can add notice', 49, 'add_notice'),
	(194, 'Can change notice', 49, 'change_notice'),
	(195, 'Can delete notice', 49, 'delete_notice'),
	(196, 'Can view notice', 49, 'view_notice'),
	(197, 'Can add role', 50, 'add_role'),
	(198, 'Can change role', 50, 'change_role'),
	(199, 'Can delete role', 50, 'delete_role'),
	(200, 'Can view role', 50, 'view_role'),
	(201, 'Can add integration', 51, 'add_integration'),
	(202, 'Can change integration', 51, 'change_integration'),
	(203, 'Can delete integration', 51, 'delete_integration'),
	(204, 'Can view integration', 51, 'view_integration'),
	(205, 'Can add api token', 52, 'add_apitoken'),
	(206, 'Can change api token', 52, 'change_apitoken'),
	(207, 'Can delete api token', 52, 'delete_apitoken'),
	(208, 'Can view api token', 52, 'view_apitoken'),
	(209, 'Can add kept answer', 53, 'add_keptanswer'),
	(210, 'Can change kept answer', 53, 'change_keptanswer'),
	(211, 'Can delete kept answer', 53, 'delete_keptanswer'),
	(212, 'Can view kept answer', 53, 'view_keptanswer'),
	(213, 'Can add person field', 54, 'add_personfield'),
	(214, 'Can change person field', 54, 'change_personfield'),
	(215, 'Can delete person field', 54, 'delete_personfield'),
	(216, 'Can view person field', 54, 'view_personfield'),
	(217, 'Can add contact merge', 55, 'add_contactmerge'),
	(218, 'Can change contact merge', 55, 'change_contactmerge'),
	(219, 'Can delete contact merge', 55, 'delete_contactmerge'),
	(220, 'Can view contact merge', 55, 'view_contactmerge'),
	(221, 'Can add duplicate', 56, 'add_duplicate'),
	(222, 'Can change duplicate', 56, 'change_duplicate'),
	(223, 'Can delete duplicate', 56, 'delete_duplicate'),
	(224, 'Can view duplicate', 56, 'view_duplicate'),
	(225, 'Can add person fields', 57, 'add_personfields'),
	(226, 'Can change person fields', 57, 'change_personfields'),
	(227, 'Can delete person fields', 57, 'delete_personfields'),
	(228, 'Can view person fields', 57, 'view_personfields'),
	(229, 'Can add person note', 58, 'add_personnote'),
	(230, 'Can change person note', 58, 'change_personnote'),
	(231, 'Can delete person note', 58, 'delete_personnote'),
	(232, 'Can view person note', 58, 'view_personnote'),
	(233, 'Can add preferences', 59, 'add_preferences'),
	(234, 'Can change preferences', 59, 'change_preferences'),
	(235, 'Can delete preferences', 59, 'delete_preferences'),
	(236, 'Can view preferences', 59, 'view_preferences'),
	(237, 'Can add brand', 60, 'add_brand'),
	(238, 'Can change brand', 60, 'change_brand'),
	(239, 'Can delete brand', 60, 'delete_brand'),
	(240, 'Can view brand', 60, 'view_brand'),
	(241, 'Can add brand team', 61, 'add_brandteam'),
	(242, 'Can change brand team', 61, 'change_brandteam'),
	(243, 'Can delete brand team', 61, 'delete_brandteam'),
	(244, 'Can view brand team', 61, 'view_brandteam'),
	(245, 'Can add brand picture', 62, 'add_brandpicture'),
	(246, 'Can change brand picture', 62, 'change_brandpicture'),
	(247, 'Can delete brand picture', 62, 'delete_brandpicture'),
	(248, 'Can view brand picture', 62, 'view_brandpicture'),
	(249, 'Can add customer choice', 63, 'add_customerchoice'),
	(250, 'Can change customer choice', 63, 'change_customerchoice'),
	(251, 'Can delete customer choice', 63, 'delete_customerchoice'),
	(252, 'Can view customer choice', 63, 'view_customerchoice'),
	(253, 'Can add erasure request', 64, 'add_erasurerequest'),
	(254, 'Can change erasure request', 64, 'change_erasurerequest'),
	(255, 'Can delete erasure request', 64, 'delete_erasurerequest'),
	(256, 'Can view erasure request', 64, 'view_erasurerequest'),
	(257, 'Can add import run', 65, 'add_importrun'),
	(258, 'Can change import run', 65, 'change_importrun'),
	(259, 'Can delete import run', 65, 'delete_importrun'),
	(260, 'Can view import run', 65, 'view_importrun'),
	(261, 'Can add invitation', 66, 'add_invitation'),
	(262, 'Can change invitation', 66, 'change_invitation'),
	(263, 'Can delete invitation', 66, 'delete_invitation'),
	(264, 'Can view invitation', 66, 'view_invitation'),
	(265, 'Can add organisation merge', 67, 'add_organisationmerge'),
	(266, 'Can change organisation merge', 67, 'change_organisationmerge'),
	(267, 'Can delete organisation merge', 67, 'delete_organisationmerge'),
	(268, 'Can view organisation merge', 67, 'view_organisationmerge'),
	(269, 'Can add organisations apart', 68, 'add_organisationsapart'),
	(270, 'Can change organisations apart', 68, 'change_organisationsapart'),
	(271, 'Can delete organisations apart', 68, 'delete_organisationsapart'),
	(272, 'Can view organisations apart', 68, 'view_organisationsapart'),
	(273, 'Can add identity provider', 69, 'add_identityprovider'),
	(274, 'Can change identity provider', 69, 'change_identityprovider'),
	(275, 'Can delete identity provider', 69, 'delete_identityprovider'),
	(276, 'Can view identity provider', 69, 'view_identityprovider'),
	(277, 'Can add tries', 70, 'add_tries'),
	(278, 'Can change tries', 70, 'change_tries'),
	(279, 'Can delete tries', 70, 'delete_tries'),
	(280, 'Can view tries', 70, 'view_tries'),
	(281, 'Can add external id', 71, 'add_externalid'),
	(282, 'Can change external id', 71, 'change_externalid'),
	(283, 'Can delete external id', 71, 'delete_externalid'),
	(284, 'Can view external id', 71, 'view_externalid'),
	(285, 'Can add sign in policy', 72, 'add_signinpolicy'),
	(286, 'Can change sign in policy', 72, 'change_signinpolicy'),
	(287, 'Can delete sign in policy', 72, 'delete_signinpolicy'),
	(288, 'Can view sign in policy', 72, 'view_signinpolicy'),
	(289, 'Can add open session', 73, 'add_opensession'),
	(290, 'Can change open session', 73, 'change_opensession'),
	(291, 'Can delete open session', 73, 'delete_opensession'),
	(292, 'Can view open session', 73, 'view_opensession'),
	(293, 'Can add account', 74, 'add_account'),
	(294, 'Can change account', 74, 'change_account'),
	(295, 'Can delete account', 74, 'delete_account'),
	(296, 'Can view account', 74, 'view_account'),
	(297, 'Can add balance', 75, 'add_balance'),
	(298, 'Can change balance', 75, 'change_balance'),
	(299, 'Can delete balance', 75, 'delete_balance'),
	(300, 'Can view balance', 75, 'view_balance'),
	(301, 'Can add booking', 76, 'add_booking'),
	(302, 'Can change booking', 76, 'change_booking'),
	(303, 'Can delete booking', 76, 'delete_booking'),
	(304, 'Can view booking', 76, 'view_booking'),
	(305, 'Can add entry', 77, 'add_entry'),
	(306, 'Can change entry', 77, 'change_entry'),
	(307, 'Can delete entry', 77, 'delete_entry'),
	(308, 'Can view entry', 77, 'view_entry'),
	(309, 'Can add order source', 78, 'add_ordersource'),
	(310, 'Can change order source', 78, 'change_ordersource'),
	(311, 'Can delete order source', 78, 'delete_ordersource'),
	(312, 'Can view order source', 78, 'view_ordersource'),
	(313, 'Can add offer', 79, 'add_offer'),
	(314, 'Can change offer', 79, 'change_offer'),
	(315, 'Can delete offer', 79, 'delete_offer'),
	(316, 'Can view offer', 79, 'view_offer'),
	(317, 'Can add contract', 80, 'add_contract'),
	(318, 'Can change contract', 80, 'change_contract'),
	(319, 'Can delete contract', 80, 'delete_contract'),
	(320, 'Can view contract', 80, 'view_contract'),
	(321, 'Can add order', 81, 'add_order'),
	(322, 'Can change order', 81, 'change_order'),
	(323, 'Can delete order', 81, 'delete_order'),
	(324, 'Can view order', 81, 'view_order'),
	(325, 'Can add order line', 82, 'add_orderline'),
	(326, 'Can change order line', 82, 'change_orderline'),
	(327, 'Can delete order line', 82, 'delete_orderline'),
	(328, 'Can view order line', 82, 'view_orderline'),
	(329, 'Can add order named', 83, 'add_ordernamed'),
	(330, 'Can change order named', 83, 'change_ordernamed'),
	(331, 'Can delete order named', 83, 'delete_ordernamed'),
	(332, 'Can view order named', 83, 'view_ordernamed'),
	(333, 'Can add reason', 84, 'add_reason'),
	(334, 'Can change reason', 84, 'change_reason'),
	(335, 'Can delete reason', 84, 'delete_reason'),
	(336, 'Can view reason', 84, 'view_reason'),
	(337, 'Can add tier', 85, 'add_tier'),
	(338, 'Can change tier', 85, 'change_tier'),
	(339, 'Can delete tier', 85, 'delete_tier'),
	(340, 'Can view tier', 85, 'view_tier'),
	(341, 'Can add use', 86, 'add_use'),
	(342, 'Can change use', 86, 'change_use'),
	(343, 'Can delete use', 86, 'delete_use'),
	(344, 'Can view use', 86, 'view_use'),
	(345, 'Can add verdict', 87, 'add_verdict'),
	(346, 'Can change verdict', 87, 'change_verdict'),
	(347, 'Can delete verdict', 87, 'delete_verdict'),
	(348, 'Can view verdict', 87, 'view_verdict'),
	(349, 'Can add time entry', 88, 'add_timeentry'),
	(350, 'Can change time entry', 88, 'change_timeentry'),
	(351, 'Can delete time entry', 88, 'delete_timeentry'),
	(352, 'Can view time entry', 88, 'view_timeentry'),
	(353, 'Can add contest', 89, 'add_contest'),
	(354, 'Can change contest', 89, 'change_contest'),
	(355, 'Can delete contest', 89, 'delete_contest'),
	(356, 'Can view contest', 89, 'view_contest'),
	(357, 'Can add number run', 90, 'add_numberrun'),
	(358, 'Can change number run', 90, 'change_numberrun'),
	(359, 'Can delete number run', 90, 'delete_numberrun'),
	(360, 'Can view number run', 90, 'view_numberrun'),
	(361, 'Can add refund limit', 91, 'add_refundlimit'),
	(362, 'Can change refund limit', 91, 'change_refundlimit'),
	(363, 'Can delete refund limit', 91, 'delete_refundlimit'),
	(364, 'Can view refund limit', 91, 'view_refundlimit'),
	(365, 'Can add seller', 92, 'add_seller'),
	(366, 'Can change seller', 92, 'change_seller'),
	(367, 'Can delete seller', 92, 'delete_seller'),
	(368, 'Can view seller', 92, 'view_seller'),
	(369, 'Can add refund', 93, 'add_refund'),
	(370, 'Can change refund', 93, 'change_refund'),
	(371, 'Can delete refund', 93, 'delete_refund'),
	(372, 'Can view refund', 93, 'view_refund'),
	(373, 'Can add approval', 94, 'add_approval'),
	(374, 'Can change approval', 94, 'change_approval'),
	(375, 'Can delete approval', 94, 'delete_approval'),
	(376, 'Can view approval', 94, 'view_approval'),
	(377, 'Can add credit', 95, 'add_credit'),
	(378, 'Can change credit', 95, 'change_credit'),
	(379, 'Can delete credit', 95, 'delete_credit'),
	(380, 'Can view credit', 95, 'view_credit'),
	(381, 'Can add bill to', 96, 'add_billto'),
	(382, 'Can change bill to', 96, 'change_billto'),
	(383, 'Can delete bill to', 96, 'delete_billto'),
	(384, 'Can view bill to', 96, 'view_billto'),
	(385, 'Can add invoice', 97, 'add_invoice'),
	(386, 'Can change invoice', 97, 'change_invoice'),
	(387, 'Can delete invoice', 97, 'delete_invoice'),
	(388, 'Can view invoice', 97, 'view_invoice'),
	(389, 'Can add dispute', 98, 'add_dispute'),
	(390, 'Can change dispute', 98, 'change_dispute'),
	(391, 'Can delete dispute', 98, 'delete_dispute'),
	(392, 'Can view dispute', 98, 'view_dispute'),
	(393, 'Can add allocation', 99, 'add_allocation'),
	(394, 'Can change allocation', 99, 'change_allocation'),
	(395, 'Can delete allocation', 99, 'delete_allocation'),
	(396, 'Can view allocation', 99, 'view_allocation'),
	(397, 'Can add invoice line', 100, 'add_invoiceline'),
	(398, 'Can change invoice line', 100, 'change_invoiceline'),
	(399, 'Can delete invoice line', 100, 'delete_invoiceline'),
	(400, 'Can view invoice line', 100, 'view_invoiceline'),
	(401, 'Can add billed', 101, 'add_billed'),
	(402, 'Can change billed', 101, 'change_billed'),
	(403, 'Can delete billed', 101, 'delete_billed'),
	(404, 'Can view billed', 101, 'view_billed'),
	(405, 'Can add payment', 102, 'add_payment'),
	(406, 'Can change payment', 102, 'change_payment'),
	(407, 'Can delete payment', 102, 'delete_payment'),
	(408, 'Can view payment', 102, 'view_payment'),
	(409, 'Can add tax rate', 103, 'add_taxrate'),
	(410, 'Can change tax rate', 103, 'change_taxrate'),
	(411, 'Can delete tax rate', 103, 'delete_taxrate'),
	(412, 'Can view tax rate', 103, 'view_taxrate'),
	(413, 'Can add tax rate version', 104, 'add_taxrateversion'),
	(414, 'Can change tax rate version', 104, 'change_taxrateversion'),
	(415, 'Can delete tax rate version', 104, 'delete_taxrateversion'),
	(416, 'Can view tax rate version', 104, 'view_taxrateversion'),
	(417, 'Can add favour', 105, 'add_favour'),
	(418, 'Can change favour', 105, 'change_favour'),
	(419, 'Can delete favour', 105, 'delete_favour'),
	(420, 'Can view favour', 105, 'view_favour'),
	(421, 'Can add card provider', 106, 'add_cardprovider'),
	(422, 'Can change card provider', 106, 'change_cardprovider'),
	(423, 'Can delete card provider', 106, 'delete_cardprovider'),
	(424, 'Can view card provider', 106, 'view_cardprovider'),
	(425, 'Can add reminder step', 107, 'add_reminderstep'),
	(426, 'Can change reminder step', 107, 'change_reminderstep'),
	(427, 'Can delete reminder step', 107, 'delete_reminderstep'),
	(428, 'Can view reminder step', 107, 'view_reminderstep'),
	(429, 'Can add reminder pause', 108, 'add_reminderpause'),
	(430, 'Can change reminder pause', 108, 'change_reminderpause'),
	(431, 'Can delete reminder pause', 108, 'delete_reminderpause'),
	(432, 'Can view reminder pause', 108, 'view_reminderpause'),
	(433, 'Can add article', 109, 'add_article'),
	(434, 'Can change article', 109, 'change_article'),
	(435, 'Can delete article', 109, 'delete_article'),
	(436, 'Can view article', 109, 'view_article'),
	(437, 'Can add article file', 110, 'add_articlefile'),
	(438, 'Can change article file', 110, 'change_articlefile'),
	(439, 'Can delete article file', 110, 'delete_articlefile'),
	(440, 'Can view article file', 110, 'view_articlefile'),
	(441, 'Can add article text', 111, 'add_articletext'),
	(442, 'Can change article text', 111, 'change_articletext'),
	(443, 'Can delete article text', 111, 'delete_articletext'),
	(444, 'Can view article text', 111, 'view_articletext'),
	(445, 'Can add article version', 112, 'add_articleversion'),
	(446, 'Can change article version', 112, 'change_articleversion'),
	(447, 'Can delete article version', 112, 'delete_articleversion'),
	(448, 'Can view article version', 112, 'view_articleversion'),
	(449, 'Can add category', 113, 'add_category'),
	(450, 'Can change category', 113, 'change_category'),
	(451, 'Can delete category', 113, 'delete_category'),
	(452, 'Can view category', 113, 'view_category'),
	(453, 'Can add correction', 114, 'add_correction'),
	(454, 'Can change correction', 114, 'change_correction'),
	(455, 'Can delete correction', 114, 'delete_correction'),
	(456, 'Can view correction', 114, 'view_correction'),
	(457, 'Can add day count', 115, 'add_daycount'),
	(458, 'Can change day count', 115, 'change_daycount'),
	(459, 'Can delete day count', 115, 'delete_daycount'),
	(460, 'Can view day count', 115, 'view_daycount'),
	(461, 'Can add feedback', 116, 'add_feedback'),
	(462, 'Can change feedback', 116, 'change_feedback'),
	(463, 'Can delete feedback', 116, 'delete_feedback'),
	(464, 'Can view feedback', 116, 'view_feedback'),
	(465, 'Can add redirect', 117, 'add_redirect'),
	(466, 'Can change redirect', 117, 'change_redirect'),
	(467, 'Can delete redirect', 117, 'delete_redirect'),
	(468, 'Can view redirect', 117, 'view_redirect'),
	(469, 'Can add taken', 118, 'add_taken'),
	(470, 'Can change taken', 118, 'change_taken'),
	(471, 'Can delete taken', 118, 'delete_taken'),
	(472, 'Can view taken', 118, 'view_taken'),
	(473, 'Can add forum', 119, 'add_forum'),
	(474, 'Can change forum', 119, 'change_forum'),
	(475, 'Can delete forum', 119, 'delete_forum'),
	(476, 'Can view forum', 119, 'view_forum'),
	(477, 'Can add forum terms', 120, 'add_forumterms'),
	(478, 'Can change forum terms', 120, 'change_forumterms'),
	(479, 'Can delete forum terms', 120, 'delete_forumterms'),
	(480, 'Can view forum terms', 120, 'view_forumterms'),
	(481, 'Can add post', 121, 'add_post'),
	(482, 'Can change post', 121, 'change_post'),
	(483, 'Can delete post', 121, 'delete_post'),
	(484, 'Can view post', 121, 'view_post'),
	(485, 'Can add post file', 122, 'add_postfile'),
	(486, 'Can change post file', 122, 'change_postfile'),
	(487, 'Can delete post file', 122, 'delete_postfile'),
	(488, 'Can view post file', 122, 'view_postfile'),
	(489, 'Can add post version', 123, 'add_postversion'),
	(490, 'Can change post version', 123, 'change_postversion'),
	(491, 'Can delete post version', 123, 'delete_postversion'),
	(492, 'Can view post version', 123, 'view_postversion'),
	(493, 'Can add profile', 124, 'add_profile'),
	(494, 'Can change profile', 124, 'change_profile'),
	(495, 'Can delete profile', 124, 'delete_profile'),
	(496, 'Can view profile', 124, 'view_profile'),
	(497, 'Can add post report', 125, 'add_postreport'),
	(498, 'Can change post report', 125, 'change_postreport'),
	(499, 'Can delete post report', 125, 'delete_postreport'),
	(500, 'Can view post report', 125, 'view_postreport');
INSERT INTO public.auth_permission VALUES
	(501, 'Can add forum follow', 126, 'add_forumfollow'),
	(502, 'Can change forum follow', 126, 'change_forumfollow'),
	(503, 'Can delete forum follow', 126, 'delete_forumfollow'),
	(504, 'Can view forum follow', 126, 'view_forumfollow'),
	(505, 'Can add topic', 127, 'add_topic'),
	(506, 'Can change topic', 127, 'change_topic'),
	(507, 'Can delete topic', 127, 'delete_topic'),
	(508, 'Can view topic', 127, 'view_topic'),
	(509, 'Can add follow', 128, 'add_follow'),
	(510, 'Can change follow', 128, 'change_follow'),
	(511, 'Can delete follow', 128, 'delete_follow'),
	(512, 'Can view follow', 128, 'view_follow'),
	(513, 'Can add vote', 129, 'add_vote'),
	(514, 'Can change vote', 129, 'change_vote'),
	(515, 'Can delete vote', 129, 'delete_vote'),
	(516, 'Can view vote', 129, 'view_vote'),
	(517, 'Can add queue news', 130, 'add_queuenews'),
	(518, 'Can change queue news', 130, 'change_queuenews'),
	(519, 'Can delete queue news', 130, 'delete_queuenews'),
	(520, 'Can view queue news', 130, 'view_queuenews'),
	(521, 'Can add forum proposal', 131, 'add_forumproposal'),
	(522, 'Can change forum proposal', 131, 'change_forumproposal'),
	(523, 'Can delete forum proposal', 131, 'delete_forumproposal'),
	(524, 'Can view forum proposal', 131, 'view_forumproposal'),
	(525, 'Can add comment terms', 132, 'add_commentterms'),
	(526, 'Can change comment terms', 132, 'change_commentterms'),
	(527, 'Can delete comment terms', 132, 'delete_commentterms'),
	(528, 'Can view comment terms', 132, 'view_commentterms'),
	(529, 'Can add comment', 133, 'add_comment'),
	(530, 'Can change comment', 133, 'change_comment'),
	(531, 'Can delete comment', 133, 'delete_comment'),
	(532, 'Can view comment', 133, 'view_comment'),
	(533, 'Can add comment follow', 134, 'add_commentfollow'),
	(534, 'Can change comment follow', 134, 'change_commentfollow'),
	(535, 'Can delete comment follow', 134, 'delete_commentfollow'),
	(536, 'Can view comment follow', 134, 'view_commentfollow'),
	(537, 'Can add comment report', 135, 'add_commentreport'),
	(538, 'Can change comment report', 135, 'change_commentreport'),
	(539, 'Can delete comment report', 135, 'delete_commentreport'),
	(540, 'Can view comment report', 135, 'view_commentreport'),
	(541, 'Can add closed', 136, 'add_closed'),
	(542, 'Can change closed', 136, 'change_closed'),
	(543, 'Can delete closed', 136, 'delete_closed'),
	(544, 'Can view closed', 136, 'view_closed'),
	(545, 'Can add comment vote', 137, 'add_commentvote'),
	(546, 'Can change comment vote', 137, 'change_commentvote'),
	(547, 'Can delete comment vote', 137, 'delete_commentvote'),
	(548, 'Can view comment vote', 137, 'view_commentvote'),
	(549, 'Can add status count', 138, 'add_statuscount'),
	(550, 'Can change status count', 138, 'change_statuscount'),
	(551, 'Can delete status count', 138, 'delete_statuscount'),
	(552, 'Can view status count', 138, 'view_statuscount'),
	(553, 'Can add side thread', 139, 'add_sidethread'),
	(554, 'Can change side thread', 139, 'change_sidethread'),
	(555, 'Can delete side thread', 139, 'delete_sidethread'),
	(556, 'Can view side thread', 139, 'view_sidethread'),
	(557, 'Can add draft', 140, 'add_draft'),
	(558, 'Can change draft', 140, 'change_draft'),
	(559, 'Can delete draft', 140, 'delete_draft'),
	(560, 'Can view draft', 140, 'view_draft'),
	(561, 'Can add message', 141, 'add_message'),
	(562, 'Can change message', 141, 'change_message'),
	(563, 'Can delete message', 141, 'delete_message'),
	(564, 'Can view message', 141, 'view_message'),
	(565, 'Can add attachment', 142, 'add_attachment'),
	(566, 'Can change attachment', 142, 'change_attachment'),
	(567, 'Can delete attachment', 142, 'delete_attachment'),
	(568, 'Can view attachment', 142, 'view_attachment'),
	(569, 'Can add ticket', 143, 'add_ticket'),
	(570, 'Can change ticket', 143, 'change_ticket'),
	(571, 'Can delete ticket', 143, 'delete_ticket'),
	(572, 'Can view ticket', 143, 'view_ticket'),
	(573, 'Can add merge', 144, 'add_merge'),
	(574, 'Can change merge', 144, 'change_merge'),
	(575, 'Can delete merge', 144, 'delete_merge'),
	(576, 'Can view merge', 144, 'view_merge'),
	(577, 'Can add link', 145, 'add_link'),
	(578, 'Can change link', 145, 'change_link'),
	(579, 'Can delete link', 145, 'delete_link'),
	(580, 'Can view link', 145, 'view_link'),
	(581, 'Can add follower', 146, 'add_follower'),
	(582, 'Can change follower', 146, 'change_follower'),
	(583, 'Can delete follower', 146, 'delete_follower'),
	(584, 'Can view follower', 146, 'view_follower'),
	(585, 'Can add copied', 147, 'add_copied'),
	(586, 'Can change copied', 147, 'change_copied'),
	(587, 'Can delete copied', 147, 'delete_copied'),
	(588, 'Can view copied', 147, 'view_copied'),
	(589, 'Can add snooze', 148, 'add_snooze'),
	(590, 'Can change snooze', 148, 'change_snooze'),
	(591, 'Can delete snooze', 148, 'delete_snooze'),
	(592, 'Can view snooze', 148, 'view_snooze'),
	(593, 'Can add checklist item', 149, 'add_checklistitem'),
	(594, 'Can change checklist item', 149, 'change_checklistitem'),
	(595, 'Can delete checklist item', 149, 'delete_checklistitem'),
	(596, 'Can view checklist item', 149, 'view_checklistitem'),
	(597, 'Can add macro', 150, 'add_macro'),
	(598, 'Can change macro', 150, 'change_macro'),
	(599, 'Can delete macro', 150, 'delete_macro'),
	(600, 'Can view macro', 150, 'view_macro'),
	(601, 'Can add bulk item', 151, 'add_bulkitem'),
	(602, 'Can change bulk item', 151, 'change_bulkitem'),
	(603, 'Can delete bulk item', 151, 'delete_bulkitem'),
	(604, 'Can view bulk item', 151, 'view_bulkitem'),
	(605, 'Can add bulk run', 152, 'add_bulkrun'),
	(606, 'Can change bulk run', 152, 'change_bulkrun'),
	(607, 'Can delete bulk run', 152, 'delete_bulkrun'),
	(608, 'Can view bulk run', 152, 'view_bulkrun'),
	(609, 'Can add field file', 153, 'add_fieldfile'),
	(610, 'Can change field file', 153, 'change_fieldfile'),
	(611, 'Can delete field file', 153, 'delete_fieldfile'),
	(612, 'Can view field file', 153, 'view_fieldfile'),
	(613, 'Can add field measure', 154, 'add_fieldmeasure'),
	(614, 'Can change field measure', 154, 'change_fieldmeasure'),
	(615, 'Can delete field measure', 154, 'delete_fieldmeasure'),
	(616, 'Can view field measure', 154, 'view_fieldmeasure'),
	(617, 'Can add field values', 155, 'add_fieldvalues'),
	(618, 'Can change field values', 155, 'change_fieldvalues'),
	(619, 'Can delete field values', 155, 'delete_fieldvalues'),
	(620, 'Can view field values', 155, 'view_fieldvalues'),
	(621, 'Can add request form', 156, 'add_requestform'),
	(622, 'Can change request form', 156, 'change_requestform'),
	(623, 'Can delete request form', 156, 'delete_requestform'),
	(624, 'Can view request form', 156, 'view_requestform'),
	(625, 'Can add saved view', 157, 'add_savedview'),
	(626, 'Can change saved view', 157, 'change_savedview'),
	(627, 'Can delete saved view', 157, 'delete_savedview'),
	(628, 'Can view saved view', 157, 'view_savedview'),
	(629, 'Can add ticket field', 158, 'add_ticketfield'),
	(630, 'Can change ticket field', 158, 'change_ticketfield'),
	(631, 'Can delete ticket field', 158, 'delete_ticketfield'),
	(632, 'Can view ticket field', 158, 'view_ticketfield'),
	(633, 'Can add view place', 159, 'add_viewplace'),
	(634, 'Can change view place', 159, 'change_viewplace'),
	(635, 'Can delete view place', 159, 'delete_viewplace'),
	(636, 'Can view view place', 159, 'view_viewplace'),
	(637, 'Can add adoption', 160, 'add_adoption'),
	(638, 'Can change adoption', 160, 'change_adoption'),
	(639, 'Can delete adoption', 160, 'delete_adoption'),
	(640, 'Can view adoption', 160, 'view_adoption'),
	(641, 'Can add tag', 161, 'add_tag'),
	(642, 'Can change tag', 161, 'change_tag'),
	(643, 'Can delete tag', 161, 'delete_tag'),
	(644, 'Can view tag', 161, 'view_tag'),
	(645, 'Can add own text', 162, 'add_owntext'),
	(646, 'Can change own text', 162, 'change_owntext'),
	(647, 'Can delete own text', 162, 'delete_owntext'),
	(648, 'Can view own text', 162, 'view_owntext'),
	(649, 'Can add organisation adoption', 163, 'add_organisationadoption'),
	(650, 'Can change organisation adoption', 163, 'change_organisationadoption'),
	(651, 'Can delete organisation adoption', 163, 'delete_organisationadoption'),
	(652, 'Can view organisation adoption', 163, 'view_organisationadoption'),
	(653, 'Can add consent', 164, 'add_consent'),
	(654, 'Can change consent', 164, 'change_consent'),
	(655, 'Can delete consent', 164, 'delete_consent'),
	(656, 'Can view consent', 164, 'view_consent'),
	(657, 'Can add grade', 165, 'add_grade'),
	(658, 'Can change grade', 165, 'change_grade'),
	(659, 'Can delete grade', 165, 'delete_grade'),
	(660, 'Can view grade', 165, 'view_grade'),
	(661, 'Can add grade terms', 166, 'add_gradeterms'),
	(662, 'Can change grade terms', 166, 'change_gradeterms'),
	(663, 'Can delete grade terms', 166, 'delete_gradeterms'),
	(664, 'Can view grade terms', 166, 'view_gradeterms'),
	(665, 'Can add refusal attempt', 167, 'add_refusalattempt'),
	(666, 'Can change refusal attempt', 167, 'change_refusalattempt'),
	(667, 'Can delete refusal attempt', 167, 'delete_refusalattempt'),
	(668, 'Can view refusal attempt', 167, 'view_refusalattempt'),
	(669, 'Can add article use', 168, 'add_articleuse'),
	(670, 'Can change article use', 168, 'change_articleuse'),
	(671, 'Can delete article use', 168, 'delete_articleuse'),
	(672, 'Can view article use', 168, 'view_articleuse'),
	(673, 'Can add template', 169, 'add_template'),
	(674, 'Can change template', 169, 'change_template'),
	(675, 'Can delete template', 169, 'delete_template'),
	(676, 'Can view template', 169, 'view_template'),
	(677, 'Can add template version', 170, 'add_templateversion'),
	(678, 'Can change template version', 170, 'change_templateversion'),
	(679, 'Can delete template version', 170, 'delete_templateversion'),
	(680, 'Can view template version', 170, 'view_templateversion'),
	(681, 'Can add topic link', 171, 'add_topiclink'),
	(682, 'Can change topic link', 171, 'change_topiclink'),
	(683, 'Can delete topic link', 171, 'delete_topiclink'),
	(684, 'Can view topic link', 171, 'view_topiclink'),
	(685, 'Can add passed over', 172, 'add_passedover'),
	(686, 'Can change passed over', 172, 'change_passedover'),
	(687, 'Can delete passed over', 172, 'delete_passedover'),
	(688, 'Can view passed over', 172, 'view_passedover'),
	(689, 'Can add junk word', 173, 'add_junkword'),
	(690, 'Can change junk word', 173, 'change_junkword'),
	(691, 'Can delete junk word', 173, 'delete_junkword'),
	(692, 'Can view junk word', 173, 'view_junkword'),
	(693, 'Can add automatic count', 174, 'add_automaticcount'),
	(694, 'Can change automatic count', 174, 'change_automaticcount'),
	(695, 'Can delete automatic count', 174, 'delete_automaticcount'),
	(696, 'Can view automatic count', 174, 'view_automaticcount'),
	(697, 'Can add blocked sender', 175, 'add_blockedsender'),
	(698, 'Can change blocked sender', 175, 'change_blockedsender'),
	(699, 'Can delete blocked sender', 175, 'delete_blockedsender'),
	(700, 'Can view blocked sender', 175, 'view_blockedsender'),
	(701, 'Can add mail account', 176, 'add_mailaccount'),
	(702, 'Can change mail account', 176, 'change_mailaccount'),
	(703, 'Can delete mail account', 176, 'delete_mailaccount'),
	(704, 'Can view mail account', 176, 'view_mailaccount'),
	(705, 'Can add mail reference', 177, 'add_mailreference'),
	(706, 'Can change mail reference', 177, 'change_mailreference'),
	(707, 'Can delete mail reference', 177, 'delete_mailreference'),
	(708, 'Can view mail reference', 177, 'view_mailreference'),
	(709, 'Can add outgoing', 178, 'add_outgoing'),
	(710, 'Can change outgoing', 178, 'change_outgoing'),
	(711, 'Can delete outgoing', 178, 'delete_outgoing'),
	(712, 'Can view outgoing', 178, 'view_outgoing'),
	(713, 'Can add raw mail', 179, 'add_rawmail'),
	(714, 'Can change raw mail', 179, 'change_rawmail'),
	(715, 'Can delete raw mail', 179, 'delete_rawmail'),
	(716, 'Can view raw mail', 179, 'view_rawmail'),
	(717, 'Can add pictures from', 180, 'add_picturesfrom'),
	(718, 'Can change pictures from', 180, 'change_picturesfrom'),
	(719, 'Can delete pictures from', 180, 'delete_picturesfrom'),
	(720, 'Can view pictures from', 180, 'view_picturesfrom'),
	(721, 'Can add push subscription', 181, 'add_pushsubscription'),
	(722, 'Can change push subscription', 181, 'change_pushsubscription'),
	(723, 'Can delete push subscription', 181, 'delete_pushsubscription'),
	(724, 'Can view push subscription', 181, 'view_pushsubscription'),
	(725, 'Can add pushed', 182, 'add_pushed'),
	(726, 'Can change pushed', 182, 'change_pushed'),
	(727, 'Can delete pushed', 182, 'delete_pushed'),
	(728, 'Can view pushed', 182, 'view_pushed'),
	(729, 'Can add sms number', 183, 'add_smsnumber'),
	(730, 'Can change sms number', 183, 'change_smsnumber'),
	(731, 'Can delete sms number', 183, 'delete_smsnumber'),
	(732, 'Can view sms number', 183, 'view_smsnumber'),
	(733, 'Can add sms out', 184, 'add_smsout'),
	(734, 'Can change sms out', 184, 'change_smsout'),
	(735, 'Can delete sms out', 184, 'delete_smsout'),
	(736, 'Can view sms out', 184, 'view_smsout'),
	(737, 'Can add sms part', 185, 'add_smspart'),
	(738, 'Can change sms part', 185, 'change_smspart'),
	(739, 'Can delete sms part', 185, 'delete_smspart'),
	(740, 'Can view sms part', 185, 'view_smspart'),
	(741, 'Can add sms stop', 186, 'add_smsstop'),
	(742, 'Can change sms stop', 186, 'change_smsstop'),
	(743, 'Can delete sms stop', 186, 'delete_smsstop'),
	(744, 'Can view sms stop', 186, 'view_smsstop'),
	(745, 'Can add sms in', 187, 'add_smsin'),
	(746, 'Can change sms in', 187, 'change_smsin'),
	(747, 'Can delete sms in', 187, 'delete_smsin'),
	(748, 'Can view sms in', 187, 'view_smsin'),
	(749, 'Can add sms day', 188, 'add_smsday'),
	(750, 'Can change sms day', 188, 'change_smsday'),
	(751, 'Can delete sms day', 188, 'delete_smsday'),
	(752, 'Can view sms day', 188, 'view_smsday'),
	(753, 'Can add circular', 189, 'add_circular'),
	(754, 'Can change circular', 189, 'change_circular'),
	(755, 'Can delete circular', 189, 'delete_circular'),
	(756, 'Can view circular', 189, 'view_circular'),
	(757, 'Can add surge', 190, 'add_surge'),
	(758, 'Can change surge', 190, 'change_surge'),
	(759, 'Can delete surge', 190, 'delete_surge'),
	(760, 'Can view surge', 190, 'view_surge'),
	(761, 'Can add surge ticket', 191, 'add_surgeticket'),
	(762, 'Can change surge ticket', 191, 'change_surgeticket'),
	(763, 'Can delete surge ticket', 191, 'delete_surgeticket'),
	(764, 'Can view surge ticket', 191, 'view_surgeticket'),
	(765, 'Can add circular ticket', 192, 'add_circularticket'),
	(766, 'Can change circular ticket', 192, 'change_circularticket'),
	(767, 'Can delete circular ticket', 192, 'delete_circularticket'),
	(768, 'Can view circular ticket', 192, 'view_circularticket'),
	(769, 'Can add surge terms', 193, 'add_surgeterms'),
	(770, 'Can change surge terms', 193, 'change_surgeterms'),
	(771, 'Can delete surge terms', 193, 'delete_surgeterms'),
	(772, 'Can view surge terms', 193, 'view_surgeterms'),
	(773, 'Can add policy', 194, 'add_policy'),
	(774, 'Can change policy', 194, 'change_policy'),
	(775, 'Can delete policy', 194, 'delete_policy'),
	(776, 'Can view policy', 194, 'view_policy'),
	(777, 'Can add policy version', 195, 'add_policyversion'),
	(778, 'Can change policy version', 195, 'change_policyversion'),
	(779, 'Can delete policy version', 195, 'delete_policyversion'),
	(780, 'Can view policy version', 195, 'view_policyversion'),
	(781, 'Can add promise', 196, 'add_promise'),
	(782, 'Can change promise', 196, 'change_promise'),
	(783, 'Can delete promise', 196, 'delete_promise'),
	(784, 'Can view promise', 196, 'view_promise'),
	(785, 'Can add clock', 197, 'add_clock'),
	(786, 'Can change clock', 197, 'change_clock'),
	(787, 'Can delete clock', 197, 'delete_clock'),
	(788, 'Can view clock', 197, 'view_clock'),
	(789, 'Can add channel hours', 198, 'add_channelhours'),
	(790, 'Can change channel hours', 198, 'change_channelhours'),
	(791, 'Can delete channel hours', 198, 'delete_channelhours'),
	(792, 'Can view channel hours', 198, 'view_channelhours'),
	(793, 'Can add wait', 199, 'add_wait'),
	(794, 'Can change wait', 199, 'change_wait'),
	(795, 'Can delete wait', 199, 'delete_wait'),
	(796, 'Can view wait', 199, 'view_wait'),
	(797, 'Can add phone system', 200, 'add_phonesystem'),
	(798, 'Can change phone system', 200, 'change_phonesystem'),
	(799, 'Can delete phone system', 200, 'delete_phonesystem'),
	(800, 'Can view phone system', 200, 'view_phonesystem'),
	(801, 'Can add call back', 201, 'add_callback'),
	(802, 'Can change call back', 201, 'change_callback'),
	(803, 'Can delete call back', 201, 'delete_callback'),
	(804, 'Can view call back', 201, 'view_callback'),
	(805, 'Can add extension', 202, 'add_extension'),
	(806, 'Can change extension', 202, 'change_extension'),
	(807, 'Can delete extension', 202, 'delete_extension'),
	(808, 'Can view extension', 202, 'view_extension'),
	(809, 'Can add phone line', 203, 'add_phoneline'),
	(810, 'Can change phone line', 203, 'change_phoneline'),
	(811, 'Can delete phone line', 203, 'delete_phoneline'),
	(812, 'Can view phone line', 203, 'view_phoneline'),
	(813, 'Can add call', 204, 'add_call'),
	(814, 'Can change call', 204, 'change_call'),
	(815, 'Can delete call', 204, 'delete_call'),
	(816, 'Can view call', 204, 'view_call'),
	(817, 'Can add component', 205, 'add_component'),
	(818, 'Can change component', 205, 'change_component'),
	(819, 'Can delete component', 205, 'delete_component'),
	(820, 'Can view component', 205, 'view_component'),
	(821, 'Can add announcement', 206, 'add_announcement'),
	(822, 'Can change announcement', 206, 'change_announcement'),
	(823, 'Can delete announcement', 206, 'delete_announcement'),
	(824, 'Can view announcement', 206, 'view_announcement'),
	(825, 'Can add incident', 207, 'add_incident'),
	(826, 'Can change incident', 207, 'change_incident'),
	(827, 'Can delete incident', 207, 'delete_incident'),
	(828, 'Can view incident', 207, 'view_incident'),
	(829, 'Can add incident update', 208, 'add_incidentupdate'),
	(830, 'Can change incident update', 208, 'change_incidentupdate'),
	(831, 'Can delete incident update', 208, 'delete_incidentupdate'),
	(832, 'Can view incident update', 208, 'view_incidentupdate'),
	(833, 'Can add notice choice', 209, 'add_noticechoice'),
	(834, 'Can change notice choice', 209, 'change_noticechoice'),
	(835, 'Can delete notice choice', 209, 'delete_noticechoice'),
	(836, 'Can view notice choice', 209, 'view_noticechoice'),
	(837, 'Can add recipient', 210, 'add_recipient'),
	(838, 'Can change recipient', 210, 'change_recipient'),
	(839, 'Can delete recipient', 210, 'delete_recipient'),
	(840, 'Can view recipient', 210, 'view_recipient'),
	(841, 'Can add status follower', 211, 'add_statusfollower'),
	(842, 'Can change status follower', 211, 'change_statusfollower'),
	(843, 'Can delete status follower', 211, 'delete_statusfollower'),
	(844, 'Can view status follower', 211, 'view_statusfollower'),
	(845, 'Can add complaint', 212, 'add_complaint'),
	(846, 'Can change complaint', 212, 'change_complaint'),
	(847, 'Can delete complaint', 212, 'delete_complaint'),
	(848, 'Can view complaint', 212, 'view_complaint'),
	(849, 'Can add level', 213, 'add_level'),
	(850, 'Can change level', 213, 'change_level'),
	(851, 'Can delete level', 213, 'delete_level'),
	(852, 'Can view level', 213, 'view_level'),
	(853, 'Can add decision', 214, 'add_decision'),
	(854, 'Can change decision', 214, 'change_decision'),
	(855, 'Can delete decision', 214, 'delete_decision'),
	(856, 'Can view decision', 214, 'view_decision'),
	(857, 'Can add concerned', 215, 'add_concerned'),
	(858, 'Can change concerned', 215, 'change_concerned'),
	(859, 'Can delete concerned', 215, 'delete_concerned'),
	(860, 'Can view concerned', 215, 'view_concerned'),
	(861, 'Can add charter version', 216, 'add_charterversion'),
	(862, 'Can change charter version', 216, 'change_charterversion'),
	(863, 'Can delete charter version', 216, 'delete_charterversion'),
	(864, 'Can view charter version', 216, 'view_charterversion'),
	(865, 'Can add bound', 217, 'add_bound'),
	(866, 'Can change bound', 217, 'change_bound'),
	(867, 'Can delete bound', 217, 'delete_bound'),
	(868, 'Can view bound', 217, 'view_bound'),
	(869, 'Can add exclusion', 218, 'add_exclusion'),
	(870, 'Can change exclusion', 218, 'change_exclusion'),
	(871, 'Can delete exclusion', 218, 'delete_exclusion'),
	(872, 'Can view exclusion', 218, 'view_exclusion'),
	(873, 'Can add case', 219, 'add_case'),
	(874, 'Can change case', 219, 'change_case'),
	(875, 'Can delete case', 219, 'delete_case'),
	(876, 'Can view case', 219, 'view_case'),
	(877, 'Can add figure', 220, 'add_figure'),
	(878, 'Can change figure', 220, 'change_figure'),
	(879, 'Can delete figure', 220, 'delete_figure'),
	(880, 'Can view figure', 220, 'view_figure'),
	(881, 'Can add owed remedy', 221, 'add_owedremedy'),
	(882, 'Can change owed remedy', 221, 'change_owedremedy'),
	(883, 'Can delete owed remedy', 221, 'delete_owedremedy'),
	(884, 'Can view owed remedy', 221, 'view_owedremedy'),
	(885, 'Can add answer case', 222, 'add_answercase'),
	(886, 'Can change answer case', 222, 'change_answercase'),
	(887, 'Can delete answer case', 222, 'delete_answercase'),
	(888, 'Can view answer case', 222, 'view_answercase'),
	(889, 'Can add case', 223, 'add_case'),
	(890, 'Can change case', 223, 'change_case'),
	(891, 'Can delete case', 223, 'delete_case'),
	(892, 'Can view case', 223, 'view_case'),
	(893, 'Can add daily', 224, 'add_daily'),
	(894, 'Can change daily', 224, 'change_daily'),
	(895, 'Can delete daily', 224, 'delete_daily'),
	(896, 'Can view daily', 224, 'view_daily'),
	(897, 'Can add schedule', 225, 'add_schedule'),
	(898, 'Can change schedule', 225, 'change_schedule'),
	(899, 'Can delete schedule', 225, 'delete_schedule'),
	(900, 'Can view schedule', 225, 'view_schedule'),
	(901, 'Can add spread', 226, 'add_spread'),
	(902, 'Can change spread', 226, 'change_spread'),
	(903, 'Can delete spread', 226, 'delete_spread'),
	(904, 'Can view spread', 226, 'view_spread'),
	(905, 'Can add retention rule', 227, 'add_retentionrule'),
	(906, 'Can change retention rule', 227, 'change_retentionrule'),
	(907, 'Can delete retention rule', 227, 'delete_retentionrule'),
	(908, 'Can view retention rule', 227, 'view_retentionrule'),
	(909, 'Can add legal hold', 228, 'add_legalhold'),
	(910, 'Can change legal hold', 228, 'change_legalhold'),
	(911, 'Can delete legal hold', 228, 'delete_legalhold'),
	(912, 'Can view legal hold', 228, 'view_legalhold');
INSERT INTO public.django_content_type VALUES
	(1, 'auth', 'permission'),
	(2, 'auth', 'group'),
	(3, 'contenttypes', 'contenttype'),
	(4, 'sessions', 'session'),
	(5, 'account', 'emailaddress'),
	(6, 'account', 'emailconfirmation'),
	(7, 'mfa', 'authenticator'),
	(8, 'socialaccount', 'socialaccount'),
	(9, 'socialaccount', 'socialapp'),
	(10, 'socialaccount', 'socialtoken'),
	(11, 'procrastinate', 'procrastinateevent'),
	(12, 'procrastinate', 'procrastinatejob'),
	(13, 'procrastinate', 'procrastinateperiodicdefer'),
	(14, 'procrastinate', 'procrastinateworker'),
	(15, 'events', 'dropped'),
	(16, 'events', 'heartbeat'),
	(17, 'events', 'joberror'),
	(18, 'events', 'loggedevent'),
	(19, 'events', 'reader'),
	(20, 'events', 'rule'),
	(21, 'events', 'delivery'),
	(22, 'events', 'ruleversion'),
	(23, 'events', 'rulerun'),
	(24, 'events', 'timer'),
	(25, 'events', 'webhook'),
	(26, 'events', 'webhookcall'),
	(27, 'scanning', 'filescan'),
	(28, 'search', 'noted'),
	(29, 'search', 'rebuild'),
	(30, 'search', 'word'),
	(31, 'search', 'counted'),
	(32, 'search', 'document'),
	(33, 'search', 'tagword'),
	(34, 'search', 'synonyms'),
	(35, 'search', 'missed'),
	(36, 'search', 'embedded'),
	(37, 'search', 'meaning'),
	(38, 'calendars', 'businesscalendar'),
	(39, 'calendars', 'calendarversion'),
	(40, 'people', 'login'),
	(41, 'people', 'skill'),
	(42, 'people', 'agent'),
	(43, 'people', 'organisation'),
	(44, 'people', 'contact'),
	(45, 'people', 'team'),
	(46, 'people', 'membership'),
	(47, 'people', 'agentlanguage'),
	(48, 'people', 'identity'),
	(49, 'people', 'notice'),
	(50, 'people', 'role'),
	(51, 'people', 'integration'),
	(52, 'people', 'apitoken'),
	(53, 'people', 'keptanswer'),
	(54, 'people', 'personfield'),
	(55, 'people', 'contactmerge'),
	(56, 'people', 'duplicate'),
	(57, 'people', 'personfields'),
	(58, 'people', 'personnote'),
	(59, 'people', 'preferences'),
	(60, 'people', 'brand'),
	(61, 'people', 'brandteam'),
	(62, 'people', 'brandpicture'),
	(63, 'people', 'customerchoice'),
	(64, 'people', 'erasurerequest'),
	(65, 'people', 'importrun'),
	(66, 'people', 'invitation'),
	(67, 'people', 'organisationmerge'),
	(68, 'people', 'organisationsapart'),
	(69, 'access', 'identityprovider'),
	(70, 'access', 'tries'),
	(71, 'access', 'externalid'),
	(72, 'access', 'signinpolicy'),
	(73, 'access', 'opensession'),
	(74, 'billing', 'account'),
	(75, 'billing', 'balance'),
	(76, 'billing', 'booking'),
	(77, 'billing', 'entry'),
	(78, 'billing', 'ordersource'),
	(79, 'billing', 'offer'),
	(80, 'billing', 'contract'),
	(81, 'billing', 'order'),
	(82, 'billing', 'orderline'),
	(83, 'billing', 'ordernamed'),
	(84, 'billing', 'reason'),
	(85, 'billing', 'tier'),
	(86, 'billing', 'use'),
	(87, 'billing', 'verdict'),
	(88, 'billing', 'timeentry'),
	(89, 'billing', 'contest'),
	(90, 'billing', 'numberrun'),
	(91, 'billing', 'refundlimit'),
	(92, 'billing', 'seller'),
	(93, 'billing', 'refund'),
	(94, 'billing', 'approval'),
	(95, 'billing', 'credit'),
	(96, 'billing', 'billto'),
	(97, 'billing', 'invoice'),
	(98, 'billing', 'dispute'),
	(99, 'billing', 'allocation'),
	(100, 'billing', 'invoiceline'),
	(101, 'billing', 'billed'),
	(102, 'billing', 'payment'),
	(103, 'billing', 'taxrate'),
	(104, 'billing', 'taxrateversion'),
	(105, 'billing', 'favour'),
	(106, 'billing', 'cardprovider'),
	(107, 'billing', 'reminderstep'),
	(108, 'billing', 'reminderpause'),
	(109, 'knowledge', 'article'),
	(110, 'knowledge', 'articlefile'),
	(111, 'knowledge', 'articletext'),
	(112, 'knowledge', 'articleversion'),
	(113, 'knowledge', 'category'),
	(114, 'knowledge', 'correction'),
	(115, 'knowledge', 'daycount'),
	(116, 'knowledge', 'feedback'),
	(117, 'knowledge', 'redirect'),
	(118, 'knowledge', 'taken'),
	(119, 'community', 'forum'),
	(120, 'community', 'forumterms'),
	(121, 'community', 'post'),
	(122, 'community', 'postfile'),
	(123, 'community', 'postversion'),
	(124, 'community', 'profile'),
	(125, 'community', 'postreport'),
	(126, 'community', 'forumfollow'),
	(127, 'community', 'topic'),
	(128, 'community', 'follow'),
	(129, 'community', 'vote'),
	(130, 'community', 'queuenews'),
	(131, 'community', 'forumproposal'),
	(132, 'comments', 'commentterms'),
	(133, 'comments', 'comment'),
	(134, 'comments', 'commentfollow'),
	(135, 'comments', 'commentreport'),
	(136, 'comments', 'closed'),
	(137, 'comments', 'commentvote'),
	(138, 'tickets', 'statuscount'),
	(139, 'tickets', 'sidethread'),
	(140, 'tickets', 'draft'),
	(141, 'tickets', 'message'),
	(142, 'tickets', 'attachment'),
	(143, 'tickets', 'ticket'),
	(144, 'tickets', 'merge'),
	(145, 'tickets', 'link'),
	(146, 'tickets', 'follower'),
	(147, 'tickets', 'copied'),
	(148, 'tickets', 'snooze'),
	(149, 'tickets', 'checklistitem'),
	(150, 'tickets', 'macro'),
	(151, 'tickets', 'bulkitem'),
	(152, 'tickets', 'bulkrun'),
	(153, 'tickets', 'fieldfile'),
	(154, 'tickets', 'fieldmeasure'),
	(155, 'tickets', 'fieldvalues'),
	(156, 'tickets', 'requestform'),
	(157, 'tickets', 'savedview'),
	(158, 'tickets', 'ticketfield'),
	(159, 'tickets', 'viewplace'),
	(160, 'tickets', 'adoption'),
	(161, 'tickets', 'tag'),
	(162, 'tickets', 'owntext'),
	(163, 'tickets', 'organisationadoption'),
	(164, 'tickets', 'consent'),
	(165, 'tickets', 'grade'),
	(166, 'tickets', 'gradeterms'),
	(167, 'tickets', 'refusalattempt'),
	(168, 'tickets', 'articleuse'),
	(169, 'tickets', 'template'),
	(170, 'tickets', 'templateversion'),
	(171, 'tickets', 'topiclink'),
	(172, 'tickets', 'passedover'),
	(173, 'channels', 'junkword'),
	(174, 'channels', 'automaticcount'),
	(175, 'channels', 'blockedsender'),
	(176, 'channels', 'mailaccount'),
	(177, 'channels', 'mailreference'),
	(178, 'channels', 'outgoing'),
	(179, 'channels', 'rawmail'),
	(180, 'channels', 'picturesfrom'),
	(181, 'channels', 'pushsubscription'),
	(182, 'channels', 'pushed'),
	(183, 'channels', 'smsnumber'),
	(184, 'channels', 'smsout'),
	(185, 'channels', 'smspart'),
	(186, 'channels', 'smsstop'),
	(187, 'channels', 'smsin'),
	(188, 'channels', 'smsday'),
	(189, 'surges', 'circular'),
	(190, 'surges', 'surge'),
	(191, 'surges', 'surgeticket'),
	(192, 'surges', 'circularticket'),
	(193, 'surges', 'surgeterms'),
	(194, 'sla', 'policy'),
	(195, 'sla', 'policyversion'),
	(196, 'sla', 'promise'),
	(197, 'sla', 'clock'),
	(198, 'sla', 'channelhours'),
	(199, 'sla', 'wait'),
	(200, 'calls', 'phonesystem'),
	(201, 'calls', 'callback'),
	(202, 'calls', 'extension'),
	(203, 'calls', 'phoneline'),
	(204, 'calls', 'call'),
	(205, 'notices', 'component'),
	(206, 'notices', 'announcement'),
	(207, 'notices', 'incident'),
	(208, 'notices', 'incidentupdate'),
	(209, 'notices', 'noticechoice'),
	(210, 'notices', 'recipient'),
	(211, 'notices', 'statusfollower'),
	(212, 'complaints', 'complaint'),
	(213, 'complaints', 'level'),
	(214, 'complaints', 'decision'),
	(215, 'complaints', 'concerned'),
	(216, 'charter', 'charterversion'),
	(217, 'charter', 'bound'),
	(218, 'charter', 'exclusion'),
	(219, 'charter', 'case'),
	(220, 'charter', 'figure'),
	(221, 'charter', 'owedremedy'),
	(222, 'charter', 'answercase'),
	(223, 'quality', 'case'),
	(224, 'quality', 'daily'),
	(225, 'quality', 'schedule'),
	(226, 'quality', 'spread'),
	(227, 'records', 'retentionrule'),
	(228, 'records', 'legalhold');
INSERT INTO public.django_migrations VALUES
	(1, 'calendars', '0001_initial', now()),
	(2, 'people', '0001_initial', now()),
	(3, 'access', '0001_initial', now()),
	(4, 'access', '0002_one_kind_of_provider', now()),
	(5, 'access', '0003_registration', now()),
	(6, 'access', '0004_saml', now()),
	(7, 'account', '0001_initial', now()),
	(8, 'account', '0002_email_max_length', now()),
	(9, 'account', '0003_alter_emailaddress_create_unique_verified_email', now()),
	(10, 'account', '0004_alter_emailaddress_drop_unique_email', now()),
	(11, 'account', '0005_emailaddress_idx_upper_email', now()),
	(12, 'account', '0006_emailaddress_lower', now()),
	(13, 'account', '0007_emailaddress_idx_email', now()),
	(14, 'account', '0008_emailaddress_unique_primary_email_fixup', now()),
	(15, 'account', '0009_emailaddress_unique_primary_email', now()),
	(16, 'contenttypes', '0001_initial', now()),
	(17, 'contenttypes', '0002_remove_content_type_name', now()),
	(18, 'auth', '0001_initial', now()),
	(19, 'auth', '0002_alter_permission_name_max_length', now()),
	(20, 'auth', '0003_alter_user_email_max_length', now()),
	(21, 'auth', '0004_alter_user_username_opts', now()),
	(22, 'auth', '0005_alter_user_last_login_null', now()),
	(23, 'auth', '0006_require_contenttypes_0002', now()),
	(24, 'auth', '0007_alter_validators_add_error_messages', now()),
	(25, 'auth', '0008_alter_user_username_max_length', now()),
	(26, 'auth', '0009_alter_user_last_name_max_length', now()),
	(27, 'auth', '0010_alter_group_name_max_length', now()),
	(28, 'auth', '0011_update_proxy_permissions', now()),
	(29, 'auth', '0012_alter_user_first_name_max_length', now()),
	(30, 'search', '0001_initial', now()),
	(31, 'search', '0002_text', now()),
	(32, 'people', '0002_team_signatures', now()),
	(33, 'people', '0003_agent_panes', now()),
	(34, 'people', '0004_sees_organisation', now()),
	(35, 'people', '0005_roles', now()),
	(36, 'people', '0006_tokens', now()),
	(37, 'people', '0007_contacts_and_choices', now()),
	(38, 'people', '0008_branding_and_choices', now()),
	(39, 'people', '0009_find_contacts', now()),
	(40, 'people', '0010_joining', now()),
	(41, 'people', '0011_organisations_merged', now()),
	(42, 'people', '0012_kept_from', now()),
	(43, 'billing', '0001_ledger', now()),
	(44, 'billing', '0002_bought', now()),
	(45, 'billing', '0003_credits_and_refunds', now()),
	(46, 'billing', '0004_invoices', now()),
	(47, 'billing', '0005_favours', now()),
	(48, 'billing', '0006_verdict_customers', now()),
	(49, 'billing', '0007_cards', now()),
	(50, 'billing', '0008_reminder_steps', now()),
	(51, 'billing', '0009_order_dates', now()),
	(52, 'tickets', '0001_initial', now()),
	(53, 'tickets', '0002_counts', now()),
	(54, 'tickets', '0003_filtered_lists', now()),
	(55, 'tickets', '0004_working', now()),
	(56, 'tickets', '0005_fields_views_bulk', now()),
	(57, 'tickets', '0006_by_opening', now()),
	(58, 'tickets', '0007_adoption', now()),
	(59, 'tickets', '0008_tags_and_texts', now()),
	(60, 'tickets', '0009_organisation_adoption', now()),
	(61, 'tickets', '0010_grades', now()),
	(62, 'knowledge', '0001_the_help_centre', now()),
	(63, 'tickets', '0011_articles_given', now()),
	(64, 'tickets', '0012_sms', now()),
	(65, 'tickets', '0013_templates', now()),
	(66, 'community', '0001_the_community', now()),
	(67, 'tickets', '0014_topics', now()),
	(68, 'tickets', '0015_passed_over', now()),
	(69, 'calls', '0001_calls', now()),
	(70, 'channels', '0001_initial', now()),
	(71, 'channels', '0002_notices_need_no_text', now()),
	(72, 'channels', '0003_pictures_from', now()),
	(73, 'channels', '0004_mails_in_the_store', now()),
	(74, 'channels', '0005_push', now()),
	(75, 'channels', '0006_sms', now()),
	(76, 'channels', '0007_hours_of_sms_numbers', now()),
	(77, 'charter', '0001_the_charter', now()),
	(78, 'charter', '0002_published_stays', now()),
	(79, 'charter', '0003_answers', now()),
	(80, 'charter', '0004_remedies_for_calls', now()),
	(81, 'community', '0002_proposals_and_brands', now()),
	(82, 'knowledge', '0002_solutions', now()),
	(83, 'knowledge', '0003_taken_of_any_kind', now()),
	(84, 'knowledge', '0004_audience_of_categories', now()),
	(85, 'comments', '0001_comments', now()),
	(86, 'comments', '0002_votes', now()),
	(87, 'complaints', '0001_initial', now()),
	(88, 'procrastinate', '0001_initial', now()),
	(89, 'procrastinate', '0002_drop_started_at_column', now()),
	(90, 'procrastinate', '0003_drop_started_at_column', now()),
	(91, 'procrastinate', '0004_drop_procrastinate_version_table', now()),
	(92, 'procrastinate', '0005_fix_procrastinate_fetch_job', now()),
	(93, 'procrastinate', '0006_fix_trigger_status_events_insert', now()),
	(94, 'procrastinate', '0007_add_queueing_lock_column', now()),
	(95, 'procrastinate', '0008_close_fetch_job_race_condition', now()),
	(96, 'procrastinate', '0009_add_defer_job_function', now()),
	(97, 'procrastinate', '0010_add_procrastinate_periodic_defers', now()),
	(98, 'procrastinate', '0011_add_foreign_key_index', now()),
	(99, 'procrastinate', '0012_add_locks_to_periodic_defer', now()),
	(100, 'procrastinate', '0013_fix_procrastinate_defer_periodic_job', now()),
	(101, 'procrastinate', '0014_add_finish_job_and_retry_job_functions', now()),
	(102, 'procrastinate', '0015_add_trigger_on_job_deletion', now()),
	(103, 'procrastinate', '0016_delete_finished_jobs', now()),
	(104, 'procrastinate', '0017_add_checks_to_finish_job', now()),
	(105, 'procrastinate', '0018_add_checks_to_retry_job', now()),
	(106, 'procrastinate', '0019_fix_finish_job_compat_issue', now()),
	(107, 'procrastinate', '0020_add_index_on_procrastinate_jobs', now()),
	(108, 'procrastinate', '0021_add_kwargs_to_defer_periodic_job', now()),
	(109, 'procrastinate', '0022_null_locks_excluded', now()),
	(110, 'procrastinate', '0023_remove_old_finish_job_function', now()),
	(111, 'procrastinate', '0024_job_id_bigint', now()),
	(112, 'procrastinate', '0025_add_models', now()),
	(113, 'procrastinate', '0026_add_job_priority', now()),
	(114, 'procrastinate', '0027_add_periodic_job_priority', now()),
	(115, 'procrastinate', '0028_add_cancel_states', now()),
	(116, 'procrastinate', '0029_add_additional_params_to_retry_job', now()),
	(117, 'procrastinate', '0030_alter_procrastinateevent_options', now()),
	(118, 'procrastinate', '0031_add_indexes_for_fetch_job', now()),
	(119, 'procrastinate', '0032_pre_cancel_notification', now()),
	(120, 'procrastinate', '0033_post_cancel_notification', now()),
	(121, 'procrastinate', '0034_pre_add_heartbeat', now()),
	(122, 'procrastinate', '0035_post_add_heartbeat', now()),
	(123, 'procrastinate', '0036_add_worker_model', now()),
	(124, 'procrastinate', '0037_pre_batch_defer_jobs', now()),
	(125, 'procrastinate', '0038_post_batch_defer_jobs', now()),
	(126, 'procrastinate', '0039_pre_priority_lock_fetch_job', now()),
	(127, 'procrastinate', '0040_pre_retry_failed_job', now()),
	(128, 'procrastinate', '0041_post_retry_failed_job', now()),
	(129, 'events', '0001_initial', now()),
	(130, 'events', '0002_wake_jobs_after_commit', now()),
	(131, 'events', '0003_webhooks', now()),
	(132, 'events', '0004_audit', now()),
	(133, 'events', '0005_rules_by_form', now()),
	(134, 'events', '0006_held_runs', now()),
	(135, 'events', '0007_lanes', now()),
	(136, 'mfa', '0001_initial', now()),
	(137, 'mfa', '0002_authenticator_timestamps', now()),
	(138, 'mfa', '0003_authenticator_type_uniq', now()),
	(139, 'notices', '0001_announcements_and_status', now()),
	(140, 'quality', '0001_initial', now()),
	(141, 'quality', '0002_reports_by_rules', now()),
	(142, 'records', '0001_rules_and_holds', now()),
	(143, 'records', '0002_default_rules', now()),
	(144, 'records', '0003_shorter_words', now()),
	(145, 'records', '0004_calls_too', now()),
	(146, 'scanning', '0001_initial', now()),
	(147, 'search', '0003_clean_quicker', now()),
	(148, 'search', '0004_words_by_team', now()),
	(149, 'search', '0005_quality', now()),
	(150, 'search', '0006_synonyms', now()),
	(151, 'search', '0007_missed', now()),
	(152, 'search', '0008_meanings', now()),
	(153, 'search', '0009_letters', now()),
	(154, 'search', '0010_words_by_audience', now()),
	(155, 'sessions', '0001_initial', now()),
	(156, 'sla', '0001_initial', now()),
	(157, 'sla', '0002_next_reply_and_warnings', now()),
	(158, 'sla', '0003_rounds_of_clocks', now()),
	(159, 'sla', '0004_answer', now()),
	(160, 'socialaccount', '0001_initial', now()),
	(161, 'socialaccount', '0002_token_max_lengths', now()),
	(162, 'socialaccount', '0003_extra_data_default_dict', now()),
	(163, 'socialaccount', '0004_app_provider_id_settings', now()),
	(164, 'socialaccount', '0005_socialtoken_nullable_app', now()),
	(165, 'socialaccount', '0006_alter_socialaccount_extra_data', now()),
	(166, 'surges', '0001_many_at_once', now()),
	(167, 'surges', '0002_terms', now()),
	(168, 'tickets', '0016_paper_consent', now()),
	(169, 'tickets', '0017_macro_templates', now()),
	(170, 'tickets', '0018_macro_in_draft', now());
INSERT INTO public.records_retentionrule VALUES
	(1, 'raw_mails', 'raw_mails', 'store', 30, '{}', true, 0, NULL, now());
SELECT pg_catalog.setval('public.auth_permission_id_seq', 912, true);
SELECT pg_catalog.setval('public.django_content_type_id_seq', 228, true);
SELECT pg_catalog.setval('public.django_migrations_id_seq', 170, true);
SELECT pg_catalog.setval('public.records_retentionrule_id_seq', 1, true);
SELECT pg_catalog.setval('public.tickets_number', 1001, false);
ALTER TABLE ONLY public.access_externalid
    ADD CONSTRAINT access_externalid_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_externalid
    ADD CONSTRAINT access_externalid_subject_key UNIQUE (subject);
ALTER TABLE ONLY public.access_identityprovider
    ADD CONSTRAINT access_identityprovider_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_identityprovider
    ADD CONSTRAINT access_identityprovider_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.access_opensession
    ADD CONSTRAINT access_opensession_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_opensession
    ADD CONSTRAINT access_opensession_session_key_key UNIQUE (session_key);
ALTER TABLE ONLY public.access_signinpolicy
    ADD CONSTRAINT access_signinpolicy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.access_tries
    ADD CONSTRAINT access_tries_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_account
    ADD CONSTRAINT billing_account_contact_once UNIQUE (contact_id, currency);
ALTER TABLE ONLY public.billing_account
    ADD CONSTRAINT billing_account_organisation_once UNIQUE (organisation_id, currency);
ALTER TABLE ONLY public.billing_account
    ADD CONSTRAINT billing_account_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_allocation
    ADD CONSTRAINT billing_allocation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_approval
    ADD CONSTRAINT billing_approval_once UNIQUE (refund_id, agent_id);
ALTER TABLE ONLY public.billing_approval
    ADD CONSTRAINT billing_approval_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_balance
    ADD CONSTRAINT billing_balance_once UNIQUE (account_id, part);
ALTER TABLE ONLY public.billing_balance
    ADD CONSTRAINT billing_balance_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_billed
    ADD CONSTRAINT billing_billed_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_billed
    ADD CONSTRAINT billing_billed_source_key_key UNIQUE (source_key);
ALTER TABLE ONLY public.billing_billto
    ADD CONSTRAINT billing_billto_account_id_key UNIQUE (account_id);
ALTER TABLE ONLY public.billing_billto
    ADD CONSTRAINT billing_billto_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_booking
    ADD CONSTRAINT billing_booking_cause_key_key UNIQUE (cause_key);
ALTER TABLE ONLY public.billing_booking
    ADD CONSTRAINT billing_booking_counters_id_key UNIQUE (counters_id);
ALTER TABLE ONLY public.billing_booking
    ADD CONSTRAINT billing_booking_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_cardprovider
    ADD CONSTRAINT billing_cardprovider_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_contest
    ADD CONSTRAINT billing_contest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_contest
    ADD CONSTRAINT billing_contest_verdict_id_key UNIQUE (verdict_id);
ALTER TABLE ONLY public.billing_contract
    ADD CONSTRAINT billing_contract_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_credit
    ADD CONSTRAINT billing_credit_cause_key_key UNIQUE (cause_key);
ALTER TABLE ONLY public.billing_credit
    ADD CONSTRAINT billing_credit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_dispute
    ADD CONSTRAINT billing_dispute_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_entry
    ADD CONSTRAINT billing_entry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_favour
    ADD CONSTRAINT billing_favour_about_key UNIQUE (about);
ALTER TABLE ONLY public.billing_favour
    ADD CONSTRAINT billing_favour_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_invoiceline
    ADD CONSTRAINT billing_invoice_line_once UNIQUE (invoice_id, "position");
ALTER TABLE ONLY public.billing_invoice
    ADD CONSTRAINT billing_invoice_number_key UNIQUE (number);
ALTER TABLE ONLY public.billing_invoice
    ADD CONSTRAINT billing_invoice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_invoiceline
    ADD CONSTRAINT billing_invoiceline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_numberrun
    ADD CONSTRAINT billing_numberrun_pkey PRIMARY KEY (run);
ALTER TABLE ONLY public.billing_offer
    ADD CONSTRAINT billing_offer_name UNIQUE (name);
ALTER TABLE ONLY public.billing_offer
    ADD CONSTRAINT billing_offer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_orderline
    ADD CONSTRAINT billing_order_line_once UNIQUE (order_id, "position");
ALTER TABLE ONLY public.billing_order
    ADD CONSTRAINT billing_order_once UNIQUE (source_id, external_id);
ALTER TABLE ONLY public.billing_order
    ADD CONSTRAINT billing_order_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_orderline
    ADD CONSTRAINT billing_orderline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_ordernamed
    ADD CONSTRAINT billing_ordernamed_about_key UNIQUE (about);
ALTER TABLE ONLY public.billing_ordernamed
    ADD CONSTRAINT billing_ordernamed_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_ordersource
    ADD CONSTRAINT billing_ordersource_name_key UNIQUE (name);
ALTER TABLE ONLY public.billing_ordersource
    ADD CONSTRAINT billing_ordersource_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_ordersource
    ADD CONSTRAINT billing_ordersource_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.billing_payment
    ADD CONSTRAINT billing_payment_external_id_key UNIQUE (external_id);
ALTER TABLE ONLY public.billing_payment
    ADD CONSTRAINT billing_payment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_reason
    ADD CONSTRAINT billing_reason_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_refund
    ADD CONSTRAINT billing_refund_cause_key_key UNIQUE (cause_key);
ALTER TABLE ONLY public.billing_refund
    ADD CONSTRAINT billing_refund_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_refundlimit
    ADD CONSTRAINT billing_refundlimit_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_refundlimit
    ADD CONSTRAINT billing_refundlimit_role_key UNIQUE (role);
ALTER TABLE ONLY public.billing_reminderpause
    ADD CONSTRAINT billing_reminderpause_invoice_id_key UNIQUE (invoice_id);
ALTER TABLE ONLY public.billing_reminderpause
    ADD CONSTRAINT billing_reminderpause_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_reminderstep
    ADD CONSTRAINT billing_reminderstep_days_key UNIQUE (days);
ALTER TABLE ONLY public.billing_reminderstep
    ADD CONSTRAINT billing_reminderstep_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_seller
    ADD CONSTRAINT billing_seller_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_taxrateversion
    ADD CONSTRAINT billing_tax_from_once UNIQUE (rate_id, valid_from);
ALTER TABLE ONLY public.billing_taxrate
    ADD CONSTRAINT billing_taxrate_name_key UNIQUE (name);
ALTER TABLE ONLY public.billing_taxrate
    ADD CONSTRAINT billing_taxrate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_taxrateversion
    ADD CONSTRAINT billing_taxrateversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_tier
    ADD CONSTRAINT billing_tier_name_key UNIQUE (name);
ALTER TABLE ONLY public.billing_tier
    ADD CONSTRAINT billing_tier_orders UNIQUE (orders);
ALTER TABLE ONLY public.billing_tier
    ADD CONSTRAINT billing_tier_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_timeentry
    ADD CONSTRAINT billing_timeentry_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_use
    ADD CONSTRAINT billing_use_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_verdict
    ADD CONSTRAINT billing_verdict_number UNIQUE (about, number);
ALTER TABLE ONLY public.billing_verdict
    ADD CONSTRAINT billing_verdict_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.calendars_businesscalendar
    ADD CONSTRAINT calendars_businesscalendar_name_key UNIQUE (name);
ALTER TABLE ONLY public.calendars_businesscalendar
    ADD CONSTRAINT calendars_businesscalendar_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.calendars_calendarversion
    ADD CONSTRAINT calendars_calendarversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.calendars_calendarversion
    ADD CONSTRAINT calendars_version_once UNIQUE (calendar_id, number);
ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_once_key UNIQUE (once);
ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.calls_callback
    ADD CONSTRAINT calls_callback_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.calls_callback
    ADD CONSTRAINT calls_callback_ticket_id_key UNIQUE (ticket_id);
ALTER TABLE ONLY public.calls_extension
    ADD CONSTRAINT calls_extension_number_key UNIQUE (number);
ALTER TABLE ONLY public.calls_extension
    ADD CONSTRAINT calls_extension_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.calls_phoneline
    ADD CONSTRAINT calls_phoneline_name_key UNIQUE (name);
ALTER TABLE ONLY public.calls_phoneline
    ADD CONSTRAINT calls_phoneline_number_key UNIQUE (number);
ALTER TABLE ONLY public.calls_phoneline
    ADD CONSTRAINT calls_phoneline_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.calls_phonesystem
    ADD CONSTRAINT calls_phonesystem_name_key UNIQUE (name);
ALTER TABLE ONLY public.calls_phonesystem
    ADD CONSTRAINT calls_phonesystem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_automaticcount
    ADD CONSTRAINT channels_automatic_once UNIQUE (address, hour);
ALTER TABLE ONLY public.channels_automaticcount
    ADD CONSTRAINT channels_automaticcount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_blockedsender
    ADD CONSTRAINT channels_blockedsender_pattern_key UNIQUE (pattern);
ALTER TABLE ONLY public.channels_blockedsender
    ADD CONSTRAINT channels_blockedsender_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_junkword
    ADD CONSTRAINT channels_junkword_pkey PRIMARY KEY (word);
ALTER TABLE ONLY public.channels_mailaccount
    ADD CONSTRAINT channels_mailaccount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_mailreference
    ADD CONSTRAINT channels_mailreference_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_outgoing
    ADD CONSTRAINT channels_outgoing_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_picturesfrom
    ADD CONSTRAINT channels_pictures_once UNIQUE (agent_id, address);
ALTER TABLE ONLY public.channels_picturesfrom
    ADD CONSTRAINT channels_picturesfrom_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_pushed
    ADD CONSTRAINT channels_pushed_once UNIQUE (notice_id, subscription_id);
ALTER TABLE ONLY public.channels_pushed
    ADD CONSTRAINT channels_pushed_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_pushsubscription
    ADD CONSTRAINT channels_pushsubscription_endpoint_key UNIQUE (endpoint);
ALTER TABLE ONLY public.channels_pushsubscription
    ADD CONSTRAINT channels_pushsubscription_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_rawmail
    ADD CONSTRAINT channels_rawmail_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_rawmail
    ADD CONSTRAINT channels_rawmail_source_id_key UNIQUE (source_id);
ALTER TABLE ONLY public.channels_mailreference
    ADD CONSTRAINT channels_reference_once UNIQUE (message_id, header);
ALTER TABLE ONLY public.channels_smsday
    ADD CONSTRAINT channels_sms_day_once UNIQUE (number_id, day);
ALTER TABLE ONLY public.channels_smsstop
    ADD CONSTRAINT channels_sms_stop_once UNIQUE (phone, number_id);
ALTER TABLE ONLY public.channels_smsday
    ADD CONSTRAINT channels_smsday_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_smsin
    ADD CONSTRAINT channels_smsin_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_smsin
    ADD CONSTRAINT channels_smsin_provider_id_key UNIQUE (provider_id);
ALTER TABLE ONLY public.channels_smsnumber
    ADD CONSTRAINT channels_smsnumber_name_key UNIQUE (name);
ALTER TABLE ONLY public.channels_smsnumber
    ADD CONSTRAINT channels_smsnumber_number_key UNIQUE (number);
ALTER TABLE ONLY public.channels_smsnumber
    ADD CONSTRAINT channels_smsnumber_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_smsout
    ADD CONSTRAINT channels_smsout_once_key UNIQUE (once);
ALTER TABLE ONLY public.channels_smsout
    ADD CONSTRAINT channels_smsout_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_smspart
    ADD CONSTRAINT channels_smspart_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.channels_smsstop
    ADD CONSTRAINT channels_smsstop_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.charter_answercase
    ADD CONSTRAINT charter_answer_once UNIQUE (about, objective);
ALTER TABLE ONLY public.charter_answercase
    ADD CONSTRAINT charter_answercase_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.charter_bound
    ADD CONSTRAINT charter_bound_pkey PRIMARY KEY (ticket_id);
ALTER TABLE ONLY public.charter_case
    ADD CONSTRAINT charter_case_once UNIQUE (ticket_id, objective, number);
ALTER TABLE ONLY public.charter_case
    ADD CONSTRAINT charter_case_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.charter_charterversion
    ADD CONSTRAINT charter_charterversion_number_key UNIQUE (number);
ALTER TABLE ONLY public.charter_charterversion
    ADD CONSTRAINT charter_charterversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.charter_exclusion
    ADD CONSTRAINT charter_exclusion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.charter_figure
    ADD CONSTRAINT charter_figure_once UNIQUE (day, objective, version_id);
ALTER TABLE ONLY public.charter_figure
    ADD CONSTRAINT charter_figure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.charter_owedremedy
    ADD CONSTRAINT charter_owedremedy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.charter_owedremedy
    ADD CONSTRAINT charter_remedy_once UNIQUE (case_id, code, day);
ALTER TABLE ONLY public.charter_owedremedy
    ADD CONSTRAINT charter_remedy_once_a_call UNIQUE (answer_id, code, day);
ALTER TABLE ONLY public.comments_closed
    ADD CONSTRAINT comments_closed_article_id_key UNIQUE (article_id);
ALTER TABLE ONLY public.comments_closed
    ADD CONSTRAINT comments_closed_category_id_key UNIQUE (category_id);
ALTER TABLE ONLY public.comments_closed
    ADD CONSTRAINT comments_closed_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.comments_comment
    ADD CONSTRAINT comments_comment_once_key UNIQUE (once);
ALTER TABLE ONLY public.comments_comment
    ADD CONSTRAINT comments_comment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.comments_commentfollow
    ADD CONSTRAINT comments_commentfollow_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.comments_commentreport
    ADD CONSTRAINT comments_commentreport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.comments_commentterms
    ADD CONSTRAINT comments_commentterms_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.comments_commentvote
    ADD CONSTRAINT comments_commentvote_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.comments_commentreport
    ADD CONSTRAINT comments_report_once UNIQUE (comment_id, profile_id);
ALTER TABLE ONLY public.comments_commentvote
    ADD CONSTRAINT comments_vote_once UNIQUE (comment_id, profile_id);
ALTER TABLE ONLY public.community_follow
    ADD CONSTRAINT community_follow_once UNIQUE (topic_id, profile_id);
ALTER TABLE ONLY public.community_follow
    ADD CONSTRAINT community_follow_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_forumfollow
    ADD CONSTRAINT community_forum_follow_once UNIQUE (forum_id, profile_id);
ALTER TABLE ONLY public.community_forum
    ADD CONSTRAINT community_forum_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_forum
    ADD CONSTRAINT community_forum_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.community_forumfollow
    ADD CONSTRAINT community_forumfollow_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_forumproposal
    ADD CONSTRAINT community_forumproposal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_forumterms
    ADD CONSTRAINT community_forumterms_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_post
    ADD CONSTRAINT community_post_once_key UNIQUE (once);
ALTER TABLE ONLY public.community_post
    ADD CONSTRAINT community_post_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_postfile
    ADD CONSTRAINT community_postfile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_postreport
    ADD CONSTRAINT community_postreport_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_postversion
    ADD CONSTRAINT community_postversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_profile
    ADD CONSTRAINT community_profile_agent_id_key UNIQUE (agent_id);
ALTER TABLE ONLY public.community_profile
    ADD CONSTRAINT community_profile_contact_id_key UNIQUE (contact_id);
ALTER TABLE ONLY public.community_profile
    ADD CONSTRAINT community_profile_name_key_key UNIQUE (name_key);
ALTER TABLE ONLY public.community_profile
    ADD CONSTRAINT community_profile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_queuenews
    ADD CONSTRAINT community_queuenews_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_postreport
    ADD CONSTRAINT community_report_once UNIQUE (post_id, profile_id);
ALTER TABLE ONLY public.community_topic
    ADD CONSTRAINT community_topic_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.community_vote
    ADD CONSTRAINT community_vote_once UNIQUE (post_id, profile_id);
ALTER TABLE ONLY public.community_vote
    ADD CONSTRAINT community_vote_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_ticket_id_key UNIQUE (ticket_id);
ALTER TABLE ONLY public.complaints_concerned
    ADD CONSTRAINT complaints_concerned_once UNIQUE (complaint_id, agent_id);
ALTER TABLE ONLY public.complaints_concerned
    ADD CONSTRAINT complaints_concerned_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.complaints_decision
    ADD CONSTRAINT complaints_decision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.complaints_level
    ADD CONSTRAINT complaints_level_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.events_delivery
    ADD CONSTRAINT events_delivery_once UNIQUE (event_id, handler);
ALTER TABLE ONLY public.events_delivery
    ADD CONSTRAINT events_delivery_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_dropped
    ADD CONSTRAINT events_dropped_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_event
    ADD CONSTRAINT events_event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_event_0
    ADD CONSTRAINT events_event_0_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_event_1
    ADD CONSTRAINT events_event_1_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_event_default
    ADD CONSTRAINT events_event_default_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_heartbeat
    ADD CONSTRAINT events_heartbeat_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.events_joberror
    ADD CONSTRAINT events_joberror_pkey PRIMARY KEY (job_id);
ALTER TABLE ONLY public.events_reader
    ADD CONSTRAINT events_reader_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.events_rule
    ADD CONSTRAINT events_rule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_rulerun
    ADD CONSTRAINT events_rule_run_once UNIQUE (event_id, version_id);
ALTER TABLE ONLY public.events_rule
    ADD CONSTRAINT events_rule_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.events_ruleversion
    ADD CONSTRAINT events_rule_version_once UNIQUE (rule_id, number);
ALTER TABLE ONLY public.events_rulerun
    ADD CONSTRAINT events_rulerun_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_ruleversion
    ADD CONSTRAINT events_ruleversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_timer
    ADD CONSTRAINT events_timer_key_key UNIQUE (key);
ALTER TABLE ONLY public.events_timer
    ADD CONSTRAINT events_timer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_webhook
    ADD CONSTRAINT events_webhook_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.events_webhookcall
    ADD CONSTRAINT events_webhookcall_once UNIQUE (webhook_id, event_id);
ALTER TABLE ONLY public.events_webhookcall
    ADD CONSTRAINT events_webhookcall_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_articlefile
    ADD CONSTRAINT knowledge_articlefile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_articletext
    ADD CONSTRAINT knowledge_articletext_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_articleversion
    ADD CONSTRAINT knowledge_articleversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_category
    ADD CONSTRAINT knowledge_category_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_category
    ADD CONSTRAINT knowledge_category_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.knowledge_correction
    ADD CONSTRAINT knowledge_correction_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_daycount
    ADD CONSTRAINT knowledge_day_once UNIQUE (text_id, day);
ALTER TABLE ONLY public.knowledge_daycount
    ADD CONSTRAINT knowledge_daycount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_feedback
    ADD CONSTRAINT knowledge_feedback_once_key UNIQUE (once);
ALTER TABLE ONLY public.knowledge_feedback
    ADD CONSTRAINT knowledge_feedback_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_redirect
    ADD CONSTRAINT knowledge_redirect_once UNIQUE (language, slug);
ALTER TABLE ONLY public.knowledge_redirect
    ADD CONSTRAINT knowledge_redirect_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_taken
    ADD CONSTRAINT knowledge_taken_once UNIQUE (form, text_id);
ALTER TABLE ONLY public.knowledge_taken
    ADD CONSTRAINT knowledge_taken_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.knowledge_articletext
    ADD CONSTRAINT knowledge_text_once UNIQUE (article_id, language);
ALTER TABLE ONLY public.knowledge_articletext
    ADD CONSTRAINT knowledge_text_slug UNIQUE (language, slug);
ALTER TABLE ONLY public.knowledge_articleversion
    ADD CONSTRAINT knowledge_version_once UNIQUE (text_id, number);
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_announcement
    ADD CONSTRAINT notices_announcement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_component
    ADD CONSTRAINT notices_component_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_statusfollower
    ADD CONSTRAINT notices_follows_once UNIQUE NULLS NOT DISTINCT (address, incident_id);
ALTER TABLE ONLY public.notices_incident_components
    ADD CONSTRAINT notices_incident_compone_incident_id_component_id_1b53458e_uniq UNIQUE (incident_id, component_id);
ALTER TABLE ONLY public.notices_incident_components
    ADD CONSTRAINT notices_incident_components_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_incident
    ADD CONSTRAINT notices_incident_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_incidentupdate
    ADD CONSTRAINT notices_incidentupdate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_noticechoice
    ADD CONSTRAINT notices_noticechoice_contact_id_key UNIQUE (contact_id);
ALTER TABLE ONLY public.notices_noticechoice
    ADD CONSTRAINT notices_noticechoice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_recipient
    ADD CONSTRAINT notices_recipient_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_statusfollower
    ADD CONSTRAINT notices_statusfollower_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.notices_recipient
    ADD CONSTRAINT notices_told_once UNIQUE (announcement_id, contact_id);
ALTER TABLE ONLY public.people_agent
    ADD CONSTRAINT people_agent_login_id_key UNIQUE (login_id);
ALTER TABLE ONLY public.people_agent
    ADD CONSTRAINT people_agent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_agent_skills
    ADD CONSTRAINT people_agent_skills_agent_id_skill_id_00c9e7fc_uniq UNIQUE (agent_id, skill_id);
ALTER TABLE ONLY public.people_agent_skills
    ADD CONSTRAINT people_agent_skills_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_agentlanguage
    ADD CONSTRAINT people_agentlanguage_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_keptanswer
    ADD CONSTRAINT people_answer_once UNIQUE (login_id, key);
ALTER TABLE ONLY public.people_apitoken
    ADD CONSTRAINT people_apitoken_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.people_apitoken
    ADD CONSTRAINT people_apitoken_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_brand
    ADD CONSTRAINT people_brand_host_key UNIQUE (host);
ALTER TABLE ONLY public.people_brand
    ADD CONSTRAINT people_brand_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_brandpicture
    ADD CONSTRAINT people_brandpicture_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_brandteam
    ADD CONSTRAINT people_brandteam_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_brandteam
    ADD CONSTRAINT people_brandteam_team_id_key UNIQUE (team_id);
ALTER TABLE ONLY public.people_contact
    ADD CONSTRAINT people_contact_login_id_key UNIQUE (login_id);
ALTER TABLE ONLY public.people_contact
    ADD CONSTRAINT people_contact_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_contactmerge
    ADD CONSTRAINT people_contactmerge_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_customerchoice
    ADD CONSTRAINT people_customerchoice_contact_id_key UNIQUE (contact_id);
ALTER TABLE ONLY public.people_customerchoice
    ADD CONSTRAINT people_customerchoice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_duplicate
    ADD CONSTRAINT people_duplicate_once UNIQUE (contact_id, other_id);
ALTER TABLE ONLY public.people_duplicate
    ADD CONSTRAINT people_duplicate_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_erasurerequest
    ADD CONSTRAINT people_erasurerequest_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_erasurerequest
    ADD CONSTRAINT people_erasurerequest_receipt_key UNIQUE (receipt);
ALTER TABLE ONLY public.people_personfield
    ADD CONSTRAINT people_field_code_once UNIQUE (of, code);
ALTER TABLE ONLY public.people_identity
    ADD CONSTRAINT people_identity_once UNIQUE (kind, value);
ALTER TABLE ONLY public.people_identity
    ADD CONSTRAINT people_identity_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_importrun
    ADD CONSTRAINT people_importrun_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_integration
    ADD CONSTRAINT people_integration_agent_id_key UNIQUE (agent_id);
ALTER TABLE ONLY public.people_integration
    ADD CONSTRAINT people_integration_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_invitation
    ADD CONSTRAINT people_invitation_agent_id_key UNIQUE (agent_id);
ALTER TABLE ONLY public.people_invitation
    ADD CONSTRAINT people_invitation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_keptanswer
    ADD CONSTRAINT people_keptanswer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_agentlanguage
    ADD CONSTRAINT people_language_once UNIQUE (agent_id, language);
ALTER TABLE ONLY public.people_login
    ADD CONSTRAINT people_login_email_key UNIQUE (email);
ALTER TABLE ONLY public.people_login
    ADD CONSTRAINT people_login_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_membership
    ADD CONSTRAINT people_membership_once UNIQUE (agent_id, team_id);
ALTER TABLE ONLY public.people_membership
    ADD CONSTRAINT people_membership_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_notice
    ADD CONSTRAINT people_notice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_organisation
    ADD CONSTRAINT people_organisation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_organisationmerge
    ADD CONSTRAINT people_organisationmerge_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_organisationsapart
    ADD CONSTRAINT people_organisations_apart_once UNIQUE (organisation_id, other_id);
ALTER TABLE ONLY public.people_organisationsapart
    ADD CONSTRAINT people_organisationsapart_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_personfield
    ADD CONSTRAINT people_personfield_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_personfields
    ADD CONSTRAINT people_personfields_contact_id_key UNIQUE (contact_id);
ALTER TABLE ONLY public.people_personfields
    ADD CONSTRAINT people_personfields_organisation_id_key UNIQUE (organisation_id);
ALTER TABLE ONLY public.people_personfields
    ADD CONSTRAINT people_personfields_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_personnote
    ADD CONSTRAINT people_personnote_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_brandpicture
    ADD CONSTRAINT people_picture_once UNIQUE (brand_id, kind, sha256);
ALTER TABLE ONLY public.people_preferences
    ADD CONSTRAINT people_preferences_agent_id_key UNIQUE (agent_id);
ALTER TABLE ONLY public.people_preferences
    ADD CONSTRAINT people_preferences_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_role
    ADD CONSTRAINT people_role_name_key UNIQUE (name);
ALTER TABLE ONLY public.people_role
    ADD CONSTRAINT people_role_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_skill
    ADD CONSTRAINT people_skill_name_key UNIQUE (name);
ALTER TABLE ONLY public.people_skill
    ADD CONSTRAINT people_skill_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.people_team
    ADD CONSTRAINT people_team_address_key UNIQUE (address);
ALTER TABLE ONLY public.people_team
    ADD CONSTRAINT people_team_name_key UNIQUE (name);
ALTER TABLE ONLY public.people_team
    ADD CONSTRAINT people_team_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);
ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.quality_case
    ADD CONSTRAINT quality_case_pkey PRIMARY KEY (ticket_id);
ALTER TABLE ONLY public.quality_daily
    ADD CONSTRAINT quality_daily_once UNIQUE (by, team_id, day, value);
ALTER TABLE ONLY public.quality_daily
    ADD CONSTRAINT quality_daily_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.quality_schedule
    ADD CONSTRAINT quality_schedule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.quality_spread
    ADD CONSTRAINT quality_spread_once UNIQUE (by, team_id, what, day, value, bucket);
ALTER TABLE ONLY public.quality_spread
    ADD CONSTRAINT quality_spread_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.records_legalhold
    ADD CONSTRAINT records_legalhold_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.records_retentionrule
    ADD CONSTRAINT records_retentionrule_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.records_retentionrule
    ADD CONSTRAINT records_retentionrule_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.scanning_filescan
    ADD CONSTRAINT scanning_filescan_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.scanning_filescan
    ADD CONSTRAINT scanning_filescan_sha256_key UNIQUE (sha256);
ALTER TABLE ONLY public.search_counted
    ADD CONSTRAINT search_counted_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.search_document
    ADD CONSTRAINT search_document_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.search_document
    ADD CONSTRAINT search_document_source UNIQUE (source, part);
ALTER TABLE ONLY public.search_embedded
    ADD CONSTRAINT search_embedded_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.search_meaning
    ADD CONSTRAINT search_meaning_pkey PRIMARY KEY (document_id);
ALTER TABLE ONLY public.search_missed
    ADD CONSTRAINT search_missed_once UNIQUE (month, side, digest);
ALTER TABLE ONLY public.search_missed
    ADD CONSTRAINT search_missed_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.search_noted
    ADD CONSTRAINT search_noted_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.search_rebuild
    ADD CONSTRAINT search_rebuild_pkey PRIMARY KEY (kind);
ALTER TABLE ONLY public.search_synonyms
    ADD CONSTRAINT search_synonyms_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.search_tagword
    ADD CONSTRAINT search_tagword_pkey PRIMARY KEY (tag, word);
ALTER TABLE ONLY public.search_word
    ADD CONSTRAINT search_word_pkey PRIMARY KEY (word);
ALTER TABLE ONLY public.sla_channelhours
    ADD CONSTRAINT sla_channelhours_channel_key UNIQUE (channel);
ALTER TABLE ONLY public.sla_channelhours
    ADD CONSTRAINT sla_channelhours_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sla_clock
    ADD CONSTRAINT sla_clock_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sla_clock
    ADD CONSTRAINT sla_clock_round_once UNIQUE (promise_id, kind, round);
ALTER TABLE ONLY public.sla_policy
    ADD CONSTRAINT sla_policy_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sla_policy
    ADD CONSTRAINT sla_policy_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.sla_policyversion
    ADD CONSTRAINT sla_policy_version_once UNIQUE (policy_id, number);
ALTER TABLE ONLY public.sla_policyversion
    ADD CONSTRAINT sla_policyversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sla_promise
    ADD CONSTRAINT sla_promise_pkey PRIMARY KEY (ticket_id);
ALTER TABLE ONLY public.sla_wait
    ADD CONSTRAINT sla_wait_about_key UNIQUE (about);
ALTER TABLE ONLY public.sla_wait
    ADD CONSTRAINT sla_wait_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_provider_uid_fc810c6e_uniq UNIQUE (provider, uid);
ALTER TABLE ONLY public.socialaccount_socialapp
    ADD CONSTRAINT socialaccount_socialapp_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_app_id_account_id_fca4e0ac_uniq UNIQUE (app_id, account_id);
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_socialtoken_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.surges_circularticket
    ADD CONSTRAINT surges_circular_once UNIQUE (circular_id, contact_id);
ALTER TABLE ONLY public.surges_circular
    ADD CONSTRAINT surges_circular_once_key UNIQUE (once);
ALTER TABLE ONLY public.surges_circular
    ADD CONSTRAINT surges_circular_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.surges_circularticket
    ADD CONSTRAINT surges_circularticket_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.surges_surge
    ADD CONSTRAINT surges_surge_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.surges_surge
    ADD CONSTRAINT surges_surge_problem_id_key UNIQUE (problem_id);
ALTER TABLE ONLY public.surges_surgeterms
    ADD CONSTRAINT surges_surgeterms_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.surges_surgeticket
    ADD CONSTRAINT surges_surgeticket_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.surges_surgeticket
    ADD CONSTRAINT surges_surgeticket_ticket_id_key UNIQUE (ticket_id);
ALTER TABLE ONLY public.tickets_adoption
    ADD CONSTRAINT tickets_adoption_merge_id_key UNIQUE (merge_id);
ALTER TABLE ONLY public.tickets_adoption
    ADD CONSTRAINT tickets_adoption_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_articleuse
    ADD CONSTRAINT tickets_article_used_once UNIQUE (text_id, ticket_id);
ALTER TABLE ONLY public.tickets_articleuse
    ADD CONSTRAINT tickets_articleuse_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_attachment
    ADD CONSTRAINT tickets_attachment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_bulkitem
    ADD CONSTRAINT tickets_bulk_item_once UNIQUE (run_id, ticket_id);
ALTER TABLE ONLY public.tickets_bulkitem
    ADD CONSTRAINT tickets_bulkitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_bulkrun
    ADD CONSTRAINT tickets_bulkrun_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_checklistitem
    ADD CONSTRAINT tickets_checklistitem_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_consent
    ADD CONSTRAINT tickets_consent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_copied
    ADD CONSTRAINT tickets_copied_once UNIQUE (ticket_id, address);
ALTER TABLE ONLY public.tickets_copied
    ADD CONSTRAINT tickets_copied_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_draft
    ADD CONSTRAINT tickets_draft_once UNIQUE (ticket_id, agent_id);
ALTER TABLE ONLY public.tickets_draft
    ADD CONSTRAINT tickets_draft_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_fieldfile
    ADD CONSTRAINT tickets_field_file_once UNIQUE (ticket_id, field_id);
ALTER TABLE ONLY public.tickets_fieldfile
    ADD CONSTRAINT tickets_fieldfile_attachment_id_key UNIQUE (attachment_id);
ALTER TABLE ONLY public.tickets_fieldfile
    ADD CONSTRAINT tickets_fieldfile_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_fieldmeasure
    ADD CONSTRAINT tickets_fieldmeasure_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_fieldvalues
    ADD CONSTRAINT tickets_fieldvalues_pkey PRIMARY KEY (ticket_id);
ALTER TABLE ONLY public.tickets_follower
    ADD CONSTRAINT tickets_follower_once UNIQUE (ticket_id, agent_id);
ALTER TABLE ONLY public.tickets_follower
    ADD CONSTRAINT tickets_follower_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_grade
    ADD CONSTRAINT tickets_grade_once UNIQUE (ticket_id, solved_at);
ALTER TABLE ONLY public.tickets_grade
    ADD CONSTRAINT tickets_grade_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_gradeterms
    ADD CONSTRAINT tickets_gradeterms_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_gradeterms
    ADD CONSTRAINT tickets_gradeterms_team_id_key UNIQUE (team_id);
ALTER TABLE ONLY public.tickets_link
    ADD CONSTRAINT tickets_link_once UNIQUE (ticket_id, other_id);
ALTER TABLE ONLY public.tickets_link
    ADD CONSTRAINT tickets_link_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_macro
    ADD CONSTRAINT tickets_macro_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_fieldmeasure
    ADD CONSTRAINT tickets_measure_once UNIQUE (ticket_id, field_id);
ALTER TABLE ONLY public.tickets_merge
    ADD CONSTRAINT tickets_merge_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_message
    ADD CONSTRAINT tickets_message_once_key UNIQUE (once);
ALTER TABLE ONLY public.tickets_message
    ADD CONSTRAINT tickets_message_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_organisationadoption
    ADD CONSTRAINT tickets_organisationadoption_merge_id_key UNIQUE (merge_id);
ALTER TABLE ONLY public.tickets_organisationadoption
    ADD CONSTRAINT tickets_organisationadoption_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_owntext
    ADD CONSTRAINT tickets_own_text_once UNIQUE NULLS NOT DISTINCT (name, language, team_id);
ALTER TABLE ONLY public.tickets_owntext
    ADD CONSTRAINT tickets_owntext_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_passedover
    ADD CONSTRAINT tickets_passedover_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_passedover
    ADD CONSTRAINT tickets_passedover_ticket_id_key UNIQUE (ticket_id);
ALTER TABLE ONLY public.tickets_refusalattempt
    ADD CONSTRAINT tickets_refusalattempt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_requestform
    ADD CONSTRAINT tickets_requestform_code_key UNIQUE (code);
ALTER TABLE ONLY public.tickets_requestform
    ADD CONSTRAINT tickets_requestform_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_savedview
    ADD CONSTRAINT tickets_savedview_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_sidethread
    ADD CONSTRAINT tickets_sidethread_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_snooze
    ADD CONSTRAINT tickets_snooze_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_snooze
    ADD CONSTRAINT tickets_snooze_ticket_id_key UNIQUE (ticket_id);
ALTER TABLE ONLY public.tickets_tag
    ADD CONSTRAINT tickets_tag_name_key UNIQUE (name);
ALTER TABLE ONLY public.tickets_tag
    ADD CONSTRAINT tickets_tag_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_template
    ADD CONSTRAINT tickets_template_code_key UNIQUE (code);
ALTER TABLE ONLY public.tickets_template
    ADD CONSTRAINT tickets_template_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_templateversion
    ADD CONSTRAINT tickets_template_version_once UNIQUE (template_id, number);
ALTER TABLE ONLY public.tickets_templateversion
    ADD CONSTRAINT tickets_templateversion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_ticket
    ADD CONSTRAINT tickets_ticket_number_key UNIQUE (number);
ALTER TABLE ONLY public.tickets_ticket
    ADD CONSTRAINT tickets_ticket_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_ticketfield
    ADD CONSTRAINT tickets_ticketfield_code_key UNIQUE (code);
ALTER TABLE ONLY public.tickets_ticketfield
    ADD CONSTRAINT tickets_ticketfield_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_topiclink
    ADD CONSTRAINT tickets_topic_linked_once UNIQUE (topic_id, ticket_id);
ALTER TABLE ONLY public.tickets_topiclink
    ADD CONSTRAINT tickets_topiclink_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.tickets_viewplace
    ADD CONSTRAINT tickets_view_place_once UNIQUE (agent_id, view_id);
ALTER TABLE ONLY public.tickets_viewplace
    ADD CONSTRAINT tickets_viewplace_pkey PRIMARY KEY (id);
CREATE INDEX access_external_value ON public.access_externalid USING btree (value);
CREATE INDEX access_externalid_subject_aae2eb0f_like ON public.access_externalid USING btree (subject varchar_pattern_ops);
CREATE INDEX access_identityprovider_slug_efd57df1_like ON public.access_identityprovider USING btree (slug varchar_pattern_ops);
CREATE INDEX access_opensession_login_id_cad8cae2 ON public.access_opensession USING btree (login_id);
CREATE INDEX access_opensession_session_key_c1e2ecd9_like ON public.access_opensession USING btree (session_key varchar_pattern_ops);
CREATE INDEX access_session_seen ON public.access_opensession USING btree (seen_at);
CREATE INDEX access_tries_key_545e7b3d_like ON public.access_tries USING btree (key varchar_pattern_ops);
CREATE INDEX access_tries_until_8d03f3f2 ON public.access_tries USING btree (until);
CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);
CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);
CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);
CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);
CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE INDEX billing_account_contact_id_b5eaa23a ON public.billing_account USING btree (contact_id);
CREATE INDEX billing_account_organisation_id_603deaea ON public.billing_account USING btree (organisation_id);
CREATE INDEX billing_allocation_invoice_id_15f029b8 ON public.billing_allocation USING btree (invoice_id);
CREATE INDEX billing_allocation_source_key_0c0c86c4 ON public.billing_allocation USING btree (source_key);
CREATE INDEX billing_allocation_source_key_0c0c86c4_like ON public.billing_allocation USING btree (source_key varchar_pattern_ops);
CREATE INDEX billing_approval_agent_id_d81ff6b1 ON public.billing_approval USING btree (agent_id);
CREATE INDEX billing_approval_refund_id_fcbaac6b ON public.billing_approval USING btree (refund_id);
CREATE INDEX billing_balance_account_id_e1861858 ON public.billing_balance USING btree (account_id);
CREATE INDEX billing_billed_line_id_2ce9d6db ON public.billing_billed USING btree (line_id);
CREATE INDEX billing_billed_source_key_f3184874_like ON public.billing_billed USING btree (source_key varchar_pattern_ops);
CREATE INDEX billing_booking_account_id_2a5845a7 ON public.billing_booking USING btree (account_id);
CREATE INDEX billing_booking_booked_at_d61a7c54 ON public.billing_booking USING btree (booked_at);
CREATE INDEX billing_booking_cause_key_1ac6b514_like ON public.billing_booking USING btree (cause_key varchar_pattern_ops);
CREATE INDEX billing_contract_calendar_id_bf42cf45 ON public.billing_contract USING btree (calendar_id);
CREATE INDEX billing_contract_contact_id_e1bfb004 ON public.billing_contract USING btree (contact_id);
CREATE INDEX billing_contract_ending ON public.billing_contract USING btree (ends_on, id);
CREATE INDEX billing_contract_offer_id_580c1705 ON public.billing_contract USING btree (offer_id);
CREATE INDEX billing_contract_organisation_id_82504143 ON public.billing_contract USING btree (organisation_id);
CREATE INDEX billing_credit_account_id_cc572c5b ON public.billing_credit USING btree (account_id);
CREATE INDEX billing_credit_cause_key_4e872d7c_like ON public.billing_credit USING btree (cause_key varchar_pattern_ops);
CREATE INDEX billing_credit_left ON public.billing_credit USING btree (account_id, id) WHERE (left_amount > (0)::numeric);
CREATE INDEX billing_dispute_invoice_id_2bf9bdbc ON public.billing_dispute USING btree (invoice_id);
CREATE UNIQUE INDEX billing_dispute_one ON public.billing_dispute USING btree (invoice_id) WHERE (settled_at IS NULL);
CREATE INDEX billing_entry_account_id_01812d7d ON public.billing_entry USING btree (account_id);
CREATE INDEX billing_entry_booking_id_6baceb6d ON public.billing_entry USING btree (booking_id);
CREATE INDEX billing_entry_of_account ON public.billing_entry USING btree (account_id, part, id);
CREATE INDEX billing_favour_about_3d02393f_like ON public.billing_favour USING btree (about varchar_pattern_ops);
CREATE INDEX billing_invoice_by_day ON public.billing_invoice USING btree (issued_on DESC, id DESC);
CREATE INDEX billing_invoice_counters_id_a62b4b59 ON public.billing_invoice USING btree (counters_id);
CREATE INDEX billing_invoice_number_b2bb8a8d_like ON public.billing_invoice USING btree (number varchar_pattern_ops);
CREATE INDEX billing_invoice_of_account ON public.billing_invoice USING btree (account_id, id DESC);
CREATE UNIQUE INDEX billing_invoice_one_draft ON public.billing_invoice USING btree (account_id) WHERE (((kind)::text = 'invoice'::text) AND ((state)::text = 'draft'::text));
CREATE INDEX billing_invoice_unpaid ON public.billing_invoice USING btree (due_on, id) WHERE (((kind)::text = 'invoice'::text) AND (open_amount > (0)::numeric) AND ((state)::text = 'issued'::text));
CREATE INDEX billing_invoiceline_credits_id_e9ffe041 ON public.billing_invoiceline USING btree (credits_id);
CREATE INDEX billing_invoiceline_rate_id_f6490fa0 ON public.billing_invoiceline USING btree (rate_id);
CREATE INDEX billing_numberrun_run_30914567_like ON public.billing_numberrun USING btree (run varchar_pattern_ops);
CREATE INDEX billing_offer_calendar_id_5f94813e ON public.billing_offer USING btree (calendar_id);
CREATE UNIQUE INDEX billing_one_timer ON public.billing_timeentry USING btree (agent_id) WHERE ((ended_at IS NULL) AND (removed_at IS NULL));
CREATE INDEX billing_order_by_contact ON public.billing_order USING btree (contact_id, ordered_at DESC);
CREATE INDEX billing_order_by_number ON public.billing_order USING btree (number);
CREATE INDEX billing_order_by_organisation ON public.billing_order USING btree (organisation_id, ordered_at DESC);
CREATE INDEX billing_order_by_support ON public.billing_order USING btree (supported_until);
CREATE INDEX billing_order_by_time ON public.billing_order USING btree (ordered_at);
CREATE INDEX billing_orderline_order_id_c2c1bfaf ON public.billing_orderline USING btree (order_id);
CREATE INDEX billing_ordernamed_about_5febaadc_like ON public.billing_ordernamed USING btree (about varchar_pattern_ops);
CREATE INDEX billing_ordernamed_order_id_5527a2db ON public.billing_ordernamed USING btree (order_id);
CREATE INDEX billing_ordersource_name_4523873f_like ON public.billing_ordersource USING btree (name varchar_pattern_ops);
CREATE INDEX billing_ordersource_slug_6c5c1c4b_like ON public.billing_ordersource USING btree (slug varchar_pattern_ops);
CREATE INDEX billing_payment_external_id_2701efcf_like ON public.billing_payment USING btree (external_id varchar_pattern_ops);
CREATE INDEX billing_payment_of_account ON public.billing_payment USING btree (account_id, id DESC);
CREATE INDEX billing_refund_account_id_d8cc34bb ON public.billing_refund USING btree (account_id);
CREATE INDEX billing_refund_cause_key_4ce5e5f5_like ON public.billing_refund USING btree (cause_key varchar_pattern_ops);
CREATE INDEX billing_refund_of_account ON public.billing_refund USING btree (account_id, id DESC);
CREATE INDEX billing_refund_payment_id_51c81a5e ON public.billing_refund USING btree (payment_id);
CREATE INDEX billing_refund_to_do ON public.billing_refund USING btree (id) WHERE ((state)::text = ANY ((ARRAY['requested'::character varying, 'approved'::character varying])::text[]));
CREATE INDEX billing_refundlimit_role_4f9726da_like ON public.billing_refundlimit USING btree (role varchar_pattern_ops);
CREATE UNIQUE INDEX billing_tax_one_default ON public.billing_taxrate USING btree (is_default) WHERE is_default;
CREATE INDEX billing_taxrate_name_3072b05e_like ON public.billing_taxrate USING btree (name varchar_pattern_ops);
CREATE INDEX billing_taxrateversion_rate_id_24f7198e ON public.billing_taxrateversion USING btree (rate_id);
CREATE INDEX billing_tier_name_6731b9dc_like ON public.billing_tier USING btree (name varchar_pattern_ops);
CREATE INDEX billing_time_by_agent ON public.billing_timeentry USING btree (agent_id, id DESC);
CREATE INDEX billing_time_of ON public.billing_timeentry USING btree (about, id);
CREATE INDEX billing_time_to_bill ON public.billing_timeentry USING btree (contact_id, id) WHERE ((billed_at IS NULL) AND (charged > 0) AND (removed_at IS NULL));
CREATE INDEX billing_use_of ON public.billing_use USING btree (contract_id, period_on) WHERE (given_back_at IS NULL);
CREATE UNIQUE INDEX billing_use_once ON public.billing_use USING btree (cause_key) WHERE (given_back_at IS NULL);
CREATE INDEX billing_verdict_contract_id_ed08430f ON public.billing_verdict USING btree (contract_id);
CREATE UNIQUE INDEX billing_verdict_holds ON public.billing_verdict USING btree (about) WHERE (replaced_at IS NULL);
CREATE INDEX billing_verdict_order_id_d6f6e8c0 ON public.billing_verdict USING btree (order_id);
CREATE INDEX billing_verdict_reason_id_a8d9fcf5 ON public.billing_verdict USING btree (reason_id);
CREATE INDEX billing_verdict_to_bill ON public.billing_verdict USING btree (contact_id, id) WHERE ((accepted_at IS NOT NULL) AND ((per)::text = 'incident'::text) AND (replaced_at IS NULL));
CREATE INDEX calendars_businesscalendar_name_8c1676ff_like ON public.calendars_businesscalendar USING btree (name varchar_pattern_ops);
CREATE INDEX calendars_calendarversion_calendar_id_72dec560 ON public.calendars_calendarversion USING btree (calendar_id);
CREATE INDEX calls_by_time ON public.calls_call USING btree (begun_at);
CREATE INDEX calls_call_once_cdb25a2c_like ON public.calls_call USING btree (once varchar_pattern_ops);
CREATE INDEX calls_extension_agent_id_f83643b5 ON public.calls_extension USING btree (agent_id);
CREATE INDEX calls_extension_number_1f9c07fd_like ON public.calls_extension USING btree (number varchar_pattern_ops);
CREATE INDEX calls_now ON public.calls_call USING btree (begun_at) WHERE (NOT ((state)::text = 'ended'::text));
CREATE INDEX calls_of_contact ON public.calls_call USING btree (contact_id, begun_at) WHERE (contact_id IS NOT NULL);
CREATE INDEX calls_of_number ON public.calls_call USING btree (number, begun_at) WHERE (NOT ((number)::text = ''::text));
CREATE INDEX calls_of_team ON public.calls_call USING btree (team_id, begun_at);
CREATE INDEX calls_of_ticket ON public.calls_call USING btree (ticket_id) WHERE (ticket_id IS NOT NULL);
CREATE UNIQUE INDEX calls_one_open_call_back ON public.calls_callback USING btree (number, team_id) WHERE ((done_at IS NULL) AND (NOT ((number)::text = ''::text)));
CREATE INDEX calls_phoneline_calendar_id_4515bd37 ON public.calls_phoneline USING btree (calendar_id);
CREATE INDEX calls_phoneline_name_46ee6148_like ON public.calls_phoneline USING btree (name varchar_pattern_ops);
CREATE INDEX calls_phoneline_number_e9743796_like ON public.calls_phoneline USING btree (number varchar_pattern_ops);
CREATE INDEX calls_phoneline_team_id_2b2de967 ON public.calls_phoneline USING btree (team_id);
CREATE INDEX calls_phonesystem_name_1a323862_like ON public.calls_phonesystem USING btree (name varchar_pattern_ops);
CREATE INDEX channels_blockedsender_by_id_e6061085 ON public.channels_blockedsender USING btree (by_id);
CREATE INDEX channels_blockedsender_pattern_7288904d_like ON public.channels_blockedsender USING btree (pattern varchar_pattern_ops);
CREATE INDEX channels_junkword_word_57a37443_like ON public.channels_junkword USING btree (word varchar_pattern_ops);
CREATE INDEX channels_mail_by_message ON public.channels_rawmail USING btree (message_id) WHERE (message_id IS NOT NULL);
CREATE INDEX channels_mail_by_state ON public.channels_rawmail USING btree (state, id DESC) WHERE (NOT ((state)::text = 'read'::text));
CREATE INDEX channels_mail_fingerprint ON public.channels_rawmail USING btree (fingerprint) WHERE (NOT ((fingerprint)::text = ''::text));
CREATE INDEX channels_mail_kept_as ON public.channels_rawmail USING btree (kept_as) WHERE (NOT ((kept_as)::text = ''::text));
CREATE INDEX channels_mailaccount_team_id_3c687ea7 ON public.channels_mailaccount USING btree (team_id);
CREATE INDEX channels_mailreference_message_id_3919a453 ON public.channels_mailreference USING btree (message_id);
CREATE INDEX channels_out_by_header ON public.channels_outgoing USING btree (header);
CREATE INDEX channels_out_by_message ON public.channels_outgoing USING btree (message_id) WHERE (message_id IS NOT NULL);
CREATE INDEX channels_out_open ON public.channels_outgoing USING btree (state, id DESC) WHERE (NOT ((state)::text = 'sent'::text));
CREATE INDEX channels_outgoing_message_id_8d64cb18 ON public.channels_outgoing USING btree (message_id);
CREATE INDEX channels_outgoing_team_id_84bb3577 ON public.channels_outgoing USING btree (team_id);
CREATE INDEX channels_picturesfrom_agent_id_8b10771b ON public.channels_picturesfrom USING btree (agent_id);
CREATE INDEX channels_pushed_subscription_id_e2a480e7 ON public.channels_pushed USING btree (subscription_id);
CREATE INDEX channels_pushsubscription_agent_id_9105c8f1 ON public.channels_pushsubscription USING btree (agent_id);
CREATE INDEX channels_pushsubscription_endpoint_47fd405f_like ON public.channels_pushsubscription USING btree (endpoint text_pattern_ops);
CREATE INDEX channels_rawmail_message_id_b0ac216c ON public.channels_rawmail USING btree (message_id);
CREATE INDEX channels_rawmail_source_id_de732741_like ON public.channels_rawmail USING btree (source_id varchar_pattern_ops);
CREATE INDEX channels_reference ON public.channels_mailreference USING btree (header);
CREATE INDEX channels_sms_by_message ON public.channels_smsout USING btree (message_id) WHERE (message_id IS NOT NULL);
CREATE INDEX channels_sms_by_to ON public.channels_smsout USING btree ("to");
CREATE INDEX channels_sms_in_bundle ON public.channels_smsin USING btree (bundle) WHERE (NOT ((bundle)::text = ''::text));
CREATE INDEX channels_sms_in_by_message ON public.channels_smsin USING btree (message_id) WHERE (message_id IS NOT NULL);
CREATE INDEX channels_sms_in_by_sender ON public.channels_smsin USING btree (sender);
CREATE INDEX channels_sms_open ON public.channels_smsout USING btree (state, not_before) WHERE (NOT ((state)::text = ANY ((ARRAY['sent'::character varying, 'delivered'::character varying])::text[])));
CREATE INDEX channels_sms_part_by_id ON public.channels_smspart USING btree (provider_id);
CREATE INDEX channels_smsday_number_id_731b7daf ON public.channels_smsday USING btree (number_id);
CREATE INDEX channels_smsin_message_id_587ee728 ON public.channels_smsin USING btree (message_id);
CREATE INDEX channels_smsin_number_id_9461b39b ON public.channels_smsin USING btree (number_id);
CREATE INDEX channels_smsin_provider_id_aac1fa5d_like ON public.channels_smsin USING btree (provider_id varchar_pattern_ops);
CREATE INDEX channels_smsnumber_calendar_id_9ba1ea47 ON public.channels_smsnumber USING btree (calendar_id);
CREATE INDEX channels_smsnumber_name_ffc8ca59_like ON public.channels_smsnumber USING btree (name varchar_pattern_ops);
CREATE INDEX channels_smsnumber_number_aa4263b1_like ON public.channels_smsnumber USING btree (number varchar_pattern_ops);
CREATE INDEX channels_smsnumber_team_id_a4830f7e ON public.channels_smsnumber USING btree (team_id);
CREATE INDEX channels_smsout_message_id_213da2db ON public.channels_smsout USING btree (message_id);
CREATE INDEX channels_smsout_number_id_6c0e8771 ON public.channels_smsout USING btree (number_id);
CREATE INDEX channels_smsout_once_ac11c668_like ON public.channels_smsout USING btree (once varchar_pattern_ops);
CREATE INDEX channels_smspart_out_id_4083735e ON public.channels_smspart USING btree (out_id);
CREATE INDEX channels_smsstop_number_id_d1c8be89 ON public.channels_smsstop USING btree (number_id);
CREATE INDEX charter_answer_decided ON public.charter_answercase USING btree (decided_at);
CREATE INDEX charter_case_broken ON public.charter_case USING btree (objective, decided_at) WHERE ((state)::text = 'broken'::text);
CREATE INDEX charter_case_decided ON public.charter_case USING btree (decided_at) WHERE (decided_at IS NOT NULL);
CREATE UNIQUE INDEX charter_one_unpublished_version ON public.charter_charterversion USING btree ((1)) WHERE (NOT ((state)::text = 'published'::text));
CREATE INDEX charter_owedremedy_contact_id_fb5a587d ON public.charter_owedremedy USING btree (contact_id);
CREATE INDEX charter_owedremedy_ticket_id_ed7d4264 ON public.charter_owedremedy USING btree (ticket_id);
CREATE INDEX charter_remedy_by_time ON public.charter_owedremedy USING btree (created_at, id);
CREATE INDEX charter_remedy_waiting ON public.charter_owedremedy USING btree (created_at) WHERE ((state)::text = 'waiting'::text);
CREATE UNIQUE INDEX comments_address_once ON public.comments_commentfollow USING btree (text_id, address) WHERE (NOT ((address)::text = ''::text));
CREATE INDEX comments_comment_address ON public.comments_comment USING btree (address) WHERE (NOT ((address)::text = ''::text));
CREATE INDEX comments_comment_author_id_334ce9e2 ON public.comments_comment USING btree (author_id);
CREATE INDEX comments_comment_latest ON public.comments_comment USING btree (author_id, created_at DESC);
CREATE INDEX comments_comment_once_e18cf73a_like ON public.comments_comment USING btree (once varchar_pattern_ops);
CREATE INDEX comments_comment_order ON public.comments_comment USING btree (text_id, id);
CREATE INDEX comments_comment_text_id_32ee945c ON public.comments_comment USING btree (text_id);
CREATE INDEX comments_comment_waiting ON public.comments_comment USING btree (id) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX comments_commentfollow_profile_id_2bed9232 ON public.comments_commentfollow USING btree (profile_id);
CREATE INDEX comments_commentfollow_text_id_58020754 ON public.comments_commentfollow USING btree (text_id);
CREATE INDEX comments_commentreport_comment_id_f02fc6e3 ON public.comments_commentreport USING btree (comment_id);
CREATE INDEX comments_commentreport_profile_id_7ad11ecb ON public.comments_commentreport USING btree (profile_id);
CREATE INDEX comments_commentvote_comment_id_d17088dc ON public.comments_commentvote USING btree (comment_id);
CREATE INDEX comments_commentvote_profile_id_a1dcc171 ON public.comments_commentvote USING btree (profile_id);
CREATE INDEX comments_follow_address ON public.comments_commentfollow USING btree (address) WHERE (NOT ((address)::text = ''::text));
CREATE UNIQUE INDEX comments_follow_once ON public.comments_commentfollow USING btree (text_id, profile_id) WHERE (profile_id IS NOT NULL);
CREATE INDEX comments_report_open ON public.comments_commentreport USING btree (comment_id) WHERE (ended_at IS NULL);
CREATE INDEX community_blocked ON public.community_profile USING btree (blocked_at DESC) WHERE (blocked_at IS NOT NULL);
CREATE UNIQUE INDEX community_first_post ON public.community_post USING btree (topic_id) WHERE is_first;
CREATE INDEX community_follow_profile_id_5a7ef458 ON public.community_follow USING btree (profile_id);
CREATE INDEX community_follow_topic_id_62cb34ad ON public.community_follow USING btree (topic_id);
CREATE INDEX community_forum_brand_id_2beba6da ON public.community_forum USING btree (brand_id);
CREATE INDEX community_forum_slug_28811024_like ON public.community_forum USING btree (slug varchar_pattern_ops);
CREATE INDEX community_forumfollow_forum_id_bed6a921 ON public.community_forumfollow USING btree (forum_id);
CREATE INDEX community_forumfollow_profile_id_978a226a ON public.community_forumfollow USING btree (profile_id);
CREATE INDEX community_forumproposal_author_id_87320346 ON public.community_forumproposal USING btree (author_id);
CREATE INDEX community_forumproposal_forum_id_a3f95661 ON public.community_forumproposal USING btree (forum_id);
CREATE UNIQUE INDEX community_one_proposal ON public.community_forumproposal USING btree (author_id) WHERE ((state)::text = 'open'::text);
CREATE INDEX community_post_author_id_a6c5f564 ON public.community_post USING btree (author_id);
CREATE INDEX community_post_latest ON public.community_post USING btree (author_id, created_at DESC);
CREATE INDEX community_post_once_9c2cdcde_like ON public.community_post USING btree (once varchar_pattern_ops);
CREATE INDEX community_post_order ON public.community_post USING btree (topic_id, id);
CREATE INDEX community_post_topic_id_35a99c08 ON public.community_post USING btree (topic_id);
CREATE INDEX community_post_waiting ON public.community_post USING btree (id) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX community_postfile_post_id_722fd0a6 ON public.community_postfile USING btree (post_id);
CREATE INDEX community_postfile_sha256_d161032e ON public.community_postfile USING btree (sha256);
CREATE INDEX community_postfile_sha256_d161032e_like ON public.community_postfile USING btree (sha256 varchar_pattern_ops);
CREATE INDEX community_postreport_post_id_fb329e01 ON public.community_postreport USING btree (post_id);
CREATE INDEX community_postreport_profile_id_cc1d07f9 ON public.community_postreport USING btree (profile_id);
CREATE INDEX community_postversion_post_id_e9b896cb ON public.community_postversion USING btree (post_id);
CREATE INDEX community_profile_name_key_18a86cb3_like ON public.community_profile USING btree (name_key varchar_pattern_ops);
CREATE INDEX community_proposals ON public.community_forumproposal USING btree (author_id, created_at DESC);
CREATE INDEX community_report_open ON public.community_postreport USING btree (post_id) WHERE (ended_at IS NULL);
CREATE INDEX community_topic_accepted_id_a6c5ca48 ON public.community_topic USING btree (accepted_id);
CREATE INDEX community_topic_author_id_a14b61bf ON public.community_topic USING btree (author_id);
CREATE INDEX community_topic_forum_id_84280c0d ON public.community_topic USING btree (forum_id);
CREATE INDEX community_topic_latest ON public.community_topic USING btree (forum_id, is_pinned DESC, last_at DESC);
CREATE INDEX community_topic_merged_into_id_06a288db ON public.community_topic USING btree (merged_into_id);
CREATE INDEX community_topic_newest ON public.community_topic USING btree (last_at DESC);
CREATE INDEX community_topic_tags ON public.community_topic USING gin (tags);
CREATE INDEX community_vote_post_id_0cffe200 ON public.community_vote USING btree (post_id);
CREATE INDEX community_vote_profile_id_51bb6e6a ON public.community_vote USING btree (profile_id);
CREATE INDEX complaints_complaint_about_id_d61bd578 ON public.complaints_complaint USING btree (about_id);
CREATE INDEX complaints_complaint_level_id_3cc3122b ON public.complaints_complaint USING btree (level_id);
CREATE INDEX complaints_concerned_agent_id_53e8669c ON public.complaints_concerned USING btree (agent_id);
CREATE INDEX complaints_concerned_complaint_id_afc7e8e3 ON public.complaints_concerned USING btree (complaint_id);
CREATE INDEX complaints_decision_agent_id_97bbeac3 ON public.complaints_decision USING btree (agent_id);
CREATE INDEX complaints_decision_complaint_id_ea28d4e6 ON public.complaints_decision USING btree (complaint_id);
CREATE INDEX complaints_decision_latest ON public.complaints_decision USING btree (made_at DESC);
CREATE INDEX complaints_decision_level_id_6aca76f8 ON public.complaints_decision USING btree (level_id);
CREATE INDEX complaints_latest ON public.complaints_complaint USING btree (made_at DESC, id DESC);
CREATE INDEX complaints_level_team_id_1885edeb ON public.complaints_level USING btree (team_id);
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX events_delivery_due ON public.events_delivery USING btree (next_try_at) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX events_delivery_parked ON public.events_delivery USING btree (id DESC) WHERE ((state)::text = 'parked'::text);
CREATE INDEX events_delivery_queue ON public.events_delivery USING btree (subject, event_id);
CREATE INDEX events_event_at ON ONLY public.events_event USING brin (at) WITH (pages_per_range='32');
CREATE INDEX events_event_0_at_idx ON public.events_event_0 USING brin (at) WITH (pages_per_range='32');
CREATE INDEX events_event_audit ON ONLY public.events_event USING btree (id) WHERE ((actor <> 'system'::text) AND (actor !~~ 'contact:%'::text) AND (subject !~~ 'ticket:%'::text) AND (code <> 'agent.notified'::text));
CREATE INDEX events_event_0_audit ON public.events_event_0 USING btree (id) WHERE ((actor <> 'system'::text) AND (actor !~~ 'contact:%'::text) AND (subject !~~ 'ticket:%'::text) AND (code <> 'agent.notified'::text));
CREATE INDEX events_event_subject ON ONLY public.events_event USING btree (subject, id);
CREATE INDEX events_event_0_subject_id_idx ON public.events_event_0 USING btree (subject, id);
CREATE INDEX events_event_txid ON ONLY public.events_event USING btree (txid);
CREATE INDEX events_event_0_txid_idx ON public.events_event_0 USING btree (txid);
CREATE INDEX events_event_1_at_idx ON public.events_event_1 USING brin (at) WITH (pages_per_range='32');
CREATE INDEX events_event_1_audit ON public.events_event_1 USING btree (id) WHERE ((actor <> 'system'::text) AND (actor !~~ 'contact:%'::text) AND (subject !~~ 'ticket:%'::text) AND (code <> 'agent.notified'::text));
CREATE INDEX events_event_1_subject_id_idx ON public.events_event_1 USING btree (subject, id);
CREATE INDEX events_event_1_txid_idx ON public.events_event_1 USING btree (txid);
CREATE INDEX events_event_default_at_idx ON public.events_event_default USING brin (at) WITH (pages_per_range='32');
CREATE INDEX events_event_default_audit ON public.events_event_default USING btree (id) WHERE ((actor <> 'system'::text) AND (actor !~~ 'contact:%'::text) AND (subject !~~ 'ticket:%'::text) AND (code <> 'agent.notified'::text));
CREATE INDEX events_event_default_subject_id_idx ON public.events_event_default USING btree (subject, id);
CREATE INDEX events_event_default_txid_idx ON public.events_event_default USING btree (txid);
CREATE INDEX events_heartbeat_name_d911fb16_like ON public.events_heartbeat USING btree (name varchar_pattern_ops);
CREATE INDEX events_reader_name_a9b254bd_like ON public.events_reader USING btree (name varchar_pattern_ops);
CREATE UNIQUE INDEX events_rule_one_active ON public.events_ruleversion USING btree (rule_id) WHERE ((active_from IS NOT NULL) AND (active_until IS NULL));
CREATE INDEX events_rule_run_held ON public.events_rulerun USING btree (at) WHERE (NOT (held = ''::text));
CREATE INDEX events_rule_run_subject ON public.events_rulerun USING btree (subject, id);
CREATE INDEX events_rule_run_version ON public.events_rulerun USING btree (version_id, id DESC);
CREATE INDEX events_rule_slug_2ff70e2a_like ON public.events_rule USING btree (slug varchar_pattern_ops);
CREATE INDEX events_rulerun_version_id_3f9aa08d ON public.events_rulerun USING btree (version_id);
CREATE INDEX events_ruleversion_rule_id_6a22cf98 ON public.events_ruleversion USING btree (rule_id);
CREATE INDEX events_timer_due ON public.events_timer USING btree (try_at, id) WHERE ((state)::text = 'running'::text);
CREATE INDEX events_timer_key_8730912a_like ON public.events_timer USING btree (key text_pattern_ops);
CREATE INDEX events_timer_parked ON public.events_timer USING btree (id DESC) WHERE ((state)::text = 'parked'::text);
CREATE INDEX events_webhookcall_done ON public.events_webhookcall USING btree (done_at) WHERE (NOT ((state)::text = 'waiting'::text));
CREATE INDEX events_webhookcall_due ON public.events_webhookcall USING btree (webhook_id, next_try_at) WHERE ((state)::text = 'waiting'::text);
CREATE INDEX events_webhookcall_latest ON public.events_webhookcall USING btree (webhook_id, id DESC);
CREATE INDEX events_webhookcall_webhook_id_da6761a2 ON public.events_webhookcall USING btree (webhook_id);
CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));
CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);
CREATE INDEX knowledge_article_about_363c73be ON public.knowledge_article USING btree (about);
CREATE INDEX knowledge_article_about_363c73be_like ON public.knowledge_article USING btree (about varchar_pattern_ops);
CREATE INDEX knowledge_article_category_id_e125b641 ON public.knowledge_article USING btree (category_id);
CREATE INDEX knowledge_article_owner_id_b40ac797 ON public.knowledge_article USING btree (owner_id);
CREATE INDEX knowledge_articlefile_article_id_8570b986 ON public.knowledge_articlefile USING btree (article_id);
CREATE INDEX knowledge_articlefile_sha256_f89db1b1 ON public.knowledge_articlefile USING btree (sha256);
CREATE INDEX knowledge_articlefile_sha256_f89db1b1_like ON public.knowledge_articlefile USING btree (sha256 varchar_pattern_ops);
CREATE INDEX knowledge_articletext_article_id_a2cbaaee ON public.knowledge_articletext USING btree (article_id);
CREATE INDEX knowledge_articleversion_text_id_e9b20115 ON public.knowledge_articleversion USING btree (text_id);
CREATE INDEX knowledge_category_brand_id_b29ce6d9 ON public.knowledge_category USING btree (brand_id);
CREATE INDEX knowledge_category_parent_id_653c6277 ON public.knowledge_category USING btree (parent_id);
CREATE INDEX knowledge_category_slug_9e482337_like ON public.knowledge_category USING btree (slug varchar_pattern_ops);
CREATE INDEX knowledge_correction_article_id_9319c2bf ON public.knowledge_correction USING btree (article_id);
CREATE INDEX knowledge_correction_open ON public.knowledge_correction USING btree (due_on) WHERE ((state)::text = 'open'::text);
CREATE INDEX knowledge_correction_owner_id_3fa014fe ON public.knowledge_correction USING btree (owner_id);
CREATE INDEX knowledge_correction_text_id_b369c318 ON public.knowledge_correction USING btree (text_id);
CREATE INDEX knowledge_daycount_text_id_1939fa78 ON public.knowledge_daycount USING btree (text_id);
CREATE INDEX knowledge_feedback_contact_id_4c1719da ON public.knowledge_feedback USING btree (contact_id);
CREATE INDEX knowledge_feedback_latest ON public.knowledge_feedback USING btree (text_id, given_at DESC);
CREATE INDEX knowledge_feedback_once_837bbe24_like ON public.knowledge_feedback USING btree (once varchar_pattern_ops);
CREATE INDEX knowledge_feedback_text_id_d628a97a ON public.knowledge_feedback USING btree (text_id);
CREATE INDEX knowledge_redirect_category_id_a5ef722a ON public.knowledge_redirect USING btree (category_id);
CREATE INDEX knowledge_redirect_text_id_331207ce ON public.knowledge_redirect USING btree (text_id);
CREATE UNIQUE INDEX knowledge_source_once ON public.knowledge_taken USING btree (form, source) WHERE (NOT ((source)::text = ''::text));
CREATE INDEX knowledge_taken_by_time ON public.knowledge_taken USING btree (taken_at);
CREATE INDEX knowledge_taken_by_visitor ON public.knowledge_taken USING btree (visitor) WHERE (NOT ((visitor)::text = ''::text));
CREATE INDEX knowledge_taken_contact_id_18b0e883 ON public.knowledge_taken USING btree (contact_id);
CREATE INDEX knowledge_taken_text_id_f4e56da8 ON public.knowledge_taken USING btree (text_id);
CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);
CREATE INDEX notices_announcement_team_id_e1e4b849 ON public.notices_announcement USING btree (team_id);
CREATE INDEX notices_incident_components_component_id_ef7b7e08 ON public.notices_incident_components USING btree (component_id);
CREATE INDEX notices_incident_components_incident_id_19d14140 ON public.notices_incident_components USING btree (incident_id);
CREATE INDEX notices_incident_open ON public.notices_incident USING btree (starts_at) WHERE (ended_at IS NULL);
CREATE INDEX notices_incident_ticket_id_e49b0642 ON public.notices_incident USING btree (ticket_id);
CREATE INDEX notices_incidentupdate_incident_id_9d9a5913 ON public.notices_incidentupdate USING btree (incident_id);
CREATE UNIQUE INDEX notices_policy_version_once ON public.notices_announcement USING btree (policy, version) WHERE (version IS NOT NULL);
CREATE INDEX notices_recipient_contact_id_b3c0004a ON public.notices_recipient USING btree (contact_id);
CREATE INDEX notices_recipient_outgoing_id_86a3ba47 ON public.notices_recipient USING btree (outgoing_id);
CREATE INDEX notices_recipient_sms_id_c3e32f18 ON public.notices_recipient USING btree (sms_id);
CREATE INDEX notices_statusfollower_incident_id_bf8d5daf ON public.notices_statusfollower USING btree (incident_id);
CREATE INDEX people_agent_calendar_id_6ae1ddf7 ON public.people_agent USING btree (calendar_id);
CREATE INDEX people_agent_free_role_id_98e0d15a ON public.people_agent USING btree (free_role_id);
CREATE INDEX people_agent_skills_agent_id_915631b6 ON public.people_agent_skills USING btree (agent_id);
CREATE INDEX people_agent_skills_skill_id_0ed8269e ON public.people_agent_skills USING btree (skill_id);
CREATE INDEX people_agentlanguage_agent_id_fe7415ca ON public.people_agentlanguage USING btree (agent_id);
CREATE INDEX people_answer_age ON public.people_keptanswer USING btree (at);
CREATE INDEX people_apitoken_digest_af4674e2_like ON public.people_apitoken USING btree (digest varchar_pattern_ops);
CREATE INDEX people_apitoken_login_id_f7f87210 ON public.people_apitoken USING btree (login_id);
CREATE INDEX people_apitoken_parent_id_9a282982 ON public.people_apitoken USING btree (parent_id);
CREATE INDEX people_apitoken_passing ON public.people_apitoken USING btree (expires_at) WHERE ((kind)::text = 'access'::text);
CREATE INDEX people_brand_host_9424a89f_like ON public.people_brand USING btree (host varchar_pattern_ops);
CREATE INDEX people_brandpicture_brand_id_df7f176b ON public.people_brandpicture USING btree (brand_id);
CREATE INDEX people_brandteam_brand_id_6bc46d76 ON public.people_brandteam USING btree (brand_id);
CREATE UNIQUE INDEX people_contact_merged_into_one ON public.people_contactmerge USING btree (merged_id) WHERE (undone_at IS NULL);
CREATE INDEX people_contact_name ON public.people_contact USING btree (lower((name)::text));
CREATE INDEX people_contact_name_parts ON public.people_contact USING gin (lower((name)::text) public.gin_trgm_ops);
CREATE INDEX people_contact_organisation_id_520b22fc ON public.people_contact USING btree (organisation_id);
CREATE INDEX people_contactmerge_contact_id_0bf74c1d ON public.people_contactmerge USING btree (contact_id);
CREATE INDEX people_contactmerge_merged_id_3b552de6 ON public.people_contactmerge USING btree (merged_id);
CREATE INDEX people_duplicate_contact_id_2d3ab021 ON public.people_duplicate USING btree (contact_id);
CREATE INDEX people_duplicate_open ON public.people_duplicate USING btree (id DESC) WHERE (settled_at IS NULL);
CREATE INDEX people_duplicate_other_id_1bb77215 ON public.people_duplicate USING btree (other_id);
CREATE UNIQUE INDEX people_erasure_asked_once ON public.people_erasurerequest USING btree (contact_id) WHERE ((state)::text = 'asked'::text);
CREATE INDEX people_erasurerequest_contact_id_f1fab04a ON public.people_erasurerequest USING btree (contact_id);
CREATE INDEX people_erasurerequest_receipt_fd4af406_like ON public.people_erasurerequest USING btree (receipt varchar_pattern_ops);
CREATE INDEX people_identity_address_key ON public.people_identity USING btree (translate(split_part(split_part((value)::text, '@'::text, 1), '+'::text, 1), '._-'::text, ''::text)) WHERE ((kind)::text = 'email'::text);
CREATE INDEX people_identity_contact_id_11bce453 ON public.people_identity USING btree (contact_id);
CREATE INDEX people_identity_parts ON public.people_identity USING gin (value public.gin_trgm_ops);
CREATE INDEX people_identity_phone_key ON public.people_identity USING btree ("right"(regexp_replace((value)::text, '\D'::text, ''::text, 'g'::text), 9)) WHERE ((kind)::text = 'phone'::text);
CREATE INDEX people_importrun_agent_id_0473ffe1 ON public.people_importrun USING btree (agent_id);
CREATE INDEX people_login_email_256155b1_like ON public.people_login USING btree (email varchar_pattern_ops);
CREATE INDEX people_membership_agent_id_f1e117cc ON public.people_membership USING btree (agent_id);
CREATE INDEX people_membership_role_id_767ca7d6 ON public.people_membership USING btree (role_id);
CREATE INDEX people_membership_team_id_61ae9260 ON public.people_membership USING btree (team_id);
CREATE INDEX people_notice_agent_id_a1266462 ON public.people_notice USING btree (agent_id);
CREATE INDEX people_notice_of ON public.people_notice USING btree (agent_id, id DESC);
CREATE INDEX people_notice_unread ON public.people_notice USING btree (agent_id, id DESC) WHERE (read_at IS NULL);
CREATE UNIQUE INDEX people_organisation_merged_into_one ON public.people_organisationmerge USING btree (merged_id) WHERE (undone_at IS NULL);
CREATE INDEX people_organisation_name ON public.people_organisation USING btree (lower((name)::text));
CREATE INDEX people_organisationmerge_merged_id_761cce19 ON public.people_organisationmerge USING btree (merged_id);
CREATE INDEX people_organisationmerge_organisation_id_a21caa68 ON public.people_organisationmerge USING btree (organisation_id);
CREATE INDEX people_organisationsapart_organisation_id_12390274 ON public.people_organisationsapart USING btree (organisation_id);
CREATE INDEX people_organisationsapart_other_id_0705ee31 ON public.people_organisationsapart USING btree (other_id);
CREATE INDEX people_personfield_code_2199ed13 ON public.people_personfield USING btree (code);
CREATE INDEX people_personfield_code_2199ed13_like ON public.people_personfield USING btree (code varchar_pattern_ops);
CREATE INDEX people_personnote_author_id_4efc431d ON public.people_personnote USING btree (author_id);
CREATE INDEX people_personnote_contact_id_da3f14d2 ON public.people_personnote USING btree (contact_id);
CREATE INDEX people_personnote_organisation_id_e59dd1bb ON public.people_personnote USING btree (organisation_id);
CREATE INDEX people_preferences_stand_in_id_09b438de ON public.people_preferences USING btree (stand_in_id);
CREATE INDEX people_role_name_243a03c1_like ON public.people_role USING btree (name varchar_pattern_ops);
CREATE INDEX people_skill_name_0fa37cb8_like ON public.people_skill USING btree (name varchar_pattern_ops);
CREATE INDEX people_team_address_61f72352_like ON public.people_team USING btree (address varchar_pattern_ops);
CREATE INDEX people_team_calendar_id_65fc92b1 ON public.people_team USING btree (calendar_id);
CREATE INDEX people_team_name_77e3994f_like ON public.people_team USING btree (name varchar_pattern_ops);
CREATE INDEX people_team_skill_id_74206f6c ON public.people_team USING btree (skill_id);
CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);
CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));
CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);
CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);
CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);
CREATE INDEX quality_schedule_agent_id_9e08493f ON public.quality_schedule USING btree (agent_id);
CREATE UNIQUE INDEX records_hold_once ON public.records_legalhold USING btree (kind, subject_id) WHERE (lifted_at IS NULL);
CREATE INDEX records_retentionrule_slug_1f1aaf82_like ON public.records_retentionrule USING btree (slug varchar_pattern_ops);
CREATE INDEX scanning_filescan_sha256_4cb99a44_like ON public.scanning_filescan USING btree (sha256 varchar_pattern_ops);
CREATE INDEX search_document_parent ON public.search_document USING btree (parent);
CREATE INDEX search_document_words ON public.search_document USING gin (tags, vector);
CREATE INDEX search_meaning_stale ON public.search_meaning USING btree (document_id) WHERE (means IS NULL);
CREATE INDEX search_rebuild_kind_dfba1de8_like ON public.search_rebuild USING btree (kind text_pattern_ops);
CREATE INDEX search_word_letters ON public.search_word USING gin (public.search_letters(word) public.gin_trgm_ops) WHERE (is_plain AND (octet_length(word) > length(word)));
CREATE INDEX search_word_typos ON public.search_word USING gin (word public.gin_trgm_ops) WHERE is_plain;
CREATE INDEX sla_channelhours_calendar_id_fa766a1f ON public.sla_channelhours USING btree (calendar_id);
CREATE INDEX sla_channelhours_channel_8a6e26b9_like ON public.sla_channelhours USING btree (channel varchar_pattern_ops);
CREATE INDEX sla_clock_running ON public.sla_clock USING btree (due_at) WHERE ((state)::text = 'running'::text);
CREATE INDEX sla_policy_in_force ON public.sla_policyversion USING btree ("position", id) WHERE (active_until IS NULL);
CREATE UNIQUE INDEX sla_policy_one_active ON public.sla_policyversion USING btree (policy_id) WHERE (active_until IS NULL);
CREATE INDEX sla_policy_slug_e1e62010_like ON public.sla_policy USING btree (slug varchar_pattern_ops);
CREATE INDEX sla_policyversion_calendar_id_284bf37f ON public.sla_policyversion USING btree (calendar_id);
CREATE INDEX sla_policyversion_policy_id_0cac96e3 ON public.sla_policyversion USING btree (policy_id);
CREATE INDEX sla_wait_about_b6733745_like ON public.sla_wait USING btree (about varchar_pattern_ops);
CREATE INDEX sla_wait_by_time ON public.sla_wait USING btree (asked_at);
CREATE INDEX socialaccount_socialaccount_user_id_8146e70c ON public.socialaccount_socialaccount USING btree (user_id);
CREATE INDEX socialaccount_socialtoken_account_id_951f210e ON public.socialaccount_socialtoken USING btree (account_id);
CREATE INDEX socialaccount_socialtoken_app_id_636a42d7 ON public.socialaccount_socialtoken USING btree (app_id);
CREATE INDEX surges_circular_about_24db8ec4 ON public.surges_circular USING btree (about);
CREATE INDEX surges_circular_about_24db8ec4_like ON public.surges_circular USING btree (about varchar_pattern_ops);
CREATE INDEX surges_circular_agent_id_ad550952 ON public.surges_circular USING btree (agent_id);
CREATE INDEX surges_circular_once_06811a95_like ON public.surges_circular USING btree (once varchar_pattern_ops);
CREATE INDEX surges_circular_rows ON public.surges_circularticket USING btree (circular_id, state, id);
CREATE INDEX surges_circularticket_contact_id_82e93bf9 ON public.surges_circularticket USING btree (contact_id);
CREATE INDEX surges_circularticket_ticket_id_be1cffdf ON public.surges_circularticket USING btree (ticket_id);
CREATE INDEX surges_surge_lately ON public.surges_surge USING btree (last_at);
CREATE INDEX surges_surge_team_id_e29e8e48 ON public.surges_surge USING btree (team_id);
CREATE INDEX surges_surgeticket_surge_id_a043d327 ON public.surges_surgeticket USING btree (surge_id);
CREATE INDEX tickets_articleuse_ticket_id_7f05fb9a ON public.tickets_articleuse USING btree (ticket_id);
CREATE INDEX tickets_attachment_draft_id_f043ef28 ON public.tickets_attachment USING btree (draft_id);
CREATE INDEX tickets_attachment_message_id_19591853 ON public.tickets_attachment USING btree (message_id);
CREATE INDEX tickets_bulk_items ON public.tickets_bulkitem USING btree (run_id, state, id);
CREATE INDEX tickets_bulkitem_ticket_id_1ea0d51b ON public.tickets_bulkitem USING btree (ticket_id);
CREATE INDEX tickets_bulkrun_agent_id_6e48940b ON public.tickets_bulkrun USING btree (agent_id);
CREATE INDEX tickets_by_activity ON public.tickets_ticket USING btree (last_message_at, id);
CREATE INDEX tickets_by_assignee ON public.tickets_ticket USING btree (assignee_id, status, last_message_at, id);
CREATE INDEX tickets_by_channel ON public.tickets_ticket USING btree (channel, last_message_at, id);
CREATE INDEX tickets_by_contact ON public.tickets_ticket USING btree (contact_id, id DESC);
CREATE INDEX tickets_by_due ON public.tickets_ticket USING btree (team_id, due_at, id) WHERE ((status)::text = ANY ((ARRAY['new'::character varying, 'open'::character varying, 'pending'::character varying, 'on_hold'::character varying])::text[]));
CREATE INDEX tickets_by_field ON public.tickets_fieldvalues USING gin (data jsonb_path_ops);
CREATE INDEX tickets_by_language ON public.tickets_ticket USING btree (language, last_message_at, id);
CREATE INDEX tickets_by_measure ON public.tickets_fieldmeasure USING btree (field_id, value, ticket_id);
CREATE INDEX tickets_by_opening ON public.tickets_ticket USING btree (opened_at, id);
CREATE INDEX tickets_by_status ON public.tickets_ticket USING btree (status, last_message_at, id);
CREATE INDEX tickets_by_tag ON public.tickets_ticket USING gin (tags);
CREATE INDEX tickets_by_team ON public.tickets_ticket USING btree (team_id, status, last_message_at, id);
CREATE INDEX tickets_by_type ON public.tickets_ticket USING btree (type, last_message_at, id);
CREATE INDEX tickets_checklist_to_do ON public.tickets_checklistitem USING btree (assignee_id, due_on, id) WHERE (done_at IS NULL);
CREATE INDEX tickets_checklistitem_ticket_id_c17c4cec ON public.tickets_checklistitem USING btree (ticket_id);
CREATE INDEX tickets_consent_ticket_id_ea549c08 ON public.tickets_consent USING btree (ticket_id);
CREATE INDEX tickets_copied_ticket_id_4b18dfc1 ON public.tickets_copied USING btree (ticket_id);
CREATE UNIQUE INDEX tickets_count_once ON public.tickets_count USING btree (team_id, status, COALESCE(assignee_id, (0)::bigint));
CREATE INDEX tickets_draft_agent_id_74686198 ON public.tickets_draft USING btree (agent_id);
CREATE INDEX tickets_draft_ticket_id_4d738b41 ON public.tickets_draft USING btree (ticket_id);
CREATE INDEX tickets_fieldfile_field_id_b90a8759 ON public.tickets_fieldfile USING btree (field_id);
CREATE INDEX tickets_follower_agent_id_e095b1a4 ON public.tickets_follower USING btree (agent_id);
CREATE INDEX tickets_follower_ticket_id_f7e5160d ON public.tickets_follower USING btree (ticket_id);
CREATE INDEX tickets_grade_by_team ON public.tickets_grade USING btree (team_id, given_at) INCLUDE (score, agent_id);
CREATE UNIQUE INDEX tickets_grade_terms_of_all_once ON public.tickets_gradeterms USING btree ((1)) WHERE (team_id IS NULL);
CREATE INDEX tickets_link_other_id_fc8131f3 ON public.tickets_link USING btree (other_id);
CREATE INDEX tickets_link_ticket_id_e077d920 ON public.tickets_link USING btree (ticket_id);
CREATE INDEX tickets_macro_agent_id_526cb56a ON public.tickets_macro USING btree (agent_id);
CREATE INDEX tickets_macro_by_agent ON public.tickets_macro USING btree (agent_id);
CREATE INDEX tickets_macro_by_team ON public.tickets_macro USING btree (team_id);
CREATE INDEX tickets_macro_team_id_52179d5e ON public.tickets_macro USING btree (team_id);
CREATE INDEX tickets_merge_target_id_ca18eaa8 ON public.tickets_merge USING btree (target_id);
CREATE INDEX tickets_merge_ticket_id_786310d7 ON public.tickets_merge USING btree (ticket_id);
CREATE INDEX tickets_merged ON public.tickets_ticket USING btree (merged_into_id) WHERE (merged_into_id IS NOT NULL);
CREATE INDEX tickets_message_agent_id_27e4fadd ON public.tickets_message USING btree (agent_id);
CREATE INDEX tickets_message_contact_id_d1c72644 ON public.tickets_message USING btree (contact_id);
CREATE INDEX tickets_message_once_21d89d5f_like ON public.tickets_message USING btree (once varchar_pattern_ops);
CREATE INDEX tickets_message_side_thread_id_91d35716 ON public.tickets_message USING btree (side_thread_id);
CREATE INDEX tickets_message_timeline ON public.tickets_message USING btree (ticket_id, id);
CREATE INDEX tickets_message_to_send ON public.tickets_message USING btree (send_at) WHERE ((delivery)::text = 'scheduled'::text);
CREATE INDEX tickets_owntext_team_id_7cd169cc ON public.tickets_owntext USING btree (team_id);
CREATE INDEX tickets_refusal_latest ON public.tickets_refusalattempt USING btree (made_at DESC, id DESC);
CREATE INDEX tickets_refusalattempt_ticket_id_7fd92df7 ON public.tickets_refusalattempt USING btree (ticket_id);
CREATE INDEX tickets_requestform_code_325f9c9e_like ON public.tickets_requestform USING btree (code varchar_pattern_ops);
CREATE INDEX tickets_requestform_team_id_e05a86d4 ON public.tickets_requestform USING btree (team_id);
CREATE INDEX tickets_savedview_owner_id_776a2e82 ON public.tickets_savedview USING btree (owner_id);
CREATE INDEX tickets_savedview_team_id_c64046fb ON public.tickets_savedview USING btree (team_id);
CREATE INDEX tickets_sidethread_ticket_id_fe21c43d ON public.tickets_sidethread USING btree (ticket_id);
CREATE INDEX tickets_snooze_agent_id_b4cc76e7 ON public.tickets_snooze USING btree (agent_id);
CREATE INDEX tickets_tag_name_f3587382_like ON public.tickets_tag USING btree (name varchar_pattern_ops);
CREATE INDEX tickets_template_code_f0fce4f9_like ON public.tickets_template USING btree (code varchar_pattern_ops);
CREATE INDEX tickets_templateversion_template_id_331f30db ON public.tickets_templateversion USING btree (template_id);
CREATE INDEX tickets_ticket_organisation_id_46625674 ON public.tickets_ticket USING btree (organisation_id);
CREATE INDEX tickets_ticketfield_code_6e458c3b_like ON public.tickets_ticketfield USING btree (code varchar_pattern_ops);
CREATE INDEX tickets_ticketfield_depends_on_id_622e5815 ON public.tickets_ticketfield USING btree (depends_on_id);
CREATE INDEX tickets_to_close ON public.tickets_ticket USING btree (solved_at) WHERE ((status)::text = 'solved'::text);
CREATE INDEX tickets_topiclink_ticket_id_a0e089cc ON public.tickets_topiclink USING btree (ticket_id);
CREATE INDEX tickets_viewplace_agent_id_1b7d2c35 ON public.tickets_viewplace USING btree (agent_id);
CREATE INDEX tickets_viewplace_view_id_339a958a ON public.tickets_viewplace USING btree (view_id);
CREATE INDEX tickets_waiting ON public.tickets_ticket USING btree (team_id, priority, opened_at) WHERE ((assignee_id IS NULL) AND ((status)::text = ANY ((ARRAY['new'::character varying, 'open'::character varying])::text[])));
CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY ((ARRAY['totp'::character varying, 'recovery_codes'::character varying])::text[]));
CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";
CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;
ALTER INDEX public.events_event_at ATTACH PARTITION public.events_event_0_at_idx;
ALTER INDEX public.events_event_audit ATTACH PARTITION public.events_event_0_audit;
ALTER INDEX public.events_event_pkey ATTACH PARTITION public.events_event_0_pkey;
ALTER INDEX public.events_event_subject ATTACH PARTITION public.events_event_0_subject_id_idx;
ALTER INDEX public.events_event_txid ATTACH PARTITION public.events_event_0_txid_idx;
ALTER INDEX public.events_event_at ATTACH PARTITION public.events_event_1_at_idx;
ALTER INDEX public.events_event_audit ATTACH PARTITION public.events_event_1_audit;
ALTER INDEX public.events_event_pkey ATTACH PARTITION public.events_event_1_pkey;
ALTER INDEX public.events_event_subject ATTACH PARTITION public.events_event_1_subject_id_idx;
ALTER INDEX public.events_event_txid ATTACH PARTITION public.events_event_1_txid_idx;
ALTER INDEX public.events_event_at ATTACH PARTITION public.events_event_default_at_idx;
ALTER INDEX public.events_event_audit ATTACH PARTITION public.events_event_default_audit;
ALTER INDEX public.events_event_pkey ATTACH PARTITION public.events_event_default_pkey;
ALTER INDEX public.events_event_subject ATTACH PARTITION public.events_event_default_subject_id_idx;
ALTER INDEX public.events_event_txid ATTACH PARTITION public.events_event_default_txid_idx;
CREATE TRIGGER billing_booking_never_edited BEFORE DELETE OR UPDATE ON public.billing_booking FOR EACH ROW EXECUTE FUNCTION public.billing_never_edited();
CREATE CONSTRAINT TRIGGER billing_entry_adds_up AFTER INSERT ON public.billing_entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.billing_adds_up();
CREATE TRIGGER billing_entry_never_edited BEFORE DELETE OR UPDATE ON public.billing_entry FOR EACH ROW EXECUTE FUNCTION public.billing_never_edited();
CREATE TRIGGER billing_invoice_never_edited BEFORE DELETE OR UPDATE ON public.billing_invoice FOR EACH ROW EXECUTE FUNCTION public.billing_issued_never_edited();
CREATE TRIGGER billing_invoiceline_never_edited BEFORE DELETE OR UPDATE ON public.billing_invoiceline FOR EACH ROW EXECUTE FUNCTION public.billing_issued_line_never_edited();
CREATE TRIGGER charter_published_stays BEFORE DELETE OR UPDATE ON public.charter_charterversion FOR EACH ROW EXECUTE FUNCTION public.charter_published_stays();
CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();
CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();
CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();
CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();
CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();
CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();
CREATE TRIGGER search_meaning_changed AFTER UPDATE OF title, body, language ON public.search_document FOR EACH ROW WHEN ((((old.title IS DISTINCT FROM new.title) OR (old.body IS DISTINCT FROM new.body)) OR (old.language IS DISTINCT FROM new.language))) EXECUTE FUNCTION public.search_meaning_changed();
CREATE TRIGGER tickets_count_changed AFTER UPDATE ON public.tickets_ticket FOR EACH ROW WHEN ((((old.team_id IS DISTINCT FROM new.team_id) OR ((old.status)::text IS DISTINCT FROM (new.status)::text)) OR (old.assignee_id IS DISTINCT FROM new.assignee_id))) EXECUTE FUNCTION public.tickets_count_changed();
CREATE TRIGGER tickets_count_gone AFTER DELETE ON public.tickets_ticket REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.tickets_count_gone();
CREATE TRIGGER tickets_count_new AFTER INSERT ON public.tickets_ticket REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.tickets_count_new();
ALTER TABLE ONLY public.access_opensession
    ADD CONSTRAINT access_opensession_login_id_cad8cae2_fk_people_login_id FOREIGN KEY (login_id) REFERENCES public.people_login(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_people_login_id FOREIGN KEY (user_id) REFERENCES public.people_login(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_account
    ADD CONSTRAINT billing_account_contact_id_b5eaa23a_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_account
    ADD CONSTRAINT billing_account_organisation_id_603deaea_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_allocation
    ADD CONSTRAINT billing_allocation_invoice_id_15f029b8_fk_billing_invoice_id FOREIGN KEY (invoice_id) REFERENCES public.billing_invoice(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_approval
    ADD CONSTRAINT billing_approval_agent_id_d81ff6b1_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_approval
    ADD CONSTRAINT billing_approval_refund_id_fcbaac6b_fk_billing_refund_id FOREIGN KEY (refund_id) REFERENCES public.billing_refund(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_balance
    ADD CONSTRAINT billing_balance_account_id_e1861858_fk_billing_account_id FOREIGN KEY (account_id) REFERENCES public.billing_account(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_billed
    ADD CONSTRAINT billing_billed_line_id_2ce9d6db_fk_billing_invoiceline_id FOREIGN KEY (line_id) REFERENCES public.billing_invoiceline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_billto
    ADD CONSTRAINT billing_billto_account_id_ba7cdfd4_fk_billing_account_id FOREIGN KEY (account_id) REFERENCES public.billing_account(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_booking
    ADD CONSTRAINT billing_booking_account_id_2a5845a7_fk_billing_account_id FOREIGN KEY (account_id) REFERENCES public.billing_account(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_booking
    ADD CONSTRAINT billing_booking_counters_id_587dddbd_fk_billing_booking_id FOREIGN KEY (counters_id) REFERENCES public.billing_booking(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_contest
    ADD CONSTRAINT billing_contest_verdict_id_b44edc61_fk_billing_verdict_id FOREIGN KEY (verdict_id) REFERENCES public.billing_verdict(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_contract
    ADD CONSTRAINT billing_contract_calendar_id_bf42cf45_fk_calendars FOREIGN KEY (calendar_id) REFERENCES public.calendars_businesscalendar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_contract
    ADD CONSTRAINT billing_contract_contact_id_e1bfb004_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_contract
    ADD CONSTRAINT billing_contract_offer_id_580c1705_fk_billing_offer_id FOREIGN KEY (offer_id) REFERENCES public.billing_offer(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_contract
    ADD CONSTRAINT billing_contract_organisation_id_82504143_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_credit
    ADD CONSTRAINT billing_credit_account_id_cc572c5b_fk_billing_account_id FOREIGN KEY (account_id) REFERENCES public.billing_account(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_dispute
    ADD CONSTRAINT billing_dispute_invoice_id_2bf9bdbc_fk_billing_invoice_id FOREIGN KEY (invoice_id) REFERENCES public.billing_invoice(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_entry
    ADD CONSTRAINT billing_entry_account_id_01812d7d_fk_billing_account_id FOREIGN KEY (account_id) REFERENCES public.billing_account(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_entry
    ADD CONSTRAINT billing_entry_booking_id_6baceb6d_fk_billing_booking_id FOREIGN KEY (booking_id) REFERENCES public.billing_booking(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_invoice
    ADD CONSTRAINT billing_invoice_account_id_71f06cf2_fk_billing_account_id FOREIGN KEY (account_id) REFERENCES public.billing_account(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_invoice
    ADD CONSTRAINT billing_invoice_counters_id_a62b4b59_fk_billing_invoice_id FOREIGN KEY (counters_id) REFERENCES public.billing_invoice(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_invoiceline
    ADD CONSTRAINT billing_invoiceline_credits_id_e9ffe041_fk_billing_i FOREIGN KEY (credits_id) REFERENCES public.billing_invoiceline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_invoiceline
    ADD CONSTRAINT billing_invoiceline_invoice_id_ff507e12_fk_billing_invoice_id FOREIGN KEY (invoice_id) REFERENCES public.billing_invoice(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_invoiceline
    ADD CONSTRAINT billing_invoiceline_rate_id_f6490fa0_fk_billing_taxrate_id FOREIGN KEY (rate_id) REFERENCES public.billing_taxrate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_offer
    ADD CONSTRAINT billing_offer_calendar_id_5f94813e_fk_calendars FOREIGN KEY (calendar_id) REFERENCES public.calendars_businesscalendar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_order
    ADD CONSTRAINT billing_order_contact_id_e214f683_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_order
    ADD CONSTRAINT billing_order_organisation_id_e2ab2da4_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_order
    ADD CONSTRAINT billing_order_source_id_41018019_fk_billing_ordersource_id FOREIGN KEY (source_id) REFERENCES public.billing_ordersource(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_orderline
    ADD CONSTRAINT billing_orderline_order_id_c2c1bfaf_fk_billing_order_id FOREIGN KEY (order_id) REFERENCES public.billing_order(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_ordernamed
    ADD CONSTRAINT billing_ordernamed_order_id_5527a2db_fk_billing_order_id FOREIGN KEY (order_id) REFERENCES public.billing_order(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_payment
    ADD CONSTRAINT billing_payment_account_id_411a2f8d_fk_billing_account_id FOREIGN KEY (account_id) REFERENCES public.billing_account(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_refund
    ADD CONSTRAINT billing_refund_account_id_d8cc34bb_fk_billing_account_id FOREIGN KEY (account_id) REFERENCES public.billing_account(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_refund
    ADD CONSTRAINT billing_refund_payment_id_51c81a5e_fk_billing_payment_id FOREIGN KEY (payment_id) REFERENCES public.billing_payment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_reminderpause
    ADD CONSTRAINT billing_reminderpause_invoice_id_a38e97ff_fk_billing_invoice_id FOREIGN KEY (invoice_id) REFERENCES public.billing_invoice(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_taxrateversion
    ADD CONSTRAINT billing_taxrateversion_rate_id_24f7198e_fk_billing_taxrate_id FOREIGN KEY (rate_id) REFERENCES public.billing_taxrate(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_timeentry
    ADD CONSTRAINT billing_timeentry_agent_id_0ecf7091_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_timeentry
    ADD CONSTRAINT billing_timeentry_contact_id_aeebcafd_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_timeentry
    ADD CONSTRAINT billing_timeentry_contract_id_c5201361_fk_billing_contract_id FOREIGN KEY (contract_id) REFERENCES public.billing_contract(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_timeentry
    ADD CONSTRAINT billing_timeentry_organisation_id_f67743b8_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_timeentry
    ADD CONSTRAINT billing_timeentry_verdict_id_6a3ca739_fk_billing_verdict_id FOREIGN KEY (verdict_id) REFERENCES public.billing_verdict(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_use
    ADD CONSTRAINT billing_use_contract_id_075ee4f4_fk_billing_contract_id FOREIGN KEY (contract_id) REFERENCES public.billing_contract(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_verdict
    ADD CONSTRAINT billing_verdict_contact_id_dad10958_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_verdict
    ADD CONSTRAINT billing_verdict_contract_id_ed08430f_fk_billing_contract_id FOREIGN KEY (contract_id) REFERENCES public.billing_contract(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_verdict
    ADD CONSTRAINT billing_verdict_order_id_d6f6e8c0_fk_billing_order_id FOREIGN KEY (order_id) REFERENCES public.billing_order(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_verdict
    ADD CONSTRAINT billing_verdict_organisation_id_ed6f6913_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.billing_verdict
    ADD CONSTRAINT billing_verdict_reason_id_a8d9fcf5_fk_billing_reason_id FOREIGN KEY (reason_id) REFERENCES public.billing_reason(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.calendars_calendarversion
    ADD CONSTRAINT calendars_calendarve_calendar_id_72dec560_fk_calendars FOREIGN KEY (calendar_id) REFERENCES public.calendars_businesscalendar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_agent_id_bc37e002_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_call_back_id_8f8a1180_fk_calls_callback_id FOREIGN KEY (call_back_id) REFERENCES public.calls_callback(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_contact_id_9da4d952_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_line_id_bf77faaf_fk_calls_phoneline_id FOREIGN KEY (line_id) REFERENCES public.calls_phoneline(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_team_id_8d381045_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_ticket_id_f431e6e9_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.calls_callback
    ADD CONSTRAINT calls_callback_item_id_513b4ab8_fk_tickets_checklistitem_id FOREIGN KEY (item_id) REFERENCES public.tickets_checklistitem(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.calls_callback
    ADD CONSTRAINT calls_callback_team_id_0c99a27b_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.calls_callback
    ADD CONSTRAINT calls_callback_ticket_id_2966de11_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.calls_extension
    ADD CONSTRAINT calls_extension_agent_id_f83643b5_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.calls_phoneline
    ADD CONSTRAINT calls_phoneline_calendar_id_4515bd37_fk_calendars FOREIGN KEY (calendar_id) REFERENCES public.calendars_businesscalendar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.calls_phoneline
    ADD CONSTRAINT calls_phoneline_team_id_2b2de967_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_blockedsender
    ADD CONSTRAINT channels_blockedsender_by_id_e6061085_fk_people_agent_id FOREIGN KEY (by_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_mailaccount
    ADD CONSTRAINT channels_mailaccount_team_id_3c687ea7_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_mailreference
    ADD CONSTRAINT channels_mailreferen_message_id_3919a453_fk_tickets_m FOREIGN KEY (message_id) REFERENCES public.tickets_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_outgoing
    ADD CONSTRAINT channels_outgoing_message_id_8d64cb18_fk_tickets_message_id FOREIGN KEY (message_id) REFERENCES public.tickets_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_outgoing
    ADD CONSTRAINT channels_outgoing_team_id_84bb3577_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_picturesfrom
    ADD CONSTRAINT channels_picturesfrom_agent_id_8b10771b_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_pushed
    ADD CONSTRAINT channels_pushed_subscription_id_e2a480e7_fk_channels_ FOREIGN KEY (subscription_id) REFERENCES public.channels_pushsubscription(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_pushsubscription
    ADD CONSTRAINT channels_pushsubscription_agent_id_9105c8f1_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_rawmail
    ADD CONSTRAINT channels_rawmail_message_id_b0ac216c_fk_tickets_message_id FOREIGN KEY (message_id) REFERENCES public.tickets_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_smsday
    ADD CONSTRAINT channels_smsday_number_id_731b7daf_fk_channels_smsnumber_id FOREIGN KEY (number_id) REFERENCES public.channels_smsnumber(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_smsin
    ADD CONSTRAINT channels_smsin_message_id_587ee728_fk_tickets_message_id FOREIGN KEY (message_id) REFERENCES public.tickets_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_smsin
    ADD CONSTRAINT channels_smsin_number_id_9461b39b_fk_channels_smsnumber_id FOREIGN KEY (number_id) REFERENCES public.channels_smsnumber(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_smsnumber
    ADD CONSTRAINT channels_smsnumber_calendar_id_9ba1ea47_fk_calendars FOREIGN KEY (calendar_id) REFERENCES public.calendars_businesscalendar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_smsnumber
    ADD CONSTRAINT channels_smsnumber_team_id_a4830f7e_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_smsout
    ADD CONSTRAINT channels_smsout_message_id_213da2db_fk_tickets_message_id FOREIGN KEY (message_id) REFERENCES public.tickets_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_smsout
    ADD CONSTRAINT channels_smsout_number_id_6c0e8771_fk_channels_smsnumber_id FOREIGN KEY (number_id) REFERENCES public.channels_smsnumber(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_smspart
    ADD CONSTRAINT channels_smspart_out_id_4083735e_fk_channels_smsout_id FOREIGN KEY (out_id) REFERENCES public.channels_smsout(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.channels_smsstop
    ADD CONSTRAINT channels_smsstop_number_id_d1c8be89_fk_channels_smsnumber_id FOREIGN KEY (number_id) REFERENCES public.channels_smsnumber(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.charter_answercase
    ADD CONSTRAINT charter_answercase_calendar_version_id_262b91e7_fk_calendars FOREIGN KEY (calendar_version_id) REFERENCES public.calendars_calendarversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.charter_answercase
    ADD CONSTRAINT charter_answercase_exclusion_id_c48bf4aa_fk_charter_e FOREIGN KEY (exclusion_id) REFERENCES public.charter_exclusion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.charter_answercase
    ADD CONSTRAINT charter_answercase_version_id_f0826425_fk_charter_c FOREIGN KEY (version_id) REFERENCES public.charter_charterversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.charter_bound
    ADD CONSTRAINT charter_bound_ticket_id_bb444986_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.charter_bound
    ADD CONSTRAINT charter_bound_version_id_d110543d_fk_charter_charterversion_id FOREIGN KEY (version_id) REFERENCES public.charter_charterversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.charter_case
    ADD CONSTRAINT charter_case_calendar_version_id_9d110f9a_fk_calendars FOREIGN KEY (calendar_version_id) REFERENCES public.calendars_calendarversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.charter_case
    ADD CONSTRAINT charter_case_exclusion_id_a7b06e11_fk_charter_exclusion_id FOREIGN KEY (exclusion_id) REFERENCES public.charter_exclusion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.charter_case
    ADD CONSTRAINT charter_case_ticket_id_802f418b_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.charter_case
    ADD CONSTRAINT charter_case_version_id_6c18421f_fk_charter_charterversion_id FOREIGN KEY (version_id) REFERENCES public.charter_charterversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.charter_figure
    ADD CONSTRAINT charter_figure_version_id_7ab33926_fk_charter_charterversion_id FOREIGN KEY (version_id) REFERENCES public.charter_charterversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.charter_owedremedy
    ADD CONSTRAINT charter_owedremedy_answer_id_13804d38_fk_charter_answercase_id FOREIGN KEY (answer_id) REFERENCES public.charter_answercase(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.charter_owedremedy
    ADD CONSTRAINT charter_owedremedy_case_id_73561874_fk_charter_case_id FOREIGN KEY (case_id) REFERENCES public.charter_case(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.charter_owedremedy
    ADD CONSTRAINT charter_owedremedy_contact_id_fb5a587d_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.charter_owedremedy
    ADD CONSTRAINT charter_owedremedy_ticket_id_ed7d4264_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.comments_closed
    ADD CONSTRAINT comments_closed_article_id_443328ec_fk_knowledge_article_id FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.comments_closed
    ADD CONSTRAINT comments_closed_category_id_412e329f_fk_knowledge_category_id FOREIGN KEY (category_id) REFERENCES public.knowledge_category(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.comments_comment
    ADD CONSTRAINT comments_comment_author_id_334ce9e2_fk_community_profile_id FOREIGN KEY (author_id) REFERENCES public.community_profile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.comments_comment
    ADD CONSTRAINT comments_comment_text_id_32ee945c_fk_knowledge_articletext_id FOREIGN KEY (text_id) REFERENCES public.knowledge_articletext(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.comments_commentfollow
    ADD CONSTRAINT comments_commentfoll_profile_id_2bed9232_fk_community FOREIGN KEY (profile_id) REFERENCES public.community_profile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.comments_commentfollow
    ADD CONSTRAINT comments_commentfoll_text_id_58020754_fk_knowledge FOREIGN KEY (text_id) REFERENCES public.knowledge_articletext(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.comments_commentreport
    ADD CONSTRAINT comments_commentrepo_comment_id_f02fc6e3_fk_comments_ FOREIGN KEY (comment_id) REFERENCES public.comments_comment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.comments_commentreport
    ADD CONSTRAINT comments_commentrepo_profile_id_7ad11ecb_fk_community FOREIGN KEY (profile_id) REFERENCES public.community_profile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.comments_commentvote
    ADD CONSTRAINT comments_commentvote_comment_id_d17088dc_fk_comments_comment_id FOREIGN KEY (comment_id) REFERENCES public.comments_comment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.comments_commentvote
    ADD CONSTRAINT comments_commentvote_profile_id_a1dcc171_fk_community FOREIGN KEY (profile_id) REFERENCES public.community_profile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.community_follow
    ADD CONSTRAINT community_follow_profile_id_5a7ef458_fk_community_profile_id FOREIGN KEY (profile_id) REFERENCES public.community_profile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.community_follow
    ADD CONSTRAINT community_follow_topic_id_62cb34ad_fk_community_topic_id FOREIGN KEY (topic_id) REFERENCES public.community_topic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.community_forum
    ADD CONSTRAINT community_forum_brand_id_2beba6da_fk_people_brand_id FOREIGN KEY (brand_id) REFERENCES public.people_brand(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.community_forumfollow
    ADD CONSTRAINT community_forumfollo_profile_id_978a226a_fk_community FOREIGN KEY (profile_id) REFERENCES public.community_profile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.community_forumfollow
    ADD CONSTRAINT community_forumfollow_forum_id_bed6a921_fk_community_forum_id FOREIGN KEY (forum_id) REFERENCES public.community_forum(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.community_forumproposal
    ADD CONSTRAINT community_forumpropo_author_id_87320346_fk_community FOREIGN KEY (author_id) REFERENCES public.community_profile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.community_forumproposal
    ADD CONSTRAINT community_forumproposal_forum_id_a3f95661_fk_community_forum_id FOREIGN KEY (forum_id) REFERENCES public.community_forum(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.community_post
    ADD CONSTRAINT community_post_author_id_a6c5f564_fk_community_profile_id FOREIGN KEY (author_id) REFERENCES public.community_profile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.community_post
    ADD CONSTRAINT community_post_topic_id_35a99c08_fk_community_topic_id FOREIGN KEY (topic_id) REFERENCES public.community_topic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.community_postfile
    ADD CONSTRAINT community_postfile_post_id_722fd0a6_fk_community_post_id FOREIGN KEY (post_id) REFERENCES public.community_post(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.community_postreport
    ADD CONSTRAINT community_postreport_post_id_fb329e01_fk_community_post_id FOREIGN KEY (post_id) REFERENCES public.community_post(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.community_postreport
    ADD CONSTRAINT community_postreport_profile_id_cc1d07f9_fk_community FOREIGN KEY (profile_id) REFERENCES public.community_profile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.community_postversion
    ADD CONSTRAINT community_postversion_post_id_e9b896cb_fk_community_post_id FOREIGN KEY (post_id) REFERENCES public.community_post(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.community_profile
    ADD CONSTRAINT community_profile_agent_id_37fee187_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.community_profile
    ADD CONSTRAINT community_profile_contact_id_436cbc5c_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.community_topic
    ADD CONSTRAINT community_topic_accepted_id_a6c5ca48_fk_community_post_id FOREIGN KEY (accepted_id) REFERENCES public.community_post(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.community_topic
    ADD CONSTRAINT community_topic_author_id_a14b61bf_fk_community_profile_id FOREIGN KEY (author_id) REFERENCES public.community_profile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.community_topic
    ADD CONSTRAINT community_topic_forum_id_84280c0d_fk_community_forum_id FOREIGN KEY (forum_id) REFERENCES public.community_forum(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.community_topic
    ADD CONSTRAINT community_topic_merged_into_id_06a288db_fk_community_topic_id FOREIGN KEY (merged_into_id) REFERENCES public.community_topic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.community_vote
    ADD CONSTRAINT community_vote_post_id_0cffe200_fk_community_post_id FOREIGN KEY (post_id) REFERENCES public.community_post(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.community_vote
    ADD CONSTRAINT community_vote_profile_id_51bb6e6a_fk_community_profile_id FOREIGN KEY (profile_id) REFERENCES public.community_profile(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_about_id_d61bd578_fk_tickets_ticket_id FOREIGN KEY (about_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_level_id_3cc3122b_fk_complaints_level_id FOREIGN KEY (level_id) REFERENCES public.complaints_level(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.complaints_complaint
    ADD CONSTRAINT complaints_complaint_ticket_id_ee5271c6_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.complaints_concerned
    ADD CONSTRAINT complaints_concerned_agent_id_53e8669c_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.complaints_concerned
    ADD CONSTRAINT complaints_concerned_complaint_id_afc7e8e3_fk_complaint FOREIGN KEY (complaint_id) REFERENCES public.complaints_complaint(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.complaints_decision
    ADD CONSTRAINT complaints_decision_agent_id_97bbeac3_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.complaints_decision
    ADD CONSTRAINT complaints_decision_complaint_id_ea28d4e6_fk_complaint FOREIGN KEY (complaint_id) REFERENCES public.complaints_complaint(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.complaints_decision
    ADD CONSTRAINT complaints_decision_level_id_6aca76f8_fk_complaints_level_id FOREIGN KEY (level_id) REFERENCES public.complaints_level(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.complaints_level
    ADD CONSTRAINT complaints_level_team_id_1885edeb_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_rulerun
    ADD CONSTRAINT events_rulerun_version_id_3f9aa08d_fk_events_ruleversion_id FOREIGN KEY (version_id) REFERENCES public.events_ruleversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_ruleversion
    ADD CONSTRAINT events_ruleversion_rule_id_6a22cf98_fk_events_rule_id FOREIGN KEY (rule_id) REFERENCES public.events_rule(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.events_webhookcall
    ADD CONSTRAINT events_webhookcall_webhook_id_da6761a2_fk_events_webhook_id FOREIGN KEY (webhook_id) REFERENCES public.events_webhook(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_category_id_e125b641_fk_knowledge_category_id FOREIGN KEY (category_id) REFERENCES public.knowledge_category(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_article
    ADD CONSTRAINT knowledge_article_owner_id_b40ac797_fk_people_agent_id FOREIGN KEY (owner_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_articlefile
    ADD CONSTRAINT knowledge_articlefil_article_id_8570b986_fk_knowledge FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_articletext
    ADD CONSTRAINT knowledge_articletex_article_id_a2cbaaee_fk_knowledge FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_articleversion
    ADD CONSTRAINT knowledge_articlever_text_id_e9b20115_fk_knowledge FOREIGN KEY (text_id) REFERENCES public.knowledge_articletext(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_category
    ADD CONSTRAINT knowledge_category_brand_id_b29ce6d9_fk_people_brand_id FOREIGN KEY (brand_id) REFERENCES public.people_brand(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_category
    ADD CONSTRAINT knowledge_category_parent_id_653c6277_fk_knowledge_category_id FOREIGN KEY (parent_id) REFERENCES public.knowledge_category(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_correction
    ADD CONSTRAINT knowledge_correction_article_id_9319c2bf_fk_knowledge FOREIGN KEY (article_id) REFERENCES public.knowledge_article(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_correction
    ADD CONSTRAINT knowledge_correction_owner_id_3fa014fe_fk_people_agent_id FOREIGN KEY (owner_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_correction
    ADD CONSTRAINT knowledge_correction_text_id_b369c318_fk_knowledge FOREIGN KEY (text_id) REFERENCES public.knowledge_articletext(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_daycount
    ADD CONSTRAINT knowledge_daycount_text_id_1939fa78_fk_knowledge_articletext_id FOREIGN KEY (text_id) REFERENCES public.knowledge_articletext(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_feedback
    ADD CONSTRAINT knowledge_feedback_contact_id_4c1719da_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_feedback
    ADD CONSTRAINT knowledge_feedback_text_id_d628a97a_fk_knowledge_articletext_id FOREIGN KEY (text_id) REFERENCES public.knowledge_articletext(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_redirect
    ADD CONSTRAINT knowledge_redirect_category_id_a5ef722a_fk_knowledge FOREIGN KEY (category_id) REFERENCES public.knowledge_category(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_redirect
    ADD CONSTRAINT knowledge_redirect_text_id_331207ce_fk_knowledge_articletext_id FOREIGN KEY (text_id) REFERENCES public.knowledge_articletext(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_taken
    ADD CONSTRAINT knowledge_taken_contact_id_18b0e883_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.knowledge_taken
    ADD CONSTRAINT knowledge_taken_text_id_f4e56da8_fk_knowledge_articletext_id FOREIGN KEY (text_id) REFERENCES public.knowledge_articletext(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_people_login_id FOREIGN KEY (user_id) REFERENCES public.people_login(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_announcement
    ADD CONSTRAINT notices_announcement_team_id_e1e4b849_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_incident_components
    ADD CONSTRAINT notices_incident_com_component_id_ef7b7e08_fk_notices_c FOREIGN KEY (component_id) REFERENCES public.notices_component(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_incident_components
    ADD CONSTRAINT notices_incident_com_incident_id_19d14140_fk_notices_i FOREIGN KEY (incident_id) REFERENCES public.notices_incident(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_incident
    ADD CONSTRAINT notices_incident_ticket_id_e49b0642_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_incidentupdate
    ADD CONSTRAINT notices_incidentupda_incident_id_9d9a5913_fk_notices_i FOREIGN KEY (incident_id) REFERENCES public.notices_incident(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_noticechoice
    ADD CONSTRAINT notices_noticechoice_contact_id_490aa650_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_recipient
    ADD CONSTRAINT notices_recipient_announcement_id_5197531f_fk_notices_a FOREIGN KEY (announcement_id) REFERENCES public.notices_announcement(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_recipient
    ADD CONSTRAINT notices_recipient_contact_id_b3c0004a_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_recipient
    ADD CONSTRAINT notices_recipient_outgoing_id_86a3ba47_fk_channels_outgoing_id FOREIGN KEY (outgoing_id) REFERENCES public.channels_outgoing(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_recipient
    ADD CONSTRAINT notices_recipient_sms_id_c3e32f18_fk_channels_smsout_id FOREIGN KEY (sms_id) REFERENCES public.channels_smsout(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.notices_statusfollower
    ADD CONSTRAINT notices_statusfollow_incident_id_bf8d5daf_fk_notices_i FOREIGN KEY (incident_id) REFERENCES public.notices_incident(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_agent
    ADD CONSTRAINT people_agent_calendar_id_6ae1ddf7_fk_calendars FOREIGN KEY (calendar_id) REFERENCES public.calendars_businesscalendar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_agent
    ADD CONSTRAINT people_agent_free_role_id_98e0d15a_fk_people_role_id FOREIGN KEY (free_role_id) REFERENCES public.people_role(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_agent
    ADD CONSTRAINT people_agent_login_id_8191ac00_fk_people_login_id FOREIGN KEY (login_id) REFERENCES public.people_login(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_agent_skills
    ADD CONSTRAINT people_agent_skills_agent_id_915631b6_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_agent_skills
    ADD CONSTRAINT people_agent_skills_skill_id_0ed8269e_fk_people_skill_id FOREIGN KEY (skill_id) REFERENCES public.people_skill(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_agentlanguage
    ADD CONSTRAINT people_agentlanguage_agent_id_fe7415ca_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_apitoken
    ADD CONSTRAINT people_apitoken_login_id_f7f87210_fk_people_login_id FOREIGN KEY (login_id) REFERENCES public.people_login(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_apitoken
    ADD CONSTRAINT people_apitoken_parent_id_9a282982_fk_people_apitoken_id FOREIGN KEY (parent_id) REFERENCES public.people_apitoken(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_brandpicture
    ADD CONSTRAINT people_brandpicture_brand_id_df7f176b_fk_people_brand_id FOREIGN KEY (brand_id) REFERENCES public.people_brand(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_brandteam
    ADD CONSTRAINT people_brandteam_brand_id_6bc46d76_fk_people_brand_id FOREIGN KEY (brand_id) REFERENCES public.people_brand(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_brandteam
    ADD CONSTRAINT people_brandteam_team_id_0268b84d_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_contact
    ADD CONSTRAINT people_contact_login_id_aceccc47_fk_people_login_id FOREIGN KEY (login_id) REFERENCES public.people_login(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_contact
    ADD CONSTRAINT people_contact_merged_into_id_89cd33fe_fk_people_contact_id FOREIGN KEY (merged_into_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_contact
    ADD CONSTRAINT people_contact_organisation_id_520b22fc_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_contactmerge
    ADD CONSTRAINT people_contactmerge_contact_id_0bf74c1d_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_contactmerge
    ADD CONSTRAINT people_contactmerge_merged_id_3b552de6_fk_people_contact_id FOREIGN KEY (merged_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_customerchoice
    ADD CONSTRAINT people_customerchoice_contact_id_27605c36_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_duplicate
    ADD CONSTRAINT people_duplicate_contact_id_2d3ab021_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_duplicate
    ADD CONSTRAINT people_duplicate_other_id_1bb77215_fk_people_contact_id FOREIGN KEY (other_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_erasurerequest
    ADD CONSTRAINT people_erasurerequest_contact_id_f1fab04a_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_identity
    ADD CONSTRAINT people_identity_contact_id_11bce453_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_importrun
    ADD CONSTRAINT people_importrun_agent_id_0473ffe1_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_integration
    ADD CONSTRAINT people_integration_agent_id_90c42ac6_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_invitation
    ADD CONSTRAINT people_invitation_agent_id_a65b5898_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_keptanswer
    ADD CONSTRAINT people_keptanswer_login_id_5ab2582d_fk_people_login_id FOREIGN KEY (login_id) REFERENCES public.people_login(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_membership
    ADD CONSTRAINT people_membership_agent_id_f1e117cc_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_membership
    ADD CONSTRAINT people_membership_role_id_767ca7d6_fk_people_role_id FOREIGN KEY (role_id) REFERENCES public.people_role(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_membership
    ADD CONSTRAINT people_membership_team_id_61ae9260_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_notice
    ADD CONSTRAINT people_notice_agent_id_a1266462_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_organisation
    ADD CONSTRAINT people_organisation_merged_into_id_650ff7c5_fk_people_or FOREIGN KEY (merged_into_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_organisationmerge
    ADD CONSTRAINT people_organisationm_merged_id_761cce19_fk_people_or FOREIGN KEY (merged_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_organisationmerge
    ADD CONSTRAINT people_organisationm_organisation_id_a21caa68_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_organisationsapart
    ADD CONSTRAINT people_organisations_organisation_id_12390274_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_organisationsapart
    ADD CONSTRAINT people_organisations_other_id_0705ee31_fk_people_or FOREIGN KEY (other_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_personfields
    ADD CONSTRAINT people_personfields_contact_id_55e5260c_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_personfields
    ADD CONSTRAINT people_personfields_organisation_id_de67b877_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_personnote
    ADD CONSTRAINT people_personnote_author_id_4efc431d_fk_people_agent_id FOREIGN KEY (author_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_personnote
    ADD CONSTRAINT people_personnote_contact_id_da3f14d2_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_personnote
    ADD CONSTRAINT people_personnote_organisation_id_e59dd1bb_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_preferences
    ADD CONSTRAINT people_preferences_agent_id_b180c5a0_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_preferences
    ADD CONSTRAINT people_preferences_stand_in_id_09b438de_fk_people_agent_id FOREIGN KEY (stand_in_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_team
    ADD CONSTRAINT people_team_calendar_id_65fc92b1_fk_calendars FOREIGN KEY (calendar_id) REFERENCES public.calendars_businesscalendar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.people_team
    ADD CONSTRAINT people_team_skill_id_74206f6c_fk_people_skill_id FOREIGN KEY (skill_id) REFERENCES public.people_skill(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);
ALTER TABLE ONLY public.quality_schedule
    ADD CONSTRAINT quality_schedule_agent_id_9e08493f_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.search_meaning
    ADD CONSTRAINT search_meaning_document FOREIGN KEY (document_id) REFERENCES public.search_document(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sla_channelhours
    ADD CONSTRAINT sla_channelhours_calendar_id_fa766a1f_fk_calendars FOREIGN KEY (calendar_id) REFERENCES public.calendars_businesscalendar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sla_clock
    ADD CONSTRAINT sla_clock_calendar_version_id_41f4601a_fk_calendars FOREIGN KEY (calendar_version_id) REFERENCES public.calendars_calendarversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sla_clock
    ADD CONSTRAINT sla_clock_policy_version_id_fa29ca98_fk_sla_policyversion_id FOREIGN KEY (policy_version_id) REFERENCES public.sla_policyversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sla_clock
    ADD CONSTRAINT sla_clock_promise_id_0ed6b9a9_fk_sla_promise_ticket_id FOREIGN KEY (promise_id) REFERENCES public.sla_promise(ticket_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sla_policyversion
    ADD CONSTRAINT sla_policyversion_calendar_id_284bf37f_fk_calendars FOREIGN KEY (calendar_id) REFERENCES public.calendars_businesscalendar(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sla_policyversion
    ADD CONSTRAINT sla_policyversion_policy_id_0cac96e3_fk_sla_policy_id FOREIGN KEY (policy_id) REFERENCES public.sla_policy(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sla_promise
    ADD CONSTRAINT sla_promise_calendar_version_id_ccf25ddf_fk_calendars FOREIGN KEY (calendar_version_id) REFERENCES public.calendars_calendarversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sla_promise
    ADD CONSTRAINT sla_promise_policy_version_id_274364d5_fk_sla_policyversion_id FOREIGN KEY (policy_version_id) REFERENCES public.sla_policyversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sla_promise
    ADD CONSTRAINT sla_promise_ticket_id_b9c9afd9_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sla_wait
    ADD CONSTRAINT sla_wait_calendar_version_id_a2c22663_fk_calendars FOREIGN KEY (calendar_version_id) REFERENCES public.calendars_calendarversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sla_wait
    ADD CONSTRAINT sla_wait_policy_version_id_0127c2ec_fk_sla_policyversion_id FOREIGN KEY (policy_version_id) REFERENCES public.sla_policyversion(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.sla_wait
    ADD CONSTRAINT sla_wait_team_id_d892a225_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_account_id_951f210e_fk_socialacc FOREIGN KEY (account_id) REFERENCES public.socialaccount_socialaccount(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.socialaccount_socialtoken
    ADD CONSTRAINT socialaccount_social_app_id_636a42d7_fk_socialacc FOREIGN KEY (app_id) REFERENCES public.socialaccount_socialapp(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.socialaccount_socialaccount
    ADD CONSTRAINT socialaccount_socialaccount_user_id_8146e70c_fk_people_login_id FOREIGN KEY (user_id) REFERENCES public.people_login(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surges_circular
    ADD CONSTRAINT surges_circular_agent_id_ad550952_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surges_circularticket
    ADD CONSTRAINT surges_circularticke_circular_id_df7e49e9_fk_surges_ci FOREIGN KEY (circular_id) REFERENCES public.surges_circular(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surges_circularticket
    ADD CONSTRAINT surges_circularticket_contact_id_82e93bf9_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surges_circularticket
    ADD CONSTRAINT surges_circularticket_ticket_id_be1cffdf_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surges_surge
    ADD CONSTRAINT surges_surge_problem_id_1183223c_fk_tickets_ticket_id FOREIGN KEY (problem_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surges_surge
    ADD CONSTRAINT surges_surge_team_id_e29e8e48_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surges_surgeticket
    ADD CONSTRAINT surges_surgeticket_surge_id_a043d327_fk_surges_surge_id FOREIGN KEY (surge_id) REFERENCES public.surges_surge(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.surges_surgeticket
    ADD CONSTRAINT surges_surgeticket_ticket_id_33a3a484_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_articleuse
    ADD CONSTRAINT tickets_articleuse_text_id_4e207611_fk_knowledge_articletext_id FOREIGN KEY (text_id) REFERENCES public.knowledge_articletext(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_articleuse
    ADD CONSTRAINT tickets_articleuse_ticket_id_7f05fb9a_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_attachment
    ADD CONSTRAINT tickets_attachment_draft_id_f043ef28_fk_tickets_draft_id FOREIGN KEY (draft_id) REFERENCES public.tickets_draft(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_attachment
    ADD CONSTRAINT tickets_attachment_message_id_19591853_fk_tickets_message_id FOREIGN KEY (message_id) REFERENCES public.tickets_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_bulkitem
    ADD CONSTRAINT tickets_bulkitem_run_id_bc2e91e1_fk_tickets_bulkrun_id FOREIGN KEY (run_id) REFERENCES public.tickets_bulkrun(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_bulkitem
    ADD CONSTRAINT tickets_bulkitem_ticket_id_1ea0d51b_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_bulkrun
    ADD CONSTRAINT tickets_bulkrun_agent_id_6e48940b_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_checklistitem
    ADD CONSTRAINT tickets_checklistitem_assignee_id_af5fd5f1_fk_people_agent_id FOREIGN KEY (assignee_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_checklistitem
    ADD CONSTRAINT tickets_checklistitem_done_by_id_717fc3bd_fk_people_agent_id FOREIGN KEY (done_by_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_checklistitem
    ADD CONSTRAINT tickets_checklistitem_ticket_id_c17c4cec_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_consent
    ADD CONSTRAINT tickets_consent_agent_id_6e2d2e90_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_consent
    ADD CONSTRAINT tickets_consent_contact_id_8b2ef042_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_consent
    ADD CONSTRAINT tickets_consent_message_id_d5f41ab9_fk_tickets_message_id FOREIGN KEY (message_id) REFERENCES public.tickets_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_consent
    ADD CONSTRAINT tickets_consent_ticket_id_ea549c08_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_copied
    ADD CONSTRAINT tickets_copied_ticket_id_4b18dfc1_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_draft
    ADD CONSTRAINT tickets_draft_agent_id_74686198_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_draft
    ADD CONSTRAINT tickets_draft_ticket_id_4d738b41_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_fieldfile
    ADD CONSTRAINT tickets_fieldfile_attachment_id_42782b5c_fk_tickets_a FOREIGN KEY (attachment_id) REFERENCES public.tickets_attachment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_fieldfile
    ADD CONSTRAINT tickets_fieldfile_field_id_b90a8759_fk_tickets_ticketfield_id FOREIGN KEY (field_id) REFERENCES public.tickets_ticketfield(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_fieldfile
    ADD CONSTRAINT tickets_fieldfile_ticket_id_13446987_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_fieldmeasure
    ADD CONSTRAINT tickets_fieldmeasure_field_id_f708f825_fk_tickets_t FOREIGN KEY (field_id) REFERENCES public.tickets_ticketfield(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_fieldmeasure
    ADD CONSTRAINT tickets_fieldmeasure_ticket_id_231e159c_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_fieldvalues
    ADD CONSTRAINT tickets_fieldvalues_ticket_id_8f890e4e_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_follower
    ADD CONSTRAINT tickets_follower_agent_id_e095b1a4_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_follower
    ADD CONSTRAINT tickets_follower_ticket_id_f7e5160d_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_grade
    ADD CONSTRAINT tickets_grade_agent_id_1ddb0dfb_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_grade
    ADD CONSTRAINT tickets_grade_contact_id_42a16f9c_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_grade
    ADD CONSTRAINT tickets_grade_team_id_bb745fe7_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_grade
    ADD CONSTRAINT tickets_grade_ticket_id_61a2ed41_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_gradeterms
    ADD CONSTRAINT tickets_gradeterms_team_id_c7f5cf5e_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_link
    ADD CONSTRAINT tickets_link_other_id_fc8131f3_fk_tickets_ticket_id FOREIGN KEY (other_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_link
    ADD CONSTRAINT tickets_link_ticket_id_e077d920_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_macro
    ADD CONSTRAINT tickets_macro_agent_id_526cb56a_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_macro
    ADD CONSTRAINT tickets_macro_team_id_52179d5e_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_merge
    ADD CONSTRAINT tickets_merge_target_id_ca18eaa8_fk_tickets_ticket_id FOREIGN KEY (target_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_merge
    ADD CONSTRAINT tickets_merge_ticket_id_786310d7_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_message
    ADD CONSTRAINT tickets_message_agent_id_27e4fadd_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_message
    ADD CONSTRAINT tickets_message_contact_id_d1c72644_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_message
    ADD CONSTRAINT tickets_message_side_thread_id_91d35716_fk_tickets_s FOREIGN KEY (side_thread_id) REFERENCES public.tickets_sidethread(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_message
    ADD CONSTRAINT tickets_message_ticket_id_a1134910_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_owntext
    ADD CONSTRAINT tickets_owntext_team_id_7cd169cc_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_passedover
    ADD CONSTRAINT tickets_passedover_ticket_id_b45fb638_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_refusalattempt
    ADD CONSTRAINT tickets_refusalattem_consent_id_f3d6e5ec_fk_tickets_c FOREIGN KEY (consent_id) REFERENCES public.tickets_consent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_refusalattempt
    ADD CONSTRAINT tickets_refusalattem_message_id_e270c766_fk_tickets_m FOREIGN KEY (message_id) REFERENCES public.tickets_message(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_refusalattempt
    ADD CONSTRAINT tickets_refusalattempt_agent_id_60535bbb_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_refusalattempt
    ADD CONSTRAINT tickets_refusalattempt_grade_id_799a5ab3_fk_tickets_grade_id FOREIGN KEY (grade_id) REFERENCES public.tickets_grade(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_refusalattempt
    ADD CONSTRAINT tickets_refusalattempt_ticket_id_7fd92df7_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_requestform
    ADD CONSTRAINT tickets_requestform_team_id_e05a86d4_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_savedview
    ADD CONSTRAINT tickets_savedview_owner_id_776a2e82_fk_people_agent_id FOREIGN KEY (owner_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_savedview
    ADD CONSTRAINT tickets_savedview_team_id_c64046fb_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_sidethread
    ADD CONSTRAINT tickets_sidethread_ticket_id_fe21c43d_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_snooze
    ADD CONSTRAINT tickets_snooze_agent_id_b4cc76e7_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_snooze
    ADD CONSTRAINT tickets_snooze_ticket_id_4ffd0de8_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_templateversion
    ADD CONSTRAINT tickets_templatevers_template_id_331f30db_fk_tickets_t FOREIGN KEY (template_id) REFERENCES public.tickets_template(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_ticket
    ADD CONSTRAINT tickets_ticket_assignee_id_3a5aa407_fk_people_agent_id FOREIGN KEY (assignee_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_ticket
    ADD CONSTRAINT tickets_ticket_contact_id_a9a8a57d_fk_people_contact_id FOREIGN KEY (contact_id) REFERENCES public.people_contact(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_ticket
    ADD CONSTRAINT tickets_ticket_merged_into_id_3a36ad40_fk_tickets_ticket_id FOREIGN KEY (merged_into_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_ticket
    ADD CONSTRAINT tickets_ticket_organisation_id_46625674_fk_people_or FOREIGN KEY (organisation_id) REFERENCES public.people_organisation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_ticket
    ADD CONSTRAINT tickets_ticket_team_id_5a4e7469_fk_people_team_id FOREIGN KEY (team_id) REFERENCES public.people_team(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_ticketfield
    ADD CONSTRAINT tickets_ticketfield_depends_on_id_622e5815_fk_tickets_t FOREIGN KEY (depends_on_id) REFERENCES public.tickets_ticketfield(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_topiclink
    ADD CONSTRAINT tickets_topiclink_ticket_id_a0e089cc_fk_tickets_ticket_id FOREIGN KEY (ticket_id) REFERENCES public.tickets_ticket(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_topiclink
    ADD CONSTRAINT tickets_topiclink_topic_id_94fbd80c_fk_community_topic_id FOREIGN KEY (topic_id) REFERENCES public.community_topic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_viewplace
    ADD CONSTRAINT tickets_viewplace_agent_id_1b7d2c35_fk_people_agent_id FOREIGN KEY (agent_id) REFERENCES public.people_agent(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.tickets_viewplace
    ADD CONSTRAINT tickets_viewplace_view_id_339a958a_fk_tickets_savedview_id FOREIGN KEY (view_id) REFERENCES public.tickets_savedview(id) DEFERRABLE INITIALLY DEFERRED;
