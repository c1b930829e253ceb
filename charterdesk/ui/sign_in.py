"""How people sign in: django-allauth, with our rules."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import RequestLoginCodeForm
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.forms import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from charterdesk.access.actions import note_new_password, note_second_factor, note_throttled
from charterdesk.access.secrets import seal, unseal
from charterdesk.access.throttling import Attempt, is_first
from charterdesk.people.actions import open_login
from charterdesk.people.branding import address_of_brand
from charterdesk.people.models import Contact, Login
from charterdesk.ui.brand import brand_of
from charterdesk.ui.ways_in import TRACKED, place_of

TOO_MANY = "too_many_login_attempts"
PASSWORD_MAILS = ("account/email/password_changed", "account/email/password_set", "account/email/password_reset")
FACTOR_MAILS = "mfa/email/"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: contacts come from their first request, agents are invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: a login is created with its contact or agent."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> Any:
        """Staff go to the workspace, customers to their requests."""
        login = request.user
        return "/desk/begin" if hasattr(login, "agent") else "/requests/"

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Check a password, if it may be tried now. Raises `ValidationError` when it was tried too often."""
        address = str(credentials.get("email") or "")
        attempt = Attempt("password", address, place_of(request, address))
        if not attempt.allowed():
            _tell_throttled(request, address)
            raise self.validation_error(TOO_MANY)
        found: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if found is not None:
            attempt.take_back()
        return found

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing of allauth's own counting, which would let anybody lock out everybody."""

    def _rollback_login_failed_rl_usage(self) -> None:
        """Nothing was counted."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail in the voice of the desk: templates know its `brand` and the address `desk` of its pages."""
        shown = brand_of(self.request)
        desk = address_of_brand(shown.brand) if shown.brand else settings.PUBLIC_URL
        super().send_mail(template_prefix, email, {**context, "brand": shown, "desk": desk})

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell somebody by mail what changed about their way in; the log hears of it, too."""
        if template_prefix in PASSWORD_MAILS:
            note_new_password(user, but=_kept_session(self.request))
        if template_prefix.startswith(FACTOR_MAILS):
            note_second_factor(user, template_prefix.removeprefix(FACTOR_MAILS))
        super().send_notification_mail(template_prefix, user, context, email)


def _kept_session(request: HttpRequest) -> str:
    """The key under which the session in hand is listed: a new password has given it a new one since."""
    tracked = request.session.get(TRACKED)
    return str(tracked[1] if tracked else request.session.session_key or "")


def _tell_throttled(request: HttpRequest, address: str) -> None:
    """Have the log say so, once for each window."""
    login = Login.objects.filter(email=address.strip().lower()).first()
    if login and is_first("told", login.key, minutes=60):
        note_throttled(login)


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors, kept encrypted."""

    def encrypt(self, text: str) -> str:
        """What only this desk can read."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What was encrypted."""
        return unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        """What the authenticator app calls the desk: its host."""
        return str(self._get_site_name())

    def build_totp_svg(self, url: str) -> str:
        """The picture to scan, as it stands within a page."""
        svg: str = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]


class SecondFactorForm(AuthenticateForm):  # type: ignore[misc]
    """Asks for a code of the authenticator app, or one of the recovery codes; so often and no more."""

    def clean_code(self) -> Any:
        """Count the try before it is judged: many machines, and many processes of ours, guess no faster than one."""
        attempt = Attempt("code", self.user.email, place_of(context.request, self.user.email))
        if not attempt.allowed():
            raise ValidationError(_("Too many wrong codes. Wait a quarter of an hour, or ask your administrator."))
        code = super().clean_code()
        attempt.take_back()
        return code


class RequestCodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    """Asks for a sign-in code. Whoever once wrote to us has a login from here on: the code proves the address.

    Each asking is counted, so that nobody's mailbox is flooded; a known device of theirs is counted apart.
    """

    def clean_email(self) -> Any:
        """Open the login of a known contact before allauth looks for it."""
        address = self.cleaned_data["email"].strip().lower()
        if not Attempt("mail", address, place_of(context.request, address)).allowed():
            raise ValidationError(_("We have sent you several codes already. Look for the latest, or try again soon."))
        with transaction.atomic():
            contact = Contact.objects.with_email(address).first()
            if contact:
                open_login(contact)
        return super().clean_email()
