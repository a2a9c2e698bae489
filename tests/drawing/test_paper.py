"""Pictures that can be read on a phone, and without colour."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from bot.answering.engine import Engine
from bot.drawing.gallery import planned
from bot.drawing.paper import WIDTH, figure, png
from bot.drawing.plan import Line, Mark, Plan, Row, Section, Shape, Stretch
from bot.drawing.shares import PERCENT
from tests.drawing.test_plans import PICTURES

TALLEST = 1400
SMALLEST_TYPE = 22


@pytest.fixture(scope="module", params=PICTURES, ids=lambda picture: " ".join(filter(None, picture)))
def drawn(request: pytest.FixtureRequest, engine: Engine) -> Figure:
    return figure(planned(engine.catalogue, *request.param))


def pixels(drawing: Figure) -> NDArray[Any]:
    canvas: Any = drawing.canvas
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[:, :, :3].astype(int)


def texts(drawing: Figure) -> list[tuple[Text, Bbox]]:
    canvas: Any = drawing.canvas
    renderer = canvas.get_renderer()
    return [(text, text.get_window_extent(renderer)) for text in drawing.axes[0].texts]


def test_the_file_is_a_png_of_the_size_of_a_phone(engine: Engine) -> None:
    file = png(planned(engine.catalogue, "relapse", "thalidomide"))
    assert file.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(file[16:20]) == WIDTH
    assert int.from_bytes(file[20:24]) <= TALLEST


def test_no_picture_is_taller_than_a_phone(drawn: Figure) -> None:
    height, width, _ = pixels(drawn).shape
    assert (width, height <= TALLEST) == (WIDTH, True)


def test_all_words_are_on_the_page_and_none_cover_others(drawn: Figure) -> None:
    found = texts(drawn)
    for text, box in found:
        assert box.x0 >= 0, text.get_text()
        assert box.x1 <= WIDTH, text.get_text()
        assert box.y0 >= 0, text.get_text()
        assert box.y1 <= drawn.bbox.height, text.get_text()
    for (one, box), (other, another) in combinations(found, 2):
        assert not box.padded(-3).overlaps(another.padded(-3)), f"{one.get_text()} / {other.get_text()}"


def test_type_is_large(drawn: Figure) -> None:
    sizes = [float(text.get_fontsize()) * 100 / 72 for text, _ in texts(drawn)]
    assert min(sizes) >= SMALLEST_TYPE


def test_pictures_need_no_colour(drawn: Figure) -> None:
    """Red, green and blue are equal in every pixel: what is seen in greyscale is all there is."""
    picture = pixels(drawn)
    assert np.array_equal(picture[:, :, 0], picture[:, :, 1])
    assert np.array_equal(picture[:, :, 0], picture[:, :, 2])


def test_marks_and_lines_are_told_apart_by_shape() -> None:
    """Any two differ in a fair part of their ink."""
    marks: dict[Shape | Line, NDArray[np.bool_]] = {
        shape: ink(Row("", "", "", marks=(Mark(50, shape),))) for shape in Shape
    }
    lines: dict[Shape | Line, NDArray[np.bool_]] = {
        line: ink(Row("", "", "", stretches=(Stretch(40, 60, line),))) for line in Line
    }
    for (one, first), (other, second) in combinations((marks | lines).items(), 2):
        different = np.logical_xor(first, second).sum() / np.logical_or(first, second).sum()
        assert different > 0.25, f"{one} and {other} look alike"


def test_an_open_end_reaches_the_end_of_the_scale() -> None:
    known, open_low = (ink(Row("", "", "", stretches=(Stretch(low, 60, Line.CAPPED),))) for low in (30, None))
    assert open_low[:, 30:50].any()
    assert not known[:, 30:50].any()


def ink(row: Row) -> NDArray[np.bool_]:
    """Where a row alone is black."""
    page = Plan("", "", PERCENT, (Section("", (row,)),), (), (), "", "")
    return np.asarray(pixels(figure(page))[:, :, 0] < 100)[:190]
