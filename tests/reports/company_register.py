"""What the invented company declares."""

from datetime import date

from ropa.model import Register


def register() -> Register:
    """Give what it declares."""
    return Register.model_validate(
        {
            "controller": {
                "name": "Pohjantähti Hälytys Oy & <Partners>",
                "business_id": "0000000-0",
                "country": "FI",
                "email": "privacy@pohjantahti.example",
                "phone": "+358 00 000 0000",
                "address": "Esimerkkikatu 1, 00000 Esimerkkilä",
                "domains": ("pohjantahti.example",),
                "dpo": {"name": "Data Protection Officer", "email": "dpo@pohjantahti.example"},
                "representative": {"name": "Representative Ltd", "email": "rep@rep.example"},
            },
            "notice": {
                "file": "notice.fi.txt",
                "version": "3",
                "year": 2024,
                "categories": ("identity", "contact", "recruitment"),
                "countries": ("US",),
            },
            "activities": (
                {
                    "id": "recruitment",
                    "name": {"en": "Recruitment", "fi": "Rekrytointi"},
                    "purposes": (
                        {
                            "id": "select",
                            "name": {"en": "Choosing employees", "fi": "Työntekijöiden valinta"},
                            "basis": "A6-1-f",
                            "legitimate_interest": {
                                "en": "Filling open positions",
                                "fi": "Avoimien tehtävien täyttäminen",
                            },
                        },
                        {
                            "id": "duties",
                            "name": {"en": "Statutory duties", "fi": "Lakisääteiset velvoitteet"},
                            "basis": "A6-1-c",
                            "statute": "759/2004",
                        },
                    ),
                    "data_subjects": ({"en": "Job applicants", "fi": "Työnhakijat"},),
                    "categories": (
                        "identity.name",
                        "identity.birth_date",
                        "contact",
                        "recruitment",
                        {
                            "key": "special.disability",
                            "condition": {"en": "if told", "fi": "jos hakija kertoo"},
                        },
                    ),
                    "recipients": ("ats-vendor", "group-parent"),
                    "transfers": ("ats-us",),
                    "retention": (
                        {
                            "id": "not-chosen",
                            "duration": "P1Y",
                            "trigger": "selection_told",
                            "categories": ("recruitment", "identity", "contact"),
                        },
                        {
                            "id": "pool",
                            "duration": "P1Y6M",
                            "trigger": "consent",
                            "basis": "A6-1-a",
                            "exception": {"en": "renewed yearly", "fi": "uusitaan vuosittain"},
                        },
                    ),
                    "measures": {
                        "en": "Access by role, encryption in transit, logging.",
                        "fi": "Roolipohjaiset käyttöoikeudet, salattu siirto, lokit.",
                    },
                    "systems": ("ats", "mail", "share"),
                    "joint_controllers": ("group-parent",),
                },
                {
                    "id": "aptitude",
                    "name": {"en": "=1+1 aptitude tests", "fi": "=1+1 soveltuvuustestit"},
                    "categories": ("recruitment.test",),
                    "systems": ("db",),
                },
            ),
            "recipients": (
                {
                    "id": "ats-vendor",
                    "name": "Talentgrove Software, Inc.",
                    "role": "processor",
                    "country": "US",
                    "domains": ("talentgrove.example",),
                    "agreement": {"signed": date(2021, 5, 4), "reference": "DPA-2021-17"},
                },
                {
                    "id": "group-parent",
                    "name": "Pohjantähti Group AS",
                    "role": "joint_controller",
                    "country": "NO",
                    "domains": ("pohjantahti-group.example",),
                },
                {"id": "occupational-health", "name": "-Terveys Esimerkki Oy", "country": "FI"},
            ),
            "transfers": (
                {
                    "id": "ats-us",
                    "recipient": "ats-vendor",
                    "country": "US",
                    "tool": "scc",
                    "version": "2010/87/EU",
                    "module": "2",
                    "signed": date(2020, 2, 1),
                },
            ),
            "systems": (
                {
                    "id": "ats",
                    "name": "Recruiting system",
                    "kind": "recruiting_system",
                    "sources": ("ats",),
                    "operator": "ats-vendor",
                    "country": "US",
                },
                {
                    "id": "mail",
                    "name": "Recruitment mailbox",
                    "kind": "mailbox",
                    "sources": ("jobs-*",),
                    "country": "FI",
                },
                {
                    "id": "share",
                    "name": "HR file share",
                    "kind": "file_share",
                    "sources": ("hr-share",),
                    "country": "FI",
                },
                {
                    "id": "db",
                    "name": "@Test database",
                    "kind": "database",
                    "sources": ("test-db",),
                },
            ),
        }
    )
