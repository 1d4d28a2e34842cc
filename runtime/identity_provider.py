"""The office's identity provider (OpenID Connect Core 1.0): authorization code with PKCE, state and nonce.

Only the address of the provider is believed as configured; where its pages and keys are, it says itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""Signatures only: neither "none" nor one that the client's own secret could make."""
TIMEOUT = 10.0
LEEWAY = 60  # seconds between two clocks


class NotVouched(Exception):
    """The provider could not be asked, or its answer does not hold. The message is for the log."""


@dataclass(frozen=True)
class Identity:
    """`subject`: issuer and lasting name; `email`: only an address the provider has verified, else empty."""

    subject: str
    email: str


class IdentityProvider:
    def __init__(self, issuer: str, client_id: str, client_secret: str, redirect_uri: str) -> None:
        self.issuer = issuer
        self.client_id, self.client_secret, self.redirect_uri = client_id, client_secret, redirect_uri

    @property
    def origin(self) -> str:
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"

    def start(self, state: str, nonce: str, verifier: str) -> str:
        """Where to send the browser. Raises NotVouched when the provider does not answer."""
        try:
            with self._client() as client:
                url, _ = client.create_authorization_url(
                    self._said["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
                )
                return str(url)
        except (httpx.HTTPError, KeyError, ValueError) as error:
            raise NotVouched(f"{self.issuer}: {error}") from error

    def identify(self, code: str, nonce: str, verifier: str, now: datetime) -> Identity:
        """Exchange the code and check the identity token that comes for it. Raises NotVouched."""
        try:
            with self._client() as client:
                token = client.fetch_token(
                    self._said["token_endpoint"], grant_type="authorization_code", code=code,
                    code_verifier=verifier,
                )  # fmt: skip
            keys = KeySet.import_key_set(_fetched(self._said["jwks_uri"]))
            return self._identity(jwt.decode(token["id_token"], keys, ALGORITHMS).claims, nonce, now)
        except (httpx.HTTPError, AuthlibBaseError, JoseError, KeyError, ValueError) as error:
            raise NotVouched(f"{self.issuer}: {type(error).__name__}: {error}") from error

    def _identity(self, claims: Mapping[str, Any], nonce: str, now: datetime) -> Identity:
        jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            sub={"essential": True},
            exp={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(dict(claims))
        audience = claims["aud"]
        if (isinstance(audience, list) and len(audience) > 1) or claims.get(
            "azp", self.client_id
        ) != self.client_id:
            raise NotVouched(f"{self.issuer}: the token is for somebody else too")
        verified = claims.get("email_verified") is True
        return Identity(f"{self.issuer} {claims['sub']}", str(claims.get("email", "")) if verified else "")

    @cached_property
    def _said(self) -> Mapping[str, Any]:
        """The provider about itself, asked once for a process. A failure is not kept."""
        said: Mapping[str, Any] = _fetched(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if said.get("issuer") != self.issuer:
            raise NotVouched(f"{self.issuer} calls itself {said.get('issuer')}")
        return said

    def _client(self) -> OAuth2Client:
        return OAuth2Client(
            self.client_id, self.client_secret, scope="openid email", redirect_uri=self.redirect_uri,
            code_challenge_method="S256", timeout=TIMEOUT,
        )  # fmt: skip


def _fetched(url: str) -> Any:
    return httpx.get(url, timeout=TIMEOUT).raise_for_status().json()
