"""Tables of sign-in: sessions, one-time links, keys."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from domain.access import AccessKey, BrowserSession, How, Opens
from domain.fields import instant, string
from store.tables import to, words


class SessionRow(BrowserSession, table=True):
    """A signed-in browser. Only the hash of its token is kept."""

    __tablename__ = "web_session"
    __table_args__ = (words("how", How),)

    id: int = Field(default=None, primary_key=True)
    token_hash: str = string(unique=True)
    person_id: int = to("person", index=True)


class SignInLinkRow(SQLModel, table=True):
    """A link sent by mail, for one use by the browser that asked for it. Used or expired it is swept out."""

    __tablename__ = "sign_in_link"

    token_hash: str = string(primary_key=True)
    browser_hash: str = string()
    person_id: int = to("person", index=True)
    expires_at: datetime = instant()


class AccessKeyRow(AccessKey, table=True):
    __tablename__ = "access_key"
    __table_args__ = (words("opens", Opens),)

    id: int = Field(default=None, primary_key=True)
    key_hash: str = string(unique=True)
    person_id: int = to("person", index=True)
