"""One settings file; machines differ only by environment (see .env.example). A bad value stops the start."""

from __future__ import annotations

from pathlib import Path

import django_stubs_ext
import structlog
from csp.constants import NONE, SELF
from environs import Env

from pantrypal.core.redis import RestingConnection, RestingTlsConnection

django_stubs_ext.monkeypatch()

env = Env()
REPO = Path(__file__).resolve().parents[1]

SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [])
HTTPS = env.bool("HTTPS", True)
SITE_URL = env.str("SITE_URL", "")

# -- apps -------------------------------------------------------------------------------------
# Tables of SHARED_APPS lie in the public schema, those of TENANT_APPS in every shard.

TENANT_APPS = ["pantrypal.journal", "catalog", "customers", "inventory", "billing"]
SHARED_APPS = [
    "django_tenants",
    "pantrypal.tenancy",
    "pantrypal.core",
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "anymail",
    "csp",
]
INSTALLED_APPS = SHARED_APPS + TENANT_APPS
TENANT_MODEL, TENANT_DOMAIN_MODEL = "core.Shard", "core.Domain"
TENANT_BASE_MIGRATE_COMMAND = "pantrypal.tenancy.migrating.Command"
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]

MIDDLEWARE = [
    "pantrypal.hot_lane.HotLane",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "pantrypal.middleware.Watched",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pantrypal.core.views.language.UserLanguageMiddleware",
    "pantrypal.core.middleware.OrgMiddleware",
    "pantrypal.core.views.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "pantrypal.urls"
WSGI_APPLICATION = "pantrypal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [REPO / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["pantrypal.core.templatetags.pantrypal"],
        },
    }
]

# -- database, cache, broker ------------------------------------------------------------------

OWNER = env.str("PANTRY_ROLE", "app") == "owner"
DATABASES = {
    "default": env.dj_db_url("DATABASE_OWNER_URL" if OWNER else "DATABASE_URL")
    | {
        "ENGINE": "pantrypal.tenancy.backend",
        "ORG_MODE": "session" if OWNER else "transaction",
        "CITUS": env.bool("CITUS", False),
        "ATOMIC_REQUESTS": False,  # OrgMiddleware does it
        "DISABLE_SERVER_SIDE_CURSORS": True,  # PgBouncer, and public queries in autocommit
        "CONN_MAX_AGE": 0 if OWNER else env.int("CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
    }
}
DATABASES["default"].setdefault("OPTIONS", {}).update({"connect_timeout": 5})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "pp",
        "OPTIONS": {
            # Nobody who can write to Redis may make us run code, so no pickle.
            "SERIALIZER": "django_redis.serializers.json.JSONSerializer",
            "SOCKET_CONNECT_TIMEOUT": 0.5,
            "SOCKET_TIMEOUT": 0.5,
            "IGNORE_EXCEPTIONS": True,  # a dead cache slows the house down and never stops it
            "CONNECTION_POOL_KWARGS": {
                "connection_class": RestingTlsConnection if REDIS_URL.startswith("rediss:") else RestingConnection
            },
        },
    }
}
REMEMBER_SECONDS = env.int("REMEMBER_SECONDS", 2)  # pantrypal.core.caching; 0: nothing is remembered

CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "socket_timeout": 5, "socket_connect_timeout": 2}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_DEFAULT_QUEUE = "notify"
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    "look after every shop's stock": {
        "task": "inventory.look_around",
        "schedule": 300.0,
        "options": {"queue": "stock", "expires": 300},
    },
    "drop carts that were held too long": {
        "task": "billing.look_at_held_carts",
        "schedule": 3600.0,
        "options": {"queue": "bills", "expires": 3600},
    },
    "show the prices that have begun": {
        "task": "catalog.look_at_prices",
        "schedule": 300.0,
        "options": {"queue": "stock", "expires": 300},
    },
}

