"""Starting child processes that cannot outlive us, as a user PostgreSQL accepts; Linux calls by ctypes.

Python 3.11 has neither `os.unshare` nor `prctl`, and these few calls are no reason for a compiled dependency.
"""

import ctypes
import functools
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_OVERRIDE = 1
CLONE_NEWUSER = 0x10000000
M_ARENA_MAX = -8
CAPABILITY_VERSION_3 = 0x20080522
NAMESPACE_UID = 1000  # what root is called inside the user namespace: any number but 0 will do

Preparation = Callable[[], None]

if sys.platform == "linux":
    libc = ctypes.CDLL(None, use_errno=True)


class CapabilityHeader(ctypes.Structure):
    """`struct __user_cap_header_struct` of capset(2)."""

    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class CapabilityData(ctypes.Structure):
    """`struct __user_cap_data_struct` of capset(2)."""

    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def die_with_parent(death_signal: int, parent: int) -> None:
    """In a child: ask for `death_signal` when the thread that started us ends; end at once if it already has.

    The kernel watches the *thread*, so children are started from a thread that lives as long as they should.
    """
    if sys.platform != "linux":
        return
    libc.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def child_of_ours(death_signal: int = signal.SIGTERM) -> Preparation:
    """Return a `preexec_fn` that ties a child's life to ours."""
    return functools.partial(die_with_parent, death_signal, os.getpid())


def use_few_arenas() -> None:
    """Let the C library keep two memory arenas for all threads, where it is glibc: that saves a third."""
    if mallopt := getattr(libc, "mallopt", None):
        mallopt(M_ARENA_MAX, 2)


def enter_user_namespace() -> None:
    """Leave root for a user namespace where we have another number; files stay ours. Raises `OSError`."""
    uid, gid = os.geteuid(), os.getegid()
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare(CLONE_NEWUSER)")
    for name, text in (
        ("uid_map", f"{NAMESPACE_UID} {uid} 1"),
        ("setgroups", "deny"),
        ("gid_map", f"{NAMESPACE_UID} {gid} 1"),
    ):
        descriptor = os.open(f"/proc/self/{name}", os.O_WRONLY)
        os.write(descriptor, text.encode())
        os.close(descriptor)


def become(uid: int, gid: int) -> None:
    """Leave root for another user, keeping (where we may) the one right to pass through root's own folders.

    A virtual environment or data folder below /root would else be out of reach. That is less than root had.
    """
    libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    bit = 1 << CAP_DAC_OVERRIDE
    header = CapabilityHeader(CAPABILITY_VERSION_3, 0)
    data = (CapabilityData * 2)(CapabilityData(bit, bit, bit), CapabilityData(0, 0, 0))
    if libc.capset(ctypes.byref(header), ctypes.byref(data)) == 0:
        libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)


@functools.cache
def user_namespaces_work() -> bool:
    """Try one: containers and hardened kernels often forbid them, in ways no file tells."""
    if sys.platform != "linux":
        return False
    try:
        done = subprocess.run(["/bin/true"], preexec_fn=enter_user_namespace, check=False)
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def lesser_user(wanted: str | None) -> pwd.struct_passwd:
    """The user root hands the database to: `wanted`, else `postgres`, else `nobody`. Raises `LookupError`."""
    for name in [wanted] if wanted else ["postgres", "nobody"]:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise LookupError(f"there is no user named {wanted or 'postgres or nobody'} on this machine")
