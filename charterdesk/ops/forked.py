"""Children that run what this process has loaded: they start in a blink and share its memory.

Fork only from the main thread of a process that has no other: a lock that another thread held would stay locked in the
child.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from typing import IO

from setproctitle import setproctitle

from charterdesk.ops.processes import Preparation, child_of_ours, use_few_arenas

_FORK = multiprocessing.get_context("fork")
Work = Callable[[], int | None]


class Forked:
    """A child named `charterdesk NAME` that runs `work`; what it prints comes out of `output`.

    It leads a session of its own (Ctrl-C reaches us alone), and is ended when this process is.
    """

    def __init__(self, name: str, work: Work) -> None:
        reading, writing = os.pipe()
        self._process = _FORK.Process(target=_live, args=(name, work, writing, child_of_ours()), name=name)
        self._process.start()
        os.close(writing)
        self.output: IO[bytes] = os.fdopen(reading, "rb", buffering=0)

    @property
    def pid(self) -> int:
        """Its number."""
        assert self._process.pid is not None
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it lives; negative where a signal ended it."""
        return self._process.exitcode

    def terminate(self) -> None:
        """Ask it to end (SIGTERM); fine if it has."""
        self._process.terminate()

    def kill(self) -> None:
        """End it, and wait until it is gone."""
        self._process.kill()
        self._process.join()

    def wait(self) -> int:
        """Wait for its end; returns the exit code."""
        self._process.join()
        assert self.exit_code is not None
        return self.exit_code


def _live(name: str, work: Work, output: int, tie_to_parent: Preparation) -> None:
    """In the child: leave behind what is the parent's, then work. What `work` returns is the exit code."""
    os.setsid()
    tie_to_parent()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    for standard in (1, 2):
        os.dup2(output, standard)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))  # the lock of the data folder, the pipes of other parts
    sys.stdout = os.fdopen(1, "w", buffering=1, closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
    use_few_arenas()
    setproctitle(f"charterdesk {name}")
    sys.exit(work())
