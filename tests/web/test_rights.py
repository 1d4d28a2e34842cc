"""Each route against each kind of reader: an undeclared route fails, and so does one that lets in somebody else.

Everything asked for belongs to Trường Tiểu học Hoa Sen: Bình is its head, Hà works at another school.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from sqlmodel import SQLModel, select
from starlette.routing import BaseRoute, Mount

from actions.access_key import give_key
from actions.changes import By
from actions.define_measure import define_measure
from actions.hand_in import hand_in
from actions.name_fields import name_fields
from actions.set_target import set_target
from actions.sign_in import sign_in
from actions.sign_statement import open_register
from domain.access import Opens
from domain.emulation import EmulationField
from domain.inspection import VisitKind
from domain.letter import LetterKind, MailState
from domain.measure import Measure
from domain.statement import Kind, Register
from domain.target import Aim, Target
from domain.unit import Role
from runtime.works import Works
from store.access_tables import SessionRow
from store.inspection_tables import DrawRow, PlanRow
from store.tables import (
    AssignmentRow,
    DraftRow,
    EvidenceRow,
    ExplanationRow,
    ExtensionRow,
    MandateRow,
    OutboxRow,
    PersonRow,
    RefusedAddressRow,
)
from tests.support.kitchens import a_visit
from tests.support.makers import (
    BEGAN,
    Sample,
    a_directive,
    a_person,
    an_issued_duty,
    monthly_terms,
    open_all,
    the_assignment,
)
from tests.support.statements import questions
from tests.support.visits import Visit

READERS = ("", "mai", "binh", "ha", "dung", "khac", "tra", "quan", "nghi")
"""Nobody, clerk, head of the unit, officer of another, leader above, leader of another branch, inspector,
administrator, a head who left."""

OPEN = frozenset(READERS)
SIGNED_IN = OPEN - {""}
CLERK = frozenset({"mai"})
OF_UNIT = frozenset({"binh"})
UNITS = frozenset({"binh", "ha"})
LEADERS = frozenset({"mai", "dung", "khac"})
ABOVE_THE_UNIT = frozenset({"mai", "dung"})
SEES_THE_WORK = frozenset({"mai", "binh", "dung"})
TEAM = frozenset({"tra"})
SEES_THE_VISIT = frozenset({"mai", "dung", "khac", "tra"})

MATRIX: Mapping[str, frozenset[str]] = {
    "GET /dang-nhap": OPEN,
    "POST /dang-nhap": OPEN,
    "POST /dang-xuat": OPEN,
    "GET /dang-nhap/qua-thu": OPEN,
    "POST /dang-nhap/qua-thu": OPEN,
    "GET /dang-nhap/lien-ket/{token}": OPEN,
    "POST /dang-nhap/lien-ket/{token}": OPEN,
    "GET /ban-tin/{token}": OPEN,
    "POST /ban-tin/{token}": OPEN,
    "GET /dang-nhap/co-quan": OPEN,
    "GET /dang-nhap/co-quan/ve": OPEN,
    "GET /tai-khoan/bao-mat": SIGNED_IN,
    "POST /tai-khoan/mat-khau": SIGNED_IN,
    "POST /tai-khoan/phien/{session_id}/ket-thuc": OF_UNIT,
    "POST /tai-khoan/phien-khac/ket-thuc": SIGNED_IN,
    "POST /tai-khoan/khoa": SIGNED_IN,
    "POST /tai-khoan/khoa/{key_id}/thu-hoi": OF_UNIT,
    "GET /thong-bao": SIGNED_IN,
    "POST /thong-bao/da-doc": SIGNED_IN,
    "POST /thong-bao/{outbox_id}/da-doc": SIGNED_IN,
    "GET /tai-khoan/thong-bao": SIGNED_IN,
    "POST /tai-khoan/thong-bao": SIGNED_IN,
    "GET /uy-quyen": SIGNED_IN,
    "POST /uy-quyen": SIGNED_IN,
    "POST /uy-quyen/{mandate_id}/ket-thuc": OF_UNIT,
    "GET /xuat/{table}.xlsx": LEADERS,
    "GET /xuat/{table}.csv": LEADERS,
    "GET /lich-han/{key}.ics": OPEN,
    "GET /cai-dat": frozenset({"mai", "quan"}),
    "POST /ngon-ngu": OPEN,
    "GET /": SIGNED_IN,
    "GET /van-phong": LEADERS,
    "GET /van-ban/moi": CLERK,
    "POST /van-ban/moi": CLERK,
    "GET /van-ban/{directive_id}": CLERK,
    "POST /van-ban/{directive_id}/duyet-du": CLERK,
    "POST /van-ban/{directive_id}/mot-lan": CLERK,
    "POST /van-ban/{directive_id}/bo": CLERK,
    "GET /van-ban/{directive_id}/giao": CLERK,
    "POST /van-ban/{directive_id}/giao": CLERK,
    "GET /van-ban/{directive_id}/cach-goi": CLERK,
    "POST /van-ban/{directive_id}/cach-goi": CLERK,
    "GET /noi-dung/{draft_id}": CLERK,
    "GET /noi-dung/{draft_id}/thoi-han": CLERK,
    "POST /noi-dung/{draft_id}/tach": CLERK,
    "POST /noi-dung/{draft_id}/gop": CLERK,
    "POST /noi-dung/{draft_id}/quyet-dinh-lai": CLERK,
    "POST /noi-dung/{draft_id}/ky-dau": CLERK,
    "GET /doan/{passage_id}": CLERK,
    "POST /doan/{passage_id}/loai": CLERK,
    "POST /doan/{passage_id}/noi-dung": CLERK,
    "GET /tra-thoi-han": SIGNED_IN,
    "POST /noi-dung/{draft_id}/duyet": CLERK,
    "POST /noi-dung/{draft_id}/bo": CLERK,
    "GET /hop-thu-di": CLERK,
    "GET /hop-thu-di/{outbox_id}": CLERK,
    "POST /hop-thu-di/{outbox_id}/gui-lai": CLERK,
    "POST /hop-thu-di/{outbox_id}/giu": CLERK,
    "POST /hop-thu-di/dia-chi": CLERK,
    "POST /hop-thu-di/tha": CLERK,
    "GET /hop-thu-thu": CLERK,
    "GET /hop-thu-thu/{key}": CLERK,
    "GET /viec": UNITS,
    "GET /viec/{assignment_id}": SEES_THE_WORK,
    "POST /viec/{assignment_id}/nhan": OF_UNIT,
    "POST /viec/{assignment_id}/nop": OF_UNIT,
    "POST /viec/{assignment_id}/xem-truoc": OF_UNIT,
    "POST /viec/{assignment_id}/duyet": CLERK,
    "POST /viec/{assignment_id}/tra-lai": CLERK,
    "GET /viec/tuan": UNITS,
    "POST /viec/{assignment_id}/gia-han": OF_UNIT,
    "POST /viec/{assignment_id}/cho": OF_UNIT,
    "POST /viec/{assignment_id}/tiep-tuc": OF_UNIT,
    "POST /viec/{assignment_id}/tien-do": OF_UNIT,
    "POST /viec/{assignment_id}/giao-nguoi": OF_UNIT,
    "POST /viec/{assignment_id}/nhan-viec": OF_UNIT,
    "POST /viec/{assignment_id}/trinh": OF_UNIT,
    "POST /viec/{assignment_id}/giai-trinh/{explanation_id}": OF_UNIT,
    "POST /viec/{assignment_id}/mien": CLERK,
    "POST /viec/{assignment_id}/thu-hoi": CLERK,
    "POST /viec/{assignment_id}/chuyen": CLERK,
    "POST /viec/{assignment_id}/chuyen-nguoi": CLERK,
    "POST /viec/{assignment_id}/cap-tren": CLERK,
    "POST /viec/{assignment_id}/trinh-len": CLERK,
    "POST /viec/{assignment_id}/gia-han/{extension_id}": ABOVE_THE_UNIT,
    "POST /viec/{assignment_id}/giai-trinh": ABOVE_THE_UNIT,
    "POST /viec/{assignment_id}/theo-doi": ABOVE_THE_UNIT,
    "POST /viec/{assignment_id}/thoi-theo-doi": ABOVE_THE_UNIT,
    "GET /tep/{evidence_id}": SEES_THE_WORK,
    "GET /chi-tieu": LEADERS,
    "GET /chi-tieu/moi": CLERK,
    "POST /chi-tieu/moi": CLERK,
    "GET /chi-tieu/{target_id}": frozenset({"mai", "dung"}),
    "POST /chi-tieu/{target_id}/so-lieu": CLERK,
    "GET /theo-doi": LEADERS,
    "POST /theo-doi": CLERK,
    "GET /cam-ket": UNITS,
    "POST /cam-ket": OF_UNIT,
    "GET /cam-ket/tong-hop": LEADERS,
    "POST /cam-ket/noi-dung": CLERK,
    "GET /thi-dua": LEADERS,
    "POST /thi-dua": CLERK,
    "POST /thi-dua/linh-vuc": CLERK,
    "GET /don-vi": CLERK,
    "GET /don-vi/mau.xlsx": CLERK,
    "GET /don-vi/nhap": CLERK,
    "POST /don-vi/nhap": CLERK,
    "POST /don-vi/nhap/ap-dung": CLERK,
    "GET /don-vi/{unit_id}": CLERK,
    "POST /don-vi/{unit_id}": CLERK,
    "POST /don-vi/{unit_id}/nguoi": CLERK,
    "POST /don-vi/{unit_id}/ban-giao": CLERK,
    "POST /chuc-vu/{position_id}/ket-thuc": CLERK,
    "GET /nhom-don-vi": CLERK,
    "POST /nhom-don-vi": CLERK,
    "GET /nguoi/{person_id}": CLERK,
    "POST /nguoi/{person_id}/khoa": CLERK,
    "POST /nguoi/{person_id}/mo-khoa": CLERK,
    "GET /lich": CLERK,
    "POST /lich": CLERK,
    "GET /lich/nam": CLERK,
    "GET /nhiem-vu": CLERK,
    "GET /nhiem-vu/{duty_id}": CLERK,
    "POST /nhiem-vu/{duty_id}": CLERK,
    "GET /tinh-huong": CLERK,
    "POST /tinh-huong": CLERK,
    "GET /tinh-huong/dieu-cam": CLERK,
    "POST /tinh-huong/dieu-cam": CLERK,
    "GET /thang-nhac": CLERK,
    "POST /thang-nhac": CLERK,
    "GET /thu-30-ngay": CLERK,
    "GET /nhat-ky": CLERK,
    "GET /quy-tac": CLERK,
    "GET /quy-tac/{pack_id}/moi": CLERK,
    "POST /quy-tac/{pack_id}/moi": CLERK,
    "GET /quy-tac/{pack_id}/{rule_id}": CLERK,
    "GET /quy-tac/{pack_id}/{rule_id}/sua": CLERK,
    "POST /quy-tac/{pack_id}/{rule_id}/sua": CLERK,
    "POST /quy-tac/{pack_id}/{rule_id}/tat": CLERK,
    "GET /kiem-tra/cua-toi": SIGNED_IN,
    "GET /kiem-tra/vo": OPEN,
    "GET /kiem-tra/tho.js": OPEN,
    "GET /kiem-tra": SIGNED_IN,
    "GET /kiem-tra/{visit_id}": TEAM,
    "POST /kiem-tra/{visit_id}": TEAM,
    "GET /kiem-tra/{visit_id}/goi": TEAM,
    "POST /kiem-tra/{visit_id}/dong-bo": TEAM,
    "PUT /kiem-tra/{visit_id}/anh/{sha256}": TEAM,
    "GET /kiem-tra/{visit_id}/in": TEAM,
    "GET /kiem-tra/{visit_id}/giay": TEAM,
    "POST /kiem-tra/{visit_id}/giay": TEAM,
    "GET /ke-hoach-kiem-tra": LEADERS,
    "GET /ke-hoach-kiem-tra/bao-cao.{ending}": LEADERS,
    "GET /ke-hoach-kiem-tra/ke-hoach.{ending}": LEADERS,
    "GET /ke-hoach-kiem-tra/moi": CLERK,
    "POST /ke-hoach-kiem-tra/moi": CLERK,
    "GET /ke-hoach-kiem-tra/{plan_id}": LEADERS,
    "POST /ke-hoach-kiem-tra/{plan_id}/duyet": CLERK,
    "POST /ke-hoach-kiem-tra/{plan_id}/niem-phong": CLERK,
    "POST /ke-hoach-kiem-tra/{plan_id}/boc-tham": CLERK,
    "GET /ke-hoach-kiem-tra/{plan_id}/doan/{unit_id}": CLERK,
    "POST /ke-hoach-kiem-tra/{plan_id}/doan/{unit_id}": CLERK,
    "GET /cuoc-kiem-tra": LEADERS,
    "GET /cuoc-kiem-tra/{visit_id}": SEES_THE_VISIT,
    "POST /cuoc-kiem-tra/{visit_id}/chon": TEAM,
    "POST /cuoc-kiem-tra/{visit_id}/ket-thuc": TEAM,
    "POST /cuoc-kiem-tra/{visit_id}/tiet": TEAM,
    "POST /cuoc-kiem-tra/{visit_id}/huy": CLERK,
    "POST /cuoc-kiem-tra/{visit_id}/rut": CLERK,
    "GET /cuoc-kiem-tra/{visit_id}/bien-ban.{ending}": SEES_THE_VISIT,
    "GET /cuoc-kiem-tra/{visit_id}/thong-bao.{ending}": SEES_THE_VISIT,
    "GET /cuoc-kiem-tra/{visit_id}/anh/{sha256}": SEES_THE_VISIT,
    "GET /ton-tai": LEADERS,
    "GET /boc-tham": SIGNED_IN,
    "GET /boc-tham/{plan_id}.json": SIGNED_IN,
    "GET /phieu-kiem-tra": CLERK,
    "GET /phieu-kiem-tra/{theme}": CLERK,
    "POST /phieu-kiem-tra/{theme}": CLERK,
    "GET /tu-kiem-tra": UNITS,
    "POST /tu-kiem-tra/{self_plan_id}/{unit_id}": OF_UNIT,
    "GET /lanh-dao": LEADERS,
    "GET /lanh-dao/don-vi": LEADERS,
    "GET /van-ban/{directive_id}/ke-hoach": LEADERS,
    "GET /suc-khoe": frozenset({"mai", "quan"}),
    "GET /api/v1/openapi.json": SIGNED_IN,
    "GET /api/v1/me": SIGNED_IN,
    "POST /api/v1/when": SIGNED_IN,
    "GET /api/v1/directives": CLERK,
    "POST /api/v1/directives": CLERK,
    "POST /api/v1/read": CLERK,
    "GET /api/v1/directives/{directive_id}": CLERK,
    "GET /api/v1/directives/{directive_id}/preview": CLERK,
    "POST /api/v1/directives/{directive_id}/publish": CLERK,
    "GET /api/v1/drafts/{draft_id}": CLERK,
    "POST /api/v1/drafts/{draft_id}/approve": CLERK,
    "POST /api/v1/drafts/{draft_id}/discard": CLERK,
    "GET /api/v1/assignments": frozenset({"mai", "binh", "ha", "dung", "khac"}),
    "GET /api/v1/assignments/{assignment_id}": SEES_THE_WORK,
    "POST /api/v1/assignments/{assignment_id}/receive": OF_UNIT,
    "POST /api/v1/assignments/{assignment_id}/hand-in": OF_UNIT,
    "POST /api/v1/assignments/{assignment_id}/accept": CLERK,
    "POST /api/v1/assignments/{assignment_id}/return": CLERK,
    "POST /api/v1/assignments/{assignment_id}/extensions": OF_UNIT,
    "POST /api/v1/assignments/{assignment_id}/extensions/{extension_id}/grant": ABOVE_THE_UNIT,
    "POST /api/v1/assignments/{assignment_id}/extensions/{extension_id}/refuse": ABOVE_THE_UNIT,
    "POST /api/v1/assignments/{assignment_id}/waiting": OF_UNIT,
    "POST /api/v1/assignments/{assignment_id}/resume": OF_UNIT,
    "POST /api/v1/assignments/{assignment_id}/progress": OF_UNIT,
    "GET /api/v1/outbox": CLERK,
    "GET /api/v1/outbox/preview": CLERK,
    "GET /api/v1/outbox/{outbox_id}": CLERK,
    "POST /api/v1/outbox/{outbox_id}/resend": CLERK,
    "POST /api/v1/rules/judge": CLERK,
    "POST /api/v1/rules/what-if": CLERK,
    "GET /api/v1/targets": LEADERS,
    "POST /api/v1/drafts/{draft_id}/split": CLERK,
    "POST /api/v1/drafts/{draft_id}/merge": CLERK,
    "POST /api/v1/outbox/{outbox_id}/hold": CLERK,
    "POST /api/v1/assignments/{assignment_id}/reassign": CLERK,
    "POST /api/v1/rules/publish": CLERK,
    "GET /api/v1/inspections": LEADERS,
    "GET /api/v1/mandates": SIGNED_IN,
    "POST /api/v1/mandates": SIGNED_IN,
    "POST /api/v1/mandates/{given_id}/end": OF_UNIT,
    "GET /api/v1/notices": SIGNED_IN,
    "POST /api/v1/notices/read": SIGNED_IN,
    "POST /api/v1/notices/{outbox_id}/read": SIGNED_IN,
    "GET /api/v1/me/channels": SIGNED_IN,
    "PUT /api/v1/me/channels": SIGNED_IN,
    "GET /api/v1/directives/{directive_id}/passages": CLERK,
    "POST /api/v1/directives/{directive_id}/approve-complete": CLERK,
    "POST /api/v1/directives/{directive_id}/drop": CLERK,
    "POST /api/v1/directives/{directive_id}/names": CLERK,
    "POST /api/v1/passages/{passage_id}/classify": CLERK,
    "POST /api/v1/passages/{passage_id}/draft": CLERK,
    "POST /api/v1/drafts/{draft_id}/reconsider": CLERK,
    "POST /api/v1/drafts/{draft_id}/start-later": CLERK,
    "POST /api/v1/assignments/{assignment_id}/foresee": OF_UNIT,
    "POST /api/v1/assignments/{assignment_id}/entrust": OF_UNIT | CLERK,
    "POST /api/v1/assignments/{assignment_id}/take-up": OF_UNIT,
    "POST /api/v1/assignments/{assignment_id}/submit": OF_UNIT,
    "POST /api/v1/assignments/{assignment_id}/send-on": CLERK,
    "POST /api/v1/assignments/{assignment_id}/superior": CLERK,
    "POST /api/v1/assignments/{assignment_id}/waive": CLERK,
    "POST /api/v1/assignments/{assignment_id}/withdraw": CLERK,
    "GET /api/v1/assignments/{assignment_id}/explanations": SEES_THE_WORK,
    "POST /api/v1/assignments/{assignment_id}/explanations": ABOVE_THE_UNIT,
    "POST /api/v1/assignments/{assignment_id}/explanations/{explanation_id}/answer": OF_UNIT,
    "POST /api/v1/assignments/{assignment_id}/follow": ABOVE_THE_UNIT,
    "POST /api/v1/assignments/{assignment_id}/leave": ABOVE_THE_UNIT,
    "GET /api/v1/duties": CLERK,
    "GET /api/v1/duties/{duty_id}": CLERK,
    "POST /api/v1/duties/{duty_id}/end": CLERK,
    "POST /api/v1/duties/{duty_id}/withdraw": CLERK,
    "POST /api/v1/duties/{duty_id}/extend": CLERK,
    "POST /api/v1/duties/{duty_id}/wake": CLERK,
    "GET /api/v1/units": CLERK,
    "POST /api/v1/units/import/preview": CLERK,
    "POST /api/v1/units/import": CLERK,
    "GET /api/v1/units/{unit_id}": CLERK,
    "PUT /api/v1/units/{unit_id}": CLERK,
    "POST /api/v1/units/{unit_id}/people": CLERK,
    "POST /api/v1/units/{unit_id}/hand-over": CLERK,
    "POST /api/v1/positions/{position_id}/end": CLERK,
    "GET /api/v1/people/{person_id}": CLERK,
    "POST /api/v1/people/{person_id}/lock": CLERK,
    "POST /api/v1/people/{person_id}/unlock": CLERK,
    "POST /api/v1/targets": CLERK,
    "GET /api/v1/targets/{target_id}": frozenset({"mai", "dung"}),
    "POST /api/v1/targets/{target_id}/figures": CLERK,
    "GET /api/v1/statements": UNITS,
    "POST /api/v1/statements": OF_UNIT,
    "GET /api/v1/statements/all": LEADERS,
    "POST /api/v1/statements/registers": CLERK,
    "GET /api/v1/watch-lists": LEADERS,
    "POST /api/v1/watch-lists": CLERK,
    "GET /api/v1/emulation": LEADERS,
    "POST /api/v1/emulation/grades": CLERK,
    "PUT /api/v1/emulation/fields": CLERK,
    "GET /api/v1/inspection-plans": LEADERS,
    "POST /api/v1/inspection-plans": CLERK,
    "GET /api/v1/inspection-plans/{plan_id}": LEADERS,
    "POST /api/v1/inspection-plans/{plan_id}/approve": CLERK,
    "POST /api/v1/inspection-plans/{plan_id}/seal": CLERK,
    "POST /api/v1/inspection-plans/{plan_id}/draw": CLERK,
    "GET /api/v1/inspection-plans/{plan_id}/draw": SIGNED_IN,
    "POST /api/v1/inspection-plans/{plan_id}/visits": CLERK,
    "POST /api/v1/inspection-plans/{self_plan_id}/self/{unit_id}": OF_UNIT,
    "GET /api/v1/findings": LEADERS,
    "GET /api/v1/checklists": CLERK,
    "GET /api/v1/checklists/{checklist_theme}": CLERK,
    "POST /api/v1/checklists": CLERK,
    "GET /api/v1/inspections/{visit_id}": SEES_THE_VISIT,
    "GET /api/v1/inspections/{visit_id}/pack": TEAM,
    "POST /api/v1/inspections/{visit_id}/answers": TEAM,
    "PUT /api/v1/inspections/{visit_id}/photos/{sha256}": TEAM,
    "POST /api/v1/inspections/{visit_id}/settle": TEAM,
    "POST /api/v1/inspections/{visit_id}/lessons": TEAM,
    "POST /api/v1/inspections/{visit_id}/close": TEAM,
    "POST /api/v1/inspections/{visit_id}/cancel": CLERK,
    "POST /api/v1/inspections/{visit_id}/take-out": CLERK,
    "GET /api/v1/groups": CLERK,
    "POST /api/v1/groups": CLERK,
    "PUT /api/v1/groups/{group_code}": CLERK,
    "GET /api/v1/ladders": CLERK,
    "POST /api/v1/ladders/{sort}/preview": CLERK,
    "PUT /api/v1/ladders/{sort}": CLERK,
    "GET /api/v1/calendar": CLERK,
    "POST /api/v1/calendar/preview": CLERK,
    "POST /api/v1/calendar": CLERK,
    "GET /api/v1/situations": CLERK,
    "POST /api/v1/situations": CLERK,
    "POST /api/v1/bans": CLERK,
    "POST /api/v1/outbox/release": CLERK,
    "POST /api/v1/addresses/trust": CLERK,
    "GET /api/v1/rules": CLERK,
    "GET /api/v1/tables": SIGNED_IN,
    "GET /api/v1/tables/{table}": LEADERS,
    "POST /api/v1/rules/{pack_id}/{rule_id}/switch": CLERK,
}

FORMS: Mapping[str, Mapping[str, Any]] = {
    "POST /cuoc-kiem-tra/{visit_id}/rut": {"nguoi": 6, "ly_do": "ốm"},
    "POST /van-ban/{directive_id}/mot-lan": {"muc": "1.1", "deadline": "15/3/2023"},
    "POST /noi-dung/{draft_id}/duyet": {"version": 1},
    "POST /noi-dung/{draft_id}/bo": {"version": 1, "reason": "trùng"},
    "POST /noi-dung/{draft_id}/tach": {"version": 1, "at": 40},
    "POST /noi-dung/{draft_id}/gop": {"version": 1, "other": 2},
    "POST /noi-dung/{draft_id}/quyet-dinh-lai": {"version": 1},
    "POST /noi-dung/{draft_id}/ky-dau": {"version": 1, "first": "2023-03-01"},
    "POST /doan/{passage_id}/loai": {"version": 1, "kind": "background"},
    "POST /doan/{passage_id}/noi-dung": {"version": 1},
    "POST /van-ban/{directive_id}/cach-goi": {"wording": "Bộ phận Một cửa", "units": "Tổ Tổng hợp"},
    "POST /viec/{assignment_id}/nop": {"ghi_chu": "xong"},
    "POST /viec/{assignment_id}/tra-lai": {"reason": "thiếu"},
    "POST /van-ban/moi": {"van_ban": "Công văn"},
    "POST /hop-thu-di/dia-chi": {"dia_chi": "tra-lai@example.vn"},
    "POST /cam-ket": {"don_vi": 3, "noi_dung": "lam-thu", "so": 0},
    "POST /api/v1/emulation/grades": {"field": "y-te", "year": "2023", "grade": "good", "evidence": ["QĐ 1"]},
    "POST /api/v1/statements": {"register": "lam-thu", "unit_id": 3, "period": "2023-01", "count": 0},
    "POST /api/v1/inspection-plans": {
        "title": "Bếp ăn",
        "theme": "bep-thu-1",
        "kind": "planned",
        "first": "2023-03-01",
        "last": "2023-03-31",
    },
    "POST /api/v1/inspections/{visit_id}/take-out": {"person_id": 6, "reason": "ốm"},
    "POST /api/v1/addresses/trust": {"address": "tra-lai-nua@example.vn"},
    "POST /api/v1/when": {"text": "trước ngày 15 hằng tháng"},
    "POST /api/v1/read": {"text": "Công văn"},
    "POST /api/v1/directives": {"text": "Công văn", "file_name": "cong-van.txt"},
    "POST /api/v1/drafts/{draft_id}/discard": {"reason": "trùng"},
    "POST /api/v1/assignments/{assignment_id}/hand-in": {"note": "xong"},
    "POST /api/v1/assignments/{assignment_id}/return": {"reason": "thiếu"},
    "POST /api/v1/assignments/{assignment_id}/extensions": {"wished_on": "2023-02-20", "reason": "bão"},
    "POST /api/v1/assignments/{assignment_id}/extensions/{extension_id}/refuse": {"reason": "không"},
    "POST /api/v1/assignments/{assignment_id}/waiting": {"who": "công an", "reason": "chờ"},
    "POST /api/v1/assignments/{assignment_id}/progress": {"text": "một nửa"},
    "POST /api/v1/drafts/{draft_id}/split": {"at": 40},
    "POST /api/v1/drafts/{draft_id}/merge": {"other": 2},
    "POST /api/v1/outbox/{outbox_id}/hold": {"reason": "hỏi lại"},
    "POST /api/v1/assignments/{assignment_id}/reassign": {"unit": "song-xanh", "reason": "nhầm"},
    "POST /api/v1/rules/publish": {"pack": "bao-cao-thang", "rule": "id: x"},
    "POST /api/v1/rules/judge": {"expression": "a > 1", "case": {"a": 2}},
    "POST /api/v1/rules/what-if": {"pack": "bao-cao-thang", "rule": "id: x", "period": "2023-02"},
}

NOT_THERE = (
    "GET /lich-han/{key}.ics",
    "GET /hop-thu-thu/{key}",
    "GET /cuoc-kiem-tra/{visit_id}/anh/{sha256}",
    "GET /dang-nhap/co-quan",
    "GET /dang-nhap/co-quan/ve",
    "GET /ban-tin/{token}",
    "POST /ban-tin/{token}",
)
"""Nobody finds a letter that was not caught, or a provider that is not configured."""

LET_IN = {200, 201, 204, 303, 409, 412, 422, 429}
"""409, 412 and 422: allowed to ask, but not now or not so."""


@dataclass(frozen=True)
class Things:
    """What the routes are asked for."""

    directive_id: int
    draft_id: int
    assignment_id: int
    evidence_id: int
    outbox_id: int
    extension_id: int
    explanation_id: int
    session_id: int
    key_id: int
    mandate_id: int
    given_id: int
    visit_id: int
    self_plan_id: int
    plan_id: int = 1
    ending: str = "docx"
    theme: str = "moi"
    passage_id: int = 1
    sha256: str = "0" * 64
    key: str = "khong-co"
    token: str = "khong-co"
    table: str = "bang-theo-doi"
    pack_id: str = "bao-cao-thang"
    rule_id: str = "khong-bo-hoc"
    target_id: int = 1
    unit_id: int = 3
    position_id: int = 2
    duty_id: int = 1
    person_id: int = 3
    checklist_theme: str = "bep-thu-1"
    group_code: str = "truong"
    sort: str = "report"


@pytest.fixture
def things(works: Works, office: Sample) -> Things:
    people = {"khac": Role.LEADER, "tra": Role.INSPECTOR, "quan": Role.ADMIN, "nghi": Role.HEAD}
    ids: dict[str, int] = {}
    for code, role in people.items():
        unit = "song-xanh" if code == "khac" else "hoa-sen"
        ids[code] = a_person(works.db, code, code, office.units[unit], role, active=code != "nghi")
    visit = a_visit(works.db, office.units["song-xanh"], [(ids["tra"], office.units["pgd"])])
    directive = a_directive(works.db)
    an_issued_duty(works.db, monthly_terms(("hoa-sen",)))
    open_all(works.db, BEGAN)
    assignment = the_assignment(works.db, office.units["hoa-sen"], "2023-02")
    evidence = works.evidence.put(b"so lieu", "so-lieu.txt")
    with works.db.transaction() as session:
        hand_in(session, assignment, figures={}, by=By("binh", BEGAN), key="k", files=[evidence])
        letter = OutboxRow(
            key="l", kind=LetterKind.REMINDER, message_id="<l@x>", state=MailState.FAILED,
            not_before=BEGAN, created_at=BEGAN,
        )  # fmt: skip
        asked = ExtensionRow(
            assignment_id=assignment, number=1, reason="bão", wished_on=date(2023, 3, 1), asked_by="binh",
            old_due_on=date(2023, 2, 14), asked_at=BEGAN,
        )  # fmt: skip
        demand = ExplanationRow(
            assignment_id=assignment, number=1, question="vì sao?", asked_at=BEGAN, asked_by="dung",
            answer_by=date(2023, 2, 20),
        )  # fmt: skip
        session.get_one(AssignmentRow, assignment).person_id = office.people["binh"]
        sign_in(session, office.people["binh"], "on another device", By("binh", BEGAN))
        key = give_key(session, office.people["binh"], "k", By("binh", BEGAN), name="k", opens=Opens.READ)
        mandate = MandateRow(
            person_id=office.people["binh"], substitute_id=office.people["ha"], text="nghỉ phép",
            valid_from=date(2024, 1, 1), valid_to=date(2024, 1, 2),
        )  # fmt: skip
        another = MandateRow(
            person_id=office.people["binh"], substitute_id=office.people["ha"], text="đi họp",
            valid_from=date(2024, 2, 1), valid_to=date(2024, 2, 2),
        )  # fmt: skip
        refusing = [
            RefusedAddressRow(address=f"{one}@example.vn", since=date(2023, 2, 1), reason="550")
            for one in ("tra-lai", "tra-lai-nua")
        ]
        session.add_all([letter, asked, demand, mandate, another, *refusing])
        session.flush()
        draft = session.exec(select(DraftRow.id).where(DraftRow.directive_id == directive)).first()
        file = session.exec(select(EvidenceRow.id)).one()
        assert draft is not None
        own = session.exec(select(SessionRow.id)).one()
        plan = session.get_one(PlanRow, 1)
        own_plan = PlanRow(**plan.model_dump(exclude={"id", "code", "kind"}), code="tu", kind=VisitKind.SELF)
        own_plan.last = date(2023, 12, 31)
        drawn = DrawRow(plan_id=1, seed="s", seed_hash="s", list_hash="l", count=1, committed_at=BEGAN)
        session.add_all([own_plan, drawn])
        session.flush()
        swimmers = define_measure(session, Measure(code="hoc-boi", name="Học sinh học bơi"), By("mai", BEGAN))
        target = Target(
            code="t", aim=Aim.LEVEL, value="3", first=date(2023, 1, 1), set_at=BEGAN, set_by="mai"
        )
        set_target(session, swimmers, office.units["pgd"], target, By("mai", BEGAN))
        name_fields(session, [EmulationField(code="y-te", title="Y tế", place=1)], By("mai", BEGAN))
        stated = Register(code="lam-thu", kind=Kind.PROHIBITION, title="Không để xảy ra lạm thu")
        open_register(session, stated, None, By("mai", BEGAN))
        return Things(
            directive,
            draft,
            assignment,
            file,
            letter.id,
            asked.id,
            demand.id,
            own,
            key.id,
            mandate.id,
            another.id,
            visit,
            own_plan.id,
        )


def routes(found: Sequence[BaseRoute]) -> Iterator[BaseRoute]:
    """Every route, those of included routers too."""
    for route in found:
        inner = getattr(route, "original_router", None)
        yield from routes(inner.routes) if inner else [route]


def test_every_route_is_declared_here_and_nothing_else_is(app: FastAPI) -> None:
    pages = [route for route in routes(app.routes) if isinstance(route, APIRoute)]
    assert {f"{method} {page.path}" for page in pages for method in page.methods} == set(MATRIX)
    others = [route for route in routes(app.routes) if not isinstance(route, APIRoute)]
    assert [route.path for route in others if isinstance(route, Mount)] == ["/static"]
    assert len(others) == 1


def asked(client: TestClient, route: str, things: Things) -> Any:
    method, path = route.split()
    if not path.startswith("/api/"):
        return client.request(method, path.format(**vars(things)), data=dict(FORMS.get(route, {})))
    form = FORMS.get(route) or examples(client).get(route)
    headers = {"If-Match": '"1"', "Idempotency-Key": "khoa-gui-mot"}
    return client.request(method, path.format(**vars(things)), json=form, headers=headers)


def examples(client: TestClient) -> Mapping[str, Any]:
    """What the description of the API says to send."""
    app: FastAPI = client.app  # type: ignore[assignment]
    if not hasattr(app.state, "examples"):
        described = [one for one in routes(app.routes) if isinstance(one, APIRoute) and one.body_field]
        app.state.examples = {
            f"{method} {one.path}": one.body_field.field_info.annotation.model_config["json_schema_extra"][
                "examples"
            ][0]
            for one in described
            for method in one.methods
            if one.path.startswith("/api/")
        }
    found: Mapping[str, Any] = app.state.examples
    return found


def expected_of(route: str, reader: str) -> set[int]:
    """`reader`: "" for somebody nobody knows."""
    if route in NOT_THERE:
        return {404, 303, 410}
    if reader in MATRIX[route] or MATRIX[route] is OPEN:
        return LET_IN
    if reader:
        return {404}
    return {401} if "/api/" in route else {303}


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_gets_what_is_theirs_and_nothing_else(visit: Visit, things: Things, reader: str) -> None:
    reader = reader if reader != "nghi" else ""
    browser = visit(reader)
    for route in MATRIX:
        if route in ("POST /dang-xuat", "POST /tai-khoan/phien-khac/ket-thuc"):
            continue
        answer = asked(browser, route, things)
        assert answer.status_code in expected_of(route, reader), (
            f"{route} for {reader or 'nobody'}: {answer.text}"
        )
        if answer.status_code == 303 and expected_of(route, reader) == {303}:
            assert answer.headers["location"].startswith("/dang-nhap?next="), route


@pytest.mark.parametrize("reader", READERS)
def test_a_key_opens_for_its_owner_what_a_session_does(
    visit: Visit, things: Things, works: Works, reader: str
) -> None:
    program, known = with_keys(visit, works), reader if reader != "nghi" else ""
    for route in MATRIX:
        if "/api/" in route:
            program.headers = {"Authorization": f"Bearer {reader or 'nobody'}-{Opens.WRITE}"}  # type: ignore[assignment]
            told = asked(program, route, things).status_code
            assert told in (expected_of(route, known) if known else {401}), (
                f"{route}, key of {reader}: {told}"
            )


@pytest.mark.parametrize("reader", ["mai", ""])
def test_a_key_opens_no_page_and_one_that_only_reads_writes_nothing(
    visit: Visit, things: Things, works: Works, reader: str
) -> None:
    program = with_keys(visit, works)
    for route in MATRIX:
        for opens in (Opens.CALENDAR, Opens.READ) if "/api/" in route else (Opens.WRITE,):
            program.headers = {"Authorization": f"Bearer {reader or 'nobody'}-{opens}"}  # type: ignore[assignment]
            told = asked(program, route, things).status_code
            if "/api/" not in route:
                allowed = expected_of(route, "") if route.startswith("GET") or route in NOT_THERE else {403}
            elif opens is Opens.CALENDAR or not reader:
                allowed = {401}
            elif not route.startswith("GET"):
                allowed = {403}
            else:
                allowed = expected_of(route, reader)
            assert told in allowed, f"{route} with a {opens} key of {reader or 'nobody'}: {told}"


def with_keys(visit: Visit, works: Works) -> TestClient:
    """A program; everybody has a key of each kind, called after them and what it opens."""
    with works.db.transaction() as session:
        for person in session.exec(select(PersonRow)).all():
            for opens in (Opens.READ, Opens.WRITE, Opens.CALENDAR):
                give_key(session, person.id, f"{person.code}-{opens}", By("x", BEGAN), name="k", opens=opens)
    return visit()


def test_a_route_takes_no_other_method(visit: Visit, things: Things, app: FastAPI) -> None:
    clerk = visit("mai")
    paths = sorted({route.split()[1] for route in MATRIX})
    few = {"/viec/{assignment_id}", "/api/v1/assignments/{assignment_id}"}
    for path in paths:
        rare = ("HEAD", "PUT", "PATCH", "OPTIONS", "TRACE", "PROPFIND") if path in few else ()
        for method in ("GET", "POST", "DELETE", *rare):
            if f"{method} {path}" not in MATRIX:
                told = clerk.request(method, path.format(**vars(things))).status_code
                assert told in (404, 405), (
                    f"{method} {path}: {told}"
                )  # 404: the word is no number of another path


def test_who_is_disabled_cannot_sign_in(visit: Visit, things: Things) -> None:
    with pytest.raises(AssertionError):
        visit("nghi")


@pytest.mark.parametrize("reader", ["mai", "binh", "dung", "quan"])
def test_reading_a_page_changes_nothing(visit: Visit, things: Things, works: Works, reader: str) -> None:
    browser = visit(reader)
    before = _everything(works)
    for route in MATRIX:
        method, path = route.split()
        if method == "GET":
            for verb in ("GET", "HEAD", "GET"):
                browser.request(verb, path.format(**vars(things)))
    assert _everything(works) == before


def _everything(works: Works) -> dict[str, list[Any]]:
    with works.db.read() as session:
        return {
            name: [tuple(row) for row in session.execute(table.select())]
            for name, table in SQLModel.metadata.tables.items()
        }


@pytest.mark.parametrize("place", ["", "?x=1"])
def test_work_of_another_unit_is_no_different_from_work_that_never_was(
    visit: Visit, things: Things, place: str
) -> None:
    stranger = visit("ha")
    real = stranger.get(f"/viec/{things.assignment_id}{place}")
    never = stranger.get(f"/viec/{things.assignment_id + 1000}{place}")
    assert (real.status_code, real.text) == (never.status_code, never.text)


MOST_QUESTIONS = 15


def test_no_page_asks_the_database_more_than_fifteen_questions(
    visit: Visit, things: Things, works: Works
) -> None:
    """By each reader who may see it: what is shown to one and not to another is asked for too."""
    browsers = {reader: visit(reader) for reader in ("mai", "binh", "dung", "tra", "quan")}
    most: dict[str, int] = {}
    for route in sorted(MATRIX):
        if route.startswith("GET ") and route not in NOT_THERE:
            for reader in sorted(MATRIX[route] & set(browsers)):
                with questions(works) as found:
                    answer = asked(browsers[reader], route, things)
                assert answer.status_code in LET_IN, route
                most[f"{route}, {reader}"] = len(found)
    assert {page: number for page, number in most.items() if number > MOST_QUESTIONS} == {}
