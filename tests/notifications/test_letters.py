"""Each letter says what its reader needs, in the mail list, as text and as HTML."""

import html
import re
from collections.abc import Iterator

import pytest
from jinja2 import meta, nodes

from notifications.letters import Awaited, Digest, Explanation, Letter, NotMet, Reminder, Returned
from notifications.render import _ENVIRONMENT, TEMPLATES, Rendered, folder, render
from tests.support.letters import HOME, SAMPLES, item, late_item, sample

FILES = {"subject.txt", "body.txt", "body.html"}


def classes(of: type[Letter] = Letter) -> Iterator[type[Letter]]:
    for letter in of.__subclasses__():
        yield letter
        yield from classes(letter)


def seen(rendered: Rendered) -> str:
    """What the HTML shows, without tags and style."""
    shown = re.sub(r"(?s)<style>.*?</style>|<title>.*?</title>|<[^>]+>", " ", rendered.html)
    return " ".join(html.unescape(shown).split())


def names(source: str) -> set[str]:
    """Names of the letter that a template, and the templates it builds on, ask for."""
    tree = _ENVIRONMENT.parse((TEMPLATES / source).read_text(encoding="utf-8"))
    wanted = meta.find_undeclared_variables(tree)
    for other in meta.find_referenced_templates(tree):
        wanted |= names(str(other))
    macros = {str(name) for found in tree.find_all(nodes.FromImport) for name in found.names}
    return wanted - macros - {"self"}


def test_every_letter_has_a_folder_and_every_folder_a_letter() -> None:
    folders = {path.name for path in TEMPLATES.iterdir() if path.is_dir()}
    assert folders == {folder(letter) for letter in classes()}


@pytest.mark.parametrize("letter", list(classes()))
def test_a_letter_and_its_folder_agree(letter: type[Letter]) -> None:
    assert {path.name for path in (TEMPLATES / folder(letter)).iterdir()} == FILES

    wanted = set().union(*(names(f"{folder(letter)}/{file}") for file in FILES)) - {"subject"}
    assert wanted <= set(letter.model_fields), "a template asks for what the letter does not have"
    unused = set(letter.model_fields) - wanted - set(Letter.model_fields)
    assert not unused, "the letter has what no template says"


def test_every_letter_has_a_sample() -> None:
    assert {type(letter) for letter in SAMPLES.values()} == set(classes())


@pytest.mark.parametrize("name", SAMPLES)
def test_every_letter_is_addressed_dated_and_signed_the_same_in_text_and_html(name: str) -> None:
    rendered = render(SAMPLES[name])

    for text in (rendered.text, seen(rendered)):
        assert "Kính gửi: Nguyễn Thị Bình" in text
        assert "Phòng Giáo dục và Đào tạo thành phố Sông Đào" in text
        assert "16/02/2023" in text
        assert "đăng nhập" in text
    assert 0 < len(rendered.subject) <= 200
    assert rendered.subject.isprintable()


@pytest.mark.parametrize("name", SAMPLES)
def test_no_letter_carries_a_token_but_the_one_its_reader_asked_for(name: str) -> None:
    letter = SAMPLES[name]
    items = (
        [letter.item]
        if isinstance(letter, Awaited | Explanation | NotMet | Returned)
        else getattr(letter, "items", [])
    )
    own = {getattr(letter, "link", HOME), getattr(letter, "url", HOME)}
    allowed = {HOME, *own, *(one.url for one in items)}
    rendered = render(letter)

    links = re.findall(r"https?://[^\s\"'<>]+", rendered.text + rendered.html)
    assert links
    assert set(links) <= allowed  # plain pages, exactly as given: no key, no session, no tracking
    assert not re.search(r"<img|<script|<form|<link|url\(", rendered.html)


