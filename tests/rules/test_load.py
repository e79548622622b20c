"""A rule that looks at nothing, or at something misspelt, is refused with its line."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ropa.subjects import Kind, Subject
from rules.check import RuleFile, check
from rules.evaluate import judge
from rules.load import load_folders, load_packs, load_rule
from rules.model import Rule
from scanner.errors import RuleError
from scanner.yamlfile import validate

RULE = """\
id: OWN-01
title: {en: Too late, fi: Myöhässä}
severity: high
certainty: policy
references: ["House rule 1"]
applies_to: copy
when:
  all:
    - {field: outside_ats, op: equals, value: true}
    - not: {field: clock, op: in, value: [on_hold]}
    - linked: candidacy
      where: {field: status, op: equals, value: rejected}
require:
  {field: days_past, op: at_most, value: 0}
message:
  en: "{name} is {days_past} days late"
  fi: "{name} on {days_past} päivää myöhässä"
remedy: Erase it
"""


def _pack(folder: Path, rule: str = RULE, name: str = "own", key: str = "OWN-01") -> Path:
    folder.mkdir(exist_ok=True)
    text = f'name: {name}\nversion: "2026.11"\ntitle: Own\n'
    (folder / "pack.yaml").write_text(text, encoding="utf-8")
    (folder / f"{key}.yaml").write_text(rule, encoding="utf-8")
    return folder


def _error(folder: Path, rule: str) -> RuleError:
    _pack(folder, rule)
    with pytest.raises(RuleError) as caught:
        load_rule(folder / "OWN-01.yaml")
    return caught.value


def test_a_folder_of_rules_joins_the_built_in_ones(tmp_path: Path) -> None:
    own = load_packs([_pack(tmp_path)])

    assert own.labels == ("eu 2026.11", "fi 2026.11", "own 2026.11")
    assert own.rule("OWN-01").group == "OWN"
    assert [rule.id for rule in own.rules] == sorted(rule.id for rule in own.rules)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("op: in,", "op: inn,", 10, "unknown operator 'inn'; did you mean 'in'?"),
        ("op: equals, value: true", "value: true", 9, "the test has no operator 'op'"),
        ("field: clock", "field: clok", 10, "copy has no fact 'clok'; did you mean 'clock'?"),
        ("field: status", "field: due", 12, "candidacy has no fact 'due'"),
        ("linked: candidacy", "linked: candidate", 11, "has no link 'candidate'; did you mean"),
        ("{days_past} days", "{days_passed} days", 16, "unknown placeholder '{days_passed}'; did"),
        ("{days_past} päivää", "{days} päivää", 17, "unknown placeholder '{days}'"),
        ("{days_past} päivää", "{days_past:>9} päivää", 17, "with a plain name"),
        ("{days_past} päivää", "{days_past päivää", 17, "expected '}'"),
        ("{days_past} päivää", "{name.facts} päivää", 17, "with a plain name"),
        ("value: [on_hold]", "value: [on_hld]", 10, "never 'on_hld'; did you mean 'on_hold'?"),
        ("value: [on_hold]", "value: on_hold", 10, "takes a list of texts"),
        ("value: [on_hold]", "value: [1]", 10, "takes a list of texts"),
        ("value: true", 'value: "true"', 9, "takes a flag"),
        ("value: true", "value: {fact: due}", 9, "cannot be compared with 'due' (date)"),
        ("value: true", "value: {fact: dew}", 9, "copy has no fact 'dew'"),
        ("value: true", "value: {fakt: due}", 9, "a literal or {fact: other_fact}"),
        ("op: at_most", "op: contains", 14, "'contains' does not fit 'days_past' (number)"),
        ("op: at_most, value: 0", "op: at_most", 13, "takes a number"),
        ("op: at_most", "op: exists", 14, "takes no value"),
        ("not: {field", "nott: {field", 10, "unknown condition 'nott'; did you mean 'not'?"),
        ("  all:", "  all: []\n  any:", 9, "'any' does not belong beside 'all'"),
        ("value: true}", "value: true, valu: 1}", 9, "'valu' does not belong beside 'field'"),
        ("  {field: days_past, op: at_most, value: 0}", "  true", 13, "a condition is a mapping"),
        ("  {field: days_past, op: at_most, value: 0}", "  {any: []}", 14, "a list of conditions"),
        ("severity: high", "severity: hihg", 3, "severity"),
        ("severity: high", "severty: high", 1, "severity: Field required"),
        ("applies_to: copy", "applies_to: cpy", 6, "applies_to"),
        ("references: [", "refs: [", 1, "references: Field required"),
        ("certainty: policy", "certainty: policy\nstatus: deprecated", 1, "names its successor"),
        ("id: OWN-01", "id: OWN-02", 1, "is not named after its rule 'OWN-02'"),
        ("id: OWN-01", "id: own", 1, "id"),
    ],
)
def test_a_slip_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    assert old in RULE

    message = _error(tmp_path, RULE.replace(old, new, 1)).message

    assert message.startswith(f"{tmp_path / 'OWN-01.yaml'}:{line}: ")
    assert says in message


@pytest.mark.parametrize(
    "require",
    [
        "{field: source, op: matches, value: '('}",
        "{field: source, op: matches, value: {fact: system}}",
        "{field: source, op: contains, value: 5}",
        "{field: categories, op: contains, value: identity.nam}",
        "{field: categories, op: equals, value: identity.name}",
        "{field: source, op: in, value: []}",
        "{field: source, op: in, value: {fact: system}}",
        "{field: due, op: before, value: 2026}",
        "{field: days_past, op: at_most, value: true}",
    ],
)
def test_a_value_that_does_not_fit_is_refused(tmp_path: Path, require: str) -> None:
    rule = RULE.replace("{field: days_past, op: at_most, value: 0}", require)

    assert f"{tmp_path / 'OWN-01.yaml'}:14: " in _error(tmp_path, rule).message


@pytest.mark.parametrize(
    "require",
    [
        "{field: source, op: matches, value: '^HR'}",
        "{field: source, op: equals, value: {fact: system}}",
        "{field: categories, op: contains, value: identity.name}",
        "{field: categories, op: matches, value: '^special'}",
        "{field: categories, op: equals, value: []}",
        "{field: source, op: in, value: {fact: categories}}",
        "{field: due, op: before, value: 2026-11-22}",
        "{field: due, op: before, value: {fact: modified}}",
        "{field: days_past, op: at_most, value: {fact: age_days}}",
    ],
)
def test_a_value_that_fits_is_taken(tmp_path: Path, require: str) -> None:
    rule = RULE.replace("{field: days_past, op: at_most, value: 0}", require)

    assert load_folders([_pack(tmp_path, rule)]).rules[0].id == "OWN-01"


def test_an_id_is_given_once(tmp_path: Path) -> None:
    one, two = _pack(tmp_path / "one"), _pack(tmp_path / "two", name="other")

    with pytest.raises(RuleError, match=r"two/OWN-01.yaml:1: rule 'OWN-01' is also in .*one"):
        load_folders([one, two])


def test_a_successor_exists(tmp_path: Path) -> None:
    rule = RULE + "status: deprecated\nsuccessor: OWN-02\n"

    with pytest.raises(RuleError, match="the successor 'OWN-02' is no rule"):
        load_folders([_pack(tmp_path, rule)])


def test_a_folder_without_a_pack_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"pack\.yaml: cannot be read"):
        load_folders([tmp_path])


def test_a_pack_has_a_dated_version(tmp_path: Path) -> None:
    _pack(tmp_path)
    (tmp_path / "pack.yaml").write_text("name: own\nversion: latest\ntitle: Own\n", "utf-8")

    with pytest.raises(RuleError, match=r"pack\.yaml:2: version"):
        load_folders([tmp_path])


def test_two_packs_have_two_names(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="there are two packs 'eu'"):
        load_packs([_pack(tmp_path, name="eu")])


def _install(folder: Path, package: str, pack: str, key: str) -> None:
    """Lay a package with a pack into a folder as pip would."""
    metadata = folder / f"{package}-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(f"[kartta.rules]\n{pack} = {package}\n")
    _pack(folder / package, RULE.replace("OWN-01", key), pack, key)
    (folder / package / "__init__.py").touch()


def test_a_pack_of_an_installed_package_joins_unless_its_name_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    _install(tmp_path, "pack_of_house", "house", "HSE-01")
    _install(tmp_path, "pack_of_eu", "eu", "RET-01")
    monkeypatch.syspath_prepend(str(tmp_path))

    loaded = load_packs()
    assert loaded.labels == ("eu 2026.11", "fi 2026.11", "house 2026.11")
    assert loaded.rule("HSE-01").title.en == "Too late"
    assert loaded.rule("RET-01").title.en != "Too late"
    assert "the rule pack 'eu' of pack_of_eu 1.0 is not used" in caplog.text
    assert load_packs(installed=False).labels == ("eu 2026.11", "fi 2026.11")


_KEYS = st.sampled_from(["all", "any", "not", "linked", "where", "field", "op", "value", "fact"])
_WORDS = st.sampled_from(["clock", "candidacy", "status", "days_past", "equals", "in", "at_most"])
_TREES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.dates(), _WORDS, st.text(max_size=3)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=3)),
    max_leaves=8,
)


@given(_TREES, _TREES)
def test_whatever_stands_in_a_condition_gives_a_rule_or_our_error(
    when: object, require: object
) -> None:
    """Never a crash, and never a rule that the judgement would stumble over."""
    document = yaml.safe_load(RULE) | {"when": when, "require": require}
    file = RuleFile(Path("OWN-01.yaml"), document, {})
    try:
        check(file)
    except RuleError:
        return
    rule = validate(document, {}, file.path, Rule, RuleError)

    judge(rule, Subject(Kind.COPY, "a", "a"))


def test_an_unknown_rule_comes_with_the_known_ones() -> None:
    with pytest.raises(RuleError) as caught:
        load_packs().rule("RET-99")

    assert "did you mean 'RET-" in caught.value.hint
