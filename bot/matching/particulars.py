"""E-mail addresses, telephone numbers, numbers of records and persons, and addresses: each by its shape or its label.

Doses, counts, laboratory values and the numbers of papers have other shapes, or a unit behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_UNIT = (
    r"(?! ?(?:mg|mcg|µg|ug|g\b|gm|ml|iu\b|units?\b|%|percent|per\b|x ?10|days?\b|weeks?\b|wks?\b|months?\b|years?\b|"
    r"cells?\b|patients?\b|pts\b|women\b|men\b|people\b|persons?\b|cases\b|users\b|"
    r"prescriptions\b|copies\b|platelets\b|births\b))"
)

PAPERS = re.compile(
    r"\bhttps?://\S{1,200}|\bdoi\W{0,3}\S{1,100}|\b10\.\d{4,9}/\S{1,100}|\b(?:pmid|pubmed|medline|pii)\W{0,3}\d{4,9}"
    r"|\b(?:nct|pmc|isrctn|umin|chictr|actrn|drks|jprn|rs)[- ]?\d{4,14}"
    r"|\b(?:eudract|ndc|cas|rdc|emea?|issn|isbn|ctri|euctr|clinicaltrials)\b[^\d\n]{0,10}\d[\d/x-]{3,20}"
    r"|\b\d{4};\d{1,3}(?:\(\d{1,3}\))?:?\w{1,7}(?:-\d{1,5})?",
    re.IGNORECASE,
)
"""Numbers of papers, trials, genes and substances: taken out before the others are looked for."""

EMAIL = (
    r"[\w'+-] ?@ ?[a-z][\w-]{0,62}(?:\.[\w-]{1,63}){0,4}[.,] ?[a-z]{2,}",
    r"[\w'+-] ?[\[(] ?at ?[\])] ?\w",
    r"\b\w{2,40} at [\w-]{2,40} (?:dot|\.) ?[a-z]{2,4}\b|\bmailto:\w",
)

_SPOKEN = r"(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|double|triple)"
SPOKEN_NUMBER = re.compile(rf"\b{_SPOKEN}(?:[ -]{_SPOKEN}){{3,}}\b", re.IGNORECASE)
"""A telephone number as it is dictated."""
PHONE = (
    # With a plus, with two noughts or one in front, in brackets, or in the shape of a country.
    r"(?:\+|(?<![\w.,])00)\d{1,3}[ .()-]{0,2}\d(?:[ .()-]{0,2}\d){6,}",
    r"(?<![\w.,/])0\d{1,4}[ .-]?\d{3,4}[ .-]?\d{3,4}(?![\w.]\d)\b",
    r"(?<![\w.,/])0\d(?:[ .-]?\d\d){4}\b",
    r"\(\d{2,4}\) ?\d{3,4}[ -]?\d{3,4}\b|(?<![\w./-])\d{3}([-. ])\d{3}\1\d{4}\b|\b\d{5}[ -]\d{5}\b",
    # Called one.
    r"\b(?:tel[ée]?(?:phone|f\w*)?|phone|ph|mobile?|mob|cell?|gsm|handy|hp|tlf|fax|fone|whatsapp|wa|"
    r"contact|ring|text|viber|line|"
    r"call(?: (?:him|her|them|me|us|back|wife|husband|pt|patient|mum|dad|son|daughter))?(?: on| at)?)(?: no\b| number)?"
    r"\W{0,3}(?:is )?\(?\d(?:[ .()-]{0,2}\d){5,}",
    r"\b(?:ext|extension|bleep|pager|beep)\W{0,3}\d{3,6}\b",
)

_LABEL = (
    r"(?:[a-z]?mrn|h/?n|vn|nrn|rrn|an|nhs|nhi|nric|ssn|urn|chi|cpr|bsn|aadhaar|aadhar|abha|curp|mykad|ic|dni|nie|nif|"
    r"cpf|cns|rut|nir|nhc|cip|cf|ihi|pid|uhid|upi|crn|epi|medicare|"
    r"medicaid|dva|nhif|passport|iqama|emirates id|health ?card|"
    r"hkid|pesel|oib|egn|mynumber|acc(?:t|ession|ount)?|ref|lab|sample|specimen|policy|insurance|encounter|episode|visit|"
    r"admission|chart|file|folder|record|reg|id|[a-z]{0,14}(?:nr|nummer))"
)
_PERSON = (
    r"(?:hospital|hosp|patient|pt|case|unit|national|natl|identity|medical|serial|card|member|ip|op|opd|ipd|er|mr|cr)"
)
_NO = r"(?:no|number|num|numero|número|nr|id|#|n°|nº)"
NUMBER = (
    # Called one of a record or a person: with a label that says so, or with "no." behind a word that may be any.
    rf"\b{_LABEL}(?![a-z])[ .:#=(]{{0,3}}"
    rf"(?:card |{_NO}\b)?[ .:#=]{{0,3}}(?:is |: ?)?[a-z]{{0,3}}[ -]?\d(?:[ /-]?\d){{3,}}"
    rf"(?!\d*\.\d)(?<!\b(?:19|20)\d\d){_UNIT}",
    rf"\b{_PERSON} ?{_NO}\W{{0,3}}(?:is )?[a-z]{{0,3}}[ -]?\d(?:[ /-]?\d){{3,}}",
    rf"\b(?:no\.?|number|numero|id|#|nº) ?[:#]? ?[a-z]{{0,2}}[ -]?\d(?:[ /-]?\d){{4,}}(?<!000)\b{_UNIT}",
    r"\b(?:pt|patient|case|acc|chart)? ?#[a-z]{0,3}\d{4,}",
    # The usual shapes of national numbers.
    r"\b\d{3}-\d{2}-\d{4}\b|\b\d-\d{4}-\d{5}-\d{2}-\d\b|\b\d{4}-\d{3}-\d{3}\b",
    r"\b\d{6}-\d\d-\d{4}\b|\b\d{6,8}[-+]\d{4}\b",
    r"\b\d{1,3}(?:\.\d{3}){3}\b|\b\d{3}\.\d{3}\.\d{3}-\d\d\b|\b\d{1,2}\.\d{3}\.\d{3}-[\dk]\b",
    r"\b\d{3} \d{3} \d{4}\b|\b\d{2,4}(?:-\d{4}){3}\b",
    r"\b(?!(?:19|20)\d\d[ -](?:19|20))\d{4}([ -])\d{4}\1\d{4}\b|\b\d{4} \d{5} \d\b",
    r"\b[a-z]{1,2} ?\d{2} ?\d{2} ?\d{2} ?[a-z]\b|\b\d\d\.\d\d\.\d\d-\d{3}\.\d\d\b",
    # Codes of letters and many digits; numbers with a stroke; any long number that is no count.
    r"(?<![\w./])(?=[a-z]{0,20}\d)(?=(?:[a-z]{0,9}\d){6})[a-z\d]{7,30}(?<!000)(?![\w]|[./,]\d)" + _UNIT,
    r"(?<![\w./,-])\d{2,4}[-/]\d{5,8}(?<!000)(?![\w/-])" + _UNIT,
    r"(?<![\w./,-])\d{5,7}/\d\d(?:\d\d)?(?![\w/-])",
)

_STREET = r"(?:street|road|avenue|soi|crescent|boulevard|lane|terrace|mews|strasse|straße)"
_SHORT_STREET = r"(?:St|Rd|Ave|Close|Drive|Court|Way|Place|Row|Park|Gardens|Grove|Walk|Square|Hill)"
_NOT_A_UNIT = r"(?!(?:mg|mcg|ml|g|wks?|weeks?|days?|months?|yrs?|years?|yo|pts?|patients?|caps?|tabs?)\b)"
ADDRESS = (
    rf"\b\d{{1,4}}[a-z]?,? {_NOT_A_UNIT}(?:[a-z'’]{{1,20}} ){{1,2}}{_STREET}\b",
    rf"\b\d{{1,4}}[a-z]?,? (?-i:(?:[A-Z][a-z]{{1,20}} ){{1,2}}{_SHORT_STREET})\b",
    rf"\b\d{{1,4}}[a-z]?,? {_NOT_A_UNIT}(?:[a-z'’]{{2,20}} ){{1,2}}(?:st|rd|ave|row|cl|cres|blvd)\b"
    r"(?! [a-z]+['’s]* (?:wort|hosp))",
    rf"\b(?:at|to|from|of) \d{{1,4}}[a-z]?,? {_NOT_A_UNIT}[a-z'’]{{2,20}} "
    rf"(?i:{_SHORT_STREET}|view|green|cottages|house)\b",
    r"\b[a-z]{3,20}(?:weg|strasse|straße|str\.?|gasse|platz|allee|gade|vägen|laan|straat),? \d",
    r"\b(?:rua|calle|rue|jalan|jln?|soi|avenida|viale|piazza|plaza)\b\.? ?(?:[a-z]{1,20} ){1,3}\d|\bc/ ",
    r"\b(?:ul|av)\. [a-z]{3,20} \d|\bmoo \d|\bh\.? ?no\b\W{0,3}\d|\bbox \d\d",
    r"\bvia (?!peg|tube|oral|pump|email|phone|rems)[a-z]{3,20} \d{1,3}\b(?! ?(?:mg|x|ml|days?|weeks?|months?)\b)",
    r"\b\d{1,4},? (?:bis )?(?:rue|avenue|calle|rua|jalan|jln?|soi) [a-z]|\bstreet \d",
    r"\b(?:flat|apt|apartment|house|blk|villa|plot|door|block)(?: no\.?)? ?\d{1,4}(?:-?[a-z])?\b"
    r"(?! ?(?:months?|weeks?|days?|x|mg))",
    r"\b(?:lives|living|resides|residing|live|stays) at (?!home|risk|high|present)|\baddress\W{1,3}(?:is )?\d",
    r"\b(?:lives|living|resides|residing) (?:in|on)\W{1,3}"
    r"(?:\d|number|flat|no\b|[a-z]{2,20} (?:road|street|lane|avenue)\b)",
    r"\b(?:zip|cep|plz|postal|p ?code|post ?code|postal code|pin ?code|eircode)\W{0,3}(?:is )?[a-z]{0,2}\d",
    r"\bcp \d{5}\b",
    r"\b[a-z]{1,2}\d{1,2}[a-z]? \d"
    r"(?!m[gl]|wk|yr|mo|st|nd|rd|th|[pa]m|mm|cm|kg|hr|pt|iu|ug|dx|rx|of|in|to|or)[a-z]{2}\b",
    r"\bp\.? ?o\.? ?box \d|\b[a-z]{3,}-(?:ku|shi|machi)\b",
)


def compiled(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """The patterns, in capitals or not."""
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
