"""A mail account is tried before anybody relies on it: what is wrong is said, and what to do about it."""

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from charterdesk.base.testing import make_certificate
from charterdesk.channels.dovecot import PASSWORD, PROGRAM, Dovecot, running_dovecot
from charterdesk.channels.email.domains import check_domain, look_up
from charterdesk.channels.email.servers import check_mailbox, check_way_out
from charterdesk.channels.email.steps import Step
from charterdesk.channels.models import MailAccount
from charterdesk.channels.names import Zone, running_names
from charterdesk.channels.testing import running_outside

needs_dovecot = [pytest.mark.dovecot, pytest.mark.skipif(PROGRAM is None, reason="Dovecot is not installed")]
GOOD_ZONE: Zone = {
    ("desk.example", "MX"): ["10 mx.desk.example."],
    ("desk.example", "TXT"): ['"v=spf1 a:smtp.desk.example -all"'],
    ("smtp.desk.example", "A"): ["192.0.2.7"],
    ("selector1._domainkey.desk.example", "TXT"): ['"v=DKIM1; k=rsa; p=AAAA"'],
    ("_dmarc.desk.example", "TXT"): ['"v=DMARC1; p=reject"'],
}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def trusted(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))


@pytest.fixture(scope="module")
def dovecot(certificate: tuple[Path, Path]) -> Iterator[Dovecot]:
    with running_dovecot(certificate) as running:
        yield running


def account_at(**fields: object) -> MailAccount:
    account = MailAccount(name="Leaks", address="leaks@desk.example", user="leaks", **fields)
    account.seal(password=PASSWORD)
    return account


def states(steps: list[Step]) -> list[tuple[str, str]]:
    return [(step.name, step.state) for step in steps]


def asked(zone: Zone, account: MailAccount) -> dict[str, Step]:
    with running_names(zone) as port:
        return {step.name: step for step in check_domain(account, look_up(servers=["127.0.0.1"], port=port))}


class TestMailbox:
    pytestmark = needs_dovecot

    def test_an_account_that_works_passes_every_step(self, dovecot: Dovecot, trusted: None) -> None:
        steps = check_mailbox(account_at(imap_host="localhost", imap_port=dovecot.tls_port))

        assert states(steps) == [
            ("Mailbox: server", "good"),
            ("Mailbox: encryption", "good"),
            ("Mailbox: sign-in", "good"),
            ("Mailbox: folder", "good"),
        ]

    def test_a_certificate_nobody_vouches_for_ends_it_before_the_password_leaves(self, dovecot: Dovecot) -> None:
        steps = check_mailbox(account_at(imap_host="localhost", imap_port=dovecot.tls_port))

        assert states(steps) == [("Mailbox: server", "good"), ("Mailbox: encryption", "bad")]
        assert "certificate" in steps[-1].said

    def test_the_wrong_encryption_names_the_other_one(self, dovecot: Dovecot, trusted: None) -> None:
        steps = check_mailbox(account_at(imap_host="localhost", imap_port=dovecot.port))

        assert steps[-1].state == "bad"
        assert "STARTTLS" in steps[-1].todo

    def test_a_wrong_password_is_told_apart_from_a_wrong_server(self, dovecot: Dovecot, trusted: None) -> None:
        account = account_at(imap_host="localhost", imap_port=dovecot.tls_port)
        account.seal(password="wrong")
        nowhere = account_at(imap_host="no-such-host.invalid")

        assert states(check_mailbox(account))[-1] == ("Mailbox: sign-in", "bad")
        assert [step.said for step in check_mailbox(nowhere)] == ["There is no server called no-such-host.invalid."]

    def test_a_missing_folder_is_told_with_those_there_are(self, dovecot: Dovecot, trusted: None) -> None:
        account = account_at(imap_host="localhost", imap_port=dovecot.tls_port, folder="Support")

        assert check_mailbox(account)[-1].todo == "Choose one of these: INBOX"


