"""What was read from a directive, before a person approves it.

All offsets are character offsets into the text that was read. `quote` is the exact text with white space
collapsed, at most 200 characters. Times keep the document's own spelling (see `domain.stated`).
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

PassageKind = Literal[
    "heading", "task", "standing", "target", "prohibition", "condition", "background", "basis", "addressee",
    "recipient", "signature", "footnote", "table-head", "page-furniture", "foreign",
]  # fmt: skip
Role = Literal["chu_tri", "phoi_hop", "thuc_hien"]
Force = Literal["binding", "request", "inform", "advise"]
DutyKind = Literal["task", "report", "inspection", "target", "training", "milestone", "schedule"]
Comparator = Literal[">=", "<=", "=", "<", ">", "range"]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Passage(Frozen):
    """A stretch of the text and what it is; the passages of a reading tile its text."""

    start: int
    end: int
    kind: PassageKind
    task: str | None = None


class Because(Frozen):
    """The words a field was read from and the name of the pattern that read them."""

    start: int
    end: int
    text: str
    pattern: str


class Target(Frozen):
    """A figure to reach (chỉ tiêu). A value that is no single number ("50-55", "13/13") stays text.

    `deadline_latest`: the last day of this figure (ISO), where its order sets several figures for several days.
    """

    text: str
    metric: str
    comparator: Comparator
    value: int | float | str
    unit: str
    deadline_latest: str | None = None


class WordedAim(Frozen):
    """An aim without a figure: "tăng so với năm trước" (direction), "cao hơn mức trung bình của tỉnh" (relative),
    "nâng thứ hạng" (rank). Less is wanted where the comparator is "<"."""

    text: str
    metric: str
    aim: Literal["direction", "relative", "rank"]
    comparator: Literal[">", "<"]


class Signer(Frozen):
    title: str | None = None
    name: str | None = None


class Recipient(Frozen):
    """Who receives the document (nơi nhận) and what for."""

    name: str
    purpose: Literal["act", "report", "know", "archive"]


class DocumentFacts(Frozen):
    number: str | None = None
    symbol: str | None = None
    symbol_normalised: str | None = None
    type: str | None = None
    issuer: str | None = None
    place: str | None = None
    date: str | None = None  # "2023-02-01", or "2022-09" where the day is left blank
    subject: str | None = None
    legal_basis: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    distribution: tuple[Recipient, ...] = ()  # the same, each with its purpose; "Như trên" expanded
    signer: Signer = Signer()
    attachment: str | None = None


class Stage(Frozen):
    """One of several days an order sets (đợt 1, đợt 2; sơ kết, tổng kết), with the words that name it."""

    start: int
    end: int
    text: str
    deadline: str
    deadline_latest: str | None = None


class DutyDraft(Frozen):
    """One order found in a directive: lead (chủ trì), coordinators (phối hợp), what, until when.

    `deadline` is the time as stated, `deadline_latest` the last acceptable calendar day (ISO), None where it
    cannot be computed. `why` names the words and the pattern behind each field.
    """

    id: str
    clause: str
    quote: str
    start: int
    end: int
    lead: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    role: Role = "thuc_hien"
    force: Force = "binding"
    deadline: str | None = None
    deadline_text: str | None = None
    deadline_op: str | None = None
    deadline_latest: str | None = None
    recurrence: str = "none"
    recurrence_text: str | None = None
    targets: tuple[Target, ...] = ()
    aims: tuple[WordedAim, ...] = ()
    kind: DutyKind = "task"
    optional: bool = False
    product: str | None = None
    condition: str | None = None
    stages: tuple[Stage, ...] = ()  # where it sets several days; its own deadline is the first
    after: str | None = None  # what must be done before it, in the document's words
    after_task: str | None = None  # the id of the draft those words speak of, where it is in this document
    same_as: str | None = None  # the id of the draft that orders the same work elsewhere in the document
    why: dict[str, Because] = {}


class LintFinding(Frozen):
    """A doubt about the document itself, shown and never corrected. `message` is Vietnamese."""

    rule: str
    start: int
    end: int
    message: str


class Reading(Frozen):
    document: DocumentFacts
    passages: tuple[Passage, ...]
    tasks: tuple[DutyDraft, ...]
    lint: tuple[LintFinding, ...] = ()
