"""Ports: whether one is free, whether somebody answers there, and a free one where the setting says 0."""

import os
import socket

from charterdesk import settings_table
from charterdesk.ops.problems import Problem


def taken(host: str, port: int) -> bool:
    """Whether something else listens there already. Binds, lets go. Raises `Problem` if we may not bind."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise Problem(
                f"Ports below 1024, such as {port}, are for root. Take a higher one and let a reverse proxy "
                "or the firewall lead there, or give Python the right: `setcap cap_net_bind_service=+ep`."
            ) from None
        except OSError as error:
            if error.errno in (98, 48):
                return True
            raise Problem(f"Nothing can listen on {host}:{port}: {error.strerror}.") from None
    return False


def answers(host: str, port: int) -> bool:
    """Whether somebody takes a connection there. Waits a second at most."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    try:
        with socket.create_connection((here, port), timeout=1):
            return True
    except OSError:
        return False


def settle(setting: str) -> None:
    """Make sure the port of an address setting is free; for port 0 choose one, into the environment.

    Raises `Problem` that names the setting to change.
    """
    host, port = settings_table.address(setting)
    if port == 0:
        os.environ[setting] = f"{_written(host)}:{_free_port(host)}"
    elif taken(host, port):
        raise Problem(
            f"Port {port} of {host} is in use by another program. Stop that one, or set {setting} to another "
            f"address, such as {_written(host)}:{port + 10}."
        )


def _free_port(host: str) -> int:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host
