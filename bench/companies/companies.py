"""The companies by name."""

from collections.abc import Mapping

from bench.companies import swedish
from bench.companies.world import Company

COMPANIES: Mapping[str, Company] = {"swedish": swedish.COMPANY}
