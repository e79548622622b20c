"""A Norwegian and Danish group: no database, a mailbox in a file, requisitions, lists."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bench.companies.letters import Letters
from bench.companies.mails import CurriculumVitae, Desk, correspondence, note, write_mbox
from bench.companies.plot import Cast, candidacies
from bench.companies.tree import by_post, named, put
from bench.companies.world import Candidacy, Company, Truth
from demo.documents import docx, pdf, xlsx

_NAMES = """
Asbjørn Fjellhaug|Bodil Kråkvik:da|Cathrine Elvestrand|Dag-Erik Nordskar|Embla Havnås
Fredrik Tangvald|Gro Steinsvik|Haakon Rødseth|Ingunn Løvlibakk|Jarle Skogvang
Kjersti Blåfjell|Lars-Petter Ulvøy|Mette Vesterkær:da|Niels Grønhøj:da|Oda Kvitnes:nn
Preben Søndermark:da|Ragna Dalsbygd:nn|Sigrun Myrdalen:nn|Torkel Åsebø:nn|Unni Bergtun
Vibeke Klitgård-Holm:da|Wenche Oterholt|Ylva Sandvær|Zaid Al-Hamdani|Ægir Tunheim|Øystein Furulund
Åse Molvik|Astrid Rypdal|Bjarke Enggård:da|Camilla Lindehøj:da|Ditte Havmølle:da|Esben Rønnebæk:da
Frode Gaupås|Guri Tveitane:nn|Halvard Kinnarøy:nn|Ida Strandbygd|Jonas Engesæter|Karoline Hellevang
Mikkel Brushøj:da|Nanna Skovgærde:da|Olav Vassenden:nn|Pernille Torpager:da
Rowan Ashgrove:en|Sinead Kilbracken:en|Trevor Pennywell:en|Ursula Greyfield:en|Vincent Harlow:en
Winifred Stokesay:en
"""


def _titles(nb: str, nn: str, da: str, en: str) -> dict[str, str]:
    return {"nb": nb, "nn": nn, "da": da, "en": en}


_CAST = Cast(
    seed=1814,
    names=named(_NAMES, "nb"),
    married="Storhaugen",
    relative="Tiril",
    titles=(
        _titles("driftsleder", "driftsleiar", "driftsleder", "operations manager"),
        _titles("vekter i Bergen", "vektar i Bergen", "vagt i Bergen", "guard in Bergen"),
        _titles("kranfører", "kranførar", "kranfører", "crane operator"),
        _titles("regnskapsmedarbeider", "rekneskapsmedarbeidar", "bogholder", "accountant"),
        _titles("driftsleder", "driftsleiar", "driftsleder", "operations manager"),
        _titles("innkjøper", "innkjøpar", "indkøber", "buyer"),
        _titles("lagerarbeider", "lagerarbeidar", "lagermedarbejder", "warehouse worker"),
        _titles("prosjektleder", "prosjektleiar", "projektleder", "project manager"),
    ),
    codes=(
        "REQ-0387", "REQ-0412", "REQ-0466", "26/031", "26/117", "REQ-0431", "26/208", "24/417",
    ),
    mail_domains=("postkasse-eksempel.no", "brevdue-eksempel.dk", "innboks-eksempel.com"),
    phone="+44 7700 900 1{:02d}",
    shift=9,
    has_notes=False,
    lists_posts=False,
)  # fmt: skip
_CV = CurriculumVitae(
    lines=(
        "Curriculum vitae", "{name}", "{street}, 5003 Bergen", "Tlf. {phone}", "{email}",
        "Fødselsdato: {born}", "Arbeidserfaring", "2018-2024 Formann, Kystlast",
        "2014-2018 Sjåfør, Fjordtransport", "Utdanning", "2011-2014 Videregående skole, Bergen",
        "Språk: norsk, engelsk",
    ),
    file="{given} {family} - CV",
    day="%d.%m.%Y",
    street="Strandgaten {number}",
)  # fmt: skip


def write(company: Company, folder: Path) -> Truth:
    """Write all sources."""
    truth = Truth()
    everybody = tuple(company.candidacies)
    desk = Desk(
        Letters("nordic", company.name, "Solveig Hagen"),
        ("Stillinger", f"stillinger@{company.domain}"),
        ("Terje Nordbø", f"terje.nordbo@{company.domain}"),
        ("Henrik Lund", "henrik.lund@hodejegerne-eksempel.no"),
        "Hei, vi vil gjerne presentere {name} for stillingen som {title}. CV følger vedlagt.",
        "Hei Henrik, stillingen som {title} er nå besatt av en annen. Si fra til {name}.",
        _CV,
        "Den {at:%d.%m.%Y} skrev {name}:",
    )
    mails = write_mbox(folder / "post" / "stillinger.mbox", correspondence(everybody, desk))
    for number, mail in enumerate(mails, 1):
        note(truth, mail, "post", f"stillinger.mbox#{number}")
    _lists(folder, everybody)
    _share(folder / "felles", everybody, truth)
    return truth


def _lists(folder: Path, everybody: Sequence[Candidacy]) -> None:
    consents: list[list[str | int]] = [["Navn", "E-post", "Samtykke gitt", "Gyldig til"]]
    holds: list[list[str | int]] = [["Navn", "E-post", "Sak", "Fra dato", "Opphevet dato"]]
    for each in everybody:
        who = [each.person.name, each.person.email]
        consent, hold = each.consent, each.hold
        if consent and consent.is_registered:
            until = f"{consent.until:%d.%m.%Y}" if consent.until else ""
            consents.append([*who, f"{consent.given:%d.%m.%Y}", until])
        if hold:
            released = f"{hold.released:%d.%m.%Y}" if hold.released else ""
            holds.append([*who, "Diskriminering", f"{hold.since:%d.%m.%Y}", released])
    put(folder, "samtykker.xlsx", xlsx("Samtykker", consents), date(2026, 9, 1))
    put(folder, "krav.xlsx", xlsx("Krav", holds), date(2026, 9, 1))


def _share(folder: Path, everybody: Sequence[Candidacy], truth: Truth) -> None:
    for post, own in by_post(everybody):
        place = "Ansettelser/Åpne søknader"
        if post is not None:
            place = f"Ansettelser/{post.code.replace('/', '-')} {post.title}"
        for number, each in enumerate(own):
            if number % 3 != 2:
                name, content = _CV.of(each)
                put(folder, f"{place}/{name}", content, each.applied, moved=number == 3)
                truth.add("felles", f"{place}/{name}", "", each)
        if post is None:
            continue
        rows: list[list[str | int]] = [["Navn", "Mobil", "E-post", "Vurdering"]]
        for number, each in enumerate(own, 1):
            person = each.person
            rows.append([person.name, person.phone, person.email, "Aktuell"])
            truth.add("felles", f"{place}/Søkerliste.xlsx", f"sheet:Søkere/row:{number}", each)
        put(folder, f"{place}/Søkerliste.xlsx", xlsx("Søkere", rows), post.opened)
        said = [f"{each.person.name}: trygg og grundig, bør vurderes." for each in own[2:4]]
        put(folder, f"{place}/Referat.docx", docx(["Referat fra intervjuer", *said]), post.opened)
        for each in own[2:4]:
            truth.add("felles", f"{place}/Referat.docx", "", each)
    bills = [f"Faktura {900 + n}: {each.person.name}, alarm" for n, each in enumerate(everybody)]
    put(folder, "Kunder/Fakturaer.pdf", pdf(bills[3:18]), date(2025, 5, 5))
    truth.decoys.add(("felles", "Kunder/Fakturaer.pdf"))


COMPANY = Company(
    name="Brattvær Gruppen AS",
    title="Norwegian and Danish: no database, mbox, requisitions, lists",
    domain="brattvaer-eksempel.no",
    zone="Europe/Oslo",
    country='"NO"',
    sources="""  - {{id: post, kind: mbox, path: {folder}/post/stillinger.mbox}}
  - {{id: felles, kind: folder, path: {folder}/felles}}
lists:
  - {{kind: consents, path: {folder}/samtykker.xlsx}}
  - {{kind: holds, path: {folder}/krav.xlsx}}""",
    candidacies=candidacies(_CAST),
    write=write,
)
