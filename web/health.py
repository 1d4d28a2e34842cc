"""Whether everything runs: for the clerk and the administrator, in words."""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from domain.sentence import Sentence
from runtime.jobs import TITLES
from store.questions.health import health
from web.desk import Desk, desk_for
from web.policy import Act

router = APIRouter()

PREFECT = {
    "ready": Sentence("Prefect đang chạy."),
    "starting": Sentence("Prefect đang khởi động; công việc vẫn chạy bình thường."),
    "lost": Sentence("Prefect không trả lời; công việc vẫn chạy bình thường, không qua Prefect."),
    "off": Sentence("Không dùng Prefect."),
}


@router.get("/suc-khoe")
def machinery(at: Annotated[Desk, Depends(desk_for(Act.SEE_HEALTH))]) -> Response:
    with at.works.db.read() as session:
        return at.page(
            "health.html",
            health=health(session),
            database="SQLite" if at.works.db.is_sqlite else "PostgreSQL",
            prefect=PREFECT,
            jobs=TITLES,
            relay=at.works.settings.smtp_host,
        )
