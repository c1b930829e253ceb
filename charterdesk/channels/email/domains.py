"""What the DNS says of the domain we send from, and which records it lacks: MX, SPF, DKIM, DMARC."""

import base64
import ipaddress
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from django.conf import settings
from django.utils.translation import gettext as _
from publicsuffix2 import get_sld

from charterdesk.base.later import later
from charterdesk.channels.email.spf import IncompleteSpf, allows
from charterdesk.channels.email.steps import BAD, GOOD, LOOK, Record, Step
from charterdesk.channels.models import MailAccount

errors, names, resolving = later("dns.exception"), later("dns.name"), later("dns.resolver")
PATIENCE = 5.0
"""Seconds one question to the DNS may take, its repetitions included."""
PROVIDERS = {
    ("gmail.com", "googlemail.com", "google.com"): "include:_spf.google.com",
    ("office365.com", "outlook.com"): "include:spf.protection.outlook.com",
    ("messagingengine.com", "fastmail.com"): "include:spf.messagingengine.com",
}
"""By the end of the SMTP server's name: what its provider has in an SPF record. Their own instructions say so."""
SELECTORS = ("google", "selector1", "selector2", "default", "dkim", "mail", "k1", "k2", "s1", "s2", "fm1", "fm2", "fm3")
"""Where the keys of large providers lie; DKIM has no way to ask which there are."""

Lookup = Callable[[str, str], list[str]]
"""Asks for a name and a type; returns the answers as text, [] where there are none. Raises `DnsSilent`."""


class DnsSilent(OSError):
    """No name server answered in time, so nothing is known."""


def look_up(*, servers: Sequence[str] = (), port: int = 53) -> Lookup:
    """A way to ask the DNS: the name servers of this machine, or `servers`."""
    resolver = resolving.Resolver(configure=not servers)
    resolver.lifetime = PATIENCE
    if servers:
        resolver.nameservers, resolver.port = list(servers), port

    def ask(name: str, kind: str) -> list[str]:
        try:
            found = resolver.resolve(name, kind)
        except (resolving.NXDOMAIN, resolving.NoAnswer, names.EmptyLabel, names.LabelTooLong):
            return []
        except errors.DNSException as error:
            raise DnsSilent(str(error)) from error
        if kind == "TXT":
            return [b"".join(each.strings).decode("utf-8", "replace") for each in found]
        return [each.to_text() for each in found]

    return ask


def check_domain(account: MailAccount, ask: Lookup) -> list[Step]:
    """What the DNS says of the address's domain. Asks some twenty questions at most."""
    domain = account.address.rpartition("@")[2].encode("idna").decode()
    try:
        return [
            _check_mx(account, domain, ask),
            _check_spf(account, domain, ask),
            _check_dkim(domain, ask),
            _check_dmarc(domain, ask),
        ]
    except DnsSilent:
        said = _("No name server answered, so nothing is known of %(domain)s.") % {"domain": domain}
        return [Step(name="DNS", state=BAD, said=said, todo=_("Check how this machine asks the DNS, and try again."))]


def _check_mx(account: MailAccount, domain: str, ask: Lookup) -> Step:
    found = sorted((int(number), host.rstrip(".")) for number, host in (mx.split() for mx in ask(domain, "MX")))
    hosts = [host for _number, host in found if host]
    shown = {"domain": domain, "hosts": ", ".join(hosts)}
    if hosts:
        return Step(name="MX", state=GOOD, said=_("Mail for %(domain)s goes to %(hosts)s.") % shown)
    if not found and (ask(domain, "A") or ask(domain, "AAAA")):
        said = _("%(domain)s has no MX record; mail goes to the machine of that name, if it takes mail.")
        return Step(name="MX", state=LOOK, said=said % shown, todo=_("Add one, so that nobody has to guess."))
    said = _("Nobody can write to %(address)s: %(domain)s does not say where its mail goes.")
    host = account.imap_host or settings.MAIL_DOMAIN or f"mail.{domain}"
    todo = _("Add an MX record that names the server which takes the domain's mail.")
    records = [Record(name=domain, type="MX", value=f"10 {host}.")]
    return Step(name="MX", state=BAD, said=said % {**shown, "address": account.address}, todo=todo, records=records)


def _check_spf(account: MailAccount, domain: str, ask: Lookup) -> Step:
    found = [text for text in ask(domain, "TXT") if re.match(r"v=spf1( |$)", text, re.IGNORECASE)]
    term = _spf_term(account.smtp_host)
    if not found:
        said = _("%(domain)s does not say who may send its mail (SPF): much of ours will count as junk.")
        records = [Record(name=domain, type="TXT", value=f"v=spf1 mx {term} ~all".replace("  ", " "))]
        todo = _("Add this record; name all others who send for the domain in it, too.")
        return Step(name="SPF", state=BAD, said=said % {"domain": domain}, todo=todo, records=records)
    if len(found) > 1:
        said = _("There are %(number)s SPF records; with more than one, none counts.") % {"number": len(found)}
        return Step(name="SPF", state=BAD, said=said, todo=_("Make one record of them."), records=_texts(domain, found))
    return _judge_spf(account, domain, found[0], term, ask)


