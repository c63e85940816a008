"""The spaCy pipelines: for cells and lines that rules can't split, and for names in letters.

Two small pipelines made by `python -m ner.training` ship with the product, each with its config and
metrics beside it. Nothing else in the product imports spaCy, and it is imported when first needed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lexicon.fold import fold
from ner.clues import clue
from ner.line_rules import put_right, with_spouse
from ner.spans import Label, LabelledSpan, LineSpans
from registers.errors import MissingProgramError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODELS_FOLDER = Path(__file__).parent / "models"
_BATCH = 256
_LONGEST = 20_000

_SIGNS = r",;:()\[\]|/&=\"«»“”„*<>{}!?_…"
# Patterns are saved with a pipeline without their flags and searched, not matched: hence ^ and (?i).
_PREFIX = re.compile(rf"^(?:''|--|\.+|[{_SIGNS}'’`\-–—~]|[nNuH][°º](?=\d))")
_SUFFIX = re.compile(rf"(?:''|--|\.+|[{_SIGNS}'’`\-–—~])$")
_INFIX = re.compile(
    rf"(?i)''|--|\.\.+|(?<!\d)[{_SIGNS}]|[{_SIGNS}](?!\d)|[,;:()|](?=\d)"
    r"|(?<=[^\W\d])[.\-–—~](?=[^\W\d])|(?<=\.)-(?=[^\W\d])|(?<=[^\W\d])\.(?=-)"
    r"|(?<=\b[ldjnmtcs]['’])(?=\w)|(?<=\bqu['’])(?=\w)|(?<=[nNuH][°º])(?=\d)"
)


class Pipeline(StrEnum):
    """The folders below `ner/models`."""

    TABLE_LINES = "table_lines"
    LETTERS = "letters"


def split_lines(texts: Sequence[str]) -> tuple[LineSpans, ...]:
    """The spans of lines of a table, in their order; a batch is several times faster than line by line.

    Raises MissingProgramError without the shipped pipeline.
    """
    return _spans(Pipeline.TABLE_LINES, texts)


def letter_spans(text: str) -> LineSpans:
    """Surnames, given names and places named in a letter, whoever they belong to."""
    return _spans(Pipeline.LETTERS, (text,))[0]


def fitted_tokenizer(nlp: Language) -> Callable[[str], Doc]:
    """A tokenizer fitted to registers: "DOUCET,Eddie", "Luc-Marie", "d°", "7bre", "12/05/1884"."""
    from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]

    tokenizer: Callable[[str], Doc] = Tokenizer(
        nlp.vocab,
        prefix_search=_PREFIX.search,
        suffix_search=_SUFFIX.search,
        infix_finditer=_INFIX.finditer,
    )
    return tokenizer


def make_doc(nlp: Language, text: str) -> Doc:
    """The tokens of a text with what the lexicon knows of each, as the pipelines expect them.

    The folded form stands in `norm`, its first letters in `lemma`, the clue in `tag`: all three are
    features, never results.
    """
    doc = nlp.make_doc(text)
    for token in doc:
        folded = fold(token.text) or token.text
        token.norm_ = folded
        token.lemma_ = folded[:3]
        token.tag_ = clue(token.text)
    return doc


def model_version() -> str:
    """What tells one set of pipelines from another; raises MissingProgramError where one is missing."""
    digest = hashlib.sha256()
    for name in Pipeline:
        for path in sorted(_folder(name).rglob("*")):
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def load_pipeline(name: Pipeline) -> Language:
    """The shipped pipeline, loaded once; raises MissingProgramError where it is missing."""
    import spacy

    return spacy.load(_folder(name))


def _folder(name: Pipeline) -> Path:
    folder = MODELS_FOLDER / name.value
    if not (folder / "config.cfg").is_file():
        raise MissingProgramError(
            f"the pipeline {name.value} is missing", advice="train it: python -m ner.training"
        )
    return folder


def _spans(name: Pipeline, texts: Iterable[str]) -> tuple[LineSpans, ...]:
    nlp = load_pipeline(name)
    kept = [text[:_LONGEST] for text in texts]
    docs = nlp.pipe((make_doc(nlp, text) for text in kept), batch_size=_BATCH)
    return tuple(LineSpans(text, spans_of(doc, name)) for text, doc in zip(kept, docs, strict=True))


def spans_of(doc: Doc, name: Pipeline) -> tuple[LabelledSpan, ...]:
    """The pipeline's spans; in a line, put right by its signs, and the second person's names the spouse's."""
    spans = tuple(
        LabelledSpan(Label(found.label_), found.start_char, found.end_char, found.text) for found in doc.ents
    )
    return with_spouse(doc.text, put_right(doc.text, spans)) if name is Pipeline.TABLE_LINES else spans
