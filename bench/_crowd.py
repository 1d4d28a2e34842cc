"""Many browsers that hand in at once, each on a connection of its own; small, so that its process starts fast."""

import asyncio
from time import perf_counter

BROWSERS = 64
SEE_OTHER = 303
FIGURES = {"hoc_sinh": "412", "hai_buoi": "400", "phu_huynh": "400", "khong_tien_mat": "360", "su_co": "0"}
EDGE = "----------mep-cua-phan"
PICTURE = 40_000
"""Bytes of the file each unit sends."""


LONGEST = 40.0
"""Seconds after which nobody begins any more."""


def the_crowd(port: int, works: list[tuple[int, int]]) -> tuple[float, list[tuple[int, float]]]:
    """Everybody hands in, for as long as it may last; the seconds it took, and each answer's status and seconds."""

    async def all_of_them() -> list[tuple[int, float]]:
        queue = iter(works)
        answers: list[tuple[int, float]] = []

        async def browser() -> None:
            for assignment_id, unit_id in queue:
                if perf_counter() - began > LONGEST:
                    return
                answers.append(await hands_in(port, assignment_id, unit_id))

        await asyncio.gather(*(browser() for _ in range(BROWSERS)))
        return answers

    began = perf_counter()
    answers = asyncio.run(all_of_them())
    return perf_counter() - began, answers


async def hands_in(port: int, assignment_id: int, unit_id: int) -> tuple[int, float]:
    began = perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request(port, assignment_id, unit_id))
    status = int((await reader.readline()).split()[1])
    await reader.read()
    writer.close()
    return status, perf_counter() - began


def request(port: int, assignment_id: int, unit_id: int) -> bytes:
    """As a browser sends the form: figures, the key of the page, and a file that is this unit's own."""
    fields = {f"so.{code}": figure for code, figure in FIGURES.items()} | {
        "khoa": f"k{unit_id}",
        "ghi_chu": "",
    }
    typed = "".join(
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    file = f'--{EDGE}\r\nContent-Disposition: form-data; name="tep"; filename="bien-ban.jpg"\r\n\r\n'
    picture = f"{unit_id:08}".encode() * (PICTURE // 8)
    body = typed.encode() + file.encode() + picture + f"\r\n--{EDGE}--\r\n".encode()
    head = (
        f"POST /viec/{assignment_id}/nop HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nSec-Fetch-Site: same-origin\r\n"
        f"Cookie: dondoc=u{unit_id}\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
        f"Content-Type: multipart/form-data; boundary={EDGE}\r\n\r\n"
    )
    return head.encode() + body
