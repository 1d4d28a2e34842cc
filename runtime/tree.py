"""The process tree of `make run`: which children there are and how each is started."""

import socket
from contextlib import suppress
from pathlib import Path
from random import SystemRandom

from runtime.settings import Settings
from runtime.supervise import Child


def children(settings: Settings, prefect_port: int) -> list[Child]:
    """Pages first, so that they answer while the rest is starting. `prefect_port`: 0 for no Prefect."""
    logs = settings.home / "log"
    home = (settings.home / "prefect").resolve()
    api = f"http://127.0.0.1:{prefect_port}/api" if prefect_port else ""
    tree = [Child("pages", ["-m", "web"], logs / "pages.log")]
    if not settings.smtp_host:
        tree.append(_catcher(settings, logs))
    tree.append(
        Child(
            "clock",
            ["-m", "flows"],
            logs / "clock.log",
            quiet(home) | ({"PREFECT_API_URL": api} if api else {}),
        )
    )
    if prefect_port:
        argv = ["-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(prefect_port)]
        # Nobody waits for it, and it starts for ten seconds at full speed.
        tree.append(Child("prefect", argv, logs / "prefect.log", quiet(home), nice=10))
    return tree


def _catcher(settings: Settings, logs: Path) -> Child:
    """A real SMTP server that keeps what it gets: nothing leaves the machine."""
    settings.caught_mail.parent.mkdir(parents=True, exist_ok=True)
    where = f"127.0.0.1:{settings.smtp_port}"
    argv = [
        "-m",
        "aiosmtpd",
        "-n",
        "-u",
        "-l",
        where,
        "-c",
        "aiosmtpd.handlers.Mailbox",
        str(settings.caught_mail),
    ]
    return Child("mail catcher", argv, logs / "mail.log")


def quiet(home: Path) -> dict[str, str]:
    """Prefect with a home and database of its own (never ours), no telemetry, and little patience: a dead
    API must not keep work waiting."""
    return {
        "PREFECT_HOME": str(home),
        "PREFECT_API_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home / 'prefect.db'}",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_CLIENT_MAX_RETRIES": "1",
        # Each flow has a client of its own. On loopback, without TLS, against a server of its own version and
        # no browser, it need not read certificates, compare versions or fetch a token first.
        "PREFECT_API_TLS_INSECURE_SKIP_VERIFY": "true",
        "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
        "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "false",
        "PREFECT_API_REQUEST_TIMEOUT": "10",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "true",
    }


# Below those a system hands out by itself (Linux: from 32768): one of these it could give to another program between
# the answer and the listening.
PORTS = range(20_000, 32_000)


def free_port() -> int:
    """A port nobody listens on; drawn, so that two who ask at once rarely get the same. OSError: all are taken."""
    for port in SystemRandom().sample(PORTS, len(PORTS)):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("no free port")
