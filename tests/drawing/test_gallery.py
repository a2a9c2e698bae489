"""Pictures by name: drawn when they are asked for, and once."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.answering.engine import Engine
from bot.cli import main
from bot.drawing.chart import NothingToDrawError, UnknownChartError
from bot.drawing.gallery import NAMES, Gallery, planned

ROOT = Path(__file__).parents[2]


def test_a_picture_comes_with_caption_and_words(small_engine: Engine) -> None:
    chart = Gallery().chart(small_engine.catalogue, "response", "amilol")
    assert chart.png.startswith(b"\x89PNG")
    assert "Amilol, response" in chart.caption
    assert "Trial 2019, responded, 30 of 41 (interval 58% to 84%)" in chart.alt


def test_a_picture_is_drawn_once_for_each_version_of_the_content(small_engine: Engine) -> None:
    gallery, catalogue = Gallery(), small_engine.catalogue
    first = gallery.chart(catalogue, "response", "amilol")
    assert gallery.chart(catalogue, "response", "amilol") is first
    assert gallery.chart(replace(catalogue, version="another"), "response", "amilol") is not first


def test_a_picture_of_all_drugs_is_the_same_for_each(engine: Engine) -> None:
    gallery = Gallery()
    assert gallery.chart(engine.catalogue, "comparison", "thalidomide") is gallery.chart(engine.catalogue, "comparison")


@pytest.mark.parametrize(("name", "drug"), [("response", "bemilol"), ("relapse", "amilol"), ("times", "amilol")])
def test_nothing_is_drawn_of_what_no_study_gives(small_engine: Engine, name: str, drug: str) -> None:
    with pytest.raises(NothingToDrawError, match=f"no {name} figures by study for {drug}"):
        planned(small_engine.catalogue, name, drug)


def test_one_drug_is_not_compared(small_engine: Engine) -> None:
    with pytest.raises(NothingToDrawError):
        planned(small_engine.catalogue, "comparison")


def test_an_unknown_picture_is_refused_with_those_that_exist(small_engine: Engine) -> None:
    with pytest.raises(UnknownChartError) as refused:
        planned(small_engine.catalogue, "pie", "amilol")
    assert all(name in str(refused.value) for name in NAMES)


@pytest.mark.parametrize("drug", [None, "camilol"])
def test_a_missing_or_unknown_drug_is_refused_with_those_that_exist(small_engine: Engine, drug: str | None) -> None:
    with pytest.raises(UnknownChartError, match="amilol, bemilol"):
        planned(small_engine.catalogue, "response", drug)


def test_the_command_writes_the_file_and_prints_the_words(small: Path, tmp_path: Path) -> None:
    """The drug may be named as people name it."""
    file = tmp_path / "chart.png"
    result = CliRunner().invoke(main, ["--content", str(small), "chart", "response", "ami", "-o", str(file)])
    assert result.exit_code == 0
    assert file.read_bytes().startswith(b"\x89PNG")
    assert "30 of 41" in result.output


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["pie", "amilol"], 2, "There are: response, relapse"),
        (["response"], 2, "amilol, bemilol"),
        (["response", "aspirin"], 2, "amilol, bemilol"),
        (["response", "bemilol"], 1, "nothing to draw"),
    ],
)
def test_the_command_writes_nothing_where_it_cannot_draw(
    small: Path, tmp_path: Path, arguments: list[str], code: int, says: str
) -> None:
    file = tmp_path / "chart.png"
    result = CliRunner().invoke(main, ["--content", str(small), "chart", *arguments, "-o", str(file)])
    assert (result.exit_code, file.exists()) == (code, False)
    assert says in result.output


def test_matplotlib_is_loaded_only_where_something_is_drawn() -> None:
    """It costs memory and time that a start should not pay."""
    code = "import sys, bot.cli, bot.drawing.gallery; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
