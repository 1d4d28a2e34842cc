"""What the nightly auditor found: something that should have been told and was not, or a record that broke."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from sqlmodel import SQLModel

from domain.fields import instant, string, word


class Check(StrEnum):
    RUNG = "rung"  # bậc nhắc đã đến hạn mà chưa được xử lý
    NOTICE = "notice"  # thiếu hoặc treo lượt nhắc
    LETTER = "letter"  # thư bị kẹt
    ORDER = "order"  # lãnh đạo được báo trước đơn vị
    TRAIL = "trail"  # nhật ký không còn nguyên vẹn
    COUNT = "count"  # số đếm trên bảng theo dõi sai


class Suspicion(BaseModel):
    """One thing found in one night. `subject` names it as the audit trail does; `detail` is a Vietnamese
    sentence."""

    model_config = ConfigDict(frozen=True)

    kind: Check
    subject: str
    detail: str


class Incident(SQLModel):
    """Open from the first night that finds it to the first that does not."""

    kind: Check = word(Check)
    subject: str = string()
    detail: str = string()
    found_at: datetime = instant()
    closed_at: datetime | None = instant(default=None)
