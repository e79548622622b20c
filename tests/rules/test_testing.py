"""The runner of cases finds what is wrong with them, for us and for customers."""

import shutil
from pathlib import Path

import pytest

from rules.testing import run_cases
from scanner.errors import RuleError

CUSTOM = Path(__file__).parent.parent.parent / "examples" / "custom-pack"
GOOD = """\
pass_in_payroll:
  facts: {category: financial.bank_account, activity: Payroll}
fail_elsewhere:
  facts: {category: financial.bank_account, activity: Recruitment}
"""


def _run(folder: Path, cases: str | None) -> list[str]:
    pack = folder / "pack"
    shutil.copytree(CUSTOM, pack)
    path = pack / "cases" / "OWN-01.yaml"
    path.unlink()
    if cases is not None:
        path.write_text(cases, "utf-8")
    return [f"{failure.line}: {failure.case}: {failure.message}" for failure in run_cases(pack)]


def test_good_cases_give_nothing(tmp_path: Path) -> None:
    assert _run(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("cases", "failure"),
    [
        (None, "1: OWN-01: the rule has no cases"),
        (GOOD.replace("fail_", "pass_"), "1: OWN-01: the rule has no case 'fail_…'"),
        (GOOD.replace("Recruitment", "Payroll"), "3: fail_elsewhere: subject is satisfied, not"),
        (GOOD + "odd:\n  facts: {}\n", "5: odd: its name begins with none of pass_"),
        (GOOD.replace("activity: Payroll", "activty: x"), "category has no fact 'activty'"),
        (GOOD.replace("activity: Payroll", "activity: 5"), "category.activity is text, not int"),
        (GOOD.replace("bank_account, activity: P", "x, activity: P"), "cannot be 'financial.x'"),
        (GOOD + "  says: [nothing like it]\n", "the message does not say 'nothing like it'"),
        (
            GOOD
            + "unknown_one:\n  facts: {category: financial.bank_account}\n  missing: [count]\n",
            "5: unknown_one: subject lacks activity, not count",
        ),
        (
            GOOD + "pass_links:\n  facts: {category: contact}\n  links: {systems: []}\n",
            "category has no link 'systems'",
        ),
    ],
)
def test_a_bad_case_is_said_with_its_line(tmp_path: Path, cases: str, failure: str) -> None:
    assert any(failure in line for line in _run(tmp_path, cases))


def test_a_case_may_have_several_subjects(tmp_path: Path) -> None:
    several = """\
fail_two_of_four:
  subjects:
    - {id: a, facts: {category: financial.bank_account, activity: Recruitment}}
    - {id: b, facts: {category: financial.bank_account}}
    - {id: c, facts: {category: financial.bank_account, activity: Payroll}}
  violated: [a]
  unknown: [b]
"""

    assert _run(tmp_path, GOOD + several) == []
    wrong = GOOD + several.replace("violated: [a]", "violated: [c]")
    assert len(_run(tmp_path / "again", wrong)) == 2


def test_a_misspelt_case_file_is_refused(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(CUSTOM, pack)
    (pack / "cases" / "OWN-11.yaml").write_text(GOOD, "utf-8")

    with pytest.raises(RuleError, match=r"OWN-11\.yaml:1: there is no rule 'OWN-11'"):
        run_cases(pack)


def test_a_misspelt_key_of_a_case_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"OWN-01\.yaml:2: .*fact: "):
        _run(tmp_path, GOOD.replace("facts", "fact"))
