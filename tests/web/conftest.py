"""The pages over a real database, at a moment of the test's choosing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from actions.access_key import give_key
from actions.changes import By
from domain.access import Opens
from runtime.settings import Settings
from runtime.works import Works
from store.database import Database
from tests.support.makers import BEGAN, PASSWORD, Sample, an_office
from tests.support.served import served
from tests.support.visits import SITE, Moment, Program, Visit
from web.app import create_app


@pytest.fixture
def moment() -> Moment:
    return Moment()


@pytest.fixture
def office(sqlite: Database) -> Sample:
    return an_office(sqlite)


@pytest.fixture
def works(sqlite: Database, office: Sample, tmp_path: Path) -> Works:
    made = Works.of(Settings(home=tmp_path, database_url=str(sqlite.url)))
    made.db.dispose()
    made.db = sqlite
    return made


@pytest.fixture
def app(works: Works, moment: Moment) -> FastAPI:
    return create_app(works, moment)


@pytest.fixture
def visit(app: FastAPI) -> Iterator[Visit]:
    opened: list[TestClient] = []

    def visitor(code: str = "") -> TestClient:
        client = TestClient(
            app,
            base_url=SITE,
            headers={"Origin": SITE},
            follow_redirects=False,
            raise_server_exceptions=True,
        )
        opened.append(client)
        if code:
            answer = client.post("/dang-nhap", data={"name": code, "password": PASSWORD})
            assert answer.status_code == 303, answer.text
        return client

    yield visitor
    for client in opened:
        client.close()


@pytest.fixture
def site(app: FastAPI, works: Works) -> Iterator[str]:
    """Where a browser finds the pages, on the port of `works`: a file that uses it gives them a free one."""
    with served(app, works.settings.port) as address:
        yield address


@pytest.fixture
def program(visit: Visit, works: Works, office: Sample) -> Program:
    """`program("ha")`: a program with that person's key; it sends no Origin and has no cookie."""

    def start(code: str, opens: Opens = Opens.WRITE) -> TestClient:
        with works.db.transaction() as session:
            give_key(
                session,
                office.people[code],
                f"key-of-{code}-{opens}",
                By(code, BEGAN),
                name="máy",
                opens=opens,
            )
        client = visit()
        client.headers = {"Authorization": f"Bearer key-of-{code}-{opens}"}  # type: ignore[assignment]
        return client

    return start
