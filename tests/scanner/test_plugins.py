"""What installed packages add: found, told when a name is taken, named when broken."""

import logging
from pathlib import Path
from types import ModuleType

import pytest

from scanner import plugins
from scanner.errors import ConfigError

GROUP = "kartta.formats"


def install(folder: Path, package: str, entry: str, module: str = "") -> None:
    """Lay a package into a folder as pip would: metadata with entry points, and one module."""
    metadata = folder / f"{package.replace('-', '_')}-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(f"[{GROUP}]\n{entry}\n")
    (folder / f"{package.replace('-', '_')}.py").write_text(module)


def test_what_a_package_adds_is_found_under_its_name_and_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "added-one", "vtt = added_one:VALUE", "VALUE = 7\n")
    monkeypatch.syspath_prepend(str(tmp_path))

    (plugin,) = plugins.installed(GROUP)
    assert str(plugin) == "the format 'vtt' of added-one 1.0"
    assert plugins.load(plugin, int) == 7
    assert plugins.added(GROUP, ["pdf"]) == {"vtt": plugin}


def test_a_name_that_is_taken_stays_with_its_owner_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    install(tmp_path, "taken-a", "vtt = taken_a")
    install(tmp_path, "taken-b", "vtt = taken_b")
    install(tmp_path, "taken-c", "pdf = taken_c")
    monkeypatch.syspath_prepend(str(tmp_path))

    with caplog.at_level(logging.WARNING):
        added = plugins.added(GROUP, ["pdf"])
    assert [plugin.package for plugin in added.values()] == ["taken-a 1.0"]
    assert sorted(record.getMessage() for record in caplog.records) == [
        "the format 'pdf' of taken-c 1.0 is not used: the name is taken",
        "the format 'vtt' of taken-b 1.0 is not used: the name is taken",
    ]


@pytest.mark.parametrize(
    ("package", "module", "says"),
    [
        ("broken-import", "import a_library_that_is_not_there\n", "ModuleNotFoundError"),
        ("broken-syntax", "def\n", "SyntaxError"),
        ("broken-anyhow", "raise ValueError('a@b.example')\n", "ValueError"),
        ("broken-name", "", "AttributeError"),
        ("broken-kind", "VALUE = 'seven'\n", "is no int"),
    ],
)
def test_a_broken_plug_in_names_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, module: str, says: str
) -> None:
    install(tmp_path, package, f"vtt = {package.replace('-', '_')}:VALUE", module)
    monkeypatch.syspath_prepend(str(tmp_path))
    (plugin,) = plugins.installed(GROUP)

    with pytest.raises(ConfigError) as caught:
        plugins.load(plugin, int)
    assert f"{package} 1.0" in caught.value.message
    assert says in caught.value.message
    assert "a@b.example" not in caught.value.message
    assert "uninstall" in caught.value.hint


def test_a_plug_in_may_be_a_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "whole-module", "vtt = whole_module")
    monkeypatch.syspath_prepend(str(tmp_path))
    (plugin,) = plugins.installed(GROUP)

    assert plugins.load(plugin, ModuleType).__name__ == "whole_module"
