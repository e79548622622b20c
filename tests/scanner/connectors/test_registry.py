"""What a kind of source is, is said once: by its own line or its plug-in, and handed down."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scanner.connectors import registry
from scanner.connectors.base import Kind, Role
from scanner.connectors.targets import config_for
from scanner.errors import ConfigError

PLUGINS = Path(__file__).parents[2] / "plugins"
MODULE = """
from typing import Literal
from pydantic import SecretStr
from scanner.connectors.base import Kind, Role, SourceConfig

KIND = Kind("ats", __name__, role=Role.RECRUITING, schemes=("ats",), at_once=1)

class Config(SourceConfig):
    kind: Literal["ats"] = "ats"
    url: SecretStr
"""

Install = Callable[[str, str], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Give a function that installs a plug-in's module for the test."""

    def put(kind: str, content: str) -> None:
        folder = tmp_path / f"{kind}_plugin-1.0.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Name: {kind}-plugin\nVersion: 1.0\n")
        entry = f"[kartta.connectors]\n{kind} = {kind}_plugin\n"
        (folder / "entry_points.txt").write_text(entry)
        (tmp_path / f"{kind}_plugin.py").write_text(content)
        monkeypatch.syspath_prepend(str(tmp_path))
        monkeypatch.delitem(sys.modules, f"{kind}_plugin", raising=False)

    return put


def test_a_plug_in_says_what_its_kind_is(install: Install) -> None:
    install("ats", MODULE)

    assert {"ats", "greenhouse"} == registry.recruiting_systems()
    assert registry.ranks()["ats"] == registry.ranks()["greenhouse"] < registry.ranks()["mbox"]
    assert 1 == registry.kind_of("ats").at_once
    assert ("ats", "jobs") == (
        (config := config_for("ats://us.example/jobs")).kind,
        config.id,
    )


def test_a_plug_in_that_says_nothing_of_its_kind_works_as_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(PLUGINS))

    assert Kind("hostile", "hostile_source", Role.FILES) == registry.kind_of("hostile")
    assert "hostile" not in registry.recruiting_systems()


def test_a_plug_in_that_cannot_be_loaded_costs_its_own_kind_only(install: Install) -> None:
    install("torn", "import nothing_of_this_name\n")

    assert "torn" in registry.names()
    assert "torn" not in registry.kinds()
    assert {"greenhouse"} == registry.recruiting_systems()
    with pytest.raises(ConfigError, match=r"torn-plugin 1\.0"):
        registry.config_model("torn")


def test_every_kind_of_ours_has_what_its_line_promises() -> None:
    for kind in registry.BUILTIN:
        assert kind.name == registry.config_model(kind.name).model_fields["kind"].default
        assert callable(registry.module_of(kind).open_source)
        assert not kind.schemes or "url" in registry.config_model(kind.name).model_fields
