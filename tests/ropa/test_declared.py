"""The register is read whole, and every slip in it has its line."""

from pathlib import Path

import pytest

from ropa.declared import load_register, locate_register
from ropa.model import Tool, Trigger
from scanner.errors import RegisterError

CONTROLLER = """\
controller:
  name: Example Oy
  country: FI
"""
WHOLE = """\
version: 1
controller:
  name: Example Oy
  country: FI
  domains: [example.com]
notice:
  year: 2021
  categories: [identity, contact.email]
activities:
  - id: recruitment
    name: {en: Recruitment, fi: Rekrytointi}
    purposes:
      - {id: selection, name: Selection, basis: A6-1-f}
    categories:
      - identity
      - {key: special.health, condition: when told by the applicant}
    recipients: [greenhouse]
    transfers: [greenhouse-us]
    retention:
      - {id: applicants, categories: [identity], duration: P1Y, trigger: selection_told}
    systems: [ats]
recipients:
  - {id: greenhouse, name: Greenhouse Software, role: processor, country: US}
transfers:
  - {id: greenhouse-us, recipient: greenhouse, country: US, tool: scc, version: "2021/914"}
systems:
  - {id: ats, name: Recruiting system, kind: recruiting_system, operator: greenhouse}
"""


def _write(folder: Path, text: str, name: str = "register.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _error(path: Path) -> RegisterError:
    with pytest.raises(RegisterError) as caught:
        load_register(path)
    return caught.value


def test_a_whole_register_is_read(tmp_path: Path) -> None:
    register = load_register(_write(tmp_path, WHOLE))

    activity = register.activities[0]
    assert activity.retention[0].trigger is Trigger.SELECTION_TOLD
    assert activity.categories[1].condition.in_language("fi") == "when told by the applicant"
    assert register.transfers[0].tool is Tool.SCC
    assert register.recipient("greenhouse").name == "Greenhouse Software"


def test_files_of_a_folder_are_joined_in_the_order_of_their_names(tmp_path: Path) -> None:
    _write(tmp_path, CONTROLLER, "0.yaml")
    _write(tmp_path, "activities:\n  - {id: sales, name: Sales, recipients: [crm]}\n", "2.yml")
    _write(tmp_path, "activities:\n  - {id: hiring, name: Hiring}\n", "1.yaml")
    _write(tmp_path, "recipients:\n  - {id: crm, name: CRM}\n", "3.yaml")

    register = load_register(tmp_path)

    assert [activity.id for activity in register.activities] == ["hiring", "sales"]
    assert [recipient.id for recipient in register.recipients] == ["crm"]


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("recipients: [greenhouse]", "recipients: [grenhouse]", 17, "recipient 'grenhouse'"),
        (
            "transfers: [greenhouse-us]",
            "transfers: [greenhouse-in]",
            18,
            "transfer 'greenhouse-in'",
        ),
        ("systems: [ats]", "systems: [at]", 21, "system 'at'"),
        ("recipient: greenhouse", "recipient: greenhose", 25, "recipient 'greenhose'"),
        ("operator: greenhouse", "operator: house", 27, "recipient 'house'"),
        ("      - identity\n", "      - identiti\n", 15, "category 'identiti'"),
        ("key: special.health", "key: special.helth", 16, "category 'special.helth'"),
        ("categories: [identity],", "categories: [identity.nam],", 20, "category 'identity.nam'"),
        ("contact.email]", "contact.mail]", 8, "category 'contact.mail'"),
    ],
)
def test_what_is_named_exists(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    assert old in WHOLE
    path = _write(tmp_path, WHOLE.replace(old, new))

    error = _error(path)

    assert error.message.startswith(f"{path}:{line}: ")
    assert says in error.message
    assert "did you mean" in error.hint


def test_joint_controllers_are_recipients(tmp_path: Path) -> None:
    path = _write(tmp_path, WHOLE.replace("systems: [ats]", "joint_controllers: [social]"))

    assert "recipient 'social'" in _error(path).message


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        ("  - {id: ats, name: Again, kind: other}\n", "system 'ats' also stands at"),
        ("  - {id: ats2, name: Again, kind: other, country: [FI]}\n", "country"),
    ],
)
def test_ids_stand_once(tmp_path: Path, extra: str, says: str) -> None:
    path = _write(tmp_path, WHOLE + extra)

    error = _error(path)

    assert error.message.startswith(f"{path}:28: ")
    assert says in error.message


def test_ids_stand_once_over_all_files(tmp_path: Path) -> None:
    first = _write(tmp_path, WHOLE, "a.yaml")
    second = _write(tmp_path, "recipients:\n  - {id: greenhouse, name: Again}\n", "b.yaml")

    message = f"{second}:2: recipient 'greenhouse' also stands at {first}:23"
    assert _error(tmp_path).message == message


def test_purposes_and_limits_stand_once_in_an_activity(tmp_path: Path) -> None:
    twice = (
        "activities:\n  - id: a\n    name: A\n    purposes:\n" + 2 * "      - {id: p, name: P}\n"
    )
    limits = "    retention:\n" + 2 * "      - {id: r}\n"
    path = _write(tmp_path, CONTROLLER + twice + limits)

    error = _error(path)

    assert error.message == f"{path}:9: purpose 'p' also stands at {path}:8 (and 1 more)"


def test_the_first_of_several_slips_is_named_and_the_others_are_counted(tmp_path: Path) -> None:
    text = WHOLE.replace("systems: [ats]", "systems: [at]").replace("[greenhouse]", "[grenhouse]")
    path = _write(tmp_path, text)

    error = _error(path)

    assert error.message.startswith(f"{path}:17: ")
    assert error.message.endswith("(and 1 more)")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("version: 1\n", "names no controller"),
        ("", "names no controller"),
        ("controller: {name: Example Oy}\n", "controller.country: Field required"),
        (CONTROLLER + "activites: []\n", "activites"),
        (CONTROLLER + "version: 2\n", "version"),
    ],
)
def test_a_file_that_is_no_register_is_refused(tmp_path: Path, text: str, says: str) -> None:
    assert says in _error(_write(tmp_path, text)).message


def test_the_controller_stands_once(tmp_path: Path) -> None:
    _write(tmp_path, CONTROLLER, "a.yaml")
    second = _write(tmp_path, "version: 1\n" + CONTROLLER, "b.yaml")

    assert _error(tmp_path).message.startswith(f"{second}:2: 'controller' also stands in")


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    assert "no YAML file" in _error(tmp_path).message


def test_no_error_repeats_a_value_of_the_register(tmp_path: Path) -> None:
    """An address in the wrong place must not travel into logs by way of an error."""
    path = _write(tmp_path, "controller:\n  name: Example Oy\n  country: marker@example.com\n")

    error = _error(path)

    assert "marker@" not in f"{error.message} {error.hint}"


def test_each_entry_is_found_again_on_its_line(tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text(
        "controller: {name: Us, country: FI}\n"
        "activities:\n"
        "  - id: hiring\n"
        "    name: Hiring\n"
        "    purposes:\n"
        "      - id: select\n"
        "        name: Choosing\n"
    )
    second.write_text("recipients:\n  - name: They\n    id: they\n    role: processor\n")

    assert locate_register(tmp_path).lines == {
        "controller": (first, 1),
        "activities.hiring": (first, 3),
        "activities.hiring.purposes.select": (first, 6),
        "recipients.they": (second, 2),
    }
