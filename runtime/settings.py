"""Settings come from the environment (`DONDOC_…`) and nowhere else; secrets never stand in a file of ours."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Defaults serve the sample office on one machine: SQLite, loopback, the local mail catcher."""

    model_config = SettingsConfigDict(env_prefix="DONDOC_")

    home: Path = Path("var")
    """Folder for the database, evidence and caught mail."""
    database_url: str = ""
    """SQLAlchemy URL; empty: SQLite in `home`."""
    host: str = "127.0.0.1"
    port: int = 8765
    base_url: str = ""
    """Address that letters link to; empty: http://host:port."""
    smtp_host: str = ""
    """Mail relay; empty: the local mail catcher, and nothing leaves the machine."""
    smtp_port: int = 8025
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_starttls: bool = False
    """Insist on TLS; with a user always, so that no password crosses a network in clear."""
    smtp_tls: bool = False
    """TLS from the first byte instead, as servers on port 465 speak it."""
    signing_key: str = ""
    """Signs the link that stops a digest, in the letter itself; empty: letters carry none."""
    bounces: Path | None = None
    """Maildir to which the sender's mail comes back; undeliverable letters are read from it."""
    webhook_url: str = ""
    """Gateway for people who chose messages (Zalo, SMS); https. Empty: such notices wait, and say why."""
    webhook_secret: str = ""
    """Signs every request to the gateway."""
    oidc_issuer: str = ""
    """The office's identity provider (OpenID Connect); empty: no single sign-on. It is given, as where to return to,
    the address of these pages followed by /dang-nhap/co-quan/ve."""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_name: str = "tài khoản của cơ quan"
    """What the sign-in page calls it."""
    heartbeat_url: str = ""
    """Fetched each night when the auditor found nothing wrong, so that an outside watcher misses it; empty: off."""
    prefect: bool = True
    """Run flows under a Prefect API of our own; off saves memory."""

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.home / 'dondoc.sqlite3'}"

    @property
    def evidence(self) -> Path:
        return self.home / "evidence"

    @property
    def caught_mail(self) -> Path:
        return self.home / "mail"

    @property
    def public_url(self) -> str:
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")