def _judge_spf(account: MailAccount, domain: str, record: str, term: str, ask: Lookup) -> Step:
    if re.search(r"\s\+?all\b", record):
        said = _("The SPF record lets the whole world send as %(domain)s (+all).") % {"domain": domain}
        better = re.sub(r"\s\+?all\b", " ~all", record)
        return Step(name="SPF", state=BAD, said=said, todo=_("Write ~all."), records=_texts(domain, [better]))
    if not account.smtp_host:
        said = _("An SPF record is there. Check that it names the server through which the desk sends.")
        return Step(name="SPF", state=LOOK, said=said, records=_texts(domain, [record]))
    try:
        named = term in record.split() or allows(record, domain, _addresses(account.smtp_host, ask), ask)
    except IncompleteSpf as error:
        todo = _("Shorten it: what it names may be looked up in ten questions at most.")
        return Step(name="SPF", state=BAD, said=_("The SPF record does not work: %(why)s") % {"why": error}, todo=todo)
    if named:
        said = _("The SPF record lets %(host)s send as %(domain)s.")
        return Step(name="SPF", state=GOOD, said=said % {"host": account.smtp_host, "domain": domain})
    said = _("The SPF record does not name %(host)s, through which our mail leaves.") % {"host": account.smtp_host}
    todo = _("Change it to this, or to what your provider says: providers often send from other machines.")
    return Step(name="SPF", state=LOOK, said=said, todo=todo, records=_texts(domain, [_with_term(record, term)]))


def _spf_term(host: str) -> str:
    """What an SPF record says to let mail through the SMTP server `host`."""
    known = (term for ends, term in PROVIDERS.items() if host.endswith(ends))
    return next(known, f"a:{host}" if host else "")


def _with_term(record: str, term: str) -> str:
    """`record` with `term` before what it says of all others."""
    words = record.split()
    at = next((n for n, word in enumerate(words) if re.fullmatch(r"[?~+-]?all|redirect=.*", word)), len(words))
    return " ".join([*words[:at], term, *words[at:]])


def _addresses(host: str, ask: Lookup) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    try:
        return [ipaddress.ip_address(host)]
    except ValueError:
        found = [text for kind in ("A", "AAAA") for text in ask(host, kind)]
    return [ipaddress.ip_address(text) for text in found]


def _check_dkim(domain: str, ask: Lookup) -> Step:
    """Whether mail of ours can be proved to come from the domain: by our own key, or its provider's."""
    if settings.DKIM_KEY:
        return _check_own_key(domain, settings.DKIM_KEY, settings.DKIM_SELECTOR, ask)
    for selector in SELECTORS:
        if any("p=" in text for text in ask(f"{selector}._domainkey.{domain}", "TXT")):
            said = _("A key of the domain is in the DNS (%(selector)s): its provider can sign.")
            return Step(name="DKIM", state=GOOD, said=said % {"selector": selector})
    said = _("No DKIM key of the domain was found where large providers keep it, and the desk itself has none.")
    todo = _("Switch signing on at your provider, or give the desk a key (CHARTERDESK_DKIM_KEY).")
    return Step(name="DKIM", state=LOOK, said=said, todo=todo)


def _check_own_key(domain: str, path: Path, selector: str, ask: Lookup) -> Step:
    name, ours = f"{selector}._domainkey.{domain}", _public_half(path)
    found = ask(name, "TXT")
    if any(ours in re.sub(r"\s", "", text) for text in found):
        return Step(name="DKIM", state=GOOD, said=_("The key with which the desk signs is in the DNS."))
    said = _("The desk signs its mail, but its key is not in the DNS, so nobody can check the signature.")
    if found:
        said = _("The desk signs its mail, but another key is in the DNS under its name.")
    records = [Record(name=name, type="TXT", value=f"v=DKIM1; k=rsa; p={ours}")]
    return Step(name="DKIM", state=BAD, said=said, todo=_("Add this record."), records=records)


def _public_half(path: Path) -> str:
    key = serialization.load_pem_private_key(path.read_bytes(), password=None).public_key()
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode()


def _check_dmarc(domain: str, ask: Lookup) -> Step:
    above = get_sld(domain, strict=True) or domain
    for each in dict.fromkeys((domain, above)):
        for text in ask(f"_dmarc.{each}", "TXT"):
            if text.startswith("v=DMARC1") and (policy := re.search(r"\bp\s*=\s*(\w+)", text)):
                said = _("DMARC says what becomes of mail that only claims to be ours: %(policy)s.")
                return Step(name="DMARC", state=GOOD, said=said % {"policy": policy[1]})
    said = _("%(domain)s does not say what becomes of mail that only claims to be from it (DMARC).")
    todo = _("Add this record; it changes nothing yet, and reports come to the address in it.")
    value = f"v=DMARC1; p=none; rua=mailto:postmaster@{above}"
    records = [Record(name=f"_dmarc.{above}", type="TXT", value=value)]
    return Step(name="DMARC", state=LOOK, said=said % {"domain": domain}, todo=todo, records=records)


def _texts(domain: str, values: Sequence[str]) -> list[Record]:
    return [Record(name=domain, type="TXT", value=value) for value in values]
