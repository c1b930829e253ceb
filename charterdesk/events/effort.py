"""What telling events takes: this thread's processor, or a part of the time that passes, whichever is more.

By the clock alone, a machine of which the desk gets a tenth would cut a lane's batches to a tenth; and as an event of a
small wave costs a multiple of one of a large wave, what is slow would become slower still. By the processor alone, a
listener that waits (for a row, for the database) would keep what its batch has locked for as long as it likes.
"""

from time import monotonic, thread_time

CLOCK_PER_PROCESSOR = 5
"""So many seconds by the clock count as one of the processor: a lane with a core to itself never waits that long."""


class Effort:
    """Begins when it is made, in the thread that makes it."""

    def __init__(self) -> None:
        self._used, self._began = thread_time(), monotonic()

    def seconds(self) -> float:
        """Seconds of this thread's processor since, at least a fifth of those by the clock."""
        return max(thread_time() - self._used, (monotonic() - self._began) / CLOCK_PER_PROCESSOR)
