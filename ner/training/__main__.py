"""Train both pipelines into ner/models and keep their metrics beside them: `python -m ner.training`."""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from ner.model import MODELS_FOLDER, Pipeline
from ner.training.make import make


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m ner.training", description=__doc__)
    parser.add_argument("--to", type=Path, default=MODELS_FOLDER, help="folder of the pipelines")
    parser.add_argument("--share", type=float, default=1.0, help="share of the usual number of examples")
    options = parser.parse_args()
    with ProcessPoolExecutor(max_workers=2, mp_context=get_context("spawn")) as workers:
        for report in workers.map(make, Pipeline, [options.to] * 2, [options.share] * 2):
            print(report)


if __name__ == "__main__":
    main()
