"""Mail addresses: one bare addr-spec (RFC 5321 `local@domain`), nothing to guess at."""

from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from domain.sentence import WordedError


class BadAddress(WordedError, ValueError):
    """Not an address that mail can be sent to. The message is for the person who typed it."""


def is_local(address: str) -> bool:
    """Mail for this machine's own catcher: `@localhost` or a `.test` host (RFC 2606, 6761)."""
    return address.endswith(("@localhost", ".test"))


@lru_cache(maxsize=65536)
def bare_address(text: str, *, local: bool = False) -> str:
    """The address as it goes on the wire: ASCII, an international domain in its xn-- form. Raises BadAddress.

    Refused: lists, display names, quoted and non-ASCII local parts, bracketed IP addresses, and encoded
    words, which some mail software decodes into line breaks. `local` lets `@localhost` and `.test` pass, for
    an office that has not named its relay yet.
    """
    try:
        if "=?" in text:
            raise EmailNotValidError
        found = validate_email(
            f"{text}.test" if local and text.endswith("@localhost") else text,
            check_deliverability=False,
            allow_smtputf8=False,
            allow_quoted_local=False,
            allow_domain_literal=False,
            allow_display_name=False,
            strict=True,
            test_environment=local,
        )
    except EmailNotValidError as error:
        # repr, so that a control character in the address is shown and not obeyed.
        raise BadAddress(
            "Địa chỉ thư điện tử {text!r} không dùng được. "
            "Cần đúng một địa chỉ dạng ten@coquan.vn, không dấu.",
            text=text[:200],
        ) from error
    return text if local and text.endswith("@localhost") else str(found.ascii_email)
