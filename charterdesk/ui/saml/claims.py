"""What attributes of SAML say of somebody, as claims of OpenID Connect: the same rules then judge both."""

from typing import Any

from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names

IDENTITY = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
EMAIL = ("email", "mail", "emailaddress", f"{IDENTITY}emailaddress", "urn:oid:0.9.2342.19200300.100.1.3")
NAME = ("displayname", "name", "cn", f"{IDENTITY}name", "http://schemas.microsoft.com/identity/claims/displayname",
        "urn:oid:2.16.840.1.113730.3.1.241", "urn:oid:2.5.4.3")  # fmt: skip
FIRST = ("givenname", "firstname", f"{IDENTITY}givenname", "urn:oid:2.5.4.42")
LAST = ("sn", "surname", "lastname", f"{IDENTITY}surname", "urn:oid:2.5.4.4")
VERIFIED = ("email_verified", "emailverified", "http://schemas.auth0.com/email_verified")
LONGEST = 191
"""Characters of what allauth keeps of who somebody is there."""


def claims_from(response: Any, groups_attribute: str) -> tuple[str, dict[str, Any]]:
    """Who they are there, and `email`, `name` and groups; `groups_attribute` names the attribute that has these.

    Raises `ValueError` where it can't be said who they are.
    """
    told = {name.lower(): values for name, values in _attributes(response).items()}
    name_id, kind = response.get_nameid() or "", response.get_nameid_format()
    email = _first(told, EMAIL) or (name_id if kind == Names.NAMEID_EMAIL_ADDRESS or "@" in name_id else "")
    lasting = name_id if kind != Names.NAMEID_TRANSIENT else ""
    uid = lasting or email.lower()
    if not uid or len(uid) > LONGEST:
        raise ValueError("it does not say who they are")
    claims: dict[str, Any] = {
        "email": email,
        "name": _name(told, email),
        groups_attribute: told.get(groups_attribute.lower(), []),
    }
    if _first(told, VERIFIED).lower() in ("false", "0", "no"):
        claims["email_verified"] = False
    return uid, claims


def _attributes(response: Any) -> dict[str, list[str]]:
    """By name and by friendly name, both signed."""
    found: dict[str, list[str]] = {**response.get_friendlyname_attributes(), **response.get_attributes()}
    return found


def _first(told: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((str(told[name][0]).strip() for name in names if told.get(name) and told[name][0]), "")


def _name(told: dict[str, list[str]], email: str) -> str:
    """As it is shown there, else first and last; a name that is only the address is none."""
    whole = _first(told, NAME)
    if whole and whole.lower() != email.lower():
        return whole
    return f"{_first(told, FIRST)} {_first(told, LAST)}".strip()
