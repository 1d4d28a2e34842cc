"""How reading grows with the text: the time for ten times the text over the time for one.

A plan of our own making, so that every part of it is read: headings, orders with units and days, a table.
"""

import argparse
import json
import time

from intake.reading import read_text

HEAD = "KẾ HOẠCH\n\nCông tác năm 2025\n\nUBND huyện yêu cầu các phòng thực hiện như sau:\n\nII. NHIỆM VỤ\n\n"
SECTION = """{n}. Nâng cao chất lượng nhóm việc thứ {n}

- Phòng Giáo dục và Đào tạo chủ trì, phối hợp với Phòng Nội vụ, Công an huyện rà soát; báo cáo UBND huyện trước
ngày 15 hằng tháng.

- Tăng cường kiểm tra bếp ăn tại các trường; phấn đấu đạt ít nhất 95% trường an toàn trong quý III/2025. Không để
xảy ra ngộ độc thực phẩm.

STT\tNội dung\tĐơn vị chủ trì\tThời hạn
1\tTập huấn giáo viên lớp {n}\tPhòng Giáo dục và Đào tạo\tTrước ngày 20/8/2025
2\tCập nhật dữ liệu nhóm {n}\tCác trường THCS\tThường xuyên

"""


def plan(sections: int) -> str:
    return HEAD + "".join(SECTION.format(n=n % 90 + 1) for n in range(sections))


def seconds(text: str, rounds: int) -> float:
    """The best of some rounds: what the text takes where nothing else disturbs."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        read_text(text)
        best = min(best, time.perf_counter() - start)
    return best


def measure(sections: int, rounds: int) -> dict[str, float]:
    one, ten = plan(sections), plan(10 * sections)
    single, tenfold = seconds(one, rounds), seconds(ten, rounds)
    return {
        "characters": len(one),
        "duties": len(read_text(one).tasks),
        "seconds": round(single, 4),
        "ten_times": round(tenfold / single, 2),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sections", type=int, default=30)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--json", action="store_true", help="one JSON object on one line")
    chosen = options.parse_args()
    print(json.dumps(measure(chosen.sections, chosen.rounds), indent=None if chosen.json else 2))


if __name__ == "__main__":
    main()
