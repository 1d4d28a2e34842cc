"""What a person adds to a text stays marked as added, whatever page or command they used."""

import pytest
from sqlmodel import select

from actions.changes import By
from actions.decide_draft import approve_draft
from actions.issue_duties import issue_duties
from domain.proposal import Proposal
from store.database import Database
from store.office import load_office
from store.tables import DraftRow, DutyRow
from tests.support.makers import BEGAN, a_directive, a_draft, an_office, monthly_terms

MAI = By("mai", BEGAN)
SAID = {
    "lead": ["Tổ Tổng hợp"],
    "deadline": "day<15",
    "product": "báo cáo",
    "targets": [{"text": "100% trường", "metric": "trường", "comparator": "=", "value": 100, "unit": "%"}],
}


@pytest.mark.parametrize(
    ("unsaid", "decided", "added"),
    [
        ((), {}, []),
        ((), {"product": "báo cáo", "measure": "100% trường"}, []),
        (("lead", "deadline"), {}, ["lead", "deadline"]),
        (("product", "targets"), {}, []),
        (("product", "targets"), {"product": "kế hoạch", "measure": "được duyệt"}, ["product", "measure"]),
        ((), {"measure": "90% trường", "added": ("parts",)}, ["parts", "measure"]),
    ],
)
def test_what_the_text_does_not_say_is_marked(
    db: Database, unsaid: tuple[str, ...], decided: dict[str, object], added: list[str]
) -> None:
    an_office(db)
    order = a_draft("Tổ Tổng hợp báo cáo.", 0, **{k: v for k, v in SAID.items() if k not in unsaid})
    directive_id = a_directive(db, [(order, Proposal(None, ("lead",), ()))], text="Tổ Tổng hợp báo cáo.")
    with db.transaction() as session:
        approve_draft(session, 1, MAI, terms=monthly_terms(("th",), **decided))
        issue_duties(session, directive_id, load_office(session), MAI)
    with db.read() as session:
        assert session.exec(select(DraftRow)).one().added == added
        assert session.exec(select(DutyRow)).one().added == added
