"""The link with which somebody stops the digest of what only informs them (RFC 8058), from the mail itself.

It proves for whom the letter was and opens nothing: all it can do is change how often that digest comes. It never
ends, since old mail is kept; a new signing key ends all of them.
"""

from itsdangerous import BadSignature, URLSafeSerializer

from runtime.settings import Settings

PATH = "/ban-tin"


def link(settings: Settings, person_id: int) -> str:
    """Empty where the office has no signing key: letters then carry no such link."""
    return f"{settings.public_url}{PATH}/{_signer(settings).dumps(person_id)}" if settings.signing_key else ""


def person_of(settings: Settings, token: str) -> int | None:
    """Whose digest the token is about; None for a token that is not ours."""
    if not settings.signing_key:
        return None
    try:
        found = _signer(settings).loads(token[:200])
    except BadSignature:
        return None
    return found if isinstance(found, int) else None


def _signer(settings: Settings) -> URLSafeSerializer:
    return URLSafeSerializer(settings.signing_key, salt="digest")
