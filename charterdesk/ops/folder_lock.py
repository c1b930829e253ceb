"""One charterdesk per folder: a lock the kernel lets go of however its holder ends."""

import fcntl
import os
from pathlib import Path
from typing import IO

from charterdesk.ops.problems import Problem


class AlreadyRunning(Problem):
    """Another charterdesk holds this folder."""


class FolderLock:
    """The lock of `folder`, held from `take` to `release` or to the end of this process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Take the lock; fine if we hold it. Raises `AlreadyRunning` at once if somebody else does."""
        if self._file:
            return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = (self.folder / "lock").open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            file.close()
            raise AlreadyRunning(
                f"The data folder {self.folder} is in use by another charterdesk (process {holder}). "
                "Stop that one first, or give this one its own folder with CHARTERDESK_DATA."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file

    def release(self) -> None:
        """Let go; fine if we don't hold it."""
        if self._file:
            self._file.close()
            self._file = None
