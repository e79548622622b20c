"""The lock is whole: `pip install --no-deps` leaves nothing out, today and in a year.

pip once resolved an extra of a locked package (`coverage[toml]`) to a release that was newer than
the lock, and refused it for want of a hash. With `--no-deps` it resolves nothing, so that what the
lock lacks would be missing in silence: this test looks for it.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, distribution
from itertools import chain, product
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
Environment = Mapping[str, str]
Node = tuple[str, frozenset[str]]
"""A distribution and the extras of it that are asked for."""

_SYSTEMS = (
    ("linux", "Linux", "posix", "x86_64"),
    ("linux", "Linux", "posix", "aarch64"),
    ("darwin", "Darwin", "posix", "arm64"),
    ("win32", "Windows", "nt", "AMD64"),
)
ENVIRONMENTS: tuple[Environment, ...] = tuple(
    {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "implementation_version": f"{python}.0",
        "platform_python_implementation": "CPython",
        "sys_platform": system,
        "platform_system": name,
        "os_name": kind,
        "platform_machine": machine,
        "platform_release": "",
        "platform_version": "",
    }
    for python, (system, name, kind, machine) in product(("3.11", "3.12", "3.13", "3.14"), _SYSTEMS)
)


def locked(name: str) -> list[Requirement]:
    """Read a lock file's requirements, without their hashes."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    lines = re.sub(r"\\\n\s*--hash=\S+", "", text).splitlines()
    return [Requirement(line.rstrip(" \\")) for line in lines if re.match(r"[A-Za-z0-9]", line)]


def asked(*groups: str, extras: bool) -> list[Requirement]:
    """Read what pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    entries = list(project["project"]["dependencies"])
    if extras:
        entries += chain.from_iterable(project["project"]["optional-dependencies"].values())
    names = list(groups)
    for name in names:
        for entry in project["dependency-groups"][name]:
            if isinstance(entry, str):
                entries.append(entry)
            else:
                names.append(entry["include-group"])
    return list(map(Requirement, entries))


def applies(requirement: Requirement, environment: Environment, extras: Iterable[str] = ()) -> bool:
    """Say whether a requirement holds in an environment, for any of the extras."""
    marker = requirement.marker
    return marker is None or any(
        marker.evaluate({**environment, "extra": extra}) for extra in ("", *extras)
    )


def missing(
    lock: list[Requirement], roots: list[Requirement], environment: Environment
) -> Iterator[str]:
    """Name what is required in an environment and not locked for it, or at another version."""
    known = {
        canonicalize_name(entry.name): Version(next(iter(entry.specifier)).version)
        for entry in lock
        if applies(entry, environment)
    }
    extras: dict[str, set[str]] = {}
    waiting = [(root, "pyproject.toml") for root in roots if applies(root, environment)]
    while waiting:
        requirement, wanted_by = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name not in known or not requirement.specifier.contains(known[name], prereleases=True):
            yield f"{requirement} ({wanted_by})"
            continue
        new = requirement.extras - extras.get(name, set())
        if name in extras and not new:
            continue
        extras.setdefault(name, set()).update(requirement.extras)
        try:
            found = distribution(name).requires or ()
        except PackageNotFoundError:
            continue  # locked for other systems than this one: its own needs cannot be read here
        waiting += [
            (inner, name)
            for inner in map(Requirement, found)
            if applies(inner, environment, extras[name])
        ]


@pytest.mark.parametrize(
    ("name", "groups", "extras"), [("run", ("build",), False), ("dev", ("dev",), True)]
)
def test_everything_that_a_locked_package_requires_is_locked(
    name: str, groups: tuple[str, ...], *, extras: bool
) -> None:
    lock, roots = locked(name), asked(*groups, extras=extras)

    for environment in ENVIRONMENTS:
        where = f"{environment['python_version']} on {environment['sys_platform']}"
        assert [] == list(missing(lock, roots, environment)), where


def test_a_gap_in_the_lock_is_seen() -> None:
    lock, roots = locked("dev"), asked("dev", extras=True)
    holed = [entry for entry in lock if entry.name != "coverage"]

    assert any("coverage" in gap for gap in missing(holed, roots, ENVIRONMENTS[0]))


def test_both_locks_agree() -> None:
    run = {(entry.name, str(entry.marker)): str(entry.specifier) for entry in locked("run")}
    dev = {(entry.name, str(entry.marker)): str(entry.specifier) for entry in locked("dev")}

    assert {key: dev.get(key) for key in run} == run


def test_every_locked_package_has_a_hash_and_no_lock_names_an_index() -> None:
    for name in ("run", "dev", "audit"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
        entries = re.split(r"\n(?=[A-Za-z0-9])", text)

        assert all("--hash=sha256:" in entry for entry in entries)
        assert "://" not in text
        assert "index" not in text
