"""Django's settings, read from the environment. Every variable has a heading in ``docs/settings.md``."""

from __future__ import annotations

import secrets
from pathlib import Path

from lyhord.project import env
from lyhord.project.databases import database_from_url
from lyhord.rendering import fonts

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")

# -- Where things are ------------------------------------------------------------------------------------------------
DATA_FOLDER = env.path("LYHORD_DATA", Path("var"))
REPORTS_FOLDER = env.path("LYHORD_REPORTS", DATA_FOLDER / "reports")

# -- Secrets and hosts -----------------------------------------------------------------------------------------------
DEBUG = env.boolean("LYHORD_DEBUG", False)
DEMO = env.boolean("LYHORD_DEMO", False)  # invented people alone: their logins and letters are shown to every visitor
GIVEN_SECRET_KEY = env.secret("LYHORD_SECRET_KEY")
# Without one, a key that lasts as long as the process: enough on one's own machine. Check lyhord.E001 says when not.
SECRET_KEY = GIVEN_SECRET_KEY or secrets.token_urlsafe(50)
ALLOWED_HOSTS = list(env.listed("LYHORD_HOSTS", LOCAL_HOSTS))
HTTPS = env.boolean("LYHORD_HTTPS", False)
BEHIND_PROXY = env.boolean("LYHORD_BEHIND_PROXY", False)

# -- The application -------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "lyhord.accounts.apps.AccountsConfig",
    "lyhord.measurements.apps.MeasurementsConfig",
    "lyhord.measurements.counts.apps.CountsConfig",
    "lyhord.delivery.apps.DeliveryConfig",
    "lyhord.delivery.brakes.apps.BrakesConfig",
    "lyhord.mystery.planning.apps.PlanningConfig",
    "lyhord.mystery.observing.apps.ObservingConfig",
    "lyhord.mystery.quality.apps.QualityConfig",
    "lyhord.mystery.letters.apps.LettersConfig",
    "lyhord.mystery.calls.apps.CallsConfig",
    "lyhord.survey.contacts.apps.ContactsConfig",
    "lyhord.survey.sending.apps.SendingConfig",
    "lyhord.survey.answers.apps.AnswersConfig",
    "lyhord.results.apps.ResultsConfig",
    "lyhord.project.apps.ProjectConfig",
    "lyhord.web.apps.WebConfig",
]
MIDDLEWARE = [
    "lyhord.web.headers.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "lyhord.survey.answers.shortcut.short_way",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lyhord.web.language.language_of_request",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lyhord.accounts.acting.scope_of_the_session",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "lyhord.project.urls"
WSGI_APPLICATION = "lyhord.project.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
            ],
        },
    }
]

# -- Records ---------------------------------------------------------------------------------------------------------
DATABASES = {"default": database_from_url(env.secret("DATABASE_URL"), DATA_FOLDER / "lyhord.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- Accounts --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "lyhord_accounts.User"
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "web:index"
LOGOUT_REDIRECT_URL = "web:index"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
SESSION_COOKIE_AGE = 8 * 60 * 60  # a working day after signing in

# -- The citizen survey ----------------------------------------------------------------------------------------------
# Where a respondent's browser reaches the site; links in messages begin with it.
ADDRESS = env.words("LYHORD_ADDRESS", "http://localhost:8000").rstrip("/")
LINK_KEY = env.secret("LYHORD_LINK_KEY")
SURVEY_MISSES = env.integer("LYHORD_SURVEY_MISSES", 60, least=1, most=1_000_000)  # a minute and client
CONTACTS_FOLDER = env.path("LYHORD_CONTACTS_FOLDER", DATA_FOLDER / "contacts-in")
SMS_PRICE = env.words("LYHORD_SMS_PRICE", "0.35")  # kronor for one part

# -- Sending ---------------------------------------------------------------------------------------------------------
EMAIL_GATEWAY = env.choice("LYHORD_EMAIL", "FOLDER", ("FOLDER", "TERMINAL", "SMTP"))
SMTP_URL = env.secret("LYHORD_SMTP_URL")
SMS_GATEWAY = env.choice("LYHORD_SMS", "FOLDER", ("FOLDER", "TERMINAL", "46ELKS", "SMPP"))
ELKS_ACCOUNT = env.secret("LYHORD_46ELKS")
SMPP_URL = env.secret("LYHORD_SMPP_URL")
BOUNCES_URL = env.secret("LYHORD_BOUNCES_URL")
DELIVERY_KEYS = env.secret("LYHORD_DELIVERY_KEYS")
LETTERS_SMTP = env.secret("LYHORD_LETTERS_SMTP")  # where letters to municipalities leave: domain=address, words apart
LETTERS_IMAP = env.secret("LYHORD_LETTERS_IMAP")  # where replies to them come, likewise
DOMAIN_RATE = env.integer("LYHORD_DOMAIN_RATE", 2, least=0, most=10_000)

# -- Language and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

# -- Static files ----------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [("fonts", fonts.DIRECTORY)]  # the pages are set in the reports' own typeface
WHITENOISE_USE_FINDERS = True  # the package's own files are served as they lie; nothing has to be collected first
WHITENOISE_MAX_AGE = 3600
WHITENOISE_MIMETYPES = {".ttf": "font/ttf"}

# -- What a browser may do -------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "default-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "object-src": ["'none'"],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not no-referrer: browsers then send "Origin: null" with every form, and the protection of forms refuses it. Pages
# whose address is a secret set no-referrer themselves, and prove a form by that secret.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# The prefix makes browsers refuse a cookie that was set without HTTPS, for another path or by another host.
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "lyhord.web.problems.form_expired"

# -- What is written down --------------------------------------------------------------------------------------------
LOG_LEVEL = env.choice("LYHORD_LOG_LEVEL", "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"links": {"()": "lyhord.survey.answers.logs.WithoutLinks"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["links"]}},
    "loggers": {name: {"filters": ["links"]} for name in ("django.request", "django.security.csrf")},
    "root": {"handlers": ["terminal"], "level": LOG_LEVEL},
}
