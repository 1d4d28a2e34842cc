"""What everybody tries is no password."""

import pytest

from domain.common_passwords import is_common


@pytest.mark.parametrize(
    "password",
    [
        "12345678", "password1", "Matkhau@123", "mật khẩu 2026", "qwertyuiop", "abcdefgh", "aaaaaaaa", "11112222",
        "19051990", "0912345678", "anhyeuem!", "Admin@2025", "van-thu", "vanthu123", "Lê Thị Thu Hà", "P@ssw0rd",
        "corvette", "1qaz2wsx", "trustno1", "nguyenvan1990", "matkhaumoi", "!!!!!!!!", "",
    ],
)  # fmt: skip
def test_what_is_tried_first_is_common(password: str) -> None:
    assert is_common(password, ("van-thu", "Lê Thị Thu Hà", "ha@phuong.example"))


@pytest.mark.parametrize(
    "password", ["một câu khó đoán", "ben-song-2023", "mua hè năm ấy 7", "tiphu-Kem3-rau"]
)
def test_a_sentence_of_ones_own_is_not(password: str) -> None:
    assert not is_common(password, ("van-thu", "Lê Thị Thu Hà"))