# -- people -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["pantrypal.core.entries.RememberingBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = env.str("EMAIL_VERIFICATION", "mandatory")
ACCOUNT_SIGNUP_FORM_CLASS = "pantrypal.core.views.sign_up_form.NameForm"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "pantrypal.core.views.refusals.csrf_failure"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# -- the browser's part of security -----------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = ["^livez$", "^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if env.bool("BEHIND_PROXY", False):  # only behind a proxy that sets this header itself
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# Private networks that webhooks and picture addresses may lead into, such as 10.20.0.0/16; none unless named.
OUTSIDE_NETWORKS: list[str] = env.list("OUTSIDE_NETWORKS", [])
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# -- language, time, files --------------------------------------------------------------------

LANGUAGE_CODE = "en"
# Each by its own name. The last three are those of till, papers and customers (pantrypal.core.languages).
LANGUAGES = [("en", "English"), ("hi", "हिन्दी"), ("ta", "தமிழ்"), ("te", "తెలుగు"), ("kn", "ಕನ್ನಡ")]
BACK_ROOM_PAGES = ("inventory.", "catalog.", "billing.views.founding")  # and both admin sites: English and Hindi
LOCALE_PATHS = [REPO / "pantrypal" / "locale"]
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [REPO / "static"]
STATIC_ROOT = env.path("STATIC_ROOT", REPO / "staticfiles")
MEDIA_ROOT = env.path("MEDIA_ROOT", REPO / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env.str("STATICFILES_STORAGE", "whitenoise.storage.CompressedManifestStaticFilesStorage")
    },
}
WHITENOISE_USE_FINDERS = env.bool("WHITENOISE_USE_FINDERS", False)  # the demo serves files where they lie
WHITENOISE_MANIFEST_STRICT = False

# -- mail -------------------------------------------------------------------------------------

EMAIL_BACKEND = env.str("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_FILE_PATH = env.str("EMAIL_FILE_PATH", "") or None
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "PantryPal <bills@localhost>")

# -- messages ---------------------------------------------------------------------------------

SITE_URL = env.str("SITE_URL", "http://localhost:8000").rstrip("/")  # of links in mails, messages and codes on paper
MESSAGES_URL = env.str("MESSAGES_URL", "")  # of the provider of SMS and WhatsApp; none: they are not offered
MESSAGES_TOKEN = env.str("MESSAGES_TOKEN", "")
RAZORPAY_URL = env.str("RAZORPAY_URL", "https://api.razorpay.com")  # another one only where its test server is

# -- API --------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "pantrypal.core.api.authentication.KeyAuthentication",
        "pantrypal.core.api.authentication.OrgSessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["pantrypal.core.api.permissions.ActorMay"],
    "DEFAULT_RENDERER_CLASSES": ["pantrypal.core.api.rendering.StructRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "pantrypal.core.api.problems.answer",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "PantryPal API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "POSTPROCESSING_HOOKS": ["pantrypal.core.api.documentation.add_components"],
    "PREPROCESSING_HOOKS": ["pantrypal.core.api.documentation.without_trailing_slash"],
}

# -- logs and errors --------------------------------------------------------------------------

_SHARED_LOG_STEPS: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_SHARED_LOG_STEPS,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(),
            "foreign_pre_chain": _SHARED_LOG_STEPS,
        }
    },
    "handlers": {"stdout": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stdout"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {"django.db.backends": {"level": "INFO"}},
}
DJANGO_STRUCTLOG_CELERY_ENABLED = False
SLOW_REQUEST_MS = env.int("SLOW_REQUEST_MS", 500)  # a slower one is a warning
SLOW_SQL_MS = env.int("SLOW_SQL_MS", 100)
METRICS_PORT = env.int("METRICS_PORT", 0)  # of the relay, for Prometheus; 0: none
METRICS_HOST = env.str("METRICS_HOST", "127.0.0.1")  # never one that the internet reaches

if dsn := env.str("SENTRY_DSN", ""):
    import sentry_sdk

    sentry_sdk.init(dsn=dsn, send_default_pii=False, traces_sample_rate=env.float("SENTRY_TRACES", 0.0))
