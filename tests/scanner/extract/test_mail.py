"""Mail and mailboxes."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.extract import header
from scanner.locator import WHOLE, Locator
from scanner.model import Message, Segment, SkipReason
from tests.scanner.extract.made import EMAIL, MAIL, NAME, labelled, read, skips, text

PLAIN = "From: a@example.org\nTo: b@example.org\nSubject: x\nMIME-Version: 1.0\n"


def test_each_mail_has_its_envelope_the_forwarded_too(files: dict[str, bytes]) -> None:
    messages = [each for each in read("a.eml", files["a.eml"]) if isinstance(each, Message)]
    to = ("rekry@yritys.example", "toinen@yritys.example", "kolmas@yritys.example")

    assert messages == [
        Message(WHOLE, datetime(2026, 3, 3, 8, tzinfo=UTC), EMAIL, to),
        Message(
            Locator.parse("part:3"),
            datetime(2026, 3, 2, 8, tzinfo=UTC),
            "sisu@example.org",
            (EMAIL,),
        ),
    ]


def test_headers_are_decoded_and_labelled(files: dict[str, bytes]) -> None:
    found = [each for each in read("a.eml", files["a.eml"]) if isinstance(each, Segment)]
    outer = {each.label: each.text for each in found if len(each.locator.texts) == 1 and each.label}

    assert outer["header:from"] == f"{NAME} <Aino@Example.org>"
    assert outer["header:subject"] == "Hakemus - äää"


def test_equal_alternatives_are_read_once(files: dict[str, bytes]) -> None:
    assert text(read("a.eml", files["a.eml"])).count("+358 40 000 0000") == 1


def test_an_alternative_that_says_more_is_read() -> None:
    mail = MAIL.replace("<p>Hei", "<p>Terveisin Veikko Testinen. Hei")

    assert "Veikko Testinen" in text(read("a.eml", mail.encode()))


def test_an_attachment_is_named_and_read(files: dict[str, bytes]) -> None:
    found = {
        each.locator.texts: each.text
        for each in read("a.eml", files["a.eml"])
        if isinstance(each, Segment)
    }

    assert found[("part:cv ä.txt",)] == NAME


@pytest.mark.parametrize("charset", ["x-unknown", "utf-8; x", '"', "\udc80"])
def test_an_unknown_charset_is_no_failure(charset: str) -> None:
    kind = f"Content-Type: text/plain; charset={charset}\n\n".encode("utf-8", "surrogateescape")

    assert "Aino" in text(read("a.eml", PLAIN.encode() + kind + b"Aino \xe4"))


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/encrypted; boundary=x", "--x\n\nVersion: 1\n--x--\n"),
        ("text/plain", "-----BEGIN PGP MESSAGE-----\nabc\n-----END PGP MESSAGE-----\n"),
    ],
)
def test_encrypted_mail_is_said_to_be_encrypted(kind: str, body: str) -> None:
    contents = read("a.eml", f"{PLAIN}Content-Type: {kind}\n\n{body}".encode())

    assert [SkipReason.ENCRYPTED] == [each.reason for each in skips(contents)]


def test_winmail_is_skipped_by_name() -> None:
    body = "Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64"
    [skip] = skips(read("a.eml", f"{PLAIN}{body}\n\neJ8+IgEAAAAAAAAA\n".encode()))

    assert "part:winmail.dat" == str(skip.locator)
    assert "TNEF" in skip.detail


def test_a_mail_in_mails_without_end_stops() -> None:
    mail = "".join(
        f"From: a@b\nMIME-Version: 1.0\nSubject: {n}\nContent-Type: message/rfc822\n\n"
        for n in range(60)
    )
    contents = read("a.eml", (mail + "x").encode())

    assert "limit" in [each.reason for each in skips(contents)]


def test_a_mailbox_gives_each_message_and_unescapes_from() -> None:
    box = (
        "From a Mon Mar  2\nFrom: a@example.org\nSubject: one\n\nHei\n>From täällä\n"
        "From the sea: not a mail\n\n\nFrom b Mon Mar  2\nFrom: b@example.org\n\nToinen\n"
    )
    contents = read("x", box.encode())
    messages = [each for each in contents if isinstance(each, Message)]

    assert [("message:1",), ("message:2",)] == [each.locator.texts for each in messages]
    assert "\nFrom täällä\nFrom the sea" in text(contents)


def test_one_bad_message_does_not_cost_the_mailbox(files: dict[str, bytes]) -> None:
    bad = "From x\nMIME-Version: 1.0\nContent-Type: application/pdf\n\n%PDF-1.4 rubbish\n\n"
    contents = read("a.mbox", bad.encode() + files["a.mbox"])

    assert [("message:1", "part:1")] == [each.locator.texts for each in skips(contents)]
    assert text(contents).count(NAME) >= 2


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=?utf-8?B?w6Q=?= =?utf-8?B?w7Y=?=", "äö"),
        ("=?utf-8?B?w6==?= =?utf-8?B?pA==?=", None),
        ("=?iso-8859-1?Q?=E4_=F6?= x", "ä ö x"),
        ("=?utf-8?Q?M=C3?= =?utf-8?Q?=A4kinen?=", "Mäkinen"),
        ("=?x-none?Q?abc?=", "abc"),
        ("=?utf-8?B?!!!?=", ""),
        ("tavallinen", "tavallinen"),
    ],
)
def test_encoded_words(value: str, expected: str | None) -> None:
    found = header.text(value)

    assert expected is None or expected == found


@given(st.text(max_size=200))
def test_no_header_breaks_the_decoder(value: str) -> None:
    header.text(value)
    header.parameter(value, "filename")
    header.addresses([value])


def test_subject_and_sender_may_be_raw_latin_1() -> None:
    mail = "From: Päivi <p@example.org>\nMIME-Version: 1.0\nSubject: Hyvää päivää\n\nx"
    found = labelled(read("a.eml", mail.encode("latin-1")))

    assert found["header:subject"] == "Hyvää päivää"
    assert found["header:from"] == "Päivi <p@example.org>"
