"""Django settings, read from the environment and `.env`; every one has a default that works."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from dotenv import load_dotenv
from psycopg.conninfo import conninfo_to_dict

load_dotenv(Path.cwd() / ".env")

BASE_DIR = Path(__file__).resolve().parent
DATA_DIR = Path(os.environ.get("CHARTERDESK_DATA", "charterdesk-data")).absolute()
DEBUG = os.environ.get("CHARTERDESK_DEBUG", "") == "1"
PUBLIC_URL = os.environ.get("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
LIVE_URL = os.environ.get("LIVE_URL", "http://127.0.0.1:8001").rstrip("/")
MAIL_DOMAIN = os.environ.get("CHARTERDESK_MAIL_DOMAIN", "localhost")


def _secret_key() -> str:
    """The environment's key, or the data folder's, which the first start writes."""
    path = DATA_DIR / "secret_key"
    return os.environ.get("CHARTERDESK_SECRET_KEY") or (
        path.read_text().strip() if path.exists() else "not-yet-set-up"
    )


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "procrastinate.contrib.django",
    "charterdesk.base",
    "charterdesk.events",
    "charterdesk.search",
    "charterdesk.calendars",
    "charterdesk.people",
    "charterdesk.tickets",
    "charterdesk.channels",
    "charterdesk.sla",
    "charterdesk.ui",
    "charterdesk.portal",
    "charterdesk.workspace",
    "charterdesk.ops",
]
INSTALLED_APPS = [
    app
    for app in INSTALLED_APPS
    if not app.startswith("charterdesk.") or (BASE_DIR / app.split(".")[1] / "__init__.py").exists()
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "charterdesk.ui.middleware.ViewerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "charterdesk.urls"
WSGI_APPLICATION = "charterdesk.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]


def _database() -> dict[str, object]:
    """Django's settings for `DATABASE_URL`, with a pool: a new connection per request costs five times as much."""
    info = conninfo_to_dict(os.environ.get("DATABASE_URL", "postgresql:///charterdesk"))
    return {
        "ENGINE": "django.db.backends.postgresql",
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
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "charterdesk.ui.sign_in.Adapter"

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

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = DATA_DIR / "attachments"
FILE_STORE_S3 = {
    name: os.environ.get(f"CHARTERDESK_S3_{name.upper()}", "")
    for name in ("bucket", "prefix", "endpoint", "region", "access_key", "secret_key")
}
FILE_STORE = f"charterdesk.base.{'files_s3.S3Store' if FILE_STORE_S3['bucket'] else 'files.DiskStore'}"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
