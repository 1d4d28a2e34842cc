"""Reports of undeliverable mail as mail servers write them, and as somebody hostile would."""


def dsn(
    message_id: str,
    recipient: str = "ha@bensong.example.vn",
    *,
    action: str = "failed",
    status: str = "5.1.1",
    code: str = "smtp; 550 5.1.1 no such user",
    headers_only: bool = False,
) -> bytes:
    kind = "text/rfc822-headers" if headers_only else "message/rfc822"
    return "\r\n".join(
        (
            "From: MAILER-DAEMON@mail.example.vn",
            "To: dondoc@bensong.example.vn",
            "Subject: Undelivered Mail Returned to Sender",
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
            "MIME-Version: 1.0",
            "",
            "--b",
            "Content-Type: text/plain; charset=us-ascii",
            "",
            "This is the mail system.",
            "--b",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mail.example.vn",
            "",
            f"Final-Recipient: rfc822; {recipient}",
            f"Action: {action}",
            f"Status: {status}",
            f"Diagnostic-Code: {code}",
            "",
            "--b",
            f"Content-Type: {kind}",
            "",
            "From: dondoc@bensong.example.vn",
            f"Message-ID: {message_id}",
            "Subject: x",
            "",
            "" if headers_only else "Than thu",
            "--b--",
            "",
        )
    ).encode()
