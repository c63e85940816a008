"""The network of `ner/letters/learnt/network.py` in torch, with the loss that it learns by."""

# mypy: disable-error-code="misc,no-any-return"

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from ner.letters.learnt.features import CLUE, SIZES, WORD
from ner.letters.learnt.surroundings import ASPECTS, BUCKETS, QUERIES, bucket
from ner.letters.learnt.tags import TAGS
from ner.letters.learnt.told import Way
from ner.letters.learnt.verdicts import KINDS
from ner.training.reader.examples import Example, Question

WIDTH, STATE, HIDDEN, HEADS = 96, 96, 64, 4
_DIMENSIONS = (64, 24, 24, 24, 12, 12, 12, 8, 8, 8, 12)
_FAR, _NEVER = 300, -1e4
_HEADS = {"psur": 1.0, "pmarried": 0.5, "pspouse": 0.5, "pyear": 1.0, "pplace": 0.5}
"""The pointers, with the weight of each in the loss."""
_TRUSTED = {"psur": 0, "pyear": 1, "pplace": 2}


class Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.bias = nn.Embedding(BUCKETS, HEADS)
        nn.init.zeros_(self.bias.weight)
        self.n1 = nn.LayerNorm(WIDTH)

    def forward(self, queries: Tensor, states: Tensor, mask: Tensor, away: Tensor) -> Tensor:
        """`away`: (letters, people, people or tokens) buckets; queries and states may be people x QUERIES."""
        letters, count, _ = queries.shape
        width = WIDTH // HEADS
        parts = (letters, -1, HEADS, width)
        asked = self.q(self.n1(queries)).view(parts).transpose(1, 2)
        keys = self.k(states).view(parts).transpose(1, 2)
        values = self.v(states).view(parts).transpose(1, 2)
        scores = asked @ keys.transpose(2, 3) / math.sqrt(width)
        bias = self.bias(away).permute(0, 3, 1, 2)
        bias = bias.repeat_interleave(count // away.shape[1], 2)
        scores = scores + bias.repeat_interleave(states.shape[1] // away.shape[2], 3)
        shares = scores.masked_fill(~mask[:, None, None, :], _NEVER).softmax(-1)
        found: Tensor = self.o((shares @ values).transpose(1, 2).reshape(letters, count, WIDTH))
        return queries + found


class FeedForward(nn.Module):
    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.n = nn.LayerNorm(WIDTH)
        self.a, self.b = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.drop = nn.Dropout(dropout)

    def forward(self, values: Tensor) -> Tensor:
        found: Tensor = values + self.b(self.drop(functional.relu(self.a(self.n(values)))))
        return found


class Pointer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.line, self.between = nn.Embedding(8, HIDDEN), nn.Embedding(6, HIDDEN)
        self.kd, self.e = nn.Embedding(BUCKETS + 1, HIDDEN), nn.Embedding(BUCKETS, HIDDEN)
        self.z, self.c, self.w = nn.Linear(WIDTH, HIDDEN), nn.Linear(WIDTH, HIDDEN), nn.Linear(HIDDEN, 1)
        self.none, self.y = nn.Linear(WIDTH, 1), nn.Linear(WIDTH, WIDTH)

    def forward(self, query: Tensor, choices: Tensor, away: Tensor, between: Tensor) -> Tensor:
        """(questions, 1 + choices): scores of none, then of each choice."""
        hidden = self.z(query)[:, None] + self.c(choices) + self.e(away) + self.line(between[..., 0])
        hidden = hidden + self.between(between[..., 1]) + self.kd(between[..., 2])
        scores = self.w(functional.relu(hidden)).squeeze(-1)
        scores = scores + (self.y(query)[:, None] * choices).sum(-1) / math.sqrt(WIDTH)
        return torch.cat([self.none(query), scores], -1)


@dataclass(frozen=True, slots=True)
class _Batch:
    examples: Sequence[Example]
    states: Tensor
    queries: Tensor


class LetterReader(nn.Module):
    """The names of its parameters are those that the NumPy network reads."""

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()
        self.emb = nn.ModuleList(
            nn.Embedding(size, width) for size, width in zip(SIZES, _DIMENSIONS, strict=True)
        )
        self.drop = nn.Dropout(dropout)
        self.inp = nn.Linear(sum(_DIMENSIONS), WIDTH)
        self.fw = nn.ModuleList(nn.LSTM(size, STATE, batch_first=True) for size in (WIDTH, 2 * STATE))
        self.bw = nn.ModuleList(nn.LSTM(size, STATE, batch_first=True) for size in (WIDTH, 2 * STATE))
        self.out = nn.Linear(2 * STATE, WIDTH)
        self.tag = nn.Sequential(nn.Linear(WIDTH, 64), nn.ReLU(), nn.Linear(64, TAGS))
        self.span = nn.Linear(2 * WIDTH, WIDTH)
        self.kind = nn.Embedding(QUERIES, WIDTH)
        self.pf = nn.ModuleList(nn.Embedding(size, 8) for size in ASPECTS)
        self.pfo = nn.Linear(8 * len(ASPECTS), WIDTH)
        self.c1, self.c2, self.s1 = Attention(), Attention(), Attention()
        self.f1, self.f2 = FeedForward(dropout), FeedForward(dropout)
        self.act, self.other = nn.Linear(WIDTH, 1), nn.Linear(WIDTH, len(KINDS) - 3)
        self.actb = nn.Parameter(torch.full((len(KINDS),), -2.0))
        self.wact, self.wptr = nn.Parameter(torch.ones(len(KINDS))), nn.Parameter(torch.ones(3))
        self.typ = nn.Embedding(max(Way) + 1, WIDTH)
        self.psur, self.pmarried, self.pspouse = Pointer(), Pointer(), Pointer()
        self.pyear, self.pplace = Pointer(), Pointer()
        self.ln = nn.LayerNorm(WIDTH)

    def loss(self, examples: Sequence[Example]) -> Tensor:
        """The mean loss of a batch of letters."""
        count, length = len(examples), max(len(example.rows) for example in examples)
        rows = _padded([example.rows for example in examples], length)
        tags = _padded([example.tags for example in examples], length)
        weights = _padded([example.weights for example in examples], length)
        if self.training:
            rows[..., WORD][torch.rand(count, length) < 0.08] = 1
            rows[..., CLUE][torch.rand(count, length) < 0.05] = 0
        states = self.encode(rows, [len(example.rows) for example in examples])
        wrong = functional.cross_entropy(self.tag(states).transpose(1, 2), tags, reduction="none")
        total = (wrong * weights).sum() / 2
        queries = self.people(states, examples)
        batch = _Batch(examples, states, queries)
        total = total + self._loss_of_acts(batch)
        for head, weight in _HEADS.items():
            total = total + weight * self._loss_of_pointer(head, batch)
        return total / count

    def encode(self, rows: Tensor, lengths: Sequence[int]) -> Tensor:
        seen = torch.cat([table(rows[..., column]) for column, table in enumerate(self.emb)], -1)
        states = start = self.drop(functional.relu(self.inp(self.drop(seen))))
        ends, at = torch.tensor(lengths)[:, None], torch.arange(rows.shape[1])[None]
        turned = torch.where(at < ends, ends - 1 - at, at)[..., None]
        for forward, backward in zip(self.fw, self.bw, strict=True):
            back = backward(states.gather(1, turned.expand(-1, -1, states.shape[2])))[0]
            back = back.gather(1, turned.expand(-1, -1, STATE))
            states = self.drop(torch.cat([forward(states)[0], back], -1))
        found: Tensor = self.drop(self.out(states) + start)
        return found

    def people(self, states: Tensor, examples: Sequence[Example]) -> Tensor:
        """(letters, people, QUERIES, width)."""
        letters, length, _ = states.shape
        most = max(1, *(len(example.people) for example in examples))
        near = torch.full((letters, most, length), _FAR)
        first = torch.zeros(letters, most, dtype=torch.long)
        aspects = torch.zeros(letters, most, QUERIES, len(ASPECTS), dtype=torch.long)
        there = torch.zeros(letters, most, dtype=torch.bool)
        there[:, 0] = True
        mentions: list[tuple[int, int, int, int]] = []
        for number, example in enumerate(examples):
            for person, ranges in enumerate(example.people):
                there[number, person], first[number, person] = True, ranges[0][0]
                mentions += [(number, start, end - 1, number * most + person) for start, end in ranges]
            if example.people:
                some = slice(0, len(example.people))
                near[number, some, : len(example.rows)] = torch.from_numpy(-example.around.near)
                aspects[number, some] = torch.from_numpy(example.around.aspects)
        people = states.new_zeros(letters * most, WIDTH)
        if mentions:
            letter, start, last, owner = torch.tensor(mentions).T
            spans = self.span(torch.cat([states[letter, start], states[letter, last]], -1))
            named = states.new_zeros(letters * most).index_add(0, owner, torch.ones(len(owner)))
            people = people.index_add(0, owner, spans) / named.clamp(min=1)[:, None]
        seen = torch.cat([table(aspects[..., number]) for number, table in enumerate(self.pf)], -1)
        queries = people.view(letters, most, 1, WIDTH) + self.kind.weight + functional.relu(self.pfo(seen))
        lengths = torch.tensor([len(example.rows) for example in examples])
        mask = torch.arange(length)[None] < lengths[:, None]
        away, others = _buckets(near), _buckets(first[:, None, :] - first[:, :, None])
        queries = self.f1(self.c1(queries.flatten(1, 2), states, mask, away))
        queries = self.s1(queries, queries, there.repeat_interleave(QUERIES, 1), others)
        queries = self.f2(self.c2(queries, states, mask, away))
        found: Tensor = self.ln(queries).view(letters, most, QUERIES, WIDTH)
        return found

    def acts(self, queries: Tensor, verdict: Tensor) -> Tensor:
        """(..., people, kinds): log odds that the act is asked for."""
        scores = torch.cat([self.act(queries[..., :3, :]).squeeze(-1), self.other(queries[..., 3, :])], -1)
        found: Tensor = scores + self.actb + self.wact * verdict
        return found

    def _loss_of_acts(self, batch: _Batch) -> Tensor:
        total = batch.states.new_zeros(())
        for number, example in enumerate(batch.examples):
            if example.people and example.acts is not None:
                queries = batch.queries[number, : len(example.people)]
                scores = self.acts(queries, torch.from_numpy(example.verdict))
                total = total + functional.binary_cross_entropy_with_logits(
                    scores, torch.from_numpy(example.acts), reduction="sum"
                )
        return total

    def _loss_of_pointer(self, head: str, batch: _Batch) -> Tensor:
        asked = [
            (number, question)
            for number, example in enumerate(batch.examples)
            for question in example.questions[head]
            if question.right
        ]
        if not asked:
            return batch.states.new_zeros(())
        choices, mask = self._choices(head, batch)
        letters = torch.tensor([number for number, _ in asked])
        people = torch.tensor([question.person for _, question in asked])
        queries = torch.tensor([question.query for _, question in asked])
        away, between = _geometry(head, batch.examples, asked, choices.shape[1])
        scores = getattr(self, head)(batch.queries[letters, people, queries], choices[letters], away, between)
        known = torch.cat([torch.ones(len(asked), 1, dtype=torch.bool), mask[letters]], 1)
        if head == "pspouse":
            known[torch.arange(len(asked)), people + 1] = False
        if head in _TRUSTED:
            said = _marked([question.by_rules for _, question in asked], scores.shape)
            scores = scores + self.wptr[_TRUSTED[head]] * said
        scores = scores.masked_fill(~known, _NEVER)
        right = _marked([question.right for _, question in asked], scores.shape)
        loss: Tensor = torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~right, _NEVER), 1)
        return loss.sum()

    def _choices(self, head: str, batch: _Batch) -> tuple[Tensor, Tensor]:
        """(letters, choices, width) and which of them there are."""
        lists = [example.choices[head] for example in batch.examples]
        most = max(1, *map(len, lists))
        at = torch.zeros(len(lists), most, 5, dtype=torch.long)
        mask = torch.zeros(len(lists), most, dtype=torch.bool)
        for number, some in enumerate(lists):
            for which, ((first, end), (base, base_end), way) in enumerate(some):
                at[number, which] = torch.tensor([first, end - 1, base, base_end - 1, way])
                mask[number, which] = True
        if head == "pspouse":
            return batch.queries[:, :, QUERIES - 1], mask
        letters = torch.arange(len(lists))[:, None]
        place = torch.cat([batch.states[letters, at[..., 0]], batch.states[letters, at[..., 1]]], -1)
        if head != "pyear":
            return self.span(place), mask
        base = torch.cat([batch.states[letters, at[..., 2]], batch.states[letters, at[..., 3]]], -1)
        return (self.span(place) + self.span(base)) / 2 + self.typ(at[..., 4]), mask


