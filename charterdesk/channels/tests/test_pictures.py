"""A picture named by a stranger is fetched from the public internet only, and only if it is one."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from charterdesk.base.outside import is_public
from charterdesk.channels import pictures
from charterdesk.channels.pictures import NoPicture, fetch_picture

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 16


class Server(BaseHTTPRequestHandler):
    """Somebody's web server, friendly or not, by path."""

    def do_GET(self) -> None:
        self.server.asked.append(dict(self.headers))  # type: ignore[attr-defined]
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/cat.png")
        elif self.path == "/round":
            self.send_response(302)
            self.send_header("Location", "/round")
        elif self.path == "/inside":
            self.send_response(302)
            self.send_header("Location", "http://10.0.0.1/secret")
        elif self.path == "/gone":
            self.send_response(404)
        else:
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.answer()

    def answer(self) -> None:
        if self.path.startswith("/cat.png"):
            self.wfile.write(PNG)
        elif self.path == "/lie.png":
            self.wfile.write(b"<svg onload=alert(1)>")
        elif self.path == "/huge":
            for _ in range(12):
                self.wfile.write(PNG + b"\x00" * 2**19)
        elif self.path == "/slow":
            for _ in range(20):
                self.wfile.write(b"\x89")
                self.wfile.flush()
                time.sleep(0.2)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.asked = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def fetch(server: ThreadingHTTPServer, path: str) -> pictures.Picture:
    port = server.server_address[1]
    return fetch_picture(
        f"http://127.0.0.1{path}", may_reach=lambda address: address == "127.0.0.1", ports={"http": port}
    )


def test_a_picture_comes_with_the_type_of_its_bytes_and_the_other_side_learns_nothing_of_the_reader(server):
    found = fetch(server, "/cat.png?size=1 2\r\nX: y")

    assert (found.content_type, found.data) == ("image/png", PNG)
    assert set(server.asked[0]) == {"Host", "Accept-Encoding", "Accept", "User-Agent"}
    assert server.asked[0]["User-Agent"] == "charterdesk"


def test_a_redirect_is_followed_but_not_for_ever_nor_into_a_private_network(server):
    assert fetch(server, "/moved").data == PNG
    for path in ("/round", "/inside"):
        with pytest.raises(NoPicture):
            fetch(server, path)


@pytest.mark.parametrize("path", ["/gone", "/lie.png", "/huge"])
def test_what_is_no_picture_or_too_large_does_not_come(server, path):
    with pytest.raises(NoPicture):
        fetch(server, path)


def test_a_server_that_drips_is_left(server, monkeypatch):
    monkeypatch.setattr(pictures, "SECONDS", 0.5)
    with pytest.raises(NoPicture):
        fetch(server, "/slow")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x.png",
        "http://localhost/x.png",
        "http://[::1]/x.png",
        "http://[::ffff:127.0.0.1]/x.png",
        "http://0/x.png",
        "http://2130706433/x.png",
        "http://10.1.2.3/x.png",
        "http://169.254.169.254/latest/meta-data",
        "http://[64:ff9b::7f00:1]/x.png",
        "http://[fe80::1]/x.png",
        "http://93.184.215.14:8080/x.png",
        "ftp://93.184.215.14/x.png",
        "file:///etc/passwd",
        "http:///x.png",
        "http://\x00/x.png",
    ],
)
def test_nothing_is_fetched_from_inside_or_by_another_way_than_the_web(url):
    with pytest.raises(NoPicture):
        fetch_picture(url)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("::", False),
        ("fd00::1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_only_public_addresses_are_public(address, expected):
    assert is_public(address) is expected
