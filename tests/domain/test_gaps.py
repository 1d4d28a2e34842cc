"""What a text leaves open, with proposals and their reasons."""

from datetime import date

import pytest

from domain.competence import Competence, Earlier
from domain.directory import Directory, Tree
from domain.doubts import questions
from domain.draft import DutyDraft, Target
from domain.gaps import Gap, Knowledge, Source, gaps
from domain.products import product_of
from domain.proposal import Policy
from domain.stated import find_stated
from domain.unit import Unit
from domain.workdays import Calendar

UNITS = [
    Unit(code="th", name="Tổ Tổng hợp"),
    Unit(code="tc", name="Tổ Tài chính"),
    Unit(code="cu", name="Tổ Kiểm định", valid_to=date(2023, 6, 30)),
    Unit(code="moi", name="Tổ Chất lượng", valid_from=date(2023, 7, 1)),
]
TREE = Tree(UNITS, successors={"cu": ["moi"]})
EARLIER = [
    Earlier("Lập dự toán ngân sách mua sắm thiết bị", ("tc",), "trước ngày 20/11/2022", source="12/KH"),
    Earlier("Quyết toán ngân sách năm", ("tc",), "ngày 31/01/2023", "yearly"),
    Earlier(
        "Báo cáo kiểm định chất lượng hằng tháng", ("cu",), "trước ngày 15 hằng tháng", "monthly", "biểu mẫu"
    ),
    Earlier("Báo cáo sĩ số hằng tháng", ("th",), "trước ngày 15 hằng tháng", "monthly", pack="si-so"),
    Earlier("Phong trào thi đua toàn ngành", tuple("abcdef")),
]


def known(given_on: date = date(2023, 2, 6), **fields: object) -> Knowledge:
    directory = Directory(TREE, named_on=given_on, given_on=given_on)
    facts = {
        "directory": directory, "competence": Competence(EARLIER), "policy": Policy(),
        "calendar": Calendar.of("VN"), "given_on": given_on,
    }  # fmt: skip
    return Knowledge(**{**facts, **fields})  # type: ignore[arg-type]


def a_draft(quote: str, **fields: object) -> DutyDraft:
    return DutyDraft.model_validate(
        {"id": "t", "clause": "II.3", "quote": quote, "start": 500, "end": 600} | fields
    )


def the(field: str, found: list[Gap]) -> list[tuple[str, Source]]:
    [gap] = [gap for gap in found if gap.field == field]
    assert all(fill.reason for fill in gap.fills)
    return [(fill.value, fill.source) for fill in gap.fills]


HEADINGS = [
    (10, "I. Tổ Kiểm định"),
    (100, "II. Nhiệm vụ của Tổ Tổng hợp"),
    (200, "2. Công tác khác"),
    (300, "3. Công tác tài sản"),
    (900, "III. Tổ Tài chính"),
]


@pytest.mark.parametrize(
    ("quote", "headings", "leads"),
    [
        ("Tham mưu cùng Tổ Tài chính mua sách.", (), [("Tổ Tài chính", Source.TEXT)]),
        ("Rà soát tài sản.", HEADINGS, [("Tổ Tổng hợp", Source.HEADING)]),
        ("Rà soát dự toán ngân sách mua sắm.", (), [("Tổ Tài chính", Source.EARLIER)]),
        ("Xây dựng ngân sách.", (), []),
        ("Phát động phong trào thi đua toàn ngành giáo dục.", (), []),
    ],
)
def test_a_lead_is_proposed_from_the_sentence_the_heading_or_who_did_such_work(
    quote: str, headings: list[tuple[int, str]], leads: list[tuple[str, Source]]
) -> None:
    assert the("lead", gaps(a_draft(quote), ["lead"], "", known(headings=headings))) == leads


def test_who_leads_the_documents_other_orders_is_proposed_last_with_how_many() -> None:
    others = [
        a_draft("Lập dự toán.", id=f"t{n}", lead=(lead,))
        for n, lead in enumerate(("Tổ Tài chính", "Tổ Tổng hợp", "Tổ Tài chính"))
    ]
    several = a_draft("Tập huấn.", id="t9", lead=("Tổ Tổng hợp", "Tổ Tài chính"))
    found = gaps(a_draft("Trang trí cổng."), ("lead",), "", known(siblings=[*others, several]))
    [lead] = [gap for gap in found if gap.field == "lead"]
    assert [(fill.value, fill.reason) for fill in lead.fills] == [
        ("Tổ Tài chính", "chủ trì 2 nội dung khác của văn bản này"),
        ("Tổ Tổng hợp", "chủ trì 1 nội dung khác của văn bản này"),
    ]


def test_a_unit_that_has_ended_is_proposed_as_its_successor() -> None:
    found = gaps(a_draft("Tổ chức kiểm định chất lượng."), ["lead"], "", known())
    assert the("lead", found) == [("Tổ Kiểm định", Source.EARLIER)]
    later = gaps(a_draft("Tổ chức kiểm định chất lượng."), ["lead"], "", known(date(2023, 9, 4)))
    assert the("lead", later) == [("Tổ Chất lượng", Source.EARLIER)]


def test_a_wording_nobody_knows_is_offered_the_units_it_resembles() -> None:
    [gap] = [g for g in gaps(a_draft("x"), ["unit:Tổ Tài chinhs"], "", known()) if g.field == "unit"]
    assert gap.wording == "Tổ Tài chinhs"
    assert [(fill.value, fill.source) for fill in gap.fills] == [("Tổ Tài chính", Source.TEXT)]


REPORT = a_draft("Báo cáo Sở", kind="report").model_copy(
    update={"id": "r", "clause": "V.2", "deadline": "2023-03-15", "deadline_latest": "2023-03-14"}
)


