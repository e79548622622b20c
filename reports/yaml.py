"""Write YAML for programs that a terminal may show too."""

import yaml

from reports.text import escaped


def yaml_text(value: object) -> str:
    r"""Write the same values, nothing hidden raw.

    >>> yaml_text({"name": "c\u0085v\u202efdp", "kieli": "suomi, ä"})
    'name: "c\\Nv\\u202efdp"\nkieli: suomi, ä\n'
    """
    return escaped(yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100))


class _Dumper(yaml.SafeDumper):
    """Writes texts that hide something between the quotation marks that escapes need."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None if escaped(text) == text else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
