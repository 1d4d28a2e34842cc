"""A small OpenID provider on a real port, that checks what a provider must check and lies as a test asks."""

import base64
import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import FastAPI, Form, Header
from fastapi.responses import JSONResponse, RedirectResponse, Response
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from runtime.tree import free_port
from tests.support.served import served

CLIENT = "dondoc"
SECRET = "bi-mat-cua-don-doc"


@dataclass
class Provider:
    """`claims`: about whoever signs in next, added to or changed in the identity token."""

    issuer: str
    now: datetime
    claims: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"}))
    signs_with: RSAKey | OctKey | None = None
    algorithm: str = "RS256"
    redirect_uri: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def token(self, asked: dict[str, str]) -> str:
        now = int(self.now.timestamp())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "sub": "s-1", "iat": now, "exp": now + 300,
            "nonce": asked["nonce"],
        }  # fmt: skip
        header = {"alg": self.algorithm, "kid": "k1"}
        return jwt.encode(header, claims | self.claims, self.signs_with or self.key, [self.algorithm])


def app_of(provider: Provider) -> FastAPI:
    app = FastAPI()

    @app.get("/.well-known/openid-configuration")
    def about() -> dict[str, str]:
        return {
            "issuer": provider.issuer,
            "authorization_endpoint": f"{provider.issuer}/authorize",
            "token_endpoint": f"{provider.issuer}/token",
            "jwks_uri": f"{provider.issuer}/keys",
        }

    @app.get("/keys")
    def keys() -> Any:
        return KeySet([provider.key]).as_dict(private=False)

    @app.get("/authorize")
    def authorize(
        client_id: str, redirect_uri: str, response_type: str, scope: str, state: str, nonce: str,
        code_challenge: str, code_challenge_method: str,
    ) -> Response:  # fmt: skip
        assert (client_id, response_type, code_challenge_method) == (CLIENT, "code", "S256")
        assert redirect_uri == provider.redirect_uri
        assert "openid" in scope.split()
        code = secrets.token_urlsafe(8)
        provider.codes[code] = {"nonce": nonce, "challenge": code_challenge}
        return RedirectResponse(f"{redirect_uri}?{urlencode({'code': code, 'state': state})}", 303)

    @app.post("/token")
    def token(
        code: Annotated[str, Form()],
        code_verifier: Annotated[str, Form()],
        redirect_uri: Annotated[str, Form()],
        authorization: Annotated[str, Header()],
    ) -> Response:
        asked = provider.codes.pop(code, None)
        digest = hashlib.sha256(code_verifier.encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        client = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if not asked or asked["challenge"] != challenge or authorization != client:
            return JSONResponse({"error": "invalid_grant"}, 400)
        assert redirect_uri == provider.redirect_uri
        return JSONResponse(
            {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": provider.token(asked)}
        )

    return app


@contextmanager
def vouching(now: datetime, redirect_uri: str) -> Iterator[Provider]:
    port = free_port()
    provider = Provider(f"http://127.0.0.1:{port}", now, redirect_uri=redirect_uri)
    with served(app_of(provider), port):
        yield provider
