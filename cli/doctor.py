"""`dondoc doctor`: is this installation sound?"""

from runtime.doctor import examine
from runtime.settings import Settings
from runtime.works import Works

MARKS = {"ok": "✓", "note": "!", "fault": "✗"}


def doctor() -> None:
    """Kiểm tra máy, thư viện, cơ sở dữ liệu. Mã thoát 1 khi có lỗi cần sửa."""
    found = examine(Works.of(Settings()))
    for finding in found:
        print(
            f"{MARKS[finding.level]} {finding.what}" + (f"\n    → {finding.remedy}" if finding.remedy else "")
        )
    if any(finding.level == "fault" for finding in found):
        raise SystemExit(1)
