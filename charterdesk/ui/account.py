"""The addresses of the door, under /account/: signing in, second factors, single sign-on, and one's own security."""

from allauth.mfa.base import views as factors
from django.urls import include, path

from charterdesk.ui.security import end_session, security

urlpatterns = [
    path("security", security, name="mfa_index"),
    path("security/sessions", end_session, name="end_session"),
    path("2fa/authenticate/", factors.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/", include("allauth.mfa.totp.urls")),
    path("2fa/recovery-codes/", include("allauth.mfa.recovery_codes.urls")),
    path("2fa/webauthn/", include("allauth.mfa.webauthn.urls")),
    path("", include("allauth.account.urls")),
]
