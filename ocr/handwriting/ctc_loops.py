"""The loops of ctc.py over the steps of a line and the letters of its texts; arrays go in and come out."""

# mypy: disable-error-code="untyped-decorator"

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.jit import compiled

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


@compiled
def tree(letters: NDArray[np.uint8], lengths: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Parents, labels, first children and the texts' last nodes of a tree of texts in ascending order,
    nodes level by level, node 0 the empty text."""
    count, longest = letters.shape
    shared = np.zeros(count, np.int64)  # letters that a text begins with like the one before
    levels = np.zeros(longest + 2, np.int64)  # nodes of each level, then the number of its next one
    levels[0] = 1
    for text in range(count):
        if text > 0:
            most = min(lengths[text], lengths[text - 1])
            while shared[text] < most and letters[text, shared[text]] == letters[text - 1, shared[text]]:
                shared[text] += 1
        for level in range(shared[text], lengths[text]):
            levels[level + 1] += 1
    size, following = 0, 0
    for level in range(longest + 2):
        size, following = size + levels[level], size
        levels[level] = following
    parents, labels = np.zeros(size, np.int64), np.zeros(size, np.int64)
    first, ends = np.zeros(size + 1, np.int64), np.zeros(count, np.int64)
    path = np.zeros(longest + 1, np.int64)
    for text in range(count):
        for level in range(shared[text], lengths[text]):
            node = levels[level + 1]
            levels[level + 1] += 1
            parents[node], labels[node] = path[level], letters[text, level]
            path[level + 1] = node
            first[path[level]] += 1
        ends[text] = path[lengths[text]]
    following = 1
    for node in range(size + 1):
        following, first[node] = following + first[node], following
    return parents, labels, first, ends


@compiled
def forward_sums(
    chances: Floats, parents: Numbers, labels: Numbers, first_child: Numbers, beam: float
) -> Floats:
    """The log probability of each node's text (CTC's forward sum over the tree), -inf where at some step it
    was below `beam` of the likeliest node."""
    size = len(parents)
    blank, label = np.zeros(size), np.zeros(size)
    active, reached = np.zeros(size, np.int64), np.zeros(size, np.int64)
    blank[0], scale, count = 1.0, 0.0, 1
    for step in range(len(chances)):
        count = _reach(active, count, first_child, reached)
        largest = 0.0
        for place in range(count - 1, -1, -1):  # children before their parents, which they are made from
            node = reached[place]
            both = blank[node] + label[node]
            if node > 0:
                above = parents[node]
                entering = blank[above]
                if labels[above] != labels[node]:
                    entering += label[above]
                label[node] = chances[step, labels[node]] * (label[node] + entering)
            blank[node] = chances[step, 0] * both
            largest = max(largest, blank[node] + label[node])
        if largest <= 0.0:
            return np.full(size, -np.inf)
        kept = 0
        for place in range(count):
            node = reached[place]
            if blank[node] + label[node] > beam * largest:
                blank[node] /= largest
                label[node] /= largest
                active[kept] = node
                kept += 1
            else:
                blank[node] = label[node] = 0.0
        count = kept
        scale += np.log(largest)
    return np.log(blank + label) + scale


@compiled
def _reach(active: Numbers, count: int, first_child: Numbers, reached: Numbers) -> int:
    """Writes the active nodes, their children and the root into `reached`, all in ascending order; says
    how many they are."""
    reached[0], found = 0, 1
    own = 1 if count > 0 and active[0] == 0 else 0
    for place in range(count):
        for child in range(first_child[active[place]], first_child[active[place] + 1]):
            while own < count and active[own] < child:
                reached[found] = active[own]
                own, found = own + 1, found + 1
            if own < count and active[own] == child:
                own += 1
            reached[found] = child
            found += 1
    while own < count:
        reached[found] = active[own]
        own, found = own + 1, found + 1
    return found


@compiled
def best_path(scores: NDArray[np.float32], labels: Numbers) -> Numbers:
    """The state at each step of the likeliest path: label i is state 2 i + 1, the even ones are blanks; an
    empty array where no path reaches the end."""
    steps, size = len(scores), 2 * len(labels) + 1
    if steps == 0:
        return np.zeros(0, np.int64)
    best, came = np.full((steps, size), -np.inf), np.zeros((steps, size), np.int8)
    best[0, 0] = scores[0, 0]
    if size > 1:
        best[0, 1] = scores[0, labels[0]]
    for step in range(1, steps):
        for state in range(size):
            value, back = best[step - 1, state], 0
            if state > 0 and best[step - 1, state - 1] > value:
                value, back = best[step - 1, state - 1], 1
            skips = state > 2 and state % 2 == 1 and labels[state // 2] != labels[state // 2 - 1]
            if skips and best[step - 1, state - 2] > value:
                value, back = best[step - 1, state - 2], 2
            best[step, state] = value + scores[step, labels[state // 2] if state % 2 == 1 else 0]
            came[step, state] = back
    state = size - 1
    if size > 1 and best[steps - 1, size - 2] > best[steps - 1, size - 1]:
        state = size - 2
    if not np.isfinite(best[steps - 1, state]):
        return np.zeros(0, np.int64)
    path = np.zeros(steps, np.int64)
    for step in range(steps - 1, -1, -1):
        path[step] = state
        state -= came[step, state]
    return path
