"""The network in NumPy: a two-layer LSTM in both directions over the tokens, then one query for each person
and kind of act, which attends to the letter and to the other queries and points at years and names.

`ner/training/reader/network.py` is the same network in torch; a test compares them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ner.letters.learnt.surroundings import QUERIES, Integers, bucket
from ner.letters.learnt.tokens import Range

Floats = NDArray[np.float32]
_HEADS = 4


class Network:
    """Weights by their names in the torch module."""

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        self._weights = {name: values.astype(np.float32) for name, values in weights.items()}

    def encode(self, rows: Integers) -> Floats:
        """(tokens, features) to (tokens, width)."""
        seen = np.concatenate(
            [self[f"emb.{column}.weight"][rows[:, column]] for column in range(rows.shape[1])], -1
        )
        states = start = np.maximum(self._linear("inp", seen), 0)
        for layer in range(2):
            forward = self._lstm(f"fw.{layer}", states)
            states = np.concatenate([forward, self._lstm(f"bw.{layer}", states[::-1])[::-1]], -1)
        return self._linear("out", states) + start

    def tags(self, states: Floats) -> Floats:
        """Log probabilities of what each token is: nothing, or begin and inside of each part of a name."""
        return _log_softmax(self._linear("tag.2", np.maximum(self._linear("tag.0", states), 0)))

    def spans(self, states: Floats, ranges: Sequence[Range]) -> Floats:
        first, last = [start for start, _ in ranges], [end - 1 for _, end in ranges]
        return self._linear("span", np.concatenate([states[first], states[last]], -1))

    def people(
        self, states: Floats, mentions: Sequence[Sequence[Range]], near: Integers, aspects: Integers
    ) -> Floats:
        """(people, queries, width): what each person and kind of act found in the letter."""
        people = np.stack([self.spans(states, ranges).mean(0) for ranges in mentions])
        seen = np.concatenate(
            [self[f"pf.{number}.weight"][aspects[..., number]] for number in range(aspects.shape[-1])], -1
        )
        queries = people[:, None] + self["kind.weight"][None] + np.maximum(self._linear("pfo", seen), 0)
        queries = queries.reshape(len(people) * QUERIES, -1)
        first = np.array([ranges[0][0] for ranges in mentions])
        to_tokens = bucket(-near).repeat(QUERIES, 0)
        to_people = bucket(first[None] - first[:, None]).repeat(QUERIES, 0).repeat(QUERIES, 1)
        queries = self._forward("f1", self._attend("c1", queries, states, to_tokens))
        queries = self._attend("s1", queries, queries, to_people)
        queries = self._forward("f2", self._attend("c2", queries, states, to_tokens))
        return self._norm("ln", queries).reshape(len(people), QUERIES, -1)

    def acts(self, queries: Floats, verdict: Floats) -> Floats:
        """(people, kinds): the probability that the act is asked for; `verdict` (same shape): the rules'."""
        scores = np.concatenate(
            [self._linear("act", queries[:, :3])[..., 0], self._linear("other", queries[:, 3])], -1
        )
        odds = scores + self["actb"] + self["wact"] * verdict
        return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)

    def told(
        self, states: Floats, places: Sequence[Range], bases: Sequence[Range], ways: Sequence[int]
    ) -> Floats:
        """What stands for each span of years."""
        both = (self.spans(states, places) + self.spans(states, bases)) / 2
        return np.asarray(both + self["typ.weight"][list(ways)], dtype=np.float32)

    def point(self, head: str, query: Floats, choices: Floats, away: Integers, between: Integers) -> Floats:
        """Scores of no choice, then of each (choices, width), for one query (width)."""
        none = self._linear(f"{head}.none", query)
        if not len(choices):
            return none
        hidden = (
            self._linear(f"{head}.z", query)
            + self._linear(f"{head}.c", choices)
            + self[f"{head}.e.weight"][bucket(away)]
            + self[f"{head}.line.weight"][between[:, 0]]
            + self[f"{head}.between.weight"][between[:, 1]]
            + self[f"{head}.kd.weight"][between[:, 2]]
        )
        scores = self._linear(f"{head}.w", np.maximum(hidden, 0))[:, 0]
        scores = scores + choices @ self._linear(f"{head}.y", query) / np.sqrt(len(query))
        return np.asarray(np.concatenate([none, scores]), dtype=np.float32)

    def trust(self, which: int) -> float:
        """How much the rules' choice adds to a score: of a surname, of years, of a place."""
        return float(self["wptr"][which])

    def __getitem__(self, name: str) -> Floats:
        return self._weights[name]

    def _linear(self, name: str, values: Floats) -> Floats:
        return np.asarray(values @ self[f"{name}.weight"].T + self[f"{name}.bias"], dtype=np.float32)

    def _norm(self, name: str, values: Floats) -> Floats:
        mean, variance = values.mean(-1, keepdims=True), values.var(-1, keepdims=True)
        scaled = (values - mean) / np.sqrt(variance + 1e-5)
        return np.asarray(scaled * self[f"{name}.weight"] + self[f"{name}.bias"], dtype=np.float32)

    def _lstm(self, name: str, values: Floats) -> Floats:
        inputs = (
            values @ self[f"{name}.weight_ih_l0"].T + self[f"{name}.bias_ih_l0"] + self[f"{name}.bias_hh_l0"]
        )
        turned = np.ascontiguousarray(self[f"{name}.weight_hh_l0"].T)
        width = len(turned)
        state = cell = np.zeros(width, dtype=np.float32)
        found = np.empty((len(values), width), dtype=np.float32)
        for at, given in enumerate(inputs):
            gates = given + state @ turned
            opened = 1 / (1 + np.exp(-gates))
            cell = opened[width : 2 * width] * cell + opened[:width] * np.tanh(gates[2 * width : 3 * width])
            state = found[at] = opened[3 * width :] * np.tanh(cell)
        return found

    def _attend(self, name: str, queries: Floats, states: Floats, away: Integers) -> Floats:
        width = queries.shape[1] // _HEADS
        asked = self._linear(f"{name}.q", self._norm(f"{name}.n1", queries)).reshape(
            len(queries), _HEADS, width
        )
        keys = self._linear(f"{name}.k", states).reshape(len(states), _HEADS, width)
        values = self._linear(f"{name}.v", states).reshape(len(states), _HEADS, width)
        scores = np.einsum("qhd,thd->hqt", asked, keys) / np.sqrt(width)
        scores += self[f"{name}.bias.weight"][away].transpose(2, 0, 1)
        found = np.einsum("hqt,thd->qhd", np.exp(_log_softmax(scores)), values)
        return queries + self._linear(f"{name}.o", found.reshape(queries.shape))

    def _forward(self, name: str, values: Floats) -> Floats:
        hidden = np.maximum(self._linear(f"{name}.a", self._norm(f"{name}.n", values)), 0)
        return values + self._linear(f"{name}.b", hidden)


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)), dtype=np.float32)
