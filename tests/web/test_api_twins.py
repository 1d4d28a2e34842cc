"""The API does everything a page does: each form of the pages has its twin, or a reason why programs need none."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from runtime.settings import Settings
from runtime.works import Works
from web.app import create_app
from web.errors import API

TWINS: Mapping[str, Sequence[str]] = {
    "POST /uy-quyen": ["POST /mandates"],
    "POST /uy-quyen/{mandate_id}/ket-thuc": ["POST /mandates/{given_id}/end"],
    "POST /thong-bao/da-doc": ["POST /notices/read"],
    "POST /thong-bao/{outbox_id}/da-doc": ["POST /notices/{outbox_id}/read"],
    "POST /tai-khoan/thong-bao": ["PUT /me/channels"],
    "POST /van-ban/moi": ["POST /directives"],
    "POST /van-ban/{directive_id}/duyet-du": ["POST /directives/{directive_id}/approve-complete"],
    "POST /van-ban/{directive_id}/mot-lan": ["POST /drafts/{draft_id}/approve"],
    "POST /van-ban/{directive_id}/bo": ["POST /directives/{directive_id}/drop"],
    "POST /van-ban/{directive_id}/giao": ["POST /directives/{directive_id}/publish"],
    "POST /van-ban/{directive_id}/cach-goi": ["POST /directives/{directive_id}/names"],
    "POST /noi-dung/{draft_id}/duyet": ["POST /drafts/{draft_id}/approve"],
    "POST /noi-dung/{draft_id}/bo": ["POST /drafts/{draft_id}/discard"],
    "POST /noi-dung/{draft_id}/tach": ["POST /drafts/{draft_id}/split"],
    "POST /noi-dung/{draft_id}/gop": ["POST /drafts/{draft_id}/merge"],
    "POST /noi-dung/{draft_id}/quyet-dinh-lai": ["POST /drafts/{draft_id}/reconsider"],
    "POST /noi-dung/{draft_id}/ky-dau": ["POST /drafts/{draft_id}/start-later"],
    "POST /doan/{passage_id}/loai": ["POST /passages/{passage_id}/classify"],
    "POST /doan/{passage_id}/noi-dung": ["POST /passages/{passage_id}/draft"],
    "POST /hop-thu-di/{outbox_id}/gui-lai": ["POST /outbox/{outbox_id}/resend"],
    "POST /hop-thu-di/{outbox_id}/giu": ["POST /outbox/{outbox_id}/hold"],
    "POST /hop-thu-di/dia-chi": ["POST /addresses/trust"],
    "POST /hop-thu-di/tha": ["POST /outbox/release"],
    "POST /viec/{assignment_id}/nhan": ["POST /assignments/{assignment_id}/receive"],
    "POST /viec/{assignment_id}/nop": ["POST /assignments/{assignment_id}/hand-in"],
    "POST /viec/{assignment_id}/xem-truoc": ["POST /assignments/{assignment_id}/foresee"],
    "POST /viec/{assignment_id}/duyet": ["POST /assignments/{assignment_id}/accept"],
    "POST /viec/{assignment_id}/tra-lai": ["POST /assignments/{assignment_id}/return"],
    "POST /viec/{assignment_id}/gia-han": ["POST /assignments/{assignment_id}/extensions"],
    "POST /viec/{assignment_id}/gia-han/{extension_id}": [
        "POST /assignments/{assignment_id}/extensions/{extension_id}/grant",
        "POST /assignments/{assignment_id}/extensions/{extension_id}/refuse",
    ],
    "POST /viec/{assignment_id}/cho": ["POST /assignments/{assignment_id}/waiting"],
    "POST /viec/{assignment_id}/tiep-tuc": ["POST /assignments/{assignment_id}/resume"],
    "POST /viec/{assignment_id}/tien-do": ["POST /assignments/{assignment_id}/progress"],
    "POST /viec/{assignment_id}/giao-nguoi": ["POST /assignments/{assignment_id}/entrust"],
    "POST /viec/{assignment_id}/chuyen-nguoi": ["POST /assignments/{assignment_id}/entrust"],
    "POST /viec/{assignment_id}/nhan-viec": ["POST /assignments/{assignment_id}/take-up"],
    "POST /viec/{assignment_id}/trinh": ["POST /assignments/{assignment_id}/submit"],
    "POST /viec/{assignment_id}/trinh-len": ["POST /assignments/{assignment_id}/send-on"],
    "POST /viec/{assignment_id}/cap-tren": ["POST /assignments/{assignment_id}/superior"],
    "POST /viec/{assignment_id}/mien": ["POST /assignments/{assignment_id}/waive"],
    "POST /viec/{assignment_id}/thu-hoi": ["POST /assignments/{assignment_id}/withdraw"],
    "POST /viec/{assignment_id}/chuyen": ["POST /assignments/{assignment_id}/reassign"],
    "POST /viec/{assignment_id}/giai-trinh": ["POST /assignments/{assignment_id}/explanations"],
    "POST /viec/{assignment_id}/giai-trinh/{explanation_id}": [
        "POST /assignments/{assignment_id}/explanations/{explanation_id}/answer"
    ],
    "POST /viec/{assignment_id}/theo-doi": ["POST /assignments/{assignment_id}/follow"],
    "POST /viec/{assignment_id}/thoi-theo-doi": ["POST /assignments/{assignment_id}/leave"],
    "POST /chi-tieu/moi": ["POST /targets"],
    "POST /chi-tieu/{target_id}/so-lieu": ["POST /targets/{target_id}/figures"],
    "POST /theo-doi": ["POST /watch-lists"],
    "POST /cam-ket": ["POST /statements"],
    "POST /cam-ket/noi-dung": ["POST /statements/registers"],
    "POST /thi-dua": ["POST /emulation/grades"],
    "POST /thi-dua/linh-vuc": ["PUT /emulation/fields"],
    "POST /don-vi/nhap": ["POST /units/import/preview"],
    "POST /don-vi/nhap/ap-dung": ["POST /units/import"],
    "POST /don-vi/{unit_id}": ["PUT /units/{unit_id}"],
    "POST /don-vi/{unit_id}/nguoi": ["POST /units/{unit_id}/people"],
    "POST /don-vi/{unit_id}/ban-giao": ["POST /units/{unit_id}/hand-over"],
    "POST /chuc-vu/{position_id}/ket-thuc": ["POST /positions/{position_id}/end"],
    "POST /nhom-don-vi": ["POST /groups", "PUT /groups/{group_code}"],
    "POST /nguoi/{person_id}/khoa": ["POST /people/{person_id}/lock"],
    "POST /nguoi/{person_id}/mo-khoa": ["POST /people/{person_id}/unlock"],
    "POST /lich": ["POST /calendar/preview", "POST /calendar"],
    "POST /nhiem-vu/{duty_id}": [
        f"POST /duties/{{duty_id}}/{verb}" for verb in ("end", "withdraw", "extend", "wake")
    ],
    "POST /tinh-huong": ["POST /situations"],
    "POST /tinh-huong/dieu-cam": ["POST /bans"],
    "POST /thang-nhac": ["POST /ladders/{sort}/preview", "PUT /ladders/{sort}"],
    "POST /quy-tac/{pack_id}/moi": ["POST /rules/what-if", "POST /rules/publish"],
    "POST /quy-tac/{pack_id}/{rule_id}/sua": ["POST /rules/what-if", "POST /rules/publish"],
    "POST /quy-tac/{pack_id}/{rule_id}/tat": ["POST /rules/{pack_id}/{rule_id}/switch"],
    "POST /kiem-tra/{visit_id}": ["POST /inspections/{visit_id}/answers"],
    "POST /kiem-tra/{visit_id}/dong-bo": ["POST /inspections/{visit_id}/answers"],
    "PUT /kiem-tra/{visit_id}/anh/{sha256}": ["PUT /inspections/{visit_id}/photos/{sha256}"],
    "POST /kiem-tra/{visit_id}/giay": ["PUT /inspections/{visit_id}/photos/{sha256}"],
    "POST /ke-hoach-kiem-tra/moi": ["POST /inspection-plans"],
    "POST /ke-hoach-kiem-tra/{plan_id}/duyet": ["POST /inspection-plans/{plan_id}/approve"],
    "POST /ke-hoach-kiem-tra/{plan_id}/niem-phong": ["POST /inspection-plans/{plan_id}/seal"],
    "POST /ke-hoach-kiem-tra/{plan_id}/boc-tham": ["POST /inspection-plans/{plan_id}/draw"],
    "POST /ke-hoach-kiem-tra/{plan_id}/doan/{unit_id}": ["POST /inspection-plans/{plan_id}/visits"],
    "POST /cuoc-kiem-tra/{visit_id}/chon": ["POST /inspections/{visit_id}/settle"],
    "POST /cuoc-kiem-tra/{visit_id}/ket-thuc": ["POST /inspections/{visit_id}/close"],
    "POST /cuoc-kiem-tra/{visit_id}/tiet": ["POST /inspections/{visit_id}/lessons"],
    "POST /cuoc-kiem-tra/{visit_id}/huy": ["POST /inspections/{visit_id}/cancel"],
    "POST /cuoc-kiem-tra/{visit_id}/rut": ["POST /inspections/{visit_id}/take-out"],
    "POST /phieu-kiem-tra/{theme}": ["POST /checklists"],
    "POST /tu-kiem-tra/{self_plan_id}/{unit_id}": ["POST /inspection-plans/{self_plan_id}/self/{unit_id}"],
}
"""What somebody may change on a page, and where a program does."""

ONLY_FOR_PEOPLE: Mapping[str, str] = {
    "POST /dang-nhap": "a program shows its key with every request",
    "POST /dang-xuat": "a key has no session to end",
    "POST /dang-nhap/qua-thu": "a letter's link is opened by a person",
    "POST /dang-nhap/lien-ket/{token}": "a letter's link is opened by a person",
    "POST /ban-tin/{token}": "the letter's own button; signed in it is PUT /me/channels",
    "POST /tai-khoan/mat-khau": "who has a key must not get at the password it hangs on",
    "POST /tai-khoan/phien/{session_id}/ket-thuc": "sessions are of browsers",
    "POST /tai-khoan/phien-khac/ket-thuc": "sessions are of browsers",
    "POST /tai-khoan/khoa": "a key must not make keys: one taken back would live on in its children",
    "POST /tai-khoan/khoa/{key_id}/thu-hoi": "keys are managed where one signs in with a password",
    "POST /ngon-ngu": "a program says its language with every request (Accept-Language)",
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """Only its routes are looked at: no database is asked."""
    home = tmp_path_factory.mktemp("home")
    return create_app(Works.of(Settings(home=home, database_url=f"sqlite:///{home}/none.db")))


@pytest.fixture(scope="module")
def operations(app: FastAPI) -> Mapping[str, Mapping[str, Any]]:
    """By "POST /targets", as the description has them."""
    return {
        f"{method.upper()} {path.removeprefix(API)}": one
        for path, methods in app.openapi()["paths"].items()
        for method, one in methods.items()
    }


def routes(found: Sequence[BaseRoute]) -> Iterator[APIRoute]:
    for route in found:
        inner = getattr(route, "original_router", None)
        if inner:
            yield from routes(inner.routes)
        elif isinstance(route, APIRoute):
            yield route


def test_whatever_a_page_changes_a_program_can_change(app: FastAPI, operations: Mapping[str, Any]) -> None:
    changing = {
        f"{method} {page.path}"
        for page in routes(app.routes)
        for method in page.methods - {"GET", "HEAD"}
        if not page.path.startswith(API)
    }
    assert changing == TWINS.keys() | ONLY_FOR_PEOPLE.keys()
    assert not TWINS.keys() & ONLY_FOR_PEOPLE.keys()
    assert {twin for twins in TWINS.values() for twin in twins} <= operations.keys()


def test_every_operation_says_in_vietnamese_what_it_does(operations: Mapping[str, Any]) -> None:
    silent = [name for name, one in operations.items() if one["summary"].isascii()]
    assert silent == []
    assert len({one["operationId"] for one in operations.values()}) == len(operations)


def test_every_operation_has_an_example_to_send_and_a_shape_of_its_answer(
    app: FastAPI, operations: Mapping[str, Any]
) -> None:
    schemas = app.openapi()["components"]["schemas"]
    for name, one in operations.items():
        if "requestBody" in one:
            reference = one["requestBody"]["content"]["application/json"]["schema"]["$ref"]
            assert schemas[reference.rpartition("/")[2]].get("examples"), name
        done = next(answer for status, answer in one["responses"].items() if status.startswith("2"))
        assert "content" not in done or done["content"]["application/json"]["schema"], name


def test_an_example_is_taken_as_it_stands_and_nothing_beside_it(app: FastAPI) -> None:
    for route in routes(app.routes):
        if route.path.startswith(API) and route.body_field:
            body = route.body_field.field_info.annotation
            example = body.model_config["json_schema_extra"]["examples"][0]
            body.model_validate_json(json.dumps(example))
            with pytest.raises(ValueError, match="extra_forbidden"):
                body.model_validate(example | {"unit_of_nobody": 1})
