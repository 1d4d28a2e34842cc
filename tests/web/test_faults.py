"""A form that cannot be carried out says everything that is wrong with it, each fault beside its field."""

from collections.abc import Mapping

from runtime.works import Works
from tests.support.makers import Sample
from tests.support.packs import PACK
from tests.support.visits import Visit

WRONG: Mapping[str, Mapping[str, str]] = {
    "/chi-tieu/moi": {"ten": " ", "kieu": "x", "so_sanh": "~", "muc": "nhiều", "tu": "1/2", "den": "mai"},
    "/theo-doi": {"ten": "?", "bo": "khong-co"},
    "/theo-doi#": {"ten": "?", "vao": "report.gone < 1", "ra": "report.parents <", "bo": "thu-hoc"},
    "/cam-ket/noi-dung": {"ten": "?", "loai": "x", "trai": "report.gone > 0", "bo": ""},
    "/cam-ket/noi-dung#": {"ten": "?", "loai": "x", "trai": "report.gone > 0", "bo": "thu-hoc"},
    "/thang-nhac": {"gio": "25:00", "ngay-0": "hai", "ngay-1": "999"},
    "/ke-hoach-kiem-tra/moi": {
        "ten": "", "chuyen_de": "", "loai": "x", "so_don_vi": "ba", "tu": "hôm nay", "den": "",
    },
    "/uy-quyen": {"who": "0", "since": "1/2", "until": "", "text": ""},
}  # fmt: skip
"""What is typed by page; `#` marks a second try of the same page."""
RIGHT = {"/theo-doi#": {"bo"}, "/cam-ket/noi-dung": {"trai"}, "/cam-ket/noi-dung#": {"bo"}}
"""Which of it is no fault."""


def test_every_fault_of_a_form_stands_beside_its_field(visit: Visit, office: Sample, works: Works) -> None:
    folder = works.settings.home / "packs"
    folder.mkdir()
    (folder / "thu-hoc.yaml").write_text(PACK, encoding="utf-8")
    clerk = visit("mai")
    for page, typed in WRONG.items():
        answer = clerk.post(page.removesuffix("#"), data={**typed, "loai": typed.get("loai", "task")})
        assert answer.status_code == 422, page
        for field, value in typed.items():
            wrong = field not in RIGHT.get(page, ())
            beside = any(f'id="{field}-{mark}"' in answer.text for mark in ("loi", "error"))
            assert beside is wrong, (page, field)
            assert (f'href="#{field}"' in answer.text) is wrong, (page, field)
            if value.strip() and field not in ("kieu", "so_sanh", "loai", "who", "bo"):
                assert value.replace("<", "&lt;").replace(">", "&gt;") in answer.text, (page, field)


def test_a_day_is_typed_as_people_write_it_everywhere(visit: Visit, office: Sample) -> None:
    """A browser's own date field shows the day in the order of the browser's language."""
    clerk = visit("mai")
    for page in ("/uy-quyen", "/ke-hoach-kiem-tra/moi", "/chi-tieu/moi", "/lich", "/tra-thoi-han"):
        assert 'type="date"' not in clerk.get(page).text, page
