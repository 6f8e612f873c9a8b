#!/usr/bin/env python3
"""PantryPal's set-up and run commands. Needs only Python: 3.8 to start, 3.12 or newer is found or asked for.

python3 deploy/dev.py demo     install what is needed, start everything, open the demo chain
python3 deploy/dev.py test     install what is needed, run all tests on all cores (arguments go to pytest instead)
python3 deploy/dev.py bench    install what is needed, measure the speed of every hot path (BENCH=small for a minute)
python3 deploy/dev.py faults   install what is needed, kill servers under programs that sell, look for every sale
python3 deploy/dev.py lint     the checks that need no server
python3 deploy/dev.py check    settings as in production, and no migration missing
python3 deploy/dev.py messages read all texts for people into the translation files
python3 deploy/dev.py format   rewrite sources and templates in the house format
python3 deploy/dev.py lock     (maintainers) rewrite the lock files; needs uv
"""

import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

REPO = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(REPO, ".venv")
PY = os.path.join(VENV, "bin", "python")
NEEDED_PYTHON = (3, 12)
# What is installed for which command. A later lock contains the earlier one, at the same versions.
LOCKS = {
    "runtime": ("requirements.lock", []),
    "demo": ("requirements-demo.lock", ["embedded"]),
    "test": ("requirements-test.lock", ["embedded", "test"]),
}
SOURCES = ["manage.py", "pantrypal", "billing", "inventory", "customers", "catalog", "deploy", "tests"]
TYPED = ["pantrypal", "billing", "inventory", "customers", "catalog"]
# The type checker loads the settings, which insist on these; it connects to nothing.
NO_SERVERS = {
    "SECRET_KEY": "for the type checker",
    "DATABASE_URL": "postgresql://localhost/none",
    "REDIS_URL": "redis://localhost",
}
# As an installation would set them.
PRODUCTION = dict(
    NO_SERVERS,
    SECRET_KEY="0123456789abcdefghijklmnopqrstuvwxyz" * 2,
    ALLOWED_HOSTS="pantrypal.example",
    SITE_URL="https://pantrypal.example",
)
# A database for each worker; the broker has 16.
ON_ALL_CORES = ["-n", "auto", "--maxprocesses", "7", "--dist", "loadgroup"]


def die(text):
    sys.exit("\n" + text + "\n")


def call(cmd, **options):
    return subprocess.call(cmd, cwd=REPO, **options)


def answers(exe, code):
    """What `exe -c code` prints, or an empty string where it does not run."""
    try:
        done = subprocess.run(
            [exe, "-c", code],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            universal_newlines=True,
            cwd=REPO,
        )
    except OSError:
        return ""
    return done.stdout.strip()


def find_python():
    roots = [os.environ.get("PYENV_ROOT", ""), os.path.expanduser("~/.pyenv")]
    managed = [p for root in roots if root for p in glob.glob(os.path.join(root, "versions", "3.1*", "bin", "python3"))]
    names = ["python3.13", "python3.12", "python3.14"]
    for exe in [sys.executable] + [shutil.which(name) for name in names] + sorted(managed, reverse=True):
        if exe and answers(exe, "import sys; print(sys.version_info >= %r)" % (NEEDED_PYTHON,)) == "True":
            return exe
    return die(
        "PantryPal needs Python 3.12 or newer; this is %s.\n"
        "  Debian/Ubuntu: sudo apt install python3.13    macOS: brew install python@3.13\n"
        "  or: pip install --user uv && uv python install 3.13, then PYTHON=$(uv python find 3.13) make %s"
        % (sys.version.split()[0], " ".join(sys.argv[1:]))
    )


def installer(lock):
    """The command that installs exactly what the lock says: uv where it is at hand, else pip from outside."""
    uv = shutil.which("uv")
    if uv:
        return [
            uv,
            "pip",
            "install",
            "--quiet",
            "--require-hashes",
            "--only-binary",
            ":all:",
            "--python",
            PY,
            "-r",
            lock,
        ]
    exe = find_python()
    if answers(exe, "import pip; print(tuple(map(int, pip.__version__.split('.')[:2])) >= (22, 3))") != "True":
        die("pip 22.3 or newer, or uv, is needed to install the packages.")
    options = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes", "--only-binary", ":all:"]
    return [exe, "-m", "pip", "--python", PY, "install", *options, "--no-deps", "--no-compile", "-r", lock]


def install_in_halves(lock):
    """Two installers side by side, a core for each: every package is locked, so neither looks at the other's.

    False where that went wrong: whoever called installs the whole lock by one, which says why it can't.
    """
    with open(os.path.join(REPO, lock)) as file:
        packages = re.split(
            r"^(?=[a-z0-9])", re.sub(r"^#.*\n", "", file.read(), flags=re.MULTILINE), flags=re.MULTILINE
        )
    with tempfile.TemporaryDirectory() as folder:
        running = []
        for half in (0, 1):
            path = os.path.join(folder, "half-%d.lock" % half)
            with open(path, "w") as file:
                file.write("".join(packages[half::2]))
            running.append(subprocess.Popen(installer(path), cwd=REPO, stderr=subprocess.DEVNULL))
        failed = [process.wait() for process in running]  # both, before the folder goes
        return not any(failed)


