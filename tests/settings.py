"""The product's settings with a fast hasher, local mail and tasks run at once."""

from pantrypal.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
REMEMBER_SECONDS = 0  # a test rolls back, which no version can tell; tests of caching set it
