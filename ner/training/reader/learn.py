"""Teaches the network on retold letters."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor, nn

from ner.letters.learnt.features import FIRST_WORD, WORDS, word_features
from ner.letters.learnt.tokens import LONGEST, tokens_of
from ner.training.reader.examples import Example, example_of
from ner.training.reader.letters import Letter
from ner.training.reader.network import LetterReader
from ner.training.reader.retold import retold

BATCH, RATE = 16, 2.5e-3
_RETOLD_AGAIN, _AS_WRITTEN = 0.3, 0.15
_SELDOM = 0.4
"""The share of the letters that the rules were made with which an epoch sees."""


def vocabulary_of(letters: Sequence[Letter]) -> dict[str, int]:
    """The words of three letters or more, with their numbers."""
    counts: Counter[str] = Counter()
    for letter in letters:
        tokens = tokens_of(letter.text)
        counts.update({word_features(tokens.token(at))[0] for at in range(len(tokens))})
    words = [word for word, count in counts.most_common(WORDS - FIRST_WORD) if count >= 3]
    return {word: FIRST_WORD + number for number, word in enumerate(words)}


def learn(
    letters: Sequence[Letter],
    vocabulary: Mapping[str, int],
    *,
    epochs: int,
    seed: int,
    start: Mapping[str, Tensor] | None,
    told: Callable[[int, float], None],
    rate: float = RATE,
) -> LetterReader:
    """The network after some epochs, from the weights of `start` where there are any; `told` hears of each
    with its mean loss. Raises ValueError where no letter has tokens and fewer than LONGEST.
    """
    if not any(0 < len(tokens_of(letter.text)) < LONGEST for letter in letters):
        raise ValueError(f"no letter to learn from: each is empty or has {LONGEST} tokens or more")
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    network = LetterReader()
    if start is not None:
        network.load_state_dict(start)
    seen = sum(_SELDOM if letter.by_rules is None else 1.0 for letter in letters)
    steps = _Steps(network, rate, int(epochs * (seen / BATCH + 2)))
    pool = _Pool(letters, vocabulary, random.Random(seed))
    for epoch in range(epochs):
        network.train()
        batches = pool.batches()
        total = sum(steps.take(batch) for batch in batches)
        told(epoch, total / max(len(batches), 1))
    network.eval()
    return network


class _Steps:
    """Takes the network down its loss, a batch at a time, at a rate that rises soon and falls to nothing."""

    def __init__(self, network: LetterReader, rate: float, count: int) -> None:
        self._network, self._left = network, count
        self._optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.02, fused=True)
        self._schedule = torch.optim.lr_scheduler.OneCycleLR(
            self._optimizer, rate, total_steps=count, pct_start=0.1
        )

    def take(self, batch: Sequence[Example]) -> float:
        """One step; its loss."""
        loss = self._network.loss(batch)
        self._optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimizer.step()
        self._left -= 1
        if self._left > 0:
            self._schedule.step()
        return float(loss.detach())


class _Pool:
    """The letters as examples; each is told again every few epochs."""

    def __init__(self, letters: Sequence[Letter], vocabulary: Mapping[str, int], rng: random.Random) -> None:
        self._letters, self._vocabulary, self._rng = letters, vocabulary, rng
        self._examples: dict[int, Example] = {}
        texts = ((letter.text, letter.names) for letter in letters)
        self._places = sorted(
            {
                text[start:end]
                for text, names in texts
                for part, start, end in names
                if part == "P" and text[start:end].isalpha() and text[start:end].istitle()
            }
        )

    def batches(self) -> list[list[Example]]:
        rng = self._rng
        chosen = []
        for number, letter in enumerate(self._letters):
            if letter.by_rules is None and rng.random() > _SELDOM:
                continue
            if number not in self._examples or rng.random() < _RETOLD_AGAIN:
                told = retold(letter, rng, self._places) if rng.random() > _AS_WRITTEN else letter
                self._examples[number] = example_of(told, self._vocabulary, rng)
            if 0 < len(self._examples[number].rows) < LONGEST:
                chosen.append(self._examples[number])
        chosen.sort(key=lambda example: len(example.rows) + rng.random() * 15)
        batches = [chosen[at : at + BATCH] for at in range(0, len(chosen), BATCH)]
        rng.shuffle(batches)
        return batches
