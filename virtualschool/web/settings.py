"""Settings of the web application. Everything that an authority chooses comes from its environment; nothing is open by default.

VIRTUALSCHOOL_STORE          the folder of the store (needed)
VIRTUALSCHOOL_DATABASE       postgresql://user@host/name; without it, SQLite in the store's folder
VIRTUALSCHOOL_ADDRESS        https://virtualschool.example.gov.uk; without it, this machine alone and plain http
VIRTUALSCHOOL_SECRET         the key that signs sessions; without it, one drawn once and kept in the store's folder
VIRTUALSCHOOL_TODAY          a date, 2026-04-20; without it, the day it is in London
VIRTUALSCHOOL_OIDC           the address of the council's identity provider, with _ID, _SECRET and _NAME beside it
VIRTUALSCHOOL_SMTP           smtp://user:password@host:587; without it, messages stay in the application
VIRTUALSCHOOL_MAIL_FROM      whom messages come from
VIRTUALSCHOOL_CONTACT        the e-mail address for questions of privacy and accessibility
VIRTUALSCHOOL_NOTICE         the address of the authority's own privacy notice
VIRTUALSCHOOL_POLICY         where the authority's appropriate policy document is kept
VIRTUALSCHOOL_AGREEMENT      the reference of the contract between controller and processor, or "own" where one body is both
VIRTUALSCHOOL_HOSTED         the country in which the machine stands: United Kingdom
VIRTUALSCHOOL_CASE_SYSTEM    the system that holds the statutory case record, of which these are working copies
VIRTUALSCHOOL_SCANNER        a command that looks for viruses in each file sent: clamdscan --fdpass --no-summary
VIRTUALSCHOOL_RETENTION      a file of how long classes of records are kept, in the place of rows of retention.toml
"""

import os
import pathlib
from typing import Any
from urllib.parse import unquote, urlsplit

from virtualschool.web import secrets

STORE = pathlib.Path(os.environ.get("VIRTUALSCHOOL_STORE", "store")).resolve()
ADDRESS = os.environ.get("VIRTUALSCHOOL_ADDRESS", "").rstrip("/")
TODAY = os.environ.get("VIRTUALSCHOOL_TODAY", "")
RETENTION = os.environ.get("VIRTUALSCHOOL_RETENTION", "")
SCANNER = os.environ.get("VIRTUALSCHOOL_SCANNER", "")
# What an authority settles before real children are loaded; a page of People says what is open.
CONTACT = os.environ.get("VIRTUALSCHOOL_CONTACT", "")
NOTICE = os.environ.get("VIRTUALSCHOOL_NOTICE", "")
POLICY = os.environ.get("VIRTUALSCHOOL_POLICY", "")
AGREEMENT = os.environ.get("VIRTUALSCHOOL_AGREEMENT", "")
HOSTED = os.environ.get("VIRTUALSCHOOL_HOSTED", "")
CASE_SYSTEM = os.environ.get("VIRTUALSCHOOL_CASE_SYSTEM", "")
# A consistent identifier of children (Children Act 2004, section 16LC): off until regulations say which and how.
CONSISTENT_IDENTIFIER = False
DEBUG = False
SECRET_KEY = os.environ.get("VIRTUALSCHOOL_SECRET") or secrets.kept(STORE)

HERE = pathlib.Path(__file__).resolve().parent
SECURE = ADDRESS.startswith("https://")
ALLOWED_HOSTS = [urlsplit(ADDRESS).hostname or ""] if ADDRESS else ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [ADDRESS] if ADDRESS else []

INSTALLED_APPS = [
    "virtualschool.web.apps.Web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "virtualschool.web.middleware.BehindProxy",
    "virtualschool.web.timing.Timed",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "virtualschool.web.middleware.NoTrace",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "virtualschool.web.middleware.SessionsThatEnd",
    "virtualschool.web.middleware.WhoAsks",
    "virtualschool.web.middleware.SecondFactorFirst",
    "virtualschool.web.limits.NotTooOften",
    "virtualschool.web.scanning.ScannedFiles",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "virtualschool.web.urls"
WSGI_APPLICATION = "virtualschool.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "virtualschool.web.presenters.frame.frame",
                "virtualschool.web.presenters.account.account",
            ],
            "builtins": ["virtualschool.web.templatetags.words"],
        },
    }
]
FORM_RENDERER = "virtualschool.web.rendering.Renderer"

