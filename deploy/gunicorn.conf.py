"""gunicorn as shipped and as measured (deploy/docs/performance.md). Every value has its variable.

SIGHUP replaces the workers one generation after the other on the same socket: new code, and no request lost.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import Any

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

# Prometheus asks the master, which adds up what the workers have written. 0: none. Never an address of the outside.
metrics_host = os.environ.get("WEB_METRICS_HOST", "127.0.0.1")
metrics_port = int(os.environ.get("WEB_METRICS_PORT", "0"))
if metrics_port:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="pantrypal-metrics-")


def when_ready(server: Any) -> None:
    if metrics_port:
        from prometheus_client import CollectorRegistry, start_http_server  # noqa: PLC0415  # reads that folder
        from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415

        registry = CollectorRegistry()
        MultiProcessCollector(registry)
        start_http_server(metrics_port, metrics_host, registry)


def child_exit(server: Any, worker: Any) -> None:
    if metrics_port:
        from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415

        mark_process_dead(worker.pid)


def on_exit(server: Any) -> None:
    if metrics_port:
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
