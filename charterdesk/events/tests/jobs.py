"""Jobs for the tests of jobs: registered once, for good."""

from procrastinate import RetryStrategy

from charterdesk.events.jobs import job
from charterdesk.events.log import publish
from charterdesk.events.tests.pumps import PumpRepaired

ran: list[str] = []
broken: set[str] = set()
swept: list[bool] = []


@job(retry=RetryStrategy(max_attempts=1))
def call_plumber(name: str) -> None:
    """Note that the plumber was called, or that nobody answered."""
    if name in broken:
        raise ConnectionError(f"{name} does not answer")
    ran.append(name)


@job()
def publish_repair(pump_id: int) -> None:
    """Publish, from a job, that a pump was repaired."""
    publish(PumpRepaired(pump_id=pump_id), on=f"pump:{pump_id}", by="system")


@job(cron="0 4 * * *")
def sweep() -> None:
    """Sweep the pump house at four in the morning."""
    swept.append(True)
