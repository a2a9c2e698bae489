"""Whether a question holds the name of a person: strangers to the bot where the name of a patient stands.

A title before a name is enough. Else the words are marked (see `strangers`), and each rule below says in which place
a stranger is a person. An eponym ("Crohn's"), an author with a year, a drug and a slip stand in the same places: they
are told by what they are, or by the word that follows.
"""

from __future__ import annotations

import re

from bot.matching.index import Index
from bot.matching.strangers import Mark, marked

_ANY_CASE = (
    r"mr|mrs|messrs|mdm|mme|mlle|mister|khun|sra?|sig|sig\.ra|señora?|shri|smt|puan|encik|pak|bapak|ibu|frau|herr|dona|"
    r"hajja?|haji|cik|monsieur|madame|mevrouw|mevr|dhr|heer|signora?|senhora?|sdr|saudara|ukhti|fru|tuan|datuk|dato"
)
_TITLED = re.compile(
    rf"(?<![\w'’])(?:{_ANY_CASE})\.? ?(?<=[ .])(?:[a-z]\.? )?(?P<name>[^\W\d_][^\W\d_]+|[a-z]['’][a-z]+)", re.IGNORECASE
)
_TITLED_WITH_CAPITAL = re.compile(
    r"\b(?:[Mm]s|[Mm]iss|[Mm]aster|[Mm]x|[Ss]ir|[Dd]on)\b\.? +(?:[A-Z]\.? ?)?(?P<name>[A-Z][a-z]+)"
)
_NOT_A_NAME = frozenset(
    "imaging angiography angiogram scan scans venography enterography spectroscopy image or and of is".split()  # noqa: SIM905
)
"""After "MR", which is magnetic resonance as well."""

_DISEASE = (
    r"(?:disease|syndrome|criteria|score|scale|lupus|sign|phenomenon|study|trial|cohort|series|paper|data|guideline)"
)
_N = r"(?:NAME|NAMESAKE)"
_ALL = r"(?:NAME|NAMESAKE|ODD|GIVEN)"
_JOIN = r"(?:[ -]|['’]| (?:[a-z]\.? |al[ -]|el[ -]|de |van |der |von |bin |binti |d[aeiou] ))"
_FULL = rf"(?:NAME{_JOIN}{_ALL}|{_ALL}{_JOIN}NAME|[a-z]\. ?(?:[a-z]\. ?)?NAME)\b(?! (?:et al|{_DISEASE}|(?:19|20)\d\d))"
_BOTH = r"\bNAME[ -]NAME\b(?! (?:NAME|et al|(?:19|20)\d\d))"
_SEX = r"(?:f|m|yo?|y/o|y\.o\.?|yrs?|years?|male|female)"
_AGE = rf"(?:aged? \d{{1,3}}|\d{{1,3}} ?(?:- ?)?{_SEX}|[fm] ?/? ?\d{{2}}|\(\d{{2}}\)|\(\d{{2}}[,) ])\b"
_PERSON = (
    r"(?:patient(?:in|e)?|pt|lady|woman|girl|boy|gentleman|guy|husband|wife|daughter|mother|father|brother|sister|"
    r"aunt|uncle|cousin|niece|nephew|friend|son|baby|little|client|colleague|surname|case of|discuss|regarding|re|dear)"
)
_OF_A_PERSON = (
    r"(?:is|was|has|had|wants?|needs?|takes?|asks?|came|comes|feels?|says|relapsed|refuses|started|stopped|stops|stay|"
    r"stays|developed|complains|reports|failed)"
)

