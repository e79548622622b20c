"""Every error of a YAML file names the file, the line and the likely slip."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from scanner.errors import ConfigError
from scanner.yamlfile import did_you_mean, line_of, load, read


class _Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")

    country: str = ""
    size: int = 0


class _Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    items: tuple[_Inner, ...] = ()


def _write(folder: Path, text: str) -> Path:
    path = folder / "file.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def _error(path: Path) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        load(path, _Outer, ConfigError)
    return caught.value


def test_a_good_file_becomes_its_model(tmp_path: Path) -> None:
    path = _write(tmp_path, "name: one\nitems:\n  - {country: FI}\n")

    assert load(path, _Outer, ConfigError) == _Outer(name="one", items=(_Inner(country="FI"),))


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("name: one\nname: two\n", 2, "'name' stands twice"),
        ("name: one\nitems:\n  - country: FI\n    contry: SE\n", 4, "contry"),
        ("name: one\nitems:\n  - country: FI\n  - country: NO\n", 4, "country"),
        ("name: one\nitems:\n  - FI\n", 3, "should be a mapping of keys"),
        ("name: [1\n", 2, "expected ',' or ']'"),
        ("items: []\n", 1, "name: Field required"),
        ("name: &a\n  - *a\n", 1, "an anchor holds itself"),
    ],
    ids=["twice", "unknown key", "type", "not a mapping", "syntax", "lacking", "circle"],
)
def test_the_error_names_the_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    path = _write(tmp_path, text)

    message = _error(path).message

    assert message.startswith(f"{path}:{line}: ")
    assert says in message


def test_a_misspelt_key_is_guessed(tmp_path: Path) -> None:
    path = _write(tmp_path, "name: one\nitems:\n  - contry: SE\n")

    assert _error(path).hint == "did you mean 'country'? known here: country, size"


def test_an_unquoted_norway_is_explained(tmp_path: Path) -> None:
    path = _write(tmp_path, "name: one\nitems:\n  - country: NO\n")

    assert "quotes" in _error(path).hint


def test_further_errors_are_counted(tmp_path: Path) -> None:
    path = _write(tmp_path, "nam: one\nitem: two\n")

    assert _error(path).message.endswith("(and 2 more)")


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    assert "cannot be read" in _error(tmp_path / "absent.yaml").message


def test_another_encoding_is_said(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes("name: Yhtiö\n".encode("latin-1"))

    assert "is not UTF-8" in _error(path).message


def test_an_empty_file_is_an_empty_document(tmp_path: Path) -> None:
    assert read(_write(tmp_path, ""), ConfigError) == (None, {})


def test_a_place_that_is_not_in_the_file_has_the_line_around_it() -> None:
    lines = {("require",): 4, ("require", "all"): 5, ("require", "all", 0): 6}

    assert line_of(("require", "all", "all", 0, "test", "op"), lines) == 6
    assert line_of(("message",), lines) == 1


def test_without_known_words_there_is_nothing_to_guess() -> None:
    assert did_you_mean("word", ()) == "remove it"
