"""What an entry point works with follows from its settings."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from time import sleep

import pytest

from notifications.channels.email import EmailChannel
from rules.pack import Pack, load_pack
from runtime import works as module
from runtime.settings import Settings
from runtime.works import SHIPPED, Works


@pytest.mark.parametrize(
    ("user", "starttls", "insists"),
    [
        ("", False, False),  # a relay on this machine, or the mail catcher
        ("", True, True),
        ("van-thu", False, True),
        ("van-thu", True, True),
    ],
)
def test_a_password_is_never_sent_without_tls(
    tmp_path: Path, user: str, starttls: bool, insists: bool
) -> None:
    settings = Settings(home=tmp_path, smtp_host="relay.example.vn", smtp_user=user, smtp_starttls=starttls)
    channel = Works.of(settings).channel
    assert isinstance(channel, EmailChannel)
    assert channel.starttls is insists


def test_a_crowd_reads_the_rule_packs_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []

    def slow(path: Path) -> Pack:
        read.append(path)
        sleep(0.02)
        return load_pack(path)

    monkeypatch.setattr(module, "load_pack", slow)
    own = tmp_path / "packs" / "own.yaml"  # so that nobody has read exactly these before
    own.parent.mkdir()
    own.write_bytes(SHIPPED[0].read_bytes())
    works, crowd = Works.of(Settings(home=tmp_path)), Barrier(4)

    def asks(_: int) -> Mapping[str, Pack]:
        crowd.wait()
        return works.packs

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(asks, range(4)))
    assert all(packs is found[0] for packs in found)
    assert sorted(read) == sorted((*SHIPPED, own))