_RULES: tuple[str, ...] = (
    # Called so, or with a title that is also a word.
    rf"\b(?:ms|miss|master|hr|cpl|sgt|capt|lt|sister|rev|fr)\b\.? (?:[a-z]\. ?)?(?:NAME|{_FULL})\b(?! {_DISEASE})",
    r"\b(?:called|named) (?:NAME|NAMESAKE|GIVEN)\b",
    r"\b(?:fr|hr|pat)\. (?:NAME|NAMESAKE|ODD)|\b(?:mr|mrs|ms) [a-z][.,]|(?:NAME|NAMESAKE|ODD)[ -](?:san|ssi)\b",
    rf"\b{_PERSON},? (?:is |was )?(?:called|named) (?!in |on |for |as |by |DRUG)",
    rf"\bname(?: is|'s|\s?[:=]) ?{_ALL}|(?<!brand )(?<!trade )\bname,? {_ALL}",
    # A patient or a relative, and who it is: "pt okafor", "my patient (deepak verma)".
    rf"\b{_PERSON}\b[.:,]?[ (]{{1,2}}(?:[a-z]\.? )?"
    rf"(?:GIVEN (?:ODD|NAMESAKE)|{_N}\b(?! {_DISEASE})|{_FULL}|GIVEN [a-z]+ \d|ODD \d)",
    rf"\b{_PERSON} (?:ODD|GIVEN) {_OF_A_PERSON}\b",
    # Whose child or spouse.
    rf"{_ALL} (?:bin|binti|binte|ibn|d/o|s/o|w/o) {_ALL}",
    # The bed: "bed 4 okafor", "okafor in room 6".
    rf"\b(?:bed|b|room|rm|ward|bay|zi)[ -]?\d+[a-z]?[,:)]?[ -]?(?:{_N}|{_FULL})",
    rf"{_ALL}[,]?[ (-]{{1,2}}(?:[a-z]\.? )?(?:\(|in |from |@ ?)?(?:bed|rm|room|ward|bay|zi)[ -]?[a-z]?\d",
    # Beside an age: "john smith 45m", "45f, maria lopez".
    rf"(?:NAME|NAMESAKE)['’]?,?[ -]\(?{_AGE}",
    rf"(?:NAME|NAMESAKE|GIVEN)[ -]{_ALL},? \(?{_AGE}",
    rf"{_AGE}\)?,? (?:{_FULL}|NAME (?:[a-z]+ )?DRUG\b)",
    rf"\bODD [a-z]+ ODD,? \(?{_AGE}",
    rf"{_FULL},? \d\d\b(?! ?(?:mg|%|/))",
    r"NAME (?:is \d\d\b|[a-z]\.? ?\(|[a-z]\.? \d|[a-z]\.?,|[a-z]\. )",
    r"NAME, \d\d\b(?! ?(?:mg|%|/|\.))|^NAME \(",
    rf"\b(?!anti|post|pre|non)[a-z]+-(?:ODD|NAME),? (?:has|is|was|on|wants|{_AGE})",
    # Something of theirs: "okafor's rash".
    rf"\bDRUG\b.{{0,60}}\b(?:pt|patient) is {_FULL}|\bmy patient,? {_ALL}|{_ALL},? \(?my (?:patient|pt)\b",
    rf"(?<!\bdr )(?<!\bdr\. )(?<!\bprof )(?:NAME|{_FULL}|(?:NAMESAKE|ODD)[ -]ODD)['’]s (?!{_DISEASE})[a-zD]",
    r"\b(?:NAME|ODD)-[a-z]+['’]s [a-z]",
    r"\bODD['’]s (?:wife|husband|daughter|son|mum|mother|skin|feet|hands|dvt|pe|plts?|platelets|bloods|rash|relapse|"
    r"neuropathy|drows\w+|numb\w*)\b",
    # Whom somebody met, or who stands apart between commas.
    r"\b(?:seen|saw|met|reviewed|spoke (?:to|with)|given to|(?:pt|patient) is) NAME\b(?! \d)",
    r"\b(?:man|woman|lady|girl|boy|guy|patient|pt),? NAME,|[-:] NAME, ",
    r"^NAME (?:numb\w*|relapse[sd]?|miss\w+|flare[sd]?|crcl|egfr|going|still|back|failed|stop\w*|pregnant|drowsy|"
    r"tingl\w*)\b",
    r"\bNAME(?:-[a-z]+)? (?:wants|asks|miss(?:es|ed)|feels|says|refuses|relapsed|failed|complains|came|comes|going)\b",
    r"\b(?:says|said|told|tell|helps?|meant) NAME (?:is|has|was)\b|\b(?:helps?|meant) NAME ?(?:['’]s|[:?,]|$)",
    # Somebody who does what people do.
    rf"(?:^|[.,:;?!(] ?|\b(?:if|when|that|and|whether|hi|hello) )(?:{_FULL}|NAME) "
    rf"(?:{_OF_A_PERSON}|on|and (?:her|his))\b",
    r"\b(?:if|when|that|whether) NAME (?:can|should|could|will|must|may)\b",
    r"GIVEN (?:needs|wants|has|is numb|stopped|started)\b",
    rf"\b(?:can|does|did|should|shd|must|could|will|would|is|was|has|how long) (?:[a-z]+ )?(?:{_FULL}|NAME) "
    r"(?:have|need|take|stop|start|restart|stay|conceive|breastfeed|due|drive|go|on|still|ok|be|get|had|relapse|"
    r"respond|improve|flare)\b",
    # Whom it is for.
    rf"\b(?:for|about|re:?|regarding|in|on|with|gave|put|is|has|of|started|ok in|case) (?:a |our |my )?{_FULL}",
    r"\b(?:for|gave|re) (?:ODD|GIVEN),? (?:the |aged? |in bed )?(?!(?:19|20)\d\d)\d",
    r"\b(?:started|restarted|switched|put) NAME on\b",
    r"\b(?:for|gave|re:?|regarding|put|about) NAME\b(?! (?:NAME|et al|(?:19|20)\d\d))(?![ -]" + _DISEASE + ")",
    # At the beginning: "okafor, adaeze", "grace mwangi len dose".
    r"^(?:NAME|NAMESAKE), (?:NAME|GIVEN)\b(?! \d{4})",
    rf"^(?:{_FULL})\b.{{0,60}}\bDRUG",
)
_RULES_OF_STRANGERS = (
    # Two side by side, where a drug is spoken of as well.
    rf"{_BOTH}.*\bDRUG|\bDRUG\b.*{_BOTH}",
    rf"\b(?:in|to|tell|give|treat) NAME\b(?! (?:et al|{_DISEASE}|(?:19|20)\d\d)|[ -][A-Z])"
    r"(?=[,.?]| (?:at|on|with|and|after|\d)|$)",
    rf"^NAME (?!et al|{_DISEASE}|(?:on|dle|dose|dosage|vs|or|and|for|before|about|with|can)\b)[a-z]+.*\bDRUG",
    r"^NAME \d{1,2} (?:d|days?|wks?|weeks?|mo|months?|mths?|y|yrs?|years?)\b",
)
"""Where only a word that is in no dictionary at all is a person, and only if there are not so many that somebody cannot
spell.
"""
MOST_STRANGERS = 2
_MARKED = re.compile(r"NAME|RARE|ODD|GIVEN|\b(?:called|named|mr|mrs|ms) ")
"""What every rule needs."""
_STRANGE = re.compile(r"\bNAME\b|\bODD\b")
_PERSONS, _STRANGERS = (tuple(map(re.compile, rules)) for rules in (_RULES, _RULES_OF_STRANGERS))


def names_a_person(text: str, index: Index) -> bool:
    """Whether somebody is named who is not an author, a disease or a drug."""
    if _is_titled(text):
        return True
    signs = marked(text, index)
    if not _MARKED.search(signs):
        return False
    either = signs.replace(Mark.RARE, Mark.STRANGER)
    if any(rule.search(either) for rule in _PERSONS):
        return True
    return len(_STRANGE.findall(signs)) <= MOST_STRANGERS and any(rule.search(signs) for rule in _STRANGERS)


def _is_titled(text: str) -> bool:
    """Whether a title stands before a name, whatever the name."""
    found = (match for pattern in (_TITLED, _TITLED_WITH_CAPITAL) for match in pattern.finditer(text))
    return any(match["name"].lower() not in _NOT_A_NAME for match in found)
