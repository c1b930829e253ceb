"""A real clamd with a signature of its own, and one that is not there."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

# The test file every scanner knows, in two parts, so that this one is not taken for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CONFIG = """
LocalSocket {folder}/socket
DatabaseDirectory {folder}/signatures
PidFile {folder}/pid
LogFile {folder}/log
Foreground yes
StreamMaxLength 1M
"""


@pytest.fixture(scope="session")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The socket of a running clamd that knows one virus: the test file's."""
    program = shutil.which("clamd")
    if program is None:
        pytest.skip("clamd is not installed")
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "signatures").mkdir()
    (folder / "signatures" / "test.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
    (folder / "conf").write_text(CONFIG.format(folder=folder))
    for path in (folder, folder / "signatures"):
        path.chmod(0o755)
    running = subprocess.Popen([program, "-c", str(folder / "conf")], stdout=subprocess.DEVNULL)
    _wait_for(folder / "socket", running)
    yield str(folder / "socket")
    running.terminate()
    running.wait(20)


def _wait_for(path: Path, running: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and running.poll() is None:
        if path.exists():
            with socket.socket(socket.AF_UNIX) as probe:
                probe.connect(str(path))
                return
        time.sleep(0.05)
    raise AssertionError(f"clamd did not start: {running.poll()}")
