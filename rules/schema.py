"""The JSON schema of a rule file, for editors: `python -m rules.schema` rewrites it."""

import json
from pathlib import Path
from typing import Any

from rules.model import Rule
from rules.vocabulary import vocabulary

SCHEMA_FILE = Path(__file__).parent / "schema.json"
_WORDS = ("title", "message", "remedy", "rationale")


def schema() -> dict[str, Any]:
    """Make the schema from the model, and name the facts and links that there are."""
    made = Rule.model_json_schema(by_alias=True)
    properties = made["properties"]
    del properties["group"]  # follows from the id
    for name in _WORDS:
        properties[name] = {
            "anyOf": [{"type": "string"}, {"$ref": "#/$defs/Text"}],
            **{key: value for key, value in properties[name].items() if key == "description"},
        }
    terms = vocabulary().values()
    facts = sorted({name for term in terms for name in term.facts})
    links = sorted({name for term in terms for name in term.links})
    made["$defs"]["Test"]["properties"]["field"]["enum"] = facts
    made["$defs"]["Linked"]["properties"]["linked"]["enum"] = links
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": "Kartta rule",
    }


def text() -> str:
    """Write the schema as it stands in `schema.json`."""
    return json.dumps(schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def write(path: Path = SCHEMA_FILE) -> None:
    """Rewrite the file."""
    path.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    write()
