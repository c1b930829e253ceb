"""`charterdesk web`: the pages, by granian; Django is loaded once and shared by the workers' memory."""

import gc
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from charterdesk import settings_table
from charterdesk.ops.parts.common import prepare
from charterdesk.ops.processes import child_of_ours

TARGET = "charterdesk.wsgi"


def main(argv: Sequence[str]) -> int:
    """Serve until a signal says stop; requests under way are finished first."""
    prepare("web", "Serve the pages: workspace, portal and health.", argv)
    application = import_module(TARGET).application
    tie_to_us = child_of_ours()
    gc.collect()
    gc.freeze()  # what was loaded so far stays shared between the workers

    def load(*_: Any) -> Any:
        """Runs in each worker: if the parent is killed, the kernel ends the worker too."""
        tie_to_us()
        return application

    server().serve(target_loader=load)
    return 0


def server() -> MPServer:
    """The server as the settings have it."""
    host, port = settings_table.address("CHARTERDESK_WEB")
    return MPServer(
        target=f"{TARGET}:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.auto if settings_table.text("CHARTERDESK_TLS_CERT") else HTTPModes.http1,
        websockets=False,
        workers=settings_table.number("CHARTERDESK_WEB_WORKERS"),
        blocking_threads=settings_table.number("CHARTERDESK_WEB_THREADS"),
        respawn_failed_workers=True,
        respawn_interval=0.2,
        workers_kill_timeout=10,
        process_name="charterdesk web",
        log_level=LogLevels.warning,
        ssl_cert=settings_table.path("CHARTERDESK_TLS_CERT"),
        ssl_key=settings_table.path("CHARTERDESK_TLS_KEY"),
    )
