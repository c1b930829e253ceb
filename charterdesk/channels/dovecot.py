"""A real IMAP server for tests: Dovecot, in a folder of its own, on a free port."""

import getpass
import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PASSWORD = "open-sesame"
PROGRAM = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@dataclass(frozen=True)
class Dovecot:
    """Where it listens; any user signs in with `PASSWORD` and has an empty mailbox at first. TLS is at `tls_port`."""

    port: int
    folder: Path
    tls_port: int = 0


@contextmanager
def running_dovecot(certificate: tuple[Path, Path] | None = None) -> Iterator[Dovecot]:
    """Dovecot with mailboxes of its own while the block runs. As root it works as the user `mail`.

    With a `certificate` and its key (PEM) it speaks TLS, too.
    """
    assert PROGRAM, "Dovecot is not installed (Debian: dovecot-imapd)"
    owner = pwd.getpwnam("mail" if os.geteuid() == 0 else getpass.getuser())
    with tempfile.TemporaryDirectory(prefix="dovecot-") as name:
        folder, port, tls_port = Path(name), _free_port(), _free_port() if certificate else 0
        folder.chmod(0o755)
        for part in ("run", "state", "mail"):
            (folder / part).mkdir()
            os.chown(folder / part, owner.pw_uid, owner.pw_gid)
        config = folder / "dovecot.conf"
        config.write_text(_config(folder, port, owner) + _tls(tls_port, certificate))
        process = subprocess.Popen([PROGRAM, "-F", "-c", str(config)])
        try:
            _wait_for(port, process, folder)
            yield Dovecot(port, folder, tls_port)
        finally:
            process.terminate()
            process.wait(10)


def _config(folder: Path, port: int, account: pwd.struct_passwd) -> str:
    owner, group = account.pw_name, grp.getgrgid(account.pw_gid).gr_name
    return f"""
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%u
default_internal_user = {owner}
default_internal_group = {group}
default_login_user = {owner}
first_valid_uid = {account.pw_uid}
first_valid_gid = {account.pw_gid}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = static
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={account.pw_uid} gid={account.pw_gid} home={folder}/mail/%u
}}
"""


def _tls(port: int, certificate: tuple[Path, Path] | None) -> str:
    """What lets it speak TLS at `port`, and STARTTLS at the other."""
    if certificate is None:
        return ""
    chain, key = certificate
    listener = f"service imap-login {{\n  inet_listener imaps {{\n    port = {port}\n    ssl = yes\n  }}\n}}\n"
    return f"ssl = yes\nssl_cert = <{chain}\nssl_key = <{key}\n{listener}"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    """Until it answers; when it ends instead, with what it said."""
    for _try in range(100):
        if process.poll() is not None:
            log = folder / "log"
            raise RuntimeError(f"Dovecot ended: {log.read_text() if log.exists() else process.returncode}")
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError("Dovecot does not answer")
