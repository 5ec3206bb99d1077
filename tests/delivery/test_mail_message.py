"""An e-mail as it leaves: readable by others' libraries, signed so that others' verifiers accept it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage

import dkim as verifier
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from hypothesis import given
from hypothesis import strategies as st

from delivery.sending import MAIL, SENDER
from lyhord.delivery.contents import Email
from lyhord.delivery.dkim import signer
from lyhord.delivery.errors import DeliveryError
from lyhord.delivery.mail_message import Mail, mail_of, token_of_bounce

AT = datetime(2026, 11, 21, 14, 5, tzinfo=timezone(timedelta(hours=1)))
TOKEN = "abcdefghijklmnopqrstuvwxyz"  # noqa: S105 - no secret, a message's name
KEY = rsa.generate_private_key(65537, 2048)
PEM = KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
).decode()
SIGNED = replace(SENDER, dkim_selector="s1", dkim_key=PEM, bounce_address="studs@b.enkat.exempel.se")
ONE_CLICK = replace(MAIL, unsubscribe_url="https://svar.exempel.se/avsta/k7Qm2XpT9a")


def mail(email: Email = MAIL, sender: object = SENDER) -> Mail:
    return mail_of(email, "anna@mottagare.test", sender, TOKEN, AT)  # type: ignore[arg-type]  # a builder takes either


def parsed(email: Email = MAIL, sender: object = SENDER) -> EmailMessage:
    return message_from_bytes(mail(email, sender).data, policy=policy.default)


def public_record() -> bytes:
    kinds = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    lines = KEY.public_key().public_bytes(*kinds).decode().splitlines()
    return f"v=DKIM1; k=rsa; p={''.join(lines[1:-1])}".encode()


def is_verified(data: bytes) -> bool:
    return bool(verifier.verify(data, dnsfunc=lambda name, timeout=5: public_record()))


def test_others_read_what_was_written() -> None:
    subject = "Hur gick det hos oss på Växjö kommun – berätta gärna för oss om ditt ärende!"
    found = parsed(replace(MAIL, subject=subject))
    assert found["Subject"] == subject
    assert found["From"].addresses[0].display_name == "Exempelköpings kommun"
    assert found["Message-ID"] == f"<{TOKEN}@enkat.exempel.se>"
    assert found["Date"].datetime == AT
    assert [part.get_content_type() for part in found.iter_parts()] == ["text/plain", "text/html"]
    assert not found.defects


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=400))
def test_any_text_comes_through_in_lines_that_servers_take(text: str) -> None:
    email = Email("Hej", text)
    assert parsed(email).get_content().replace("\r", "").rstrip("\n") == text.rstrip("\n")
    data = mail(email).data
    assert all(len(line) <= 998 for line in data.split(b"\r\n"))
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")


def test_the_envelope_sender_tells_which_message_bounced() -> None:
    found = mail(sender=SIGNED)
    assert found.envelope_from == f"studs+{TOKEN}@b.enkat.exempel.se"
    assert token_of_bounce(found.envelope_from.upper()) == TOKEN
    assert token_of_bounce("studs@b.enkat.exempel.se") == ""


def test_a_machine_is_told_not_to_answer_and_how_to_stop() -> None:
    found = parsed(ONE_CLICK)
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["List-Unsubscribe"] == "<https://svar.exempel.se/avsta/k7Qm2XpT9a>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_private_persons_mail_looks_like_one() -> None:
    probe = Email("Fråga om bygglov", "Hej!\n", automatic=False, sender="Vera Lind <vera@panel.test>")
    found = parsed(probe, SIGNED)
    assert found["From"] == "Vera Lind <vera@panel.test>"
    assert mail(probe, SIGNED).envelope_from == "vera@panel.test"
    assert found.get_content_type() == "text/plain"
    assert set(found.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
    }  # fmt: skip


def test_the_signature_covers_both_unsubscribe_headers_and_verifies() -> None:
    data = mail(ONE_CLICK, SIGNED).data
    signed = re.search(rb"h=([^;]+);", data)
    assert signed is not None
    assert {b"list-unsubscribe", b"list-unsubscribe-post", b"message-id"} <= set(signed.group(1).split(b":"))
    assert is_verified(data)


@pytest.mark.parametrize(
    ("written", "tampered"),
    [(b"avsta/k7Qm2XpT9a", b"avsta/xxxxxxxxxx"), (b"One-Click", b"Two-Click"), (b"Svara", b"Sxara")],
)
def test_a_changed_mail_does_not_verify(written: bytes, tampered: bytes) -> None:
    data = mail(ONE_CLICK, SIGNED).data
    assert written in data
    assert not is_verified(data.replace(written, tampered))


@given(st.text(st.sampled_from("ab \t\n."), max_size=60))
def test_any_spacing_verifies(text: str) -> None:
    assert is_verified(mail(Email("Två  ord", text, unsubscribe_url="https://svar.exempel.se/x"), SIGNED).data)


def test_an_elliptic_key_signs_too() -> None:
    pem = ed25519.Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    assert b"a=ed25519-sha256" in mail(sender=replace(SIGNED, dkim_key=pem.decode())).data


def test_a_key_that_is_none_is_named_without_being_shown() -> None:
    with pytest.raises(DeliveryError, match=r"enkat\.exempel\.se") as caught:
        signer("enkat.exempel.se", "s1", "hemlig")
    assert "hemlig" not in str(caught.value)
