"""Written-down passwords and keys: found, never shown, never hashed."""
# ruff: noqa: D101 - the class names the recognizer; every credential is invented

import string

import pytest
from hypothesis import strategies as st

from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from detectors.generic import credentials
from detectors.testing import RecognizerLaws
from scanner.locator import WHOLE
from scanner.model import Detection, Segment

ANALYSER = Analyser(DetectorSettings(disable=("names.lexicon", "names.model")), b"k" * 16)
ENTITIES = {"PASSWORD", "API_KEY", "PRIVATE_KEY"}
KEY = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow+abc/=\n-----END RSA PRIVATE KEY-----"


class TestApiKey(RecognizerLaws):
    card = credentials.API_KEY
    codes = st.one_of(
        st.permutations(string.ascii_uppercase[:16]).map(lambda mixed: "AKIA" + "".join(mixed)),
        st.permutations((string.ascii_letters + string.digits)[:36]).map(
            lambda mixed: "ghp_" + "".join(mixed)
        ),
    )
    may_be_disguised = False


class TestAssignedKey(RecognizerLaws):
    card = credentials.API_KEY
    number = 1
    codes = st.permutations("abcdefghij0123456789").map("".join)
    cue = "api_key = "
    may_be_disguised = False


class TestPassword(RecognizerLaws):
    card = credentials.PASSWORD
    codes = st.permutations("Kesae2031").map("".join)
    cue = "salasana: "
    may_be_disguised = False


class TestPrivateKey(RecognizerLaws):
    card = credentials.PRIVATE_KEY
    codes = st.text(string.ascii_letters, min_size=8, max_size=40).map(
        lambda body: f"-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----"
    )
    may_be_disguised = False


def _found(text: str) -> list[tuple[str, Detection]]:
    return [
        (text[detection.start : detection.end], detection)
        for _, detection in ANALYSER.detect([Segment(WHOLE, text)])
        if detection.entity in ENTITIES
    ]


@pytest.mark.parametrize(
    ("text", "value", "entity"),
    [
        ("salasana: Kesä-2031!", "Kesä-2031!", "PASSWORD"),
        ("Salasana on Kissa123.", "Kissa123", "PASSWORD"),
        ("Salasana | Kissa123", "Kissa123", "PASSWORD"),
        ("PASSWORD=hunter2", "hunter2", "PASSWORD"),
        ('{"password": "Tiger42"}', "Tiger42", "PASSWORD"),
        ("lösenordet är: Sommar2031", "Sommar2031", "PASSWORD"),
        ("passord: Vinter99!", "Vinter99!", "PASSWORD"),
        ("Adgangskoden er Hemmelig7", "Hemmelig7", "PASSWORD"),
        ("postgresql://hr:Kesae2031@db.example.org/hr", "Kesae2031", "PASSWORD"),
        ("api_key = 'q7Zp2LmX9vKc4RtBw1'", "q7Zp2LmX9vKc4RtBw1", "API_KEY"),
        ("Authorization: Bearer abcDEF123456ghiJKL", "abcDEF123456ghiJKL", "API_KEY"),
        ("xoxb-123456789012-abcdefGHIJKL", "xoxb-123456789012-abcdefGHIJKL", "API_KEY"),
        (f"key:\n{KEY}\nend", KEY, "PRIVATE_KEY"),
    ],
)
def test_credentials(text: str, value: str, entity: str) -> None:
    assert [(found, detection.entity) for found, detection in _found(text)] == [(value, entity)]


@pytest.mark.parametrize(
    "text",
    [
        "password: <password>",
        "password=xxxx",
        "password: changeme",
        "pwd=${PGPASSWORD}",
        "amqp://guest:${PW}@mq",
        "password = get_password()",
        "password: required",
        "Salasanan vaihtaminen on helppoa",
        "Käyttäjän salasana on vanhentunut",
        "Passordet er endret",
        "Forgot your password? Click here: https://example.org/reset",
        "token: 12345",
        "AKIAXXXXXXXXXXXXXXXX",
        "-----BEGIN PUBLIC KEY-----",
    ],
)
def test_what_is_no_credential(text: str) -> None:
    assert _found(text) == []


def test_nothing_of_a_credential_is_shown_or_hashed() -> None:
    ((_, detection),) = _found("salasana: Kesä-2031!")

    assert (detection.mask, detection.key) == ("•••", "")
    assert detection.category == "security.credential"
