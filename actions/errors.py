"""Expected refusals: typed, worded for the reader, and no reason to wake anybody."""

from typing import Self

from domain.sentence import WordedError


class Refused(WordedError):
    """The request cannot be carried out. The message says what happened, where, and what to do."""

    of = ""
    """Which of the action's arguments it is about, where it is about one."""

    def about(self, argument: str) -> Self:
        self.of = argument
        return self


class NotFound(WordedError):
    """No such thing, or not yours to see: the answer is the same. No refusal: no form can be put right."""


class Stale(Refused):
    """Somebody else changed it first; look again before deciding."""

    def __init__(self) -> None:
        super().__init__("Nội dung này vừa được người khác thay đổi. Hãy tải lại trang rồi quyết định.")


def given(reason: str) -> str:
    """The reason without blanks around it. Raises `Refused` when there is none."""
    if not reason.strip():
        raise Refused("Hãy ghi lý do; lý do được lưu cùng việc.").about("reason")
    return reason.strip()
