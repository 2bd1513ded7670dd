"""Whose clock a buyer's clock time is on: the zone of its place, else of its country."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

DEFAULT = "Europe/Paris"

_BY_NUTS: Mapping[str, str] = MappingProxyType(
    {
        "FRY1": "America/Guadeloupe",
        "FRY2": "America/Martinique",
        "FRY3": "America/Cayenne",
        "FRY4": "Indian/Reunion",
        "FRY5": "Indian/Mayotte",
        # the same in the codes of 2013 and 2010
        "FRA1": "America/Guadeloupe", "FR91": "America/Guadeloupe",
        "FRA2": "America/Martinique", "FR92": "America/Martinique",
        "FRA3": "America/Cayenne", "FR93": "America/Cayenne",
        "FRA4": "Indian/Reunion", "FR94": "Indian/Reunion",
        "FRA5": "Indian/Mayotte",
        "ES7": "Atlantic/Canary",
        "PT2": "Atlantic/Azores",
        "PT3": "Atlantic/Madeira",
    }
)  # fmt: skip

_BY_DEPARTMENT: Mapping[str, str] = MappingProxyType(
    {
        "971": "America/Guadeloupe", "972": "America/Martinique", "973": "America/Cayenne",
        "974": "Indian/Reunion", "975": "America/Miquelon", "976": "Indian/Mayotte",
        "977": "America/St_Barthelemy", "978": "America/Marigot", "986": "Pacific/Wallis",
        "987": "Pacific/Tahiti", "988": "Pacific/Noumea",
    }
)  # fmt: skip

_BY_COUNTRY: Mapping[str, str] = MappingProxyType(
    {
        "AT": "Europe/Vienna", "AUT": "Europe/Vienna",
        "BE": "Europe/Brussels", "BEL": "Europe/Brussels",
        "BG": "Europe/Sofia", "BGR": "Europe/Sofia",
        "CH": "Europe/Zurich", "CHE": "Europe/Zurich",
        "CY": "Asia/Nicosia", "CYP": "Asia/Nicosia",
        "CZ": "Europe/Prague", "CZE": "Europe/Prague",
        "DE": "Europe/Berlin", "DEU": "Europe/Berlin",
        "DK": "Europe/Copenhagen", "DNK": "Europe/Copenhagen",
        "EE": "Europe/Tallinn", "EST": "Europe/Tallinn",
        "EL": "Europe/Athens", "GR": "Europe/Athens", "GRC": "Europe/Athens",
        "ES": "Europe/Madrid", "ESP": "Europe/Madrid",
        "FI": "Europe/Helsinki", "FIN": "Europe/Helsinki",
        "FR": "Europe/Paris", "FRA": "Europe/Paris",
        "GB": "Europe/London", "UK": "Europe/London", "GBR": "Europe/London",
        "HR": "Europe/Zagreb", "HRV": "Europe/Zagreb",
        "HU": "Europe/Budapest", "HUN": "Europe/Budapest",
        "IE": "Europe/Dublin", "IRL": "Europe/Dublin",
        "IS": "Atlantic/Reykjavik", "ISL": "Atlantic/Reykjavik",
        "IT": "Europe/Rome", "ITA": "Europe/Rome",
        "LI": "Europe/Vaduz", "LIE": "Europe/Vaduz",
        "LT": "Europe/Vilnius", "LTU": "Europe/Vilnius",
        "LU": "Europe/Luxembourg", "LUX": "Europe/Luxembourg",
        "LV": "Europe/Riga", "LVA": "Europe/Riga",
        "MC": "Europe/Monaco", "MCO": "Europe/Monaco",
        "MT": "Europe/Malta", "MLT": "Europe/Malta",
        "NL": "Europe/Amsterdam", "NLD": "Europe/Amsterdam",
        "NO": "Europe/Oslo", "NOR": "Europe/Oslo",
        "PL": "Europe/Warsaw", "POL": "Europe/Warsaw",
        "PT": "Europe/Lisbon", "PRT": "Europe/Lisbon",
        "RO": "Europe/Bucharest", "ROU": "Europe/Bucharest",
        "SE": "Europe/Stockholm", "SWE": "Europe/Stockholm",
        "SI": "Europe/Ljubljana", "SVN": "Europe/Ljubljana",
        "SK": "Europe/Bratislava", "SVK": "Europe/Bratislava",
        # French territories that are countries of their own in the lists of codes
        "GLP": "America/Guadeloupe", "MTQ": "America/Martinique", "GUF": "America/Cayenne",
        "REU": "Indian/Reunion", "MYT": "Indian/Mayotte", "SPM": "America/Miquelon",
        "BLM": "America/St_Barthelemy", "MAF": "America/Marigot",
        "PYF": "Pacific/Tahiti", "NCL": "Pacific/Noumea", "WLF": "Pacific/Wallis",
        "GP": "America/Guadeloupe", "MQ": "America/Martinique", "GF": "America/Cayenne",
        "RE": "Indian/Reunion", "YT": "Indian/Mayotte", "PM": "America/Miquelon",
        "BL": "America/St_Barthelemy", "MF": "America/Marigot",
        "PF": "Pacific/Tahiti", "NC": "Pacific/Noumea", "WF": "Pacific/Wallis",
    }
)  # fmt: skip


def zone_of(country: str | None, nuts: str | None, departments: Sequence[str] = ()) -> str:
    """Name the zone of a buyer; Paris when it says nothing we know.

    French départements, where no other code is written, count only if they keep one time.
    """
    zones = {_BY_DEPARTMENT.get(number, DEFAULT) for number in departments}
    if not nuts and len(zones) == 1:
        return zones.pop()
    place = (nuts or "").upper()
    for prefix, zone in _BY_NUTS.items():
        if place.startswith(prefix):
            return zone
    for code in ((country or "").upper(), place[:2]):
        if code in _BY_COUNTRY:
            return _BY_COUNTRY[code]
    return DEFAULT
