"""Names that somebody thought of without looking at the lists: none may be passed over on the way to a figure."""

from __future__ import annotations

import pytest

from bot.answering.engine import Engine
from bot.answering.stating import PRESENT
from bot.domain.reply import Answered

PATIENTS = (
    *(
        "infants",
        "neonates",
        "newborns",
        "schoolchildren",
        "youngsters",
        "age 12",
        "aged 7",
        "a 15 y/o",
        "kids under 12",
    ),
    *("people over 85", "nonagenarians", "nursing home residents", "dementia patients"),
    *("CKD stage 4", "low GFR", "a creat of 300", "CAPD", "renal transplant recipients", "nephrotic syndrome"),
    *("hepatic failure", "raised ALT", "Child-Pugh B", "cirrhotics", "jaundice"),
    *("breast-feeding mothers", "lactating women", "nursing mums", "while feeding my newborn"),
    *("MM", "plasma cell dyscrasia", "ENL", "Hansen's disease", "MDS 5q", "AML", "CLL", "GVHD", "Hodgkin"),
    *("Crohns", "Behçet's", "sarcoid", "pyoderma gangrenosum", "lichen planus", "bullous pemphigoid", "rosacea"),
    *("psoriatic arthritis", "ITP", "AIDS", "TB", "epilepsy", "multiple sclerosis", "heart failure", "COPD"),
    *("myasthenia", "SSc", "MCTD", "class IV nephritis", "NPSLE", "lupus cerebritis", "cancer patients", "mice"),
)
DRUGS = (
    *("iberdomide", "apremilast", "HCQ", "MTX", "MMF", "belimumab", "anifrolumab", "tofacitinib", "IVIG", "pred"),
    *("clofazimine", "acitretin", "UVB", "laser", "thalitone", "thallium", "theophylline", "chlortalidone", "zinc"),
    *("lenvatinib", "lenograstim", "levamisole", "leucovorin", "linezolid", "glutethimide", "phthalimide", "CC-885"),
    *("telitacicept", "ianalumab", "daxdilimab", "enpatoran", "cenerimod", "BIIB059", "BMS-986165", "VIB7734"),
)
ABOUT_PATIENTS = ("thalidomide dose in {}", "how many relapse after lenalidomide in {}", "does thalidomide work for {}")
ABOUT_DRUGS = ("{} dose", "how many relapse after {}", "is {} promising in lupus", "neuropathy on {}")


def figures(engine: Engine, text: str) -> list[str]:
    """The topics and drugs of which figures are stated as the answer."""
    reply = engine.reply_to(text).reply
    stated = reply.stated if isinstance(reply, Answered) else ()
    return [f"{one.topic} of {one.drug}" for one in stated if one.state in PRESENT and one.drug]


@pytest.mark.parametrize("patients", PATIENTS)
def test_a_figure_is_not_passed_on_to_other_patients(engine: Engine, patients: str) -> None:
    """Said not to be reported, declined, or asked back: whoever they are."""
    assert not [found for text in ABOUT_PATIENTS if (found := figures(engine, text.format(patients)))]


@pytest.mark.parametrize("drug", DRUGS)
def test_a_figure_is_not_passed_on_to_another_drug(engine: Engine, drug: str) -> None:
    """Declined or asked back, also where the name looks like one of ours or is a code."""
    assert not [found for text in ABOUT_DRUGS if (found := figures(engine, text.format(drug)))]