# Data. Sessions, cache and tasks are written at every request, so they have a file of their own.
SQLITE: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;",
}


def database(address: str, file: str) -> dict[str, Any]:
    if not address:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(STORE / file), "OPTIONS": SQLITE}
    at = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": at.path.lstrip("/"),
        "USER": unquote(at.username or ""),
        "PASSWORD": unquote(at.password or ""),
        "HOST": at.hostname or "",
        "PORT": str(at.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASE = os.environ.get("VIRTUALSCHOOL_DATABASE", "")
DATABASES = {"default": database(DATABASE, "web.sqlite3")}
if not DATABASE:
    DATABASES["work"] = database("", "web-work.sqlite3")
    DATABASE_ROUTERS = ["virtualschool.web.routing.WorkApart"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "web_cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Who signs in, and how.
AUTH_USER_MODEL = "web.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("email", "name")}},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "signed-out"
ACCOUNT_ADAPTER = "virtualschool.web.sign_in.Accounts"
MFA_ADAPTER = "virtualschool.web.sign_in.Factors"
SOCIALACCOUNT_ADAPTER = "virtualschool.web.sign_in.FromTheCouncil"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # An account is made by invitation, which proves the address.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
# The lock-out of five (axes) is by account and place; these hold for one account from everywhere, and for one place whatever the account.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,20/h/key", "reset_password": "5/m/ip,3/m/key"}
ACCOUNT_FORMS = {
    "login": "virtualschool.web.sign_in_forms.SignIn",
    "reset_password": "virtualschool.web.sign_in_forms.AskForPassword",
    "reset_password_from_key": "virtualschool.web.sign_in_forms.NewPassword",
    "change_password": "virtualschool.web.sign_in_forms.ChangePassword",
    "reauthenticate": "virtualschool.web.sign_in_forms.StillMe",
}
MFA_FORMS = {
    "authenticate": "virtualschool.web.sign_in_forms.Code",
    "reauthenticate": "virtualschool.web.sign_in_forms.CodeAgain",
    "activate_totp": "virtualschool.web.sign_in_forms.FirstCode",
}
PASSWORD_RESET_TIMEOUT = 60 * 60
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Virtual School"
MFA_TOTP_TOLERANCE = 1  # Codes of half a minute before and after hold too, for the time it takes to send one (RFC 6238, 5.2).
OIDC = os.environ.get("VIRTUALSCHOOL_OIDC", "")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "council",
                "name": os.environ.get("VIRTUALSCHOOL_OIDC_NAME", "your council account"),
                "client_id": os.environ.get("VIRTUALSCHOOL_OIDC_ID", ""),
                "secret": os.environ.get("VIRTUALSCHOOL_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC, "uid_field": "sub"},
            }
        ]
        if OIDC
        else [],
    }
}
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "virtualschool.web.sign_in.who_tries"
AXES_LOCKOUT_CALLABLE = "virtualschool.web.sign_in.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_SENSITIVE_PARAMETERS = ["login", "email", "username", "password"]
AXES_VERBOSE = False

# Sessions end: after a quarter of an hour without a request, and after twelve hours whatever happens (middleware.SessionsThatEnd).
SESSION_IDLE_SECONDS = 15 * 60
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "virtualschool.web.views.errors.stale_form"

# What a browser is told.
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'", *([f"{urlsplit(OIDC).scheme}://{urlsplit(OIDC).netloc}"] if OIDC else [])],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

# Files.
STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static", *([HERE / "assets"] if (HERE / "assets").is_dir() else [])]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 500

# Messages out.
SMTP = urlsplit(os.environ.get("VIRTUALSCHOOL_SMTP", ""))
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if SMTP.hostname else "django.core.mail.backends.dummy.EmailBackend"
EMAIL_HOST, EMAIL_PORT = SMTP.hostname or "", SMTP.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(SMTP.username or ""), unquote(SMTP.password or "")
EMAIL_USE_TLS, EMAIL_USE_SSL = SMTP.port == 587, SMTP.port == 465
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("VIRTUALSCHOOL_MAIL_FROM", "virtualschool@localhost")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# Logs say what failed and where, never what was sent: no request's values, no local variables.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "virtualschool.web.logs.WithoutChildren"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "axes": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "virtualschool.web.logs.NothingShown"
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
