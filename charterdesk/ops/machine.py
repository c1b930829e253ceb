"""What this machine, or the container on it, gives us."""

import os
from pathlib import Path

CONTROL_GROUPS = Path("/sys/fs/cgroup")
# Of a container's memory, by the second and the first version of control groups.
LIMITS = ("memory.max", "memory/memory.limit_in_bytes")


def memory_bytes(groups: Path = CONTROL_GROUPS) -> int:
    """The memory we may use: all there is, or what a container is held to where that is less."""
    there_is = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min([there_is, *(limit for name in LIMITS if (limit := _number_in(groups / name)))])


def _number_in(file: Path) -> int | None:
    """The number a file holds; None where there is no such file, or no number ("max")."""
    try:
        return int(file.read_text())
    except (OSError, ValueError):
        return None
