"""A report form with rules, for tests of the story."""

PACK = """\
id: thu-hoc
title: Báo cáo thu học phí
document: Kế hoạch 12/KH-PGDĐT
form:
  clause: mục III.1
  fields:
    - {code: parents, label: Số cha mẹ nộp, unit: người, min: "0"}
    - {code: cashless, label: Trong đó không dùng tiền mặt, unit: người, min: "0"}
rules:
  - id: phan-khong-qua-tong
    title: Phần không lớn hơn tổng
    clause: mục III.1
    severity: major
    then: return
    check: report.cashless <= report.parents
"""