def _padded(arrays: Sequence[np.ndarray], length: int) -> Tensor:
    padded = [np.pad(array, [(0, length - len(array))] + [(0, 0)] * (array.ndim - 1)) for array in arrays]
    return torch.from_numpy(np.stack(padded))


def _buckets(away: Tensor) -> Tensor:
    return torch.from_numpy(bucket(away.numpy()))


def _marked(numbers: Sequence[Sequence[int]], shape: torch.Size) -> Tensor:
    marks = torch.zeros(shape, dtype=torch.bool)
    for row, some in enumerate(numbers):
        for number in some:
            marks[row, number + 1] = True
    return marks


def _geometry(
    head: str, examples: Sequence[Example], asked: Sequence[tuple[int, Question]], most: int
) -> tuple[Tensor, Tensor]:
    """How far each choice is from the person of each question, and what lies between."""
    away, between = (
        np.zeros((len(asked), most), dtype=np.int64),
        np.zeros((len(asked), most, 3), dtype=np.int64),
    )
    for row, (number, question) in enumerate(asked):
        around, choices = examples[number].around, examples[number].choices[head]
        if choices:
            first = np.array([place[0] for place, _, _ in choices])
            last = np.array([place[1] - 1 for place, _, _ in choices])
            near = -around.near[question.person]
            nearer = np.abs(near[first]) < np.abs(near[last])
            away[row, : len(choices)] = np.where(nearer, near[first], near[last])
            between[row, : len(choices)] = around.between(first, question.person, question.query)
    return torch.from_numpy(bucket(away)), torch.from_numpy(between)
