"""Expected refusals: typed, worded for the reader, and no reason to wake anybody."""


class Refused(Exception):
    """The request cannot be carried out. The message says what happened, where, and what to do."""


class NotFound(Refused):
    """No such thing, or not yours to see: the answer is the same."""


class Stale(Refused):
    """Somebody else changed it first; look again before deciding."""

    def __init__(self) -> None:
        super().__init__("Nội dung này vừa được người khác thay đổi. Hãy tải lại trang rồi quyết định.")
