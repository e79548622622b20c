"""Write what is shipped as a CycloneDX document: Kartta and its locked dependencies.

    .tools/audit/bin/python -m tools.sbom OUT.json PACKAGES

PACKAGES is the folder in which the locked distributions are installed: it says their licences. Those
that are locked for other systems only have none there. The document is checked against the schema of
CycloneDX, and the same lock gives the same document.
"""

import sys
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from kartta.version import __version__
from tools.locked import canonical, installed, licences, read

ROOT = Path(__file__).parent.parent


def made(lock: Path, packages: str) -> Bom:
    """Make the document."""
    there, factory = installed([packages]), LicenseFactory()
    kartta = Component(
        name="kartta", version=__version__, type=ComponentType.APPLICATION, bom_ref="kartta",
        purl=PackageURL("pypi", None, "kartta", __version__),
        licenses=[factory.make_from_string("Apache-2.0")],
    )  # fmt: skip
    bom = Bom(serial_number=uuid5(NAMESPACE_OID, lock.read_text("utf-8") + __version__))
    bom.metadata.component = kartta
    bom.metadata.timestamp = None
    parts = []
    for each in read(lock):
        purl = PackageURL("pypi", None, canonical(each.name), each.version)
        found = there.get(canonical(each.name))
        names = licences(found) if found and found.version == each.version else ()
        expression = [factory.make_from_string(name) for name in names]
        parts.append(
            Component(
                name=each.name, version=each.version, type=ComponentType.LIBRARY,
                bom_ref=str(purl), purl=purl, scope=ComponentScope.REQUIRED,
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=h) for h in each.hashes],
                licenses=expression,
            )
        )  # fmt: skip
    bom.components.update(parts)
    bom.register_dependency(kartta, parts)
    return bom


def main() -> None:
    """Write the document, or say what the schema has against it."""
    out, packages = sys.argv[1:]
    text = JsonV1Dot6(made(ROOT / "requirements" / "run.txt", packages)).output_as_string(indent=2)
    if error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        sys.exit(f"the document is not what CycloneDX asks for: {error}")
    Path(out).write_text(f"{text}\n", "utf-8")


if __name__ == "__main__":
    main()
