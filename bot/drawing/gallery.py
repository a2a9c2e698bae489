"""The pictures there are, each drawn once for each version of the content."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from bot.domain.catalogue import Catalogue
from bot.drawing import comparison, shares, times
from bot.drawing.chart import Chart, NothingToDrawError, UnknownChartError
from bot.drawing.plan import Plan
from bot.studies.outcomes import NEUROPATHY, RELAPSE, RESPONSE

BY_DRUG: dict[str, Callable[[Catalogue, str], Plan | None]] = {
    "response": lambda catalogue, drug: shares.plan(catalogue, drug, shares.Kind(RESPONSE)),
    "relapse": lambda catalogue, drug: shares.plan(catalogue, drug, shares.Kind(RELAPSE)),
    "times": times.plan,
    "neuropathy": lambda catalogue, drug: shares.plan(catalogue, drug, shares.Kind(NEUROPATHY, by_method=True)),
}
"""Pictures of one drug."""
OVERALL: dict[str, Callable[[Catalogue], Plan | None]] = {"comparison": comparison.plan}
"""Pictures of all drugs."""
NAMES = (*BY_DRUG, *OVERALL)


def planned(catalogue: Catalogue, name: str, drug: str | None = None) -> Plan:
    """What a picture will show. A drug is ignored where the picture shows them all.

    Raises UnknownChartError for a name that is none, a drug that is none or is missing, and NothingToDrawError.
    """
    if name in OVERALL:
        plan, about = OVERALL[name](catalogue), "these drugs"
    else:
        if name not in BY_DRUG:
            raise UnknownChartError(f'There is no chart "{name}". There are: {", ".join(NAMES)}.')
        if drug is None or drug not in catalogue.drugs:
            asked = f'"{drug}" is not covered' if drug else "It is drawn for one drug"
            raise UnknownChartError(f"{asked}. Name one of: {', '.join(catalogue.drugs)}.")
        plan, about = BY_DRUG[name](catalogue, drug), catalogue.drugs[drug].name
    if plan is None:
        raise NothingToDrawError(f"There is nothing to draw: the sources give no {name} figures by study for {about}.")
    return plan


def drawable(catalogue: Catalogue) -> tuple[tuple[str, str | None], ...]:
    """Every picture that can be drawn, as name and drug."""
    alone = [(name, drug) for name, plan in BY_DRUG.items() for drug in catalogue.drugs if plan(catalogue, drug)]
    return (*alone, *((name, None) for name, plan in OVERALL.items() if plan(catalogue)))


class Gallery:
    """Keeps what was drawn of the newest catalogue that it saw. May be asked from several threads.

    A version is not enough to tell two catalogues apart: on another day the same content may withhold a figure.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._catalogue: Catalogue | None = None
        self._charts: dict[tuple[str, str | None], Chart] = {}

    def chart(self, catalogue: Catalogue, name: str, drug: str | None = None) -> Chart:
        """The picture, drawn now if it was not before. Raises what `planned` raises."""
        key = (name, None if name in OVERALL else drug)
        with self._lock:
            if catalogue is not self._catalogue:
                self._catalogue, self._charts = catalogue, {}
            if key not in self._charts:
                self._charts[key] = _draw(planned(catalogue, *key))
            return self._charts[key]


def _draw(plan: Plan) -> Chart:
    from bot.drawing.paper import png  # noqa: PLC0415  (matplotlib loads only where something is drawn)

    return Chart(png(plan), plan.caption, plan.alt)
