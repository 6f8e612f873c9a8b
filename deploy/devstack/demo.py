"""`make demo`: servers, schema, demo chain, then web, worker with beat and relay, with their logs side by side."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from deploy.devstack.services import Services
from deploy.devstack.supervisor import Supervisor

HOST = "127.0.0.1"
PASSWORD = "namaste-annapurna"  # of everybody in the demo; nothing listens beyond this machine
MANAGE = [sys.executable, "manage.py"]
PATIENCE = 60.0


def main() -> int:
    started = time.monotonic()
    port = int(os.environ.get("PORT") or "8000")
    if not port_is_free(port):
        print(f"Port {port} is in use. Stop the other program, or choose another port: PORT=8010 make demo")
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    warming = warm_up()
    services = Services(ephemeral=False)
    supervisor = Supervisor(services.reaper)
    try:
        services.start(say=lambda line: supervisor.say("demo", line))
        assert services.home is not None
        warming.wait()
        prepare_environment(services.home, port)
        prepare_data(supervisor, services.home)
        start(supervisor, services.home, port)
        if not answers(supervisor, port):
            raise RuntimeError("The web server does not answer; see above.")
        supervisor.say("demo", f"Ready in {time.monotonic() - started:.0f} s: http://{HOST}:{port}/")
        supervisor.say("demo", "Ctrl-C stops everything; the data stay for the next start.")
        return supervisor.run()
    except KeyboardInterrupt:
        return 0
    except RuntimeError as problem:
        print(problem, file=sys.stderr)
        return 1
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it running
        supervisor.end()
        services.stop()
        print("demo: stopped", flush=True)


def warm_up() -> subprocess.Popen[bytes]:
    """Python compiles what it imports for the first time: on one core, while PostgreSQL makes its files on another."""
    settings = {"DJANGO_SETTINGS_MODULE": "pantrypal.settings", "SECRET_KEY": "none", "REDIS_URL": "redis://localhost"}
    command = [sys.executable, "-c", "import django; django.setup(); import pantrypal.urls"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, env=os.environ | settings | {"DATABASE_URL": "postgresql://none/none"}, **quiet)


def port_is_free(port: int) -> bool:
    """Asked before anything is set up."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def prepare_environment(home: Path, port: int) -> None:
    """A production-like process, but for HTTPS, mail and files. What is set outside stays as it is."""
    for folder in ("mail", "media", "static"):
        (home / folder).mkdir(exist_ok=True)
    settings = {
        "DJANGO_SETTINGS_MODULE": "pantrypal.settings",
        "SECRET_KEY": secret_in(home / "secret-key"),
        "HTTPS": "0",
        "ALLOWED_HOSTS": f"{HOST},localhost",
        "SITE_URL": f"http://{HOST}:{port}",
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": str(home / "mail"),
        "EMAIL_VERIFICATION": "optional",
        "MEDIA_ROOT": str(home / "media"),
        "STATIC_ROOT": str(home / "static"),
        # Served from where they lie: nothing to collect, nothing to compress.
        "STATICFILES_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
        "WHITENOISE_USE_FINDERS": "1",
        "LOG_LEVEL": "WARNING",
    }
    for name, value in settings.items():
        os.environ.setdefault(name, value)


def secret_in(path: Path) -> str:
    """The secret kept in the file, made on the first start and readable by its owner only."""
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


def prepare_data(supervisor: Supervisor, home: Path) -> None:
    """Schema and demo chain; on a second start there is nothing to do.

    Whoever pulls the plug in these seconds begins anew, so nothing here waits for the disk.
    """
    os.environ["PGOPTIONS"] = "-c synchronous_commit=off"
    supervisor.finish("shards", [*MANAGE, "create_shard", "--migrate", "shard_0001", "shard_0002"])
    seed = [*MANAGE, "seed_demo", "--password", PASSWORD, "--key-file", str(home / "api-key")]
    supervisor.finish("seed", [*seed, "annapurna"], [*seed, "bharat", "greenfield"])
    del os.environ["PGOPTIONS"]


def start(supervisor: Supervisor, home: Path, port: int) -> None:
    """The web server comes last: when it answers, all of it is up."""
    beat = ["-B", "-S", "celery.beat:Scheduler"]  # in memory: what is due goes by the clock, not by the last run
    queues = "bills,notify,stock,reports,imports,webhooks"
    as_root_is_fine = ["-W", "ignore::Warning:celery.platforms"]
    celery = [sys.executable, *as_root_is_fine, "-m", "celery", "--quiet", "-A", "pantrypal"]
    worker = ["worker", "-P", "threads", "-c", "4", "-Q", queues, "--without-gossip", "--without-mingle", *beat]
    web = ["pantrypal.wsgi", "-b", f"{HOST}:{port}", "-w", "2", "--threads", "4", "--preload", "--log-level", "warning"]
    supervisor.spawn("worker", [*celery, *worker])
    supervisor.spawn("relay", [*MANAGE, "relay"])
    supervisor.spawn("web", [sys.executable, "-m", "gunicorn", *web])


def answers(supervisor: Supervisor, port: int) -> bool:
    """Wait until /livez answers; False if a process ends before, or it takes too long."""
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit and not supervisor.ended():
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/livez", timeout=1) as answer:
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.1)
    return False


if __name__ == "__main__":
    sys.exit(main())
