"""Single sign-on by SAML with a provider that is not ours (pysaml2), whose answers a third library signs (signxml)."""

import base64
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from lxml import etree
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.authn_context import PASSWORD
from saml2.config import IdPConfig
from saml2.metadata import create_metadata_string
from saml2.saml import NAMEID_FORMAT_PERSISTENT, NameID
from saml2.server import Server
from signxml.algorithms import SignatureConstructionMethod
from signxml.signer import XMLSigner

from charterdesk.access.models import IdentityProvider, OpenSession
from charterdesk.access.single_sign_on import save_provider
from charterdesk.people.models import Agent, Contact
from charterdesk.people.testing import make_agent, make_team
from charterdesk.ui import saml_extra as extra

pytestmark = pytest.mark.django_db
IDP = "https://idp.water.example/metadata"
SIGN_IN = "https://idp.water.example/sso"
ASSERTION = "{urn:oasis:names:tc:SAML:2.0:assertion}Assertion"
ROOT = Path(__file__).resolve().parents[2]


class Pair:
    """A key and its certificate."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "idp.water.example")])
        at = datetime.now(UTC)
        made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(self.key.public_key())
        made = made.serial_number(1).not_valid_before(at - timedelta(days=1)).not_valid_after(at + timedelta(days=9))
        self.cert = made.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()

    def pem(self) -> str:
        form = serialization.PrivateFormat.TraditionalOpenSSL
        return self.key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


class Provider:
    """An identity provider as pysaml2 plays it: it reads our metadata and our questions, and answers them."""

    def __init__(self, folder: Path, pair: Pair, metadata_of_desk: bytes) -> None:
        (folder / "key.pem").write_text(pair.pem())
        (folder / "cert.pem").write_text(pair.cert)
        self.pair = pair
        # pysaml2 signs with a program of the machine's, and asks it what it can; it signs nothing here.
        program = folder / "xmlsec1"
        program.write_text("#!/bin/sh\nprintf 'can:\\n\"\"\\n'\n")
        program.chmod(0o700)
        config: dict[str, Any] = {
            "entityid": IDP,
            "xmlsec_binary": str(program),
            "key_file": str(folder / "key.pem"),
            "cert_file": str(folder / "cert.pem"),
            "metadata": {"inline": [metadata_of_desk.decode()]} if metadata_of_desk else {},
            "service": {"idp": {"endpoints": {"single_sign_on_service": [(SIGN_IN, BINDING_HTTP_REDIRECT)]}}},
        }
        self.config = IdPConfig().load(config)
        self.server = Server(config=self.config)

    def metadata(self) -> str:
        return str(create_metadata_string(None, config=self.config).decode())

    def answer(self, question: str, *, uid: str = "ada-1", sign: bool = True, **identity: Any) -> str:
        """What it says of somebody in answer to a question, as XML."""
        asked = self.server.parse_authn_request(question, BINDING_HTTP_REDIRECT).message
        where = self.server.response_args(asked, [BINDING_HTTP_POST])
        said = self.server.create_authn_response(
            identity={"mail": "ada@water.example", "displayName": "Ada", **identity},
            userid=uid,
            name_id=NameID(format=NAMEID_FORMAT_PERSISTENT, text=uid),
            authn={"class_ref": PASSWORD},
            sign_response=False,
            sign_assertion=False,
            in_response_to=where["in_response_to"],
            destination=where["destination"],
            sp_entity_id=where["sp_entity_id"],
        )
        return signed(str(said), self.pair) if sign else str(said)


def signed(xml: str, pair: Pair) -> str:
    """`xml` with its assertion signed."""
    root = etree.fromstring(xml.encode())
    assertion = root.find(ASSERTION)
    signer = XMLSigner(
        method=SignatureConstructionMethod.enveloped, c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"
    )
    # The signature stands behind the issuer, as the schema of SAML has it.
    place = etree.SubElement(assertion, "{http://www.w3.org/2000/09/xmldsig#}Signature", Id="placeholder")
    assertion.remove(place)
    assertion.insert(1, place)
    root.replace(assertion, signer.sign(assertion, key=pair.pem(), cert=pair.cert, reference_uri=assertion.get("ID")))
    return str(etree.tostring(root).decode())


@pytest.fixture(scope="module")
def pair() -> Pair:
    return Pair()


@pytest.fixture
def provider(pair) -> IdentityProvider:
    made = IdentityProvider(kind=IdentityProvider.SAML)
    save_provider(
        made,
        by="system",
        name="Water works",
        slug="works",
        issuer=IDP,
        sign_in_url=SIGN_IN,
        certificates=pair.cert,
        groups_claim="groups",
        domains=["water.example"],
        role_of_group={"support": "agent", "leads": "lead"},
        team_of_group={"support": make_team("Leaks").pk},
    )
    return made


@pytest.fixture
def idp(provider, pair, tmp_path, settings) -> Provider:
    settings.PUBLIC_URL = "http://testserver"
    answer = Client().get("/account/saml/works/metadata/")
    assert answer["Content-Type"] == "application/samlmetadata+xml"
    return Provider(tmp_path, pair, answer.content)


def asked(client: Client) -> str:
    """The question `client` is sent to the provider with."""
    there = client.get("/account/saml/works/login/?process=login&next=/desk/today/")["Location"]
    assert there.startswith(f"{SIGN_IN}?")
    return parse_qs(urlsplit(there).query)["SAMLRequest"][0]


def bring(client: Client, xml: str) -> Any:
    """Carry an answer to the desk as a browser does: without its session first, for it comes from another site."""
    body = {"SAMLResponse": base64.b64encode(xml.encode()).decode()}
    stranger = Client()
    there = stranger.post("/account/saml/works/acs/", body)
    client.cookies.update(stranger.cookies)
    return client.get(there["Location"])


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_somebody_new_comes_in_with_the_role_and_teams_of_their_groups(idp, provider):
    client = Client()
    there = bring(client, idp.answer(asked(client), groups=["support", "leads"]))

    ada = Agent.objects.get(login__email="ada@water.example")
    assert (ada.name, ada.role, [team.name for team in ada.teams.all()]) == ("Ada", "lead", ["Leaks"])
    assert there["Location"] == "/desk/today/"
    assert client.get("/desk/today/").status_code == 200
    assert OpenSession.objects.get().way == OpenSession.SINGLE


def test_who_comes_again_is_known_by_their_name_id_and_follows_their_groups(idp, provider):
    first = Client()
    bring(first, idp.answer(asked(first), groups=["support"]))
    again = Client()
    bring(again, idp.answer(asked(again), groups=["leads"], mail="ada.brook@water.example"))

    assert is_in(again)
    assert (Agent.objects.get().role, list(Agent.objects.get().teams.all())) == ("lead", [])


def test_whoever_no_group_names_comes_in_as_a_customer(idp):
    client = Client()
    bring(client, idp.answer(asked(client), uid="mia-1", mail="mia@water.example", displayName="Mia"))

    assert Contact.objects.get(login__email="mia@water.example").name == "Mia"
    assert client.get("/desk/").status_code == 403


def test_a_provider_vouches_for_its_own_domains_only(idp):
    make_agent("Eve", email="eve@elsewhere.example", role=Agent.ADMINISTRATOR)
    client = Client()
    bring(client, idp.answer(asked(client), uid="eve-1", mail="eve@elsewhere.example", groups=["leads"]))

    assert not is_in(client)
    assert "may not vouch" in client.get("/account/login/").content.decode()


def wrong_key(idp: Provider, question: str) -> str:
    return signed(idp.answer(question, sign=False), Pair())


def changed_after_signing(idp: Provider, question: str) -> str:
    return idp.answer(question).replace("ada@water.example", "amy@water.example")


def wrapped(idp: Provider, question: str) -> str:
    """The signed assertion is hidden, and a forged one stands in its place."""
    root = etree.fromstring(idp.answer(question).encode())
    true = root.find(ASSERTION)
    forged = etree.fromstring(etree.tostring(true).replace(b"ada@water.example", b"amy@water.example"))
    forged.set("ID", "forged")
    forged.remove(forged.find("{http://www.w3.org/2000/09/xmldsig#}Signature"))
    root.replace(true, forged)
    etree.SubElement(root, "{urn:oasis:names:tc:SAML:2.0:protocol}Extensions").append(true)
    return str(etree.tostring(root).decode())


def for_another_desk(idp: Provider, question: str) -> str:
    xml = idp.answer(question, sign=False).replace("/saml/works/metadata/<", "/saml/other/metadata/<")
    return signed(xml, idp.pair)


def of_another_provider(idp: Provider, question: str) -> str:
    return signed(idp.answer(question, sign=False).replace(IDP, "https://other.example"), idp.pair)


def too_late(idp: Provider, question: str) -> str:
    xml, past = (
        idp.answer(question, sign=False),
        (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    root = etree.fromstring(xml.encode())
    for each in root.iter():
        if each.get("NotOnOrAfter"):
            each.set("NotOnOrAfter", past)
    return signed(etree.tostring(root).decode(), idp.pair)


def for_nobodys_question(idp: Provider, question: str) -> str:
    root = etree.fromstring(idp.answer(question, sign=False).encode())
    for each in root.iter():
        each.attrib.pop("InResponseTo", None)
    return signed(etree.tostring(root).decode(), idp.pair)


def unsigned(idp: Provider, question: str) -> str:
    return idp.answer(question, sign=False)


def no_xml(idp: Provider, question: str) -> str:
    return "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>"


FORGED = (
    wrong_key, changed_after_signing, wrapped, for_another_desk, of_another_provider, too_late, for_nobodys_question,
    unsigned, no_xml,
)  # fmt: skip


@pytest.mark.parametrize("forge", FORGED, ids=lambda forge: forge.__name__)
def test_what_the_provider_did_not_say_lets_nobody_in(idp, forge):
    make_agent("Amy", email="amy@water.example", role=Agent.ADMINISTRATOR)
    client = Client()

    page = bring(client, forge(idp, asked(client)))

    assert not is_in(client)
    assert "Water works did not let you in" in page.content.decode()


def test_an_answer_serves_once_and_only_whom_it_was_asked_for(idp):
    victim, thief = Client(), Client()
    answer = idp.answer(asked(victim), groups=["support"])
    asked(thief)
    bring(thief, answer)
    assert not is_in(thief)

    bring(victim, answer)

    assert not is_in(victim)  # used up: whoever lost an answer sets out again
    bring(victim, idp.answer(asked(victim), groups=["support"]))
    assert is_in(victim)


def test_an_answer_to_a_question_of_another_session_is_not_taken(idp):
    thief = Client()
    asked(thief)
    bring(thief, idp.answer(asked(Client())))

    assert not is_in(thief)


def filled(**more: str) -> dict[str, str]:
    return {
        "name": "Water works", "slug": "works", "domains": "water.example", "groups_claim": "groups",
        "roles": "support = agent", "is_active": "on", **more,
    }  # fmt: skip


@pytest.fixture
def amy() -> Client:
    client = Client()
    client.force_login(make_agent("Amy", role=Agent.ADMINISTRATOR).login)
    return client


def test_a_provider_is_set_up_from_its_metadata(amy, pair, tmp_path):
    make_team("Leaks")
    metadata = Provider(tmp_path, pair, b"").metadata()

    assert amy.post("/desk/admin/single-sign-on/new-saml", filled(metadata=metadata)).status_code == 302

    made = IdentityProvider.objects.get()
    assert (made.kind, made.issuer, made.sign_in_url) == ("saml", IDP, SIGN_IN)
    assert made.certificates == pair.cert.strip()
    assert "Sign in with Water works" in Client().get("/account/login/").content.decode()
    assert "https://idp.water.example" in amy.get(f"/desk/admin/single-sign-on/{made.pk}").content.decode()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"metadata": "<html/>"}, "no metadata of a provider"),
        ({"metadata": "http://127.0.0.1:9/metadata"}, "private network"),
        ({"issuer": IDP, "sign_in_url": SIGN_IN, "certificates": "abc"}, "This is no certificate"),
        ({"issuer": IDP, "sign_in_url": SIGN_IN}, "or the provider&#x27;s metadata"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(amy, more, why):
    answer = amy.post("/desk/admin/single-sign-on/new-saml", filled(**more))

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not IdentityProvider.objects.exists()


def test_a_desk_without_the_extra_says_what_to_install_and_shows_no_button(amy, provider, monkeypatch):
    monkeypatch.setattr(extra, "find_spec", lambda name: None)

    page = amy.get("/desk/admin/single-sign-on/new-saml").content.decode()
    listed = amy.get("/desk/admin/single-sign-on").content.decode()

    assert "charterdesk[saml]" in page and "SAML is not installed" in listed
    assert amy.post("/desk/admin/single-sign-on/new-saml", filled()).status_code == 422
    assert "Water works" not in Client().get("/account/login/").content.decode()
    assert Client().get("/account/saml/works/login/").status_code == 404


def test_a_desk_starts_without_loading_saml():
    """The library of C is loaded when somebody comes by it, and by then only."""
    said = (
        "import django; django.setup(); import charterdesk.urls, sys; print({'onelogin', 'xmlsec'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", said], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"
