"""What the invented people and the recruiters write: applications, CVs, replies, notices."""

from datetime import date

from demo.documents import docx, pdf
from demo.people import Candidacy, Language, Person

RECRUITER = "Outi Hanhijärvi"
_DATED = {
    "fi": "{0.day}.{0.month}.{0.year}",
    "sv": "{0.day}.{0.month}.{0.year}",
    "en": "{0:%d/%m/%Y}",
}


def application(candidacy: Candidacy) -> str:
    """Write the covering letter that comes as the body of a mail."""
    person, vacancy = candidacy.person, candidacy.vacancy
    title = vacancy.title(person.language)
    letter = {
        "fi": f"""Hei,

haen tehtävää {title} ({vacancy.code}). Nykyinen työni on opettanut minulle tarkkuutta, ja
vuorotyö sopii minulle hyvin. Ansioluetteloni on liitteenä. Kerron mielelläni lisää
haastattelussa.
""",
        "sv": f"""Hej,

jag söker tjänsten som {title.lower()} ({vacancy.code}). Jag är van vid skiftarbete och trivs
bland kunder. Mitt CV finns bifogat. Jag berättar gärna mer vid en intervju.
""",
        "en": f"""Dear recruiter,

I am applying for the position of {title.lower()} ({vacancy.code}). I am used to working in
shifts and I like to meet customers. My CV is attached. I would be glad to tell you more.
""",
    }[person.language]
    return letter + _EXTRA.get(person.key, "") + "\n" + signature(person)


def signature(person: Person) -> str:
    """Write how a person closes a mail."""
    greeting = {"fi": "Terveisin", "sv": "Med vänlig hälsning", "en": "Kind regards"}
    return f"{greeting[person.language]}\n{person.name}\n{person.phone}\n{person.email}\n"


def acknowledgement(candidacy: Candidacy) -> str:
    """Write that an application has come; it tells of no decision."""
    title = candidacy.vacancy.title(candidacy.person.language).lower()
    return {
        "fi": f"Hei {candidacy.person.first},\n\nkiitos hakemuksestasi tehtävään {title}.\n"
        "Käymme hakemukset läpi ja palaamme asiaan.\n",
        "sv": f"Hej {candidacy.person.first},\n\ntack för din ansökan till tjänsten som {title}.\n"
        "Vi går igenom ansökningarna och återkommer.\n",
        "en": f"Dear {candidacy.person.first},\n\nthank you for applying as {title}.\n"
        "We are reading the applications and will be in touch.\n",
    }[candidacy.person.language] + _closing(candidacy.person.language)


def selection_notice(candidacy: Candidacy) -> str:
    """Tell an applicant that somebody else was chosen: the event that starts the clock."""
    title = candidacy.vacancy.title(candidacy.person.language).lower()
    return {
        "fi": f"Hei {candidacy.person.first},\n\nkiitos mielenkiinnostasi ({title}). Tällä kertaa\n"
        "tehtävään on valittu toinen hakija. Toivotamme menestystä työnhakuun.\n",
        "sv": f"Hej {candidacy.person.first},\n\ntack för ditt intresse ({title}). Tjänsten är nu\n"
        "tillsatt med en annan sökande. Vi önskar dig lycka till.\n",
        "en": f"Dear {candidacy.person.first},\n\nthank you for your interest. We have selected\n"
        f"another candidate for the position of {title}. We wish you every success.\n",
    }[candidacy.person.language] + _closing(candidacy.person.language)


def quoted(text: str, sender: str, at: date) -> str:
    """Quote a mail as a reply does."""
    lines = "\n".join(f"> {line}".rstrip() for line in text.splitlines())
    return f"{at.day}.{at.month}.{at.year} {sender} kirjoitti:\n{lines}\n"


def cv_lines(person: Person) -> tuple[str, ...]:
    """Write a CV, line by line."""
    born = _DATED[person.language].format(person.born)
    school_until = person.born.year + 19
    if person.language == "sv":
        return (
            "CURRICULUM VITAE", person.name, f"Födelsedatum: {born}", f"Adress: {person.address}",
            f"Telefon: {person.phone}", f"E-post: {person.email}",
            "Arbetserfarenhet", person.work,
            "Utbildning", f"Yrkesskola, examen {school_until}",
            "Språkkunskaper", "svenska (modersmål), finska, engelska",
        )  # fmt: skip
    if person.language == "en":
        return (
            "CURRICULUM VITAE", person.name, f"Date of birth: {born}", f"Address: {person.address}",
            f"Telephone: {person.phone}", f"E-mail: {person.email}",
            "Work experience", person.work,
            "Education", f"Vocational school, graduated {school_until}",
            "Languages", "English, Finnish",
        )  # fmt: skip
    return (
        "ANSIOLUETTELO", person.name, f"Syntymäaika: {born}", f"Osoite: {person.address}",
        f"Puhelin: {person.phone}", f"Sähköposti: {person.email}",
        "Työkokemus", person.work,
        "Koulutus", f"Ammattikoulu, valmistunut {school_until}",
        "Kielitaito", "suomi (äidinkieli), englanti, ruotsi",
    )  # fmt: skip


def cv_file(candidacy: Candidacy) -> tuple[str, bytes]:
    """Give the CV's file name and bytes: the same copy in every store."""
    person = candidacy.person
    lines = cv_lines(person)
    stem = f"CV_{person.key}"
    match candidacy.cv:
        case "docx":
            return f"{stem}.docx", docx(lines)
        case "pdf":
            return f"{stem}.pdf", pdf(lines)
        case "txt":
            return f"{stem}.txt", "\n".join(lines).encode()


def interview_note(candidacy: Candidacy, at: date) -> tuple[str, ...]:
    """Write an interviewer's evaluation."""
    person = candidacy.person
    return (
        f"Haastattelumuistio {at.day}.{at.month}.{at.year}",
        f"Hakija: {person.name}, {person.phone}, {person.email}",
        f"Tehtävä: {candidacy.vacancy.fi} ({candidacy.vacancy.code})",
        f"Haastattelija: {RECRUITER}",
        "Arvio: rauhallinen ja selkeä, osaa alan perusteet, pisteet 4/5.",
        _NOTED.get(person.key, "Voi aloittaa kuukauden kuluttua."),
    )


def _closing(language: Language) -> str:
    greeting = {"fi": "Ystävällisin terveisin", "sv": "Med vänlig hälsning", "en": "Kind regards"}
    return f"\n{greeting[language]}\n{RECRUITER}\nTähtivahti Oy\n"


_EXTRA = {
    "naatanen": (
        "\nKerron heti, että minulla on tyypin 1 diabetes ja tarvitsen taukoja pistämistä varten.\n"
    ),
    "koski": "\nLisäksi olen suorittanut vartijan peruskurssin.\n",
}
_NOTED = {
    "naatanen": "Sairastaa diabetesta, oli syksyllä kaksi kuukautta sairauslomalla.",
    "suo": "Kertoi olevansa ammattiliiton jäsen ja työpaikkansa luottamusmies.",
}
