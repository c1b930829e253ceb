"""Browser push: sealed as the standard says, handed over once, given up where the browser is gone."""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from charterdesk.channels.jobs import push_notice
from charterdesk.channels.models import Pushed, PushSubscription
from charterdesk.channels.push.handing import NotTaken
from charterdesk.channels.push.sealing import CURVE, point, seal, to_bytes, to_text
from charterdesk.people.actions import notify
from charterdesk.people.models import Agent, Notice
from charterdesk.people.testing import make_agent, make_contact, make_team
from charterdesk.tickets.testing import make_ticket

pytestmark = pytest.mark.django_db
SECRET = b"0123456789abcdef"


class PushService(ThreadingHTTPServer):
    """What a browser's maker runs: takes pushes and answers with `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        self.taken: list[tuple[dict[str, str], bytes]] = []
        self.status = 201


class _Taking(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, PushService)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((dict(self.headers), body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def service(settings) -> Iterator[PushService]:
    settings.PRIVATE_NETWORKS = [ip_network("127.0.0.0/8")]
    server = PushService()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def browser() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(CURVE)


@pytest.fixture
def agent(service: PushService, browser: ec.EllipticCurvePrivateKey) -> Agent:
    """An agent with a browser that wants to be notified."""
    ada = make_agent("Ada", teams=(make_team("Leaks"),), state=Agent.BUSY)
    PushSubscription.objects.create(
        agent=ada,
        endpoint=f"http://127.0.0.1:{service.server_port}/push/abc?x=1",
        browser_key=to_text(point(browser.public_key())),
        secret=to_text(SECRET),
    )
    return ada


def opened(body: bytes, browser: ec.EllipticCurvePrivateKey, secret: bytes = SECRET) -> bytes:
    """What the browser reads: the receiving side of RFC 8291, by itself."""
    salt, length = body[:16], body[20]
    sender, text = body[21 : 21 + length], body[21 + length :]
    shared = browser.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender))
    info = b"WebPush: info\0" + point(browser.public_key()) + sender
    material = HKDF(hashes.SHA256(), 32, secret, info).derive(shared)
    key = HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(material)
    nonce = HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(material)
    return AESGCM(key).decrypt(nonce, text, None).rstrip(b"\0").removesuffix(b"\x02")


def tell(agent: Agent) -> Notice:
    ticket = make_ticket(team=agent.teams.get(), contact=make_contact("Mia"), subject="Brown water")
    notify([agent.pk], code="ticket.mentioned", about=ticket.key, by="system")
    return Notice.objects.get(code="ticket.mentioned")


def test_sealing_gives_the_bytes_of_the_standards_example():
    private = int.from_bytes(to_bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big")
    sealed = seal(
        b"When I grow up, I want to be a watermelon",
        browser_key=to_bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
        secret=to_bytes("BTBZMqHH6r4Tts7J_aSIgg"),
        salt=to_bytes("DGv6ra1nlYgDCS1FRnbzlw"),
        own=ec.derive_private_key(private, CURVE),
    )

    assert to_text(sealed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
        "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_a_notice_reaches_the_browser_and_nobody_else_can_read_it(
    agent: Agent,
    service: PushService,
    browser: ec.EllipticCurvePrivateKey,
    run_reactions: Callable[[], int],
    run_jobs: Callable[[], int],
):
    notice = tell(agent)
    run_reactions()
    run_jobs()

    [(headers, body)] = service.taken
    said = json.loads(opened(body, browser))
    assert b"Brown water" not in body
    assert "Brown water" in said["title"]
    assert said["tag"] == notice.key
    assert (headers["Content-Encoding"], headers["TTL"]) == ("aes128gcm", "86400")


def test_the_desk_signs_that_it_is_the_one_the_browser_trusts(
    agent: Agent, service: PushService, run_reactions: Callable[[], int], run_jobs: Callable[[], int]
):
    tell(agent)
    run_reactions()
    run_jobs()

    given = dict(part.split("=", 1) for part in service.taken[0][0]["Authorization"].removeprefix("vapid ").split(", "))
    signed, signature = given["t"].rsplit(".", 1)
    raw = to_bytes(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, to_bytes(given["k"]))
    key.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))  # raises when it is another's
    claims = json.loads(base64.urlsafe_b64decode(signed.split(".")[1] + "=="))
    assert claims["aud"] == f"http://127.0.0.1:{service.server_port}"


def test_a_notice_is_pushed_once_and_not_at_all_once_it_is_read(agent: Agent, service: PushService):
    notice, subscription = tell(agent), PushSubscription.objects.get()
    for _ in range(2):
        push_notice(notice_id=notice.pk, subscription_id=subscription.pk)
    Notice.objects.update(read_at=notice.created_at)
    Pushed.objects.all().delete()
    push_notice(notice_id=notice.pk, subscription_id=subscription.pk)

    assert len(service.taken) == 1


def test_what_the_service_does_not_take_is_tried_again_and_a_browser_that_is_gone_forgotten(
    agent: Agent, service: PushService
):
    notice, subscription = tell(agent), PushSubscription.objects.get()
    service.status = 503
    with pytest.raises(NotTaken):
        push_notice(notice_id=notice.pk, subscription_id=subscription.pk)
    service.status = 410
    push_notice(notice_id=notice.pk, subscription_id=subscription.pk)

    assert len(service.taken) == 2
    assert not PushSubscription.objects.exists()


def test_no_browser_can_send_us_into_a_private_network(agent: Agent, service: PushService, settings):
    settings.PRIVATE_NETWORKS = []
    notice = tell(agent)
    with pytest.raises(NotTaken, match="private"):
        push_notice(notice_id=notice.pk, subscription_id=PushSubscription.objects.get().pk)

    assert service.taken == []
