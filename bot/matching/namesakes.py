"""Words that are, or only seem to be, the names of people: what neither the content nor a dictionary can tell."""

from __future__ import annotations

_ALSO_GIVEN = """
    april august autumn bill crystal daisy dawn dean earnest faith frank gene grace grant harmony hope iris ivy jack
    jasmine john joy june lily mark mary mercy mike miles norm olive patience pearl penny pierce ray rob robin rose
    ruby sarah summer violet victor will
    li lu hu wu xu yu ng
"""
_EPONYMS = """
    addison alzheimer babinski baker barre bartter basedow bechterew bence bowen castleman charcot churg cushing darier
    degos devic dupuytren ehlers epstein erdheim ewing fabry felty fujimoto gaucher gilbert goodpasture gottron graves
    grover guillain hailey hashimoto hebra henoch hodgkin hopkins horner hughes huntington irgang kaposi karnofsky
    kawasaki kikuchi koebner langerhans libman likert lyell marfan meniere menkes naranjo osler paget parkinson pautrier
    peyronie purtscher raynaud reiter rowell sacks schnitzler schonlein senear sezary sjogren sneddon sontheimer stevens
    johnson still sweet takayasu tinel romberg lhermitte phalen
    tourette usher waldenstrom wallace wegener wells wernicke whipple wilson wong
"""
_SHORTHAND = """
    prev neut neuts plaq mech inpt outpt pharm derm rheum haem onc reg regs hosp med meds info pharma supp appt appts
    dosis dose doses preg prego trop retic creat coag mane nocte stat prof refs wks mths yrs hrs mins via ddx abdo
    surname relapsed flair smoker smokers khun bin binti ibn sgt capt cpl rev patientin san ssi housewife
    mhra emea anvisa eular nejm jama iiib iia iib
    cuanto cuanta cuantos cual quelle quel quels combien meilleure wieviel welche wann quanto quale quando posologie
"""

ALSO_GIVEN = frozenset(_ALSO_GIVEN.split())
"""Ordinary words of English that people are also called."""
EPONYMS = frozenset(_EPONYMS.split())
"""Diseases, signs and scores are called after these people."""
SHORTHAND = frozenset(_SHORTHAND.split())
"""Short forms of the wards, ranks and titles, agencies, and the question words of neighbouring languages."""
