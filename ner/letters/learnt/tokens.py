"""The tokens of a letter: words with their elision ("l'"), numbers, signs and ends of lines."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from lexicon.fold import fold

_TOKEN = re.compile(r"\n\s*\n|\n|\d+|[^\W\d_]+['’]?|[^\w\s\ud800-\udfff]|_")
"""Half a character, which a broken upload may hold, is none."""

LONGEST = 500
"""The network learns from letters of fewer tokens, and reads only such."""
Range = tuple[int, int]
"""Characters or tokens, the end excluded."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text, the characters of its tokens and where they start, and each token folded ("" for a sign)."""

    text: str
    spans: tuple[Range, ...]
    folded: tuple[str, ...]
    starts: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", tuple(start for start, _ in self.spans))

    def __len__(self) -> int:
        return len(self.spans)

    def token(self, at: int) -> str:
        start, end = self.spans[at]
        return self.text[start:end]

    def between(self, first: int, end: int) -> str:
        """The text from token `first` to `end` (excluded)."""
        return self.text[self.spans[first][0] : self.spans[end - 1][1]]

    def covering(self, start: int, end: int) -> Range:
        """The tokens that the characters from `start` to `end` touch; at least one."""
        first = max(0, bisect_right(self.starts, start) - 1)
        if self.spans[first][1] <= start and first + 1 < len(self):
            first += 1
        return first, min(max(bisect_left(self.starts, end), first + 1), len(self))

    def places_of(self, written: str, longest: int = 14) -> list[Range]:
        """Where a name stands, whatever its accents, capitals and hyphens."""
        key = fold(written).replace(" ", "")
        found = []
        for first, word in enumerate(self.folded):
            if not word or not key.startswith(word):
                continue
            read = ""
            for end in range(first, min(first + longest, len(self))):
                read += self.folded[end]
                if read == key:
                    found.append((first, end + 1))
                if read == key or not key.startswith(read):
                    break
        return found


def tokens_of(text: str) -> Tokens:
    spans = tuple(match.span() for match in _TOKEN.finditer(text))
    return Tokens(text, spans, tuple(fold(text[start:end]) for start, end in spans))
