"""A Postfix of our own that takes every letter into its queue and then discards it (Debian: apt install postfix).

It needs root, as Postfix does. What sends to it as fast as can be is Postfix's own smtp-source.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runtime.tree import free_port

SBIN = Path("/usr/sbin")
SERVICES = Path("/usr/share/postfix/master.cf.dist")


def absent() -> str:
    """Why there can be no Postfix here, or nothing."""
    if not all(path.exists() for path in (SBIN / "postfix", SBIN / "smtp-source", SERVICES)):
        return "no postfix with smtp-source (Debian: apt install postfix)"
    return "" if os.geteuid() == 0 else "postfix starts as root only"


@contextmanager
def discarding() -> Iterator[int]:
    """The port of a Postfix with a queue and settings of its own; the machine's are left alone."""
    with tempfile.TemporaryDirectory(prefix="dondoc-postfix-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # its daemons are not root and must walk here
        port = free_port()
        _configure(folder, port)
        subprocess.run([SBIN / "postfix", "-c", folder, "start"], check=True, capture_output=True)
        try:
            yield port
        finally:
            subprocess.run([SBIN / "postfix", "-c", folder, "stop"], check=True, capture_output=True)


def _configure(folder: Path, port: int) -> None:
    for part in ("spool", "data"):
        (folder / part).mkdir()
    shutil.chown(folder / "data", "postfix")
    settings = {
        "compatibility_level": "3.6",
        "queue_directory": folder / "spool",
        "data_directory": folder / "data",
        "inet_interfaces": "127.0.0.1",
        "inet_protocols": "ipv4",
        "myhostname": "bench.example.vn",
        "mynetworks": "127.0.0.0/8",
        "mydestination": "",
        "alias_maps": "",
        "default_transport": "discard",
        "smtpd_peername_lookup": "no",
    }
    lines = "".join(f"{name} = {value}\n" for name, value in settings.items())
    (folder / "main.cf").write_text(lines)
    services = SERVICES.read_text()
    services = re.sub(
        r"^smtp +inet.*$", f"127.0.0.1:{port} inet n - n - - smtpd", services, flags=re.MULTILINE
    )
    services = re.sub(
        r"^(\S+ +unix +\S+ +\S+ +)y", r"\1n", services, flags=re.MULTILINE
    )  # no chroot to prepare
    (folder / "master.cf").write_text(services)


def pour(port: int, letter: Path, count: int, sessions: int) -> None:
    """Send the file's letter so many times, over connections that are kept."""
    argv = [str(SBIN / "smtp-source"), "-d", "-s", str(sessions), "-m", str(count), "-F", str(letter)]
    addresses = ["-f", "dondoc@bench.example.vn", "-t", "truong@bench.example.vn"]
    subprocess.run([*argv, *addresses, f"127.0.0.1:{port}"], check=True, capture_output=True)
