"""Passwords that are tried first (ASVS 5.0, 6.2.4).

zxcvbn knows the 30,000 that leaked most often (11,611 of them long enough to be taken here), rows of keys, runs, dates,
repetitions and the signs that stand for letters; what people here choose is added. https://github.com/dwolfhub/zxcvbn-python
"""

from collections.abc import Iterable

from zxcvbn import zxcvbn

from domain.folding import fold

FEWEST_GUESSES = 10**7
"""Fewer, and a program that tries ten a second without being stopped is through within two weeks."""
LONGEST = 72
"""Signs that are looked at; the time grows with their square."""
_HERE = """
matkhau matkhaumoi matkhaula khongco khongcho khongbiet khongnoi doimatkhau macdinh zalo facebook gmail
anhyeuem emyeuanh yeuem yeuanh anhnhoem emnhoanh conyeume conyeubame yeume giadinh giadinhtoi hanhphuc
vietnam vietnamvodich hanoi saigon haiphong danang quangninh nghean thanhhoa hochiminh bacho
nguyen nguyenvan nguyenthi tranvan levan phamvan hoangvan thanhcong chienthang maimai mottinhyeu
truonghoc truong giaovien hieutruong hocsinh vanphong vanthu phongban ubnd dondoc giaoduc daotao
quantri quanly administrator
"""
WORDS = tuple(_HERE.split())


def is_common(password: str, about: Iterable[str] = ()) -> bool:
    """Whether it is guessed soon, as typed or without marks and blanks; `about`: what everybody knows of the person.
    Figures and signs alone are: dates and telephone numbers."""
    known = [*map(_joined, about), *WORDS]
    plain = _joined(password)
    return plain.isdecimal() or any(_guesses(text, known) < FEWEST_GUESSES for text in (password, plain))


def _joined(text: str) -> str:
    return "".join(fold(text).split())


def _guesses(text: str, known: list[str]) -> int:
    return int(zxcvbn(text[:LONGEST], user_inputs=known)["guesses"]) if text else 0