class TestWayOut:
    def test_a_server_that_takes_our_mail_passes_every_step_and_gets_none(
        self, certificate: tuple[Path, Path], trusted: None
    ) -> None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*certificate)
        with running_outside(context) as outside:
            steps = check_way_out(account_at(smtp_host="localhost", smtp_port=outside.port))
            unknown = account_at(smtp_host="localhost", smtp_port=outside.port)
            unknown.user = ""
            outside.refuses["leaks@desk.example"] = "550 who is that"
            refused = check_way_out(unknown)

        assert states(steps)[:2] == [("Way out: server", "good"), ("Way out: encryption", "good")]
        assert states(refused)[-1] == ("Way out: sender", "bad")
        assert "550 who is that" in refused[-1].said
        assert outside.kept == []

    def test_a_closed_port_is_said_to_be_closed(self) -> None:
        with running_outside() as outside:
            port = outside.port

        assert states(check_way_out(account_at(smtp_host="127.0.0.1", smtp_port=port))) == [("Way out: server", "bad")]


class TestDomain:
    def test_a_domain_with_all_records_is_in_order(self) -> None:
        steps = asked(GOOD_ZONE, account_at(smtp_host="smtp.desk.example"))

        assert {name: step.state for name, step in steps.items()} == dict.fromkeys(
            ("MX", "SPF", "DKIM", "DMARC"), "good"
        )

    def test_a_domain_without_records_is_told_each_one_to_add(self) -> None:
        steps = asked({}, account_at(smtp_host="smtp.desk.example", imap_host="imap.desk.example"))

        assert {
            name: (step.state, [(r.name, r.type, r.value) for r in step.records]) for name, step in steps.items()
        } == {
            "MX": ("bad", [("desk.example", "MX", "10 imap.desk.example.")]),
            "SPF": ("bad", [("desk.example", "TXT", "v=spf1 mx a:smtp.desk.example ~all")]),
            "DKIM": ("look", []),
            "DMARC": ("look", [("_dmarc.desk.example", "TXT", "v=DMARC1; p=none; rua=mailto:postmaster@desk.example")]),
        }

    @pytest.mark.parametrize(
        ("record", "state", "value"),
        [
            ("v=spf1 ip4:192.0.2.0/24 -all", "good", []),
            ("v=spf1 include:_spf.desk.example -all", "good", []),
            ("v=spf1 mx -all", "look", ["v=spf1 mx a:smtp.desk.example -all"]),
            ("v=spf1 ip4:192.0.2.0/24 +all", "bad", ["v=spf1 ip4:192.0.2.0/24 ~all"]),
            ("v=spf1 include:loop.desk.example -all", "bad", []),
        ],
    )  # fmt: skip
    def test_an_spf_record_is_followed_to_our_way_out(self, record: str, state: str, value: list[str]) -> None:
        zone = {
            **GOOD_ZONE,
            ("desk.example", "TXT"): [f'"{record}"'],
            ("_spf.desk.example", "TXT"): ['"v=spf1 a:smtp.desk.example -all"'],
            ("loop.desk.example", "TXT"): ['"v=spf1 include:loop.desk.example -all"'],
        }
        step = asked(zone, account_at(smtp_host="smtp.desk.example"))["SPF"]

        assert (step.state, [each.value for each in step.records]) == (state, value)

    def test_the_desks_own_key_is_compared_with_the_one_in_the_dns(self, tmp_path: Path, settings: Any) -> None:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        settings.DKIM_KEY, settings.DKIM_SELECTOR = tmp_path / "key.pem", "desk"
        settings.DKIM_KEY.write_bytes(pem)
        missing = asked(GOOD_ZONE, account_at())["DKIM"]
        (to_add,) = missing.records
        parts = [to_add.value[n : n + 200] for n in range(0, len(to_add.value), 200)]
        zone = {**GOOD_ZONE, (to_add.name, "TXT"): [" ".join(f'"{part}"' for part in parts)]}

        assert (missing.state, to_add.name) == ("bad", "desk._domainkey.desk.example")
        assert asked(zone, account_at())["DKIM"].state == "good"
