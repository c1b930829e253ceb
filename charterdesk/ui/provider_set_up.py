"""What a new provider of single sign-on has to prove before it stands at the door: both the form and the API ask here.

Speaks to addresses an administrator gave, so that what is wrong shows now and not to the first who wants to come in.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from charterdesk.access.models import IdentityProvider
from charterdesk.access.single_sign_on import WEB
from charterdesk.base.refused import Refused
from charterdesk.ui.saml_extra import is_installed, part
from charterdesk.ui.single_sign_on import metadata_at, what_is_wrong_with

NEEDED = ("issuer", "sign_in_url", "certificates")
FIELD_OF = {
    "access.domain_needed": "domains",
    "access.short_name_taken": "slug",
    "access.certificate_needed": "certificates",
    "access.bad_certificate": "certificates",
    "access.bad_metadata": "metadata",
    "access.bad_issuer": "issuer",
    "access.bad_sign_in_url": "sign_in_url",
    "access.client_id_needed": "client_id",
    **{f"access.{name}_needed": name for name in NEEDED},
}
"""At which field of a form or of the API each refusal is said."""


def proved(kind: str, fields: Mapping[str, Any], *, metadata: str = "") -> dict[str, Any]:
    """`fields` of a provider, with what its metadata say (an address or XML; they win). Asks outside; seconds at most.

    Raises `Refused`: `access.bad_issuer`, `access.client_id_needed`, `access.no_saml`, `access.bad_metadata`,
    `access.bad_certificate`, `access.<field>_needed`.
    """
    return _saml(fields, metadata) if kind == IdentityProvider.SAML else _openid(fields)


def _openid(fields: Mapping[str, Any]) -> dict[str, Any]:
    found = {**fields, "issuer": str(fields["issuer"]).rstrip("/")}
    if not found["issuer"].startswith(WEB):
        raise Refused("access.bad_issuer", _("Write the address as https://login.example.org/realms/staff."))
    if not found["client_id"].strip():
        raise Refused("access.client_id_needed", _("Enter the client id that the provider gave this desk."))
    if found["is_active"] and (wrong := what_is_wrong_with(found["issuer"])):
        raise Refused("access.bad_issuer", wrong)
    return found


def _saml(fields: Mapping[str, Any], metadata: str) -> dict[str, Any]:
    if not is_installed():
        raise Refused("access.no_saml", without_saml())
    try:
        certificates = str(part("config").certificates_from(fields["certificates"]))
    except ValueError as error:
        raise Refused("access.bad_certificate", _("This is no certificate. Paste one as PEM.")) from error
    found = {**fields, "certificates": certificates, **_told_by(metadata.strip())}
    for name in NEEDED:
        if not found[name]:
            raise Refused(f"access.{name}_needed", _("Enter this, or the provider's metadata."))
    return found


def _told_by(metadata: str) -> dict[str, str]:
    """What metadata say, fetched where an address was given; {} for none."""
    if not metadata:
        return {}
    try:
        xml = metadata if metadata.startswith("<") else metadata_at(metadata)
        found: dict[str, str] = part("config").read_metadata(xml)
    except ValueError as error:
        message = _("These are no metadata of a provider of SAML: %(why)s")
        raise Refused("access.bad_metadata", message % {"why": str(error)[:200]}) from error
    return found


def without_saml() -> str:
    """What to do where the extra is missing."""
    return _("This desk was installed without SAML. Ask its operator to install charterdesk[saml].")
