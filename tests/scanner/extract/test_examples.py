"""The examples in the docstrings are true."""

import doctest

import pytest

from scanner.extract import archive, csv, header, table, xlsx


@pytest.mark.parametrize("module", [archive, csv, header, table, xlsx], ids=lambda m: m.__name__)
def test_the_examples_in_docstrings_are_true(module: object) -> None:
    failed, tried = doctest.testmod(module)  # type: ignore[arg-type]  # a module

    assert tried > 0
    assert failed == 0
