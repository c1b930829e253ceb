"""`charterdesk live`: the live stream, by uvicorn; without Django."""

from collections.abc import Sequence

import uvicorn

from charterdesk import settings_table
from charterdesk.ops.parts.common import prepare

TARGET = "charterdesk.live:application"


def main(argv: Sequence[str]) -> int:
    """Serve until a signal says stop."""
    prepare("live", "Serve the live stream.", argv)
    host, port = settings_table.address("CHARTERDESK_LIVE")
    uvicorn.run(
        TARGET,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        lifespan="on",
        ws="none",
        timeout_graceful_shutdown=2,  # streams never end by themselves
        ssl_certfile=settings_table.path("CHARTERDESK_TLS_CERT"),
        ssl_keyfile=settings_table.text("CHARTERDESK_TLS_KEY") or None,
    )
    return 0