SAYS = [
    (
        "reminder",
        "Hạn 21/02/2023: Báo cáo kết quả rà soát",
        [
            "Trường Tiểu học Phương Đông A",
            "thứ Ba, 21/02/2023",
            "còn 3 ngày làm việc",
            "mục II.1",
            "tháng 02/2023",
        ],
    ),
    (
        "reminder-three",
        "3 việc sắp đến hạn, sớm nhất hôm nay",
        ["hạn hôm nay", "Trường THCS Trần Quốc Toản", "01/03/2023"],
    ),
    (
        "overdue",
        "Đôn đốc – quá hạn 1 ngày làm việc: Báo cáo",
        [
            "quá hạn 1 ngày làm việc",
            "Đề nghị hoàn thành và nộp kết quả",
            "ngay trong hôm nay",
            "báo rõ nguyên nhân",
        ],
    ),
    ("overdue-two", "Đôn đốc: 2 việc quá hạn", ["quá hạn 4 ngày làm việc", "đuối nước"]),
    (
        "digest-one",
        "Trường THCS Trần Quốc Toản: 1 việc quá hạn 3 ngày làm việc",
        ["Nộp kế hoạch bồi dưỡng", "13/02/2023"],
    ),
    (
        "digest-forty",
        "40 việc quá hạn tại 7 đơn vị; 12 việc đã báo trước chưa xong",
        [
            "12 việc đã báo trong các thư trước vẫn chưa xong, lâu nhất quá hạn 31 ngày",
            "40 việc quá hạn tại 7 đơn vị",
            "Trường Mầm non 19/5",
            "Còn 30 việc khác",
            "Xem tất cả",
        ],
    ),
    (
        "returned",
        "Cần sửa và nộp lại: Báo cáo tỷ lệ",
        [
            "lần 1 chưa đạt",
            "(512) lớn hơn tổng số học sinh (498)",
            "87,5%",
            "nộp lại trước khi hết ngày thứ Ba",
        ],
    ),
]


@pytest.mark.parametrize(("name", "subject", "phrases"), SAYS)
def test_each_letter_says_what_its_reader_needs(name: str, subject: str, phrases: list[str]) -> None:
    rendered = render(SAMPLES[name])

    assert rendered.subject.startswith(subject)
    for phrase in phrases:
        assert phrase in rendered.text
        assert phrase in seen(rendered)


def test_a_reminder_says_when_the_years_holidays_are_only_expected() -> None:
    remark = "Lịch nghỉ năm 2027 là dự kiến, chưa có thông báo chính thức."
    rendered = render(sample(Reminder, items=(item().model_copy(update={"remark": remark}),)))

    assert remark in rendered.text
    assert remark in seen(rendered)


def test_a_digest_shows_the_ten_worst_and_counts_the_rest() -> None:
    rendered = render(SAMPLES["digest-forty"])

    assert len(re.findall(r"/viec/\d+", rendered.text)) == 10
    assert len(re.findall(r"/viec/\d+", rendered.html)) == 10
    assert rendered.text.index("23 ngày") < rendered.text.index("19 ngày")


def test_the_same_work_of_several_units_is_read_once_unless_one_of_them_has_something_to_say() -> None:
    units = ("Trường A", "Trường B", "Trường C")
    owed = [
        late_item(0, 3).model_copy(update={"unit": unit, "url": f"{HOME}/{n}"})
        for n, unit in enumerate(units)
    ]
    owed[2] = owed[2].model_copy(update={"explanation": "Đã yêu cầu giải trình, chưa trả lời."})
    html = render(sample(Digest, items=tuple(owed))).html

    assert html.count(owed[0].title[:60]) == 2
    assert re.findall(r'href="[^"]+/viec/(\d)"[^>]*>(Trường .)<', html) == [
        ("0", "Trường A"),
        ("1", "Trường B"),
    ]
    assert "Nặng nhất" not in html, "all are as late"


def test_a_digest_counts_as_overdue_only_what_is() -> None:
    mixed = sample(Digest, items=(late_item(0, 2), late_item(1, 1), item(2), item(3)))

    assert render(mixed).subject.startswith("2 việc quá hạn tại 2 đơn vị")


def test_a_returned_report_already_late_is_asked_for_at_once() -> None:
    late = sample(Returned, item=late_item(1, 2), findings=("Thiếu số học sinh.",), round=2)

    assert "nộp lại ngay, vì việc đã quá hạn" in render(late).text


def test_markup_in_what_people_typed_is_shown_and_not_obeyed() -> None:
    evil = item().model_copy(update={"title": "<script>alert(1)</script> & <b>", "unit": "<img src=x> A&B"})
    for letter in (
        sample(Digest, items=(evil, evil)),
        sample(Returned, item=evil, findings=("<i>",), round=1),
    ):
        rendered = render(letter)
        assert not re.search(r"<script|<img|<i>", rendered.html)
        assert "<script>alert(1)</script> & <b>" in seen(rendered)
        assert "<script>alert(1)</script> & <b>" in rendered.text


def test_a_subject_stays_one_line_of_200_characters_whatever_the_title() -> None:
    long = item().model_copy(update={"title": "Báo cáo\r\nBcc: evil@e.vn\u2028 " + "ư" * 5000})
    rendered = render(sample(Returned, item=long, findings=("Thiếu.",), round=1))

    assert len(rendered.subject) == 200
    assert rendered.subject.startswith("Cần sửa và nộp lại: Báo cáo Bcc: evil@e.vn ưư")
    assert rendered.subject.endswith("…")
    assert len(rendered.html) < 12_000
