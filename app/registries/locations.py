"""Takes the "Locations" of ClinicalTrials.gov apart: facility, city, region, postal code, country, most optional.

The parts are not marked and facilities contain commas, so a site abroad is a best reading. In the United Kingdom,
where learners are placed, counties are known by name, and a postcode that cannot be one is left empty.
"""

import re

from app.registries.layouts import one_line
from app.registries.records import Site

UNITED_KINGDOM = "United Kingdom"
UK_POSTCODE = re.compile(r"(?:GIR ?0AA|[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2})")

# A pipe inside the name of a facility has spaces around it, one between sites has none.
_BETWEEN_SITES = re.compile(r"(?<! )\|(?! )")
_LAST_PART_OF_COUNTRY = re.compile(r".*\b(?:Republic of(?: the)?|States of|Province of China)|Occupied", re.IGNORECASE)
_NO_FACILITY = re.compile(r"For additional information regarding investigative sites", re.IGNORECASE)
_UK_REGIONS = frozenset(
    """
    england|scotland|wales|northern ireland|uk|great britain|avon|bedfordshire|berkshire|buckinghamshire|
    cambridgeshire|cheshire|cleveland|cornwall|county durham|cumberland|cumbria|derbyshire|devon|devonshire|dorset|
    east midlands|east sussex|east yorkshire|essex|gloucestershire|greater london|greater manchester|hampshire|
    herefordshire|hertfordshire|humberside|huntingdonshire|isle of wight|kent|lancashire|leicestershire|lincolnshire|
    merseyside|middlesex|norfolk|north yorkshire|northamptonshire|northumberland|nottinghamshire|oxfordshire|rutland|
    shropshire|somerset|south yorkshire|staffordshire|suffolk|surrey|sussex|tyne & wear|tyne and wear|warwickshire|
    west midlands|west sussex|west yorkshire|westmorland|wiltshire|worcestershire|yorkshire|aberdeenshire|angus|argyll|
    ayrshire|berwickshire|dumfriesshire|dunbartonshire|east lothian|fife|grampian|highland|inverness-shire|lanarkshire|
    lothian|midlothian|morayshire|perthshire|renfrewshire|roxburghshire|stirlingshire|strathclyde|tayside|west lothian|
    east ayrshire|north ayrshire|south ayrshire|north lanarkshire|south lanarkshire|east renfrewshire|
    carmarthenshire|clwyd|dyfed|flintshire|glamorgan|gwent|gwynedd|mid glamorgan|monmouthshire|pembrokeshire|powys|
    south glamorgan|west glamorgan|antrim|armagh|county antrim|county armagh|county down|county fermanagh|
    county londonderry|county tyrone|tyrone|
    beds|berks|bucks|cambs|ches|cleves|co antrim|co armagh|co down|co durham|co fermanagh|co londonderry|co tyrone|
    derbys|e sussex|e yorks|east yorks|glam|glos|gtr london|gtr manchester|hants|heref|herefs|herts|hunts|lancs|leics|
    lincs|mddx|middx|mx|n yorks|north yorks|northants|northumb|notts|oxon|s glam|s yorks|salop|shrops|som|south yorks|
    staffs|w glam|w mids|w midlands|w sussex|w yorks|warks|west yorks|wilts|worcs|yorks
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
# ISO 3166-2 and the old county codes have three capitals: LND, HAM, GB-KEN. These are towns all the same.
_CODE_OF_A_REGION = re.compile("(?:GB-)?(?!(?:ASH|AYR|BOW|ELY|EYE|LEE|RYE|USK|WEM)$)[A-Z]{3}")


def sites_in(locations: str) -> tuple[Site, ...]:
    """The sites of one study, each once, in the order of the registry."""
    pieces = (one_line(piece) for piece in _BETWEEN_SITES.split(locations))
    return tuple(dict.fromkeys(_site(piece) for piece in pieces if piece))


def uk_postcode(text: str) -> str:
    """A postcode in capitals with its one space; "" when the text cannot be one."""
    compact = text.replace(" ", "").upper()
    return f"{compact[:-3]} {compact[-3:]}" if UK_POSTCODE.fullmatch(compact) else ""


def _site(piece: str) -> Site:
    parts = [part for part in piece.split(", ") if part]
    country = parts.pop()
    if parts and _LAST_PART_OF_COUNTRY.fullmatch(country):
        country = f"{parts.pop()}, {country}"
    postcode = parts.pop() if len(parts) > 1 and re.search("[0-9]", parts[-1]) else ""
    if country == UNITED_KINGDOM:
        return _uk_site(parts, postcode)
    if len(parts) > 2:
        parts.pop()  # the region
    return Site(", ".join(parts[:-1]), parts[-1] if parts else "", postcode, country)


def _uk_site(parts: list[str], postcode: str) -> Site:
    if len(parts) > 1 and _is_uk_region(parts[-1]):
        parts = parts[:-1]
    name = ", ".join(parts[:-1])
    if _NO_FACILITY.match(name):
        name = ""
    return Site(name, parts[-1] if parts else "", uk_postcode(postcode), UNITED_KINGDOM)


def _is_uk_region(part: str) -> bool:
    return bool(_CODE_OF_A_REGION.fullmatch(part)) or part.lower().replace(".", "") in _UK_REGIONS
