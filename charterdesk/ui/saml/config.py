"""How this desk and a provider speak SAML with each other, as python3-saml wants it told."""

from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from charterdesk.access.models import IdentityProvider

BEGIN, END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"


def entity_id(provider: IdentityProvider) -> str:
    """What the desk is called there: where its metadata are, whichever host somebody comes by."""
    return settings.PUBLIC_URL + reverse("saml_metadata", args=[provider.slug])


def acs_url(provider: IdentityProvider, request: HttpRequest | None = None) -> str:
    """Where answers are to come: to the host somebody set out from, for their session is there."""
    page = reverse("saml_acs", args=[provider.slug])
    return request.build_absolute_uri(page) if request else settings.PUBLIC_URL + page


def settings_for(provider: IdentityProvider, request: HttpRequest | None = None) -> OneLogin_Saml2_Settings:
    """Strict, with the assertion signed by a certificate of the provider's and no algorithm of yesterday."""
    return OneLogin_Saml2_Settings(
        {
            "strict": True,
            "sp": {
                "entityId": entity_id(provider),
                "assertionConsumerService": {"url": acs_url(provider, request), "binding": Names.BINDING_HTTP_POST},
                "NameIDFormat": Names.NAMEID_UNSPECIFIED,
            },
            "idp": {
                "entityId": provider.issuer,
                "singleSignOnService": {"url": provider.sign_in_url, "binding": Names.BINDING_HTTP_REDIRECT},
                "x509certMulti": {"signing": pem_blocks(provider.certificates)},
            },
            "security": {
                "wantAssertionsSigned": True,
                "wantAttributeStatement": False,  # a name id that is an address is enough
                "allowRepeatAttributeName": True,
                "rejectDeprecatedAlgorithm": True,
                "requestedAuthnContext": False,
                "signatureAlgorithm": Names.RSA_SHA256,
                "digestAlgorithm": Names.SHA256,
                "allowSingleLabelDomains": True,
            },
        },
        sp_validation_only=True,
    )


def asked_as(request: HttpRequest) -> dict[str, Any]:
    """The request, as python3-saml wants it."""
    return {
        "https": "on" if request.is_secure() else "off",
        "http_host": request.get_host(),
        "script_name": request.path,
        "get_data": {},
        "post_data": {},
    }


def pem_blocks(text: str) -> list[str]:
    """The certificates in `text`, each as PEM; one without its first and last line is one, too."""
    if BEGIN not in text:
        return [f"{BEGIN}\n{text.strip()}\n{END}"] if text.strip() else []
    return [f"{BEGIN}\n{each.partition(END)[0].strip()}\n{END}" for each in text.split(BEGIN)[1:]]


def certificates_from(text: str) -> str:
    """The certificates in `text` as they are kept. Raises `ValueError` for one that can't be read."""
    read = [x509.load_pem_x509_certificate(block.encode()) for block in pem_blocks(text)]
    return "\n".join(each.public_bytes(Encoding.PEM).decode().strip() for each in read)


def read_metadata(xml: str) -> dict[str, str]:
    """Issuer, sign-in address and certificates from a provider's metadata.

    Raises `ValueError` for what is none, or lacks one of them.
    """
    try:
        told = OneLogin_Saml2_IdPMetadataParser.parse(xml.strip().encode()).get("idp", {})
    except Exception as error:  # lxml, xmlsec and python3-saml raise each their own, and plain ones
        raise ValueError(str(error)) from error
    certificates = [told["x509cert"]] if "x509cert" in told else told.get("x509certMulti", {}).get("signing", [])
    found = {
        "issuer": told.get("entityId", ""),
        "sign_in_url": told.get("singleSignOnService", {}).get("url", ""),
        "certificates": "\n".join(certificates_from(each) for each in certificates),
    }
    if missing := [name for name, value in found.items() if not value]:
        raise ValueError(", ".join(missing))
    return found
