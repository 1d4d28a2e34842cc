"""Whatever an OpenAPI fuzzer makes up, the API answers in its own words, and never with a fault of ours."""

from collections import defaultdict
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, seed, settings

from actions.access_key import give_key
from actions.changes import By
from domain.access import Opens
from domain.unit import Role
from runtime.works import Works
from store.tables import PositionRow
from tests.support.kitchens import a_visit
from tests.support.makers import (
    BEGAN,
    Sample,
    a_directive,
    an_issued_duty,
    monthly_terms,
    open_all,
)
from tests.support.visits import Visit

NAMED = {
    "checklist_theme": "bep-thu-1", "group_code": "truong", "sort": "report", "sha256": "0" * 64,
    "table": "nhat-ky", "pack_id": "bao-cao-thang", "rule_id": "khong-bo-hoc",
}  # fmt: skip
"""What stands in a path that is no number."""
EXAMPLES = 4
"""For each operation."""


@pytest.fixture
def clerk(works: Works, office: Sample, visit: Visit) -> TestClient:
    a_directive(works.db)
    an_issued_duty(works.db, monthly_terms(("hoa-sen",)))
    open_all(works.db, BEGAN)
    a_visit(works.db, office.units["hoa-sen"], [(office.people["mai"], office.units["pgd"])])
    with works.db.transaction() as session:
        session.add(
            PositionRow(person_id=office.people["mai"], unit_id=office.units["hoa-sen"], role=Role.HEAD)
        )
        give_key(session, office.people["mai"], "k", By("mai", BEGAN), name="máy", opens=Opens.WRITE)
    client = visit()
    client.headers = {"Authorization": "Bearer k"}  # type: ignore[assignment]
    return client


def test_no_made_up_request_is_answered_with_a_fault(clerk: TestClient) -> None:
    description = schemathesis.openapi.from_dict(clerk.get("/api/v1/openapi.json").json())
    tried = 0
    for found in description.get_all_operations():
        operation = found.ok()

        @seed(1)
        @settings(
            max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(operation.as_strategy())
        def ask(case: Any) -> None:
            nonlocal tried
            tried += 1
            # Every other request is about things that are there, as they are now.
            real = tried % 2 == 0
            path = case.path.format_map(defaultdict(lambda: 1, NAMED)) if real else case.formatted_path
            body = {} if isinstance(case.body, type(schemathesis.core.NOT_SET)) else {"json": case.body}
            headers: dict[str, Any] = {"If-Match": '"1"', "Idempotency-Key": "khoa-gui-mot"} if real else {}
            headers |= {
                name: str(value).encode("utf-8", "replace") for name, value in (case.headers or {}).items()
            }
            answer = clerk.request(case.method, path, params=case.query, headers=headers, **body)
            assert answer.status_code < 500, f"{case.method} {path}: {answer.text[:500]}"
            if answer.status_code >= 400:
                assert answer.headers["content-type"] == "application/problem+json"

        ask()
    assert tried > 100 * EXAMPLES / 2, "some operations have fewer requests to make up"
