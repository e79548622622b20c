"""Small lists for generated texts: titles, headings, organisations, streets, months. Ours."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pack:
    """What a language's texts are filled with; alternatives are parted by `|`."""

    titles: tuple[str, ...]
    headings: tuple[str, ...]
    companies: tuple[str, ...]
    """`{S}` is a surname, `{W}` a word with a capital, `{L}` a town."""
    streets: tuple[str, ...]
    months: tuple[str, ...]
    towns: tuple[str, ...]


def _split(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split("|") if each.strip())


PACKS = {
    "fi": Pack(
        _split(
            "toimitusjohtaja|henkilöstöpäällikkö|myyjä|sairaanhoitaja|kirjanpitäjä|asentaja|"
            "projektipäällikkö|rekrytoija|ohjelmistokehittäjä|siivooja|vuoroesimies|opettaja|"
            "aluejohtaja|palkanlaskija|varastotyöntekijä|lähihoitaja|hitsaaja|asiakaspalvelija"
        ),
        _split(
            "TYÖKOKEMUS|KOULUTUS|KIELITAITO|HARRASTUKSET|SUOSITTELIJAT|LUOTTAMUSTOIMET|TAIDOT|"
            "Työkokemus|Koulutus|Kielet|Suosittelijat|Tiivistelmä|Yhteenveto|Vahvuudet|Palkkatoive|"
            "Haastattelumuistio|Työtodistus|Hakemus|Saatavuus|Atk-taidot|Luottotiedot|Turvaselvitys"
        ),
        _split(
            "{S} Oy|{W} Oy|{W} Oyj|{S} & {S} Ky|Oy {S} Ab|Rakennus {S} Oy|Kuljetus {S} Oy|"
            "{L}n kaupunki|{L}n yliopisto|Kahvila {W}|{W}palvelut Oy|Tilitoimisto {S}|"
            "{L}n ammattikorkeakoulu|Ravintola {G}|Osuuskauppa {W}|{W} Group|Varasto {W} Oy"
        ),
        _split("{S}ntie|{G}nkatu|{W}kuja|{W}polku|{L}ntie|Koulukatu|Rantatie|{W}katu"),
        _split(
            "tammikuuta|helmikuuta|maaliskuuta|huhtikuuta|toukokuuta|kesäkuuta|elokuuta|syyskuuta"
        ),
        _split(
            "Helsinki|Espoo|Tampere|Vantaa|Oulu|Turku|Jyväskylä|Kuopio|Lahti|Pori|Kouvola|Joensuu|"
            "Lappeenranta|Vaasa|Seinäjoki|Rovaniemi|Mikkeli|Kotka|Salo|Kemi|Kajaani|Porvoo|Rauma|"
            "Hamina|Imatra|Nokia|Ylöjärvi|Savonlinna|Tornio|Raahe|Kokkola|Loviisa|Hanko|Forssa|"
            "Iisalmi|Viro|Ruotsi|Saksa|Lontoo|Tukholma|Suomi|Norja|Pietari|Tallinna|Kainuu|Lappi"
        ),
    ),
    "sv": Pack(
        _split(
            "verkställande direktör|personalchef|säljare|sjuksköterska|redovisningsekonom|montör|"
            "projektledare|rekryterare|systemutvecklare|städare|skiftledare|lärare|regionchef|"
            "löneassistent|lagerarbetare|undersköterska|svetsare|kundtjänstmedarbetare|HR-chef"
        ),
        _split(
            "ARBETSLIVSERFARENHET|UTBILDNING|SPRÅK|INTRESSEN|REFERENSER|FÖRTROENDEUPPDRAG|"
            "Erfarenhet|Utbildning|Språk|Referenser|Sammanfattning|Styrkor|Löneanspråk|Betyg|"
            "Arbetsintyg|Ansökan|Körkort|Datorkunskaper|Övrigt|Kreditupplysning|Minnesanteckningar"
        ),
        _split(
            "{S} AB|{W} AB|{S} & {S} AB|{S} Bygg AB|{W} Kommun|{L}s kommun|{L}s universitet|"
            "Åkeri {S} AB|Advokatfirman {S}|Café {W}|{W} Sverige AB|Region {L}|Bröderna {S} HB|"
            "{L}s sjukhus|Restaurang {G}|{S} Logistik AB"
        ),
        _split("{S}gatan|{G}s väg|{W}vägen|{W}gränd|{L}svägen|Skolgatan|Storgatan|{W}gatan"),
        _split("januari|februari|mars|april|maj|juni|augusti|september|oktober|december"),
        _split(
            "Stockholm|Göteborg|Malmö|Uppsala|Västerås|Örebro|Linköping|Helsingborg|Norrköping|"
            "Jönköping|Umeå|Lund|Borås|Sundsvall|Gävle|Eskilstuna|Karlstad|Växjö|Kalmar|Luleå|"
            "Skövde|Kiruna|Visby|Falun|Östersund|Halmstad|Åbo|Skåne|Småland|Norge|Finland|Sverige"
        ),
    ),
    "nb": Pack(
        _split(
            "daglig leder|personalsjef|selger|sykepleier|regnskapsfører|montør|prosjektleder|"
            "rekrutterer|systemutvikler|renholder|skiftleder|lærer|regionsjef|driftsleder|"
            "lagermedarbeider|helsefagarbeider|sveiser|kundebehandler|HR-sjef|avdelingsleder"
        ),
        _split(
            "ARBEIDSERFARING|UTDANNING|SPRÅK|FRITID|REFERANSER|VERV|KURS|Erfaring|Utdanning|Språk|"
            "Referanser|Sammendrag|Styrker|Lønnskrav|Attest|Søknad|Førerkort|Datakunnskaper|Annet|"
            "Kredittopplysning|Intervjunotat|Kvalifikasjoner|Arbeidsoppgaver|Personlige egenskaper"
        ),
        _split(
            "{S} AS|{W} AS|{S} & {S} AS|{S} Bygg AS|{L} kommune|Universitetet i {L}|{S} Transport|"
            "Advokatfirmaet {S}|Kafé {W}|{W} Norge AS|Brødrene {S} ANS|{L} sykehus|{W} Regnskap|"
            "Restaurant {G}|{W} Sikring AS"
        ),
        _split("{S}s gate|{G}s vei|{W}veien|{W}svingen|{L}veien|Skolegata|Storgata|{W}gata"),
        _split("januar|februar|mars|april|mai|juni|august|september|oktober|desember"),
        _split(
            "Oslo|Bergen|Trondheim|Stavanger|Drammen|Fredrikstad|Kristiansand|Sandnes|Tromsø|"
            "Sarpsborg|Skien|Ålesund|Sandefjord|Haugesund|Tønsberg|Moss|Bodø|Arendal|Hamar|Larvik|"
            "Halden|Molde|Harstad|Gjøvik|Førde|Voss|Narvik|Alta|Lillehammer|Sverige|Norge|Nordland"
        ),
    ),
    "da": Pack(
        _split(
            "administrerende direktør|personalechef|sælger|sygeplejerske|bogholder|montør|"
            "projektleder|rekrutteringskonsulent|systemudvikler|rengøringsassistent|holdleder|lærer|"
            "regionschef|lagermedarbejder|social- og sundhedsassistent|svejser|HR-chef|butikschef"
        ),
        _split(
            "ERHVERVSERFARING|UDDANNELSE|SPROG|FRITID|REFERENCER|TILLIDSHVERV|Erfaring|Uddannelse|"
            "Sprog|Referencer|Resumé|Styrker|Lønkrav|Udtalelse|Ansøgning|Kørekort|It-kundskaber|"
            "Andet|Kreditoplysning|Samtalereferat|Kvalifikationer|Arbejdsopgaver|Profil"
        ),
        _split(
            "{S} A/S|{W} ApS|{S} & {S} I/S|{S} Byg ApS|{L} Kommune|{L} Universitet|{S} Transport|"
            "Advokatfirmaet {S}|Café {W}|{W} Danmark A/S|Brødrene {S}|{L} Sygehus|{W} Revision|"
            "Restaurant {G}|Region {W}"
        ),
        _split("{S}sgade|{G}s Allé|{W}vej|{W}stræde|{L}vej|Skolegade|Storegade|{W}gade"),
        _split("januar|februar|marts|april|maj|juni|august|september|oktober|december"),
        _split(
            "København|Aarhus|Odense|Aalborg|Esbjerg|Randers|Kolding|Horsens|Vejle|Roskilde|"
            "Herning|Silkeborg|Næstved|Fredericia|Viborg|Køge|Holstebro|Slagelse|Svendborg|Thisted|"
            "Hjørring|Sønderborg|Ribe|Nyborg|Skagen|Fyn|Jylland|Sjælland|Danmark|Sverige|Tyskland"
        ),
    ),
    "en": Pack(
        _split(
            "managing director|HR manager|sales assistant|nurse|bookkeeper|fitter|project manager|"
            "recruiter|software developer|cleaner|shift leader|teacher|regional manager|"
            "payroll clerk|warehouse worker|care assistant|welder|team lead|system engineer|analyst"
        ),
        _split(
            "WORK EXPERIENCE|EDUCATION|LANGUAGES|INTERESTS|REFERENCES|SKILLS|ADDITIONAL INFORMATION|"
            "Experience|Education|Languages|Referees|Summary|Strengths|Salary|Cover letter|Training|"
            "Application|Driving licence|Computer skills|Other|Credit check|Interview notes|Profile|"
            "Technical Skills|Responsibilities|Project Title|Work Experience|Certifications"
        ),
        _split(
            "{S} Ltd|{W} Ltd|{S} & {S} LLP|{S} and Sons|{L} City Council|University of {L}|"
            "{L} University|{S} Transport|{W} Inc|{W} Technologies|{W} Systems Pvt Ltd|{L} Hospital|"
            "{W} Bank|The {W} Company|{W} Group|{W} & {W}|Café {G}|{S} Brothers|{W} Services plc"
        ),
        _split(
            "{S} Street|{G} Road|{W} Lane|{W} Avenue|{L} Road|School Lane|High Street|{W} Close"
        ),
        _split("January|February|March|April|May|June|August|September|October|December"),
        _split(
            "London|Bristol|Leeds|Glasgow|Cardiff|Belfast|Manchester|Liverpool|Sheffield|Dublin|"
            "Norwich|Harwich|Exeter|Plymouth|Derby|Leicester|Oxford|Cambridge|York|Hull|Bath|Kent|"
            "Swansea|Aberdeen|Dundee|Boston|Chicago|Bengaluru, Karnataka|Hyderabad|Pune|Mumbai|India|"
            "England|Scotland|Wales|Cornwall|Kerala|Delhi|Germany|Ireland|Poland|Texas|New York"
        ),
    ),
}
PACKS["nn"] = PACKS["nb"]
