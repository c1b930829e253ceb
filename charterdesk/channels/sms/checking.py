"""Trying a number: is its provider there, and does it let us in. Nothing is sent."""

from django.utils.translation import gettext as _

from charterdesk.channels.email.steps import BAD, GOOD, LOOK, Step
from charterdesk.channels.models import SmsNumber
from charterdesk.channels.sms.http import ask, hook_url
from charterdesk.channels.sms.smpp import Session


def check_number(number: SmsNumber) -> list[Step]:
    """Reach the provider and sign in. Talks to it for up to half a minute."""
    if not number.secret:
        todo = _("Write the password or token your provider gave you.")
        return [Step(name=_("Sign-in"), state=BAD, said=_("There is no password."), todo=todo)]
    if number.provider == SmsNumber.SMPP:
        return _smpp(number)
    return [*_http(number), _calls(number)]


def _smpp(number: SmsNumber) -> list[Step]:
    session = Session(number)
    try:
        session.open()
    except (OSError, ValueError) as error:
        said = _("%(host)s does not let us in: %(words)s") % {"host": number.host, "words": str(error)[:300]}
        return [Step(name=_("Server"), state=BAD, said=said, todo=_why(error))]
    finally:
        session.close()
    steps = [Step(name=_("Server"), state=GOOD, said=_("%(user)s is let in.") % {"user": number.user})]
    if not number.uses_tls:
        said = _("Texts and password go unencrypted.")
        todo = _("Use TLS if the provider has it, or a private line to them.")
        steps.append(Step(name=_("Encryption"), state=LOOK, said=said, todo=todo))
    return steps


def _http(number: SmsNumber) -> list[Step]:
    url = f"{number.url.rstrip('/')}/2010-04-01/Accounts/{number.user}.json"
    try:
        answer = ask("GET", url, user=number.user, secret=number.secret)
    except (OSError, ValueError) as error:
        said = _("%(host)s does not answer: %(words)s") % {"host": number.url, "words": str(error)[:300]}
        return [Step(name=_("Provider"), state=BAD, said=said, todo=_why(error))]
    if answer.status in (401, 403):
        todo = _("Compare user name and token with what your provider shows.")
        return [Step(name=_("Sign-in"), state=BAD, said=_("The provider does not know this token."), todo=todo)]
    if answer.status != 200:
        said = _("The provider answered %(status)s.") % {"status": answer.status}
        return [Step(name=_("Provider"), state=BAD, said=said, todo=_("Check the address and the user name."))]
    return [Step(name=_("Sign-in"), state=GOOD, said=_("%(user)s is let in.") % {"user": number.user})]


def _calls(number: SmsNumber) -> Step:
    """Where the provider has to call us: it can't be tried from here."""
    url = hook_url(number, "in")
    return Step(
        name=_("Texts that come"),
        state=GOOD if url.startswith("https://") else LOOK,
        said=_("The provider calls this address with each text."),
        todo=_("Enter it at your provider as the address for messages that come in: %(url)s") % {"url": url},
    )


def _why(error: Exception) -> str:
    if "private network" in str(error):
        return _("Your operator can open that network: CHARTERDESK_PRIVATE_NETWORKS.")
    return _("Compare host, port, user name and password with what your provider gave you.")
