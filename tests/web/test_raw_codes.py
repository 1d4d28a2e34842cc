"""The sample office read through: no page shows a code where the office has a word."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from enum import StrEnum

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from lxml import html
from sqlmodel import select

import domain
from domain.duty import DraftStatus
from runtime.installing import SAMPLE_PASSWORD, prepare
from runtime.settings import Settings
from runtime.works import Works
from store.tables import DraftRow, UnitRow
from tests.support.visits import SITE
from tests.web.test_rights import routes
from web.app import create_app

WRITTEN_AS_CODE = "//script|//style|//code|//pre|//*[contains(@class, 'dd-code')]"
ALSO_WORDS = {"thcs", "thpt", "email", "level"}
"""Codes that are what people say too."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FastAPI, TestClient, Works]]:
    """The sample office with its directive issued and the clerk signed in."""
    works = Works.of(Settings(home=tmp_path_factory.mktemp("sample")))
    prepare(works)
    app = create_app(works)
    client = TestClient(app, base_url=SITE, headers={"Origin": SITE}, follow_redirects=False)
    assert client.post("/dang-nhap", data={"name": "van-thu", "password": SAMPLE_PASSWORD}).status_code == 303
    try:
        client.post("/van-ban/1/duyet-du")
        with works.db.read() as session:
            left = session.exec(select(DraftRow).where(DraftRow.status == DraftStatus.PROPOSED)).all()
        for draft in left:
            client.post(f"/noi-dung/{draft.id}/bo", data={"version": draft.version, "reason": "không giao"})
        assert client.post("/van-ban/1/giao").status_code == 303
        yield app, client, works
    finally:
        works.db.dispose()


def codes(works: Works) -> set[str]:
    """The words of the office's files and of the domain's lists."""
    with works.db.read() as session:
        units = session.exec(select(UnitRow)).all()
    found = {word for unit in units for word in (unit.kind, unit.level, unit.ownership)} - {""}
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        for kind in vars(importlib.import_module(module.name)).values():
            if isinstance(kind, type) and issubclass(kind, StrEnum):
                found |= {str(one) for one in kind}
    return found - ALSO_WORDS


def shown(page: str) -> str:
    tree = html.fromstring(page)
    for part in tree.xpath(WRITTEN_AS_CODE):
        part.drop_tree()
    return " ".join(" ".join(tree.itertext()).split())


def test_no_page_of_the_office_shows_a_code(office: tuple[FastAPI, TestClient, Works]) -> None:
    app, client, works = office
    words = "|".join(sorted(codes(works), key=len)[::-1])
    pattern = re.compile(rf"(?<![\w@./-])(?<!niêm )(?:{words})(?![\w@./-])")
    found, read = {}, 0
    for route in routes(app.routes):
        if not isinstance(route, APIRoute) or "GET" not in route.methods or route.path.startswith("/api/"):
            continue
        path = re.sub(r"\{(\w+_)?id\}", "1", route.path).replace("{theme}", "an-toan-thuc-pham")
        path = path.replace("{pack_id}", "mau-bao-cao-thang").replace("{rule_id}", "khong-tien-mat-cong-lap")
        answer = client.get(path)
        if answer.status_code == 200 and answer.text.startswith("<!DOCTYPE html>"):
            read += 1
            if raw := sorted(set(pattern.findall(shown(answer.text)))):
                found[route.path] = raw
    assert found == {}
    assert read > 30
