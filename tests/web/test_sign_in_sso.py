"""Single sign-on: a real provider on a port, and everything that must not get anybody in."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from joserfc.jwk import OctKey, RSAKey
from sqlmodel import select

from runtime.works import Works
from store.access_tables import SessionRow
from tests.support.makers import BEGAN
from tests.support.oidc import CLIENT, SECRET, Provider, vouching
from tests.support.visits import SITE, Moment
from web.app import create_app
from web.sign_in_sso import BACK

HA = {"email": "ha@bensong.example.vn", "email_verified": True}


@pytest.fixture
def provider() -> Iterator[Provider]:
    with vouching(BEGAN, SITE + BACK) as provider:
        provider.claims = dict(HA)
        yield provider


Browser = Callable[[], TestClient]


@pytest.fixture
def browser(works: Works, moment: Moment, provider: Provider) -> Iterator[Browser]:
    works.settings = works.settings.model_copy(
        update={"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
    )
    app = create_app(works, moment)
    opened: list[TestClient] = []

    def open_one() -> TestClient:
        opened.append(TestClient(app, base_url=SITE, headers={"Origin": SITE}, follow_redirects=False))
        return opened[-1]

    yield open_one
    for client in opened:
        client.close()


def at_the_provider(client: TestClient, wanted: str = "/viec") -> str:
    """Goes there as the browser would; returns the address the provider sends back to."""
    asked = client.get("/dang-nhap/co-quan", params={"next": wanted}).headers["location"]
    return str(httpx.get(asked).headers["location"])


def test_one_signs_in_over_there_and_comes_back_to_the_page_asked_for(browser: Browser, works: Works) -> None:
    client = browser()
    assert "/dang-nhap/co-quan" in client.get("/dang-nhap?next=/viec").text
    answer = client.get(at_the_provider(client))
    assert (answer.status_code, answer.headers["location"]) == (303, "/viec")
    assert client.get("/viec").status_code == 200
    assert "Lê Thu Hà" in client.get("/viec").text
    with works.db.read() as session:
        assert [row.how.value for row in session.exec(select(SessionRow)).all()] == ["sso"]


def test_a_code_is_good_once_and_for_the_browser_that_asked(browser: Browser) -> None:
    client, thief = browser(), browser()
    back = at_the_provider(client)
    assert thief.get(back).status_code == 409, "without the cookie the answer is for nobody"
    at_the_provider(thief)
    assert thief.get(back).status_code == 409, "with the cookie of another question too"
    assert client.get(back).status_code == 303
    assert client.get(back).status_code == 409


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": "ai-do@bensong.example.vn"},
        {"nonce": "another"},
        {"aud": "another"},
        {"aud": [CLIENT, "another"]},
        {"azp": "another"},
        {"iss": "http://evil.vn"},
        {"exp": int(BEGAN.timestamp()) - 3600},
        {"sub": None},
    ],
)
def test_a_token_that_does_not_hold_lets_nobody_in(
    browser: Browser, provider: Provider, claims: dict[str, object]
) -> None:
    provider.claims |= claims
    client = browser()
    answer = client.get(at_the_provider(client))
    assert answer.status_code == 409
    assert client.get("/viec").status_code == 303


@pytest.mark.parametrize("fault", ["another key", "its own secret"])
def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(
    browser: Browser, provider: Provider, fault: str
) -> None:
    if fault == "another key":
        provider.signs_with = RSAKey.generate_key(2048)
    else:
        provider.algorithm, provider.signs_with = "HS256", OctKey.import_key(SECRET)
    client = browser()
    assert client.get(at_the_provider(client)).status_code == 409


def test_a_verifier_from_elsewhere_opens_nothing(browser: Browser, provider: Provider) -> None:
    client = browser()
    back = at_the_provider(client)
    code = parse_qs(urlsplit(back).query)["code"][0]
    provider.codes[code]["challenge"] = "of-somebody-else"
    assert client.get(back).status_code == 409


def test_a_provider_that_is_away_or_calls_itself_otherwise_is_not_asked(
    browser: Browser, provider: Provider
) -> None:
    provider.issuer = "http://evil.vn"
    assert browser().get("/dang-nhap/co-quan").status_code == 409


def test_without_a_provider_there_is_no_such_page(works: Works, moment: Moment) -> None:
    with TestClient(create_app(works, moment), base_url=SITE, follow_redirects=False) as client:
        assert client.get("/dang-nhap/co-quan").status_code == 404
        assert client.get(BACK + "?code=c&state=s").status_code == 404
        assert "/dang-nhap/co-quan" not in client.get("/dang-nhap").text
