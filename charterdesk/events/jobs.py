"""Jobs: what waits on the outside (send, fetch, call), retried until it works or an operator has to look.

A job is put off inside the caller's transaction: no commit, no job. It runs in the worker, at least once,
outside of any transaction; what it writes afterwards it writes through actions.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from typing import Any, Generic, ParamSpec

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from charterdesk.events.log import BEGINNING, Cause, caused_by, this_cause
from charterdesk.events.names import JOBS
from charterdesk.events.wake import wake_after_commit

P = ParamSpec("P")
DEFAULT_RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)
CAUSE = "_cause"  # the argument by which a job remembers the event that led to it


class Job(Generic[P]):
    """A function that the worker runs later; call it to run it at once."""

    def __init__(self, function: Callable[P, None], task: Any) -> None:
        self.function = function
        self.name: str = task.name
        self._task = task

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Run it here and now."""
        self.function(*args, **kwargs)

    def defer(self, *args: P.args, **kwargs: P.kwargs) -> int:
        """Have it run after the transaction in hand has committed; return its number. One statement.

        Raises `TypeError` for arguments without a name.
        """
        if args:
            raise TypeError(f"name the arguments of {self.name}")
        return self._put_off(self._task, kwargs)

    def defer_with(
        self, *, at: datetime | None = None, lock: str | None = None, priority: int = 0, **kwargs: Any
    ) -> int:
        """As `defer`; not before `at`, never beside another of the same `lock`; higher `priority` first."""
        return self._put_off(self._task.configure(lock=lock, schedule_at=at, priority=priority), kwargs)

    def defer_all(self, calls: Sequence[tuple[str | None, Cause, dict[str, Any]]]) -> None:
        """Have it run for each of `calls` (its lock or None, what led to it, its arguments). One statement."""
        jobs = [
            self._task.configure(lock=lock).make_new_job(**arguments, **_remembered(cause))
            for lock, cause, arguments in calls
        ]
        if jobs:
            app.job_manager.batch_defer_jobs(jobs=jobs)
            wake_after_commit(JOBS)

    def _put_off(self, deferrer: Any, kwargs: dict[str, Any]) -> int:
        number: int = deferrer.defer(**kwargs, **_remembered(this_cause()))
        wake_after_commit(JOBS)
        return number


def _remembered(cause: Cause | None) -> dict[str, Any]:
    return {CAUSE: [cause.event_id, cause.depth]} if cause else {}


def job(
    *, retry: Any = DEFAULT_RETRY, queue: str = "default", cron: str | None = None
) -> Callable[[Callable[P, None]], Job[P]]:
    """Make a job of the function below. Its arguments are what JSON can hold.

    `retry` is a procrastinate strategy (by default 8 more tries over about a day), `cron` runs it by the
    clock, in UTC, once over all workers (such a function takes no arguments).
    """

    def register(function: Callable[P, None]) -> Job[P]:
        name = f"{function.__module__.removeprefix('charterdesk.').replace('.jobs', '')}.{function.__name__}"
        task = app.task(name=name, queue=queue, retry=retry)(_with_cause(function))
        if cron is not None:
            _run_by_clock(name, function, queue=queue, cron=cron)
        return Job(function, task)

    return register


def _with_cause(function: Callable[..., None]) -> Callable[..., None]:
    """`function`, so that what it publishes is caused by the event that led to the job."""

    @wraps(function)
    def run(**kwargs: Any) -> None:
        cause = Cause(*kwargs.pop(CAUSE)) if CAUSE in kwargs else BEGINNING
        with caused_by(cause):
            function(**kwargs)

    return run


def _run_by_clock(name: str, function: Callable[..., None], *, queue: str, cron: str) -> None:
    """Register the clock's own task: procrastinate hands it the time, which the function does not want."""

    def at_the_time(timestamp: int) -> None:
        function()

    task = app.task(name=f"{name}.clock", queue=queue, queueing_lock=f"{name}.clock")(at_the_time)
    app.periodic(cron=cron)(task)
