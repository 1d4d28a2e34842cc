"""What an entry point works with follows from its settings."""

from pathlib import Path

import pytest

from notifications.channels.email import EmailChannel
from runtime.settings import Settings
from runtime.works import Works


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
