"""The part of the worker that runs jobs: procrastinate's own, with what it leaves to others.

That is: the error of a job is kept for operators, and jobs of a worker that was killed are run again.
"""

import asyncio
import threading
from contextlib import suppress
from typing import Any

from asgiref.sync import sync_to_async
from django.db import DatabaseError, connections
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from charterdesk.base.clock import now
from charterdesk.events.delivery import describe
from charterdesk.events.models import JobError

CONCURRENCY = 6
LOOK_EVERY_S = 1.0
HEARTBEAT_S = 5.0
DEAD_AFTER_S = 20.0
GRACE_S = 8.0


def run_jobs_until(stop: threading.Event) -> None:
    """Run jobs until told to stop; those under way are given some seconds to finish. Raises when the database goes."""
    asyncio.run(_run_until(stop))


async def _run_until(stop: threading.Event) -> None:
    worker_app = app.with_connector(_connector())
    async with worker_app.open_async():
        running = asyncio.create_task(_run(worker_app), name="jobs")
        rescuing = asyncio.create_task(_rescue(worker_app), name="rescue")
        stopping = asyncio.create_task(_told(stop), name="stop")
        try:
            await asyncio.wait({running, rescuing, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (stopping, rescuing, running):
                task.cancel()
            results = await asyncio.gather(running, rescuing, return_exceptions=True)
            # The clock defers jobs on Django's connection of that thread, and would keep a dead one for ever.
            await sync_to_async(connections.close_all)()
    for result in results:
        if isinstance(result, Exception):
            raise result


def _connector() -> PsycopgConnector:
    """Connections for the jobs' own statements: one while little goes on.

    After a restart of the database the pool finds out about each dead one by itself, pausing twice as long each time.
    """
    return PsycopgConnector(kwargs=connector_params("default"), min_size=1, max_size=CONCURRENCY)


async def _run(worker_app: Any) -> None:
    await worker_app.run_worker_async(
        name="charterdesk",
        concurrency=CONCURRENCY,
        install_signal_handlers=False,
        fetch_job_polling_interval=LOOK_EVERY_S,
        update_heartbeat_interval=HEARTBEAT_S,
        stalled_worker_timeout=DEAD_AFTER_S,
        shutdown_graceful_timeout=GRACE_S,
        delete_jobs="successful",
        task_middleware=[*worker_app.worker_defaults["task_middleware"], keep_error],
    )


async def _told(stop: threading.Event) -> None:
    while not stop.is_set():
        await asyncio.sleep(0.1)


async def _rescue(worker_app: Any) -> None:
    """Have jobs run again whose worker has not been heard of: it was killed, or its machine went away.

    Of a job by the clock the next run may wait already, and two must not: that one does what was left.
    """
    while True:
        manager = worker_app.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_S):
            try:
                await manager.retry_job(job)
            except UniqueViolation:
                await manager.finish_job(job, Status.ABORTED, delete_job=True)
        await asyncio.sleep(HEARTBEAT_S)


def keep_error(call_next: Any, context: Any, worker: Any) -> Any:
    """Around each job: keep what it raised where operators see it, and forget it once the job went well."""
    number = context.job.id
    try:
        result = call_next()
    except Exception as error:
        with suppress(DatabaseError):
            JobError.objects.update_or_create(job_id=number, defaults={"error": describe(error), "at": now()})
        raise
    if context.job.attempts:
        JobError.objects.filter(job_id=number).delete()
    return result
