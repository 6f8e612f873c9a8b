"""gunicorn as shipped and as measured (deploy/docs/performance.md). Every value has its variable.

SIGHUP replaces the workers one generation after the other on the same socket: new code, and no request lost.
"""

from __future__ import annotations

import os

CORES = os.cpu_count() or 1

bind = os.environ.get("GUNICORN_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("GUNICORN_WORKERS", str(max(2, CORES))))
threads = int(os.environ.get("GUNICORN_THREADS", "4"))
# nginx holds the queue and refuses what is too much; a long one here would only let answers come too late.
backlog = int(os.environ.get("GUNICORN_BACKLOG", "256"))
timeout = 30
graceful_timeout = 30
keepalive = 5
# Memory that a library does not give back ends with its worker; the jitter keeps them from ending together.
max_requests = int(os.environ.get("GUNICORN_MAX_REQUESTS", "50000"))
max_requests_jitter = max_requests // 10
# Not preloaded: SIGHUP must bring new code.
preload_app = False
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
accesslog = None  # nginx and the request log have it
errorlog = "-"
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "info")
limit_request_line = 8190
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