@pytest.mark.parametrize(
    ("draft", "fields", "deadlines"),
    [
        # The same unit did this before; then the end of the quarter.
        (
            a_draft("Lập dự toán ngân sách mua sắm thiết bị", lead=["Tổ Tài chính"]),
            {},
            [("trước ngày 20/11/2022", Source.EARLIER), ("31/03/2023", Source.HABIT)],
        ),
        # Another unit did it: no example for this one.
        (
            a_draft("Lập dự toán ngân sách mua sắm thiết bị", lead=["Tổ Tổng hợp"]),
            {},
            [("31/03/2023", Source.HABIT)],
        ),
        # Three working days before the report the document owes on Tuesday 14 March.
        (
            a_draft("Rà soát phòng học."),
            {"siblings": [REPORT]},
            [("09/03/2023", Source.TEXT), ("31/03/2023", Source.HABIT)],
        ),
        # A report of the past proposes nothing.
        (
            a_draft("Rà soát phòng học."),
            {"siblings": [REPORT], "given_on": date(2023, 3, 20)},
            [("30/06/2023", Source.HABIT)],
        ),
        # The school year that the order names, unless it is over.
        (
            a_draft("Xây dựng phòng học mới trong năm học 2022 – 2023."),
            {},
            [("30/05/2023", Source.TEXT), ("31/03/2023", Source.HABIT)],
        ),
        (a_draft("Tổng kết năm học 2021-2022."), {}, [("31/03/2023", Source.HABIT)]),
        # The day after the quarter is worked: the proposal is the quarter's own last day all the same.
        (a_draft("Rà soát phòng học."), {"given_on": date(2026, 8, 3)}, [("30/09/2026", Source.HABIT)]),
        # What comes round is due on the office's reporting day: its policy's, or what most duties have.
        (
            a_draft("Báo cáo định kỳ.", recurrence="monthly"),
            {},
            [("trước ngày 15 hằng tháng", Source.HABIT)],
        ),
        (
            a_draft("Báo cáo định kỳ.", recurrence="monthly"),
            {"policy": Policy(reporting_day="trước ngày 10 hằng tháng")},
            [("trước ngày 10 hằng tháng", Source.POLICY), ("trước ngày 15 hằng tháng", Source.HABIT)],
        ),
    ],
)
def test_a_deadline_is_proposed_in_words_the_form_understands(
    draft: DutyDraft, fields: dict[str, object], deadlines: list[tuple[str, Source]]
) -> None:
    found = the("deadline", gaps(draft, ["deadline"], "", known(**fields)))  # type: ignore[arg-type]
    assert found == deadlines
    assert all(find_stated(wording, phrase=True)[0].value for wording, _ in found)


@pytest.mark.parametrize(
    ("quote", "product"),
    [
        ("- Xây dựng và ban hành kế hoạch năm học.", ("kế hoạch", "Xây dựng và ban hành kế hoạch")),
        ("Tham mưu, đề xuất UBND quận.", ("tờ trình", "Tham mưu")),
        ("Nghiên cứu đầu tư cụm trường.", ("đề xuất", "Nghiên cứu")),
        ("Hướng dẫn các trường rà soát.", ("văn bản hướng dẫn", "Hướng dẫn")),
        ("Duy trì nền nếp.", None),
        ("Duy trì nền nếp. " * 9 + "Báo cáo.", None),
    ],
)
def test_the_first_verb_says_what_is_handed_in(quote: str, product: tuple[str, str] | None) -> None:
    assert product_of(quote) == product


def test_a_measure_is_a_form_used_before_a_share_of_units_or_the_product_itself() -> None:
    asked = gaps(a_draft("Báo cáo sĩ số hằng tháng", lead=["Tổ Tổng hợp, Tổ Tài chính"]), [], "", known())
    assert [value for value, _ in the("measure", asked)] == [
        "si-so",
        "tỷ lệ đơn vị hoàn thành",
        "báo cáo được duyệt",
    ]


def test_what_the_text_or_the_form_gives_is_not_asked_for() -> None:
    target = Target(text="100% trường", metric="trường", comparator="=", value=100, unit="%")
    assert gaps(a_draft("x", product="báo cáo", targets=[target]), [], "", known()) == []
    assert gaps(a_draft("x", product="báo cáo"), [], "si-so", known()) == []


@pytest.mark.parametrize(
    ("draft", "asked"),
    [
        (
            a_draft("Hoàn thành Đề án trường chất lượng cao 2022-2026."),
            "hoàn thành việc xây dựng hay hoàn thành việc thực hiện đề án?",
        ),
        (
            a_draft("Báo cáo khó khăn.", recurrence="periodic", recurrence_text="định kỳ"),
            "“định kỳ” là hằng tháng",
        ),
        (a_draft("Chủ trì.", role="chu_tri", lead=["Tổ A", "Tổ B"]), "Tổ A, Tổ B: đơn vị nào chủ trì chính?"),
        (
            a_draft("Phối hợp với các cơ quan, đơn vị liên quan."),
            "“các cơ quan, đơn vị liên quan” là những đơn vị nào?",
        ),
        (a_draft("Tiếp tục nâng cao thứ hạng.", kind="target"), "so với số liệu của kỳ nào?"),
        (a_draft("Giảm so với năm học trước.", kind="target"), ""),
        (a_draft("Hoàn thành sửa chữa phòng học."), ""),
    ],
)
def test_what_only_the_issuer_can_settle_is_a_question(draft: DutyDraft, asked: str) -> None:
    assert [asked in question for question in questions(draft)] == ([True] if asked else [])
