"""Django settings. What an operator sets comes from `settings_table`, where everything has a default."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from charterdesk import settings_table as given
from charterdesk.ops.logs import django_logging

given.load_environment()

BASE_DIR = Path(__file__).resolve().parent
DATA_DIR = given.data_folder()
DEBUG = given.flag("CHARTERDESK_DEBUG")
PUBLIC_URL = given.public_url()
LIVE_URL = given.live_url()
MAIL_DOMAIN = given.text("CHARTERDESK_MAIL_DOMAIN")
MAIL_RELAY = given.url("CHARTERDESK_RELAY")
MAX_MAIL_BYTES = given.number("CHARTERDESK_MAIL_MIB") * 1024**2
DKIM_KEY = given.path("CHARTERDESK_DKIM_KEY")
DKIM_SELECTOR = given.text("CHARTERDESK_DKIM_SELECTOR")
CHECK_SENDERS = given.flag("CHARTERDESK_CHECK_SENDERS")
JUNK_THRESHOLD = 0.9
SMTP_ADDRESS = given.address("CHARTERDESK_SMTP")
TLS_CERT = given.path("CHARTERDESK_TLS_CERT")
TLS_KEY = given.path("CHARTERDESK_TLS_KEY")
EMAIL_BACKEND = "charterdesk.channels.backend.QueueBackend"
SECRET_KEY = given.secret_key()
ALLOWED_HOSTS = given.hosts()
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",  # its button; what speaks SAML is an extra, loaded when it is first needed
    "procrastinate.contrib.django",
    "charterdesk.base",
    "charterdesk.events",
    "charterdesk.scanning",
    "charterdesk.search",
    "charterdesk.calendars",
    "charterdesk.people",
    "charterdesk.access",
    "charterdesk.billing",
    "charterdesk.knowledge",
    "charterdesk.community",
    "charterdesk.comments",
    "charterdesk.tickets",
    "charterdesk.channels",
    "charterdesk.surges",
    "charterdesk.sla",
    "charterdesk.calls",
    "charterdesk.notices",
    "charterdesk.complaints",
    "charterdesk.charter",
    "charterdesk.quality",
    "charterdesk.records",
    "charterdesk.ui",
    "charterdesk.portal",
    "charterdesk.workspace",
    "charterdesk.api",
    "charterdesk.ops",
]
MIDDLEWARE = [
    "charterdesk.ops.health.HealthMiddleware",
    "charterdesk.ops.proxies.ProxyMiddleware",
    "charterdesk.ui.hosts.BrandHostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "charterdesk.api.middleware.ApiMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "charterdesk.ui.headers.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "charterdesk.ui.unreadable.UnreadableMiddleware",
    "charterdesk.ui.failing.NotAllowedMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "charterdesk.ui.signed_out.DoorMiddleware",
    "charterdesk.ui.middleware.ViewerMiddleware",
    "charterdesk.ui.ways_in.WaysInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "charterdesk.urls"
WSGI_APPLICATION = "charterdesk.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "ui" / "templates"],  # before the applications: our look for allauth's pages
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "charterdesk.ui.brand.brand",
            ]
        },
    }
]

# Parts of pages that hang on little and take long: each process keeps its own, by all that they hang on.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "template_fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "template_fragments",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}


def _database() -> dict[str, object]:
    """Django's settings for `DATABASE_URL`, with a pool: a connection per request costs five times as much."""
    info = conninfo_to_dict(given.text("DATABASE_URL") or "postgresql:///charterdesk")
    return {
        "ENGINE": "charterdesk.base.postgresql",
        "NAME": info.pop("dbname", "charterdesk"),
        "USER": info.pop("user", ""),
        "PASSWORD": info.pop("password", ""),
        "HOST": info.pop("host", ""),
        "PORT": info.pop("port", ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {**info, "pool": {"min_size": 1, "max_size": 12, "timeout": 15}},
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ["email"]}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
    )
]
AUTHENTICATION_BACKENDS = ["charterdesk.ui.signed_in.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "charterdesk.ui.sign_in.Adapter"
ACCOUNT_FORMS = {"request_login_code": "charterdesk.ui.sign_in.RequestCodeForm"}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # some mail servers hold back what comes from a stranger for ten minutes
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
# What could lock somebody out is counted by `access.throttling` instead, for all processes together.
ACCOUNT_RATE_LIMITS = {"login_failed": None, "request_login_code": "60/m/ip"}
SOCIALACCOUNT_ADAPTER = "charterdesk.ui.single_sign_on.SocialAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link, not a form: a form may go nowhere but here (form-action)
SOCIALACCOUNT_STORE_TOKENS = False
MFA_ADAPTER = "charterdesk.ui.sign_in.MfaAdapter"
MFA_FORMS = {"authenticate": "charterdesk.ui.sign_in.SecondFactorForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address is proven by its invitation, or by the code that comes to it
MFA_TOTP_TOLERANCE = 1  # a clock half a minute off

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("de", _("German")),
    ("es", _("Spanish")),
    ("fr", _("French")),
    ("ar", _("Arabic")),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

PRINT_FONTS = BASE_DIR / "workspace" / "static" / "workspace" / "print"  # what PDFs are set in
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"-[A-Z2-7]{8}\.(js|css|svg|woff2)$"  # build.mjs names them so
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "charterdesk.ui.static_files.NamedForEver"},
}
MEDIA_ROOT = DATA_DIR / "attachments"
SURGE_TICKETS = given.number("CHARTERDESK_SURGE_TICKETS")
SURGE_MINUTES = given.number("CHARTERDESK_SURGE_MINUTES")
MAX_ATTACHMENT_BYTES = given.number("CHARTERDESK_ATTACHMENT_MIB") * 2**20
CLAMD = given.text("CHARTERDESK_CLAMD")
VECTORS = given.vectors()
VECTORS_MODEL, VECTORS_KEY = given.text("CHARTERDESK_VECTORS_MODEL"), given.text("CHARTERDESK_VECTORS_KEY")
VECTORS_LANGUAGES = given.words("CHARTERDESK_VECTORS_LANGUAGES")
VECTORS_LEAST = given.number("CHARTERDESK_VECTORS_LEAST")
API_RATE = given.number("CHARTERDESK_API_RATE")
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 2**20  # thousands of tickets, or a list of people, in one call of the API
FILE_STORE_S3 = {
    name: given.text(f"CHARTERDESK_S3_{name.upper()}")
    for name in ("bucket", "prefix", "endpoint", "region", "access_key", "secret_key")
}
FILE_STORE = f"charterdesk.base.{'files_s3.S3Store' if FILE_STORE_S3['bucket'] else 'files.DiskStore'}"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "charterdesk.ui.signed_out.csrf_failed"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PUBLIC_URL.startswith("https://") else 0
# Nothing inline and nothing from elsewhere: what slipped through the cleaning of a mail still could not run.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "connect-src": ["'self'", LIVE_URL],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
PRIVATE_NETWORKS = given.networks("CHARTERDESK_PRIVATE_NETWORKS")
PROXIES = given.number("CHARTERDESK_PROXIES")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
LOGGING = django_logging(as_json=given.text("CHARTERDESK_LOG") == "json")
X_FRAME_OPTIONS = "DENY"