def ensure(what):
    """Make .venv hold what the lock of `what` names; a second call with the same lock does nothing."""
    name = LOCKS[what][0]
    with open(os.path.join(REPO, name), "rb") as lock:
        wanted = hashlib.sha256(lock.read()).hexdigest()
    stamp = os.path.join(VENV, ".installed-" + what)
    if os.path.exists(PY) and os.path.exists(stamp):
        with open(stamp) as installed:
            if installed.read() == wanted:
                return
    started = time.time()
    if not os.path.exists(PY):
        exe = find_python()
        print("Making .venv with %s ..." % exe, flush=True)
        # Without pip: 0.1 s instead of 2 s, and it works where ensurepip is missing.
        if call([exe, "-m", "venv", "--without-pip", VENV]):
            die("Could not make a virtual environment in %s." % VENV)
    print("Installing the packages of %s ..." % name, flush=True)
    if not install_in_halves(name) and call(installer(name)):
        die("Installing failed. The first start needs access to PyPI or to a mirror that pip is set up for.")
    with open(stamp, "w") as installed:
        installed.write(wanted)
    print("Installed in %.1f s." % (time.time() - started), flush=True)


def compile_messages():
    """Make the .mo files of the translations; they are built, never committed."""
    if call([PY, "-m", "deploy.devstack.messages"]):
        die("A translation file is broken; see above.")


def run_module(module, arguments):
    os.chdir(REPO)
    os.execv(PY, [PY, "-m", module, *arguments])


def lint():
    """Each check in turn; the first failure ends the run."""
    for cmd in (
        ["ruff", "format", "--check", "."],
        ["ruff", "check", "."],
        ["djade", "--check", "--target-version", "5.2", *templates()],
        ["mypy", *TYPED],
        ["lint-imports"],
    ):
        print("$", " ".join(cmd[:4]), flush=True)
        if call([os.path.join(VENV, "bin", cmd[0]), *cmd[1:]], env=dict(NO_SERVERS, **os.environ)):
            sys.exit(1)


def check():
    """Both without servers: looking for migrations warns that it could not ask the database, and goes on."""
    for arguments in (["check", "--deploy", "--fail-level", "WARNING"], ["makemigrations", "--check", "--dry-run"]):
        print("$ manage.py", " ".join(arguments), flush=True)
        if call([PY, "-W", "ignore::RuntimeWarning", "manage.py", *arguments], env=dict(os.environ, **PRODUCTION)):
            sys.exit(1)


def templates():
    return sorted(glob.glob(os.path.join(REPO, "templates", "**", "*.html"), recursive=True))


def rewrite():
    for cmd in (
        ["ruff", "check", "--fix", "--quiet", "."],
        ["ruff", "format", "."],
        ["djade", "--target-version", "5.2", *templates()],
    ):
        call([os.path.join(VENV, "bin", cmd[0]), *cmd[1:]])


def lock():
    uv = shutil.which("uv") or die("uv is needed for this: pip install uv")
    done = []
    for name, groups in LOCKS.values():
        cmd = [uv, "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--python-version", "3.12"]
        cmd += ["--no-annotate"]  # where packages come from is written down only if asked for
        cmd += ["--custom-compile-command", "make lock", "pyproject.toml", "-o", name]
        cmd += [part for group in groups for part in ("--group", group)]
        cmd += [part for earlier in done for part in ("-c", earlier)]
        if call(cmd):
            sys.exit(1)
        done.append(name)


# Command: the packages it needs, the module that it runs, and that module's usual arguments.
MODULES = {
    "demo": ("demo", "deploy.devstack.demo", []),
    "test": ("test", "pytest", ON_ALL_CORES),
    "bench": ("test", "tests.bench", []),
    "faults": ("test", "tests.faults", []),
    "messages": ("test", "deploy.devstack.messages", ["update"]),
}
CHORES = {"lint": lint, "check": check, "format": rewrite}


def main():
    # Compiled modules go into .venv: the sources stay clean, and each later process saves three seconds.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = os.path.join(VENV, "pycache")
    what, rest = (sys.argv[1:2] or ["--help"])[0], sys.argv[2:]
    if what in MODULES:
        lock_name, module, arguments = MODULES[what]
        ensure(lock_name)
        compile_messages()
        run_module(module, rest or arguments)
    elif what in CHORES:
        ensure("test")
        CHORES[what]()
    elif what == "lock":
        lock()
    else:
        print(__doc__)
        sys.exit(0 if what in ("-h", "--help") else 2)


if __name__ == "__main__":
    main()
