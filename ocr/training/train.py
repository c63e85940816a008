"""Training: `python -m ocr.training.train --data DIR --out DIR --minutes N [--workers N] [--resume]`.

Prepares the lines once, then trains (trainer.py) until the minutes are used up. Several workers, one thread
each, train on batches of their own and share their gradients: on two free cores nearly twice the lines,
where two threads in one process wait for each other.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.multiprocessing
from torch import distributed

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.recogniser import Recogniser, model_version
from ocr.training.batches import Batches
from ocr.training.data import LineSet, cached, held_out_sets, load_all, merge, split_of
from ocr.training.dated import dates_of_pages
from ocr.training.export import load_weights
from ocr.training.network import NetworkConfig, parameter_count
from ocr.training.synthesis import penned, synthesise
from ocr.training.texts import load_names
from ocr.training.trainer import Plan, Trainer, evaluate

_YEARS = (1793, 1939)  # of dates that are put together


def some(lines: LineSet, count: int) -> LineSet:
    """Up to `count` lines spread evenly over the set."""
    chosen = set(np.linspace(0, len(lines) - 1, min(count, len(lines))).astype(int).tolist())
    marked = LineSet(
        lines.pixels,
        lines.starts,
        lines.texts,
        tuple("x" if i in chosen else "" for i in range(len(lines))),
    )
    return marked.where(bool)


def training_lines(options: argparse.Namespace, cache: Path) -> LineSet:
    """Real and synthetic lines to train on, and dates put together of real digits where there is a model
    that finds them; prepared once and kept in `cache`, for each choice of options anew."""
    folder = options.data / "handwriting"
    stored = cached(cache, "train", folder, *_made_with(options))
    if not stored.exists():
        real = load_all(folder, cache, Alphabet())
        parts = [real.where(lambda group: split_of(group) == "train")]
        if options.weights is not None and options.dated:
            score_lines = Recogniser(options.weights).score_prepared
            chance = random.Random(options.seed)
            parts.append(dates_of_pages(parts[0], score_lines, options.dated, _YEARS, chance))
        if options.fonts is not None:
            names = load_names(options.data)
            parts.append(synthesise(names, options.fonts, options.synthetic, options.seed))
            parts.append(penned(names, options.fonts, options.penned, options.seed))
        merge(parts).save(stored)
    return LineSet.load(stored)


def _made_with(options: argparse.Namespace) -> tuple[object, ...]:
    """What decides, beside the real lines, which lines there are to train on."""
    dates = options.weights and (model_version(options.weights), options.dated)
    typefaces = options.fonts and (str(options.fonts), options.synthetic, options.penned)
    return options.seed, dates, typefaces


def main(arguments: Sequence[str] | None = None) -> None:
    options = _options().parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    cache = options.cache or options.out / "cache"
    held_out_sets(options.data / "handwriting", cache, Alphabet())
    training_lines(options, cache)
    if options.workers > 1:
        torch.multiprocessing.spawn(_work, (options,), options.workers)
    else:
        _work(0, options)


def _work(rank: int, options: argparse.Namespace) -> None:
    cv2.setNumThreads(1)
    plan = Plan(options.minutes, threads=options.threads, workers=options.workers, peak=options.rate)
    torch.set_num_threads(plan.threads)
    torch.manual_seed(options.seed)
    if plan.workers > 1:
        store = distributed.FileStore(str(_meeting_place(options.out)), plan.workers)
        distributed.init_process_group("gloo", store=store, rank=rank, world_size=plan.workers)
    cache = options.cache or options.out / "cache"
    checks = held_out_sets(options.data / "handwriting", cache, Alphabet())
    lines = training_lines(options, cache)
    trainer = Trainer(options.out, plan, NetworkConfig(Alphabet().size), rank)
    resumed = options.resume and trainer.resume()
    if options.weights is not None and not resumed:
        trainer.warm_start(load_weights(options.weights)[1])
    if rank == 0:
        trainer.log(
            event="resumed" if resumed else "started",
            parameters=parameter_count(trainer.network),
            train_lines=len(lines),
            config=trainer.network.config.as_dict(),
        )
    batches = Batches(lines, options.seed + trainer.steps + 7919 * rank)
    trainer.run(batches, {name: some(part, 400) for name, part in checks.items()}, options.patience)
    if rank == 0:
        final = {name: evaluate(trainer.averaged, part)[0].as_dict() for name, part in checks.items()}
        trainer.log(event="finished", **final)


def _meeting_place(out: Path) -> Path:
    """A file that the workers of this run, and of no other, find each other by."""
    return out / f"workers-{os.getppid()}"


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ocr.training.train", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path(".training"))
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--fonts", type=Path, help="folder of cursive typefaces")
    parser.add_argument("--synthetic", type=int, default=40000, help="synthetic lines")
    parser.add_argument(
        "--penned", type=int, default=14000, help="lines with numbers in digits drawn by a pen"
    )
    parser.add_argument("--dated", type=int, default=14000, help="dates of real digits, found with --weights")
    parser.add_argument("--minutes", type=float, default=130.0)
    parser.add_argument("--rate", type=float, default=1.8e-3, help="peak learning rate")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--workers", type=int, default=1, help="processes that train together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--patience", type=int, default=0)
    parser.add_argument("--weights", type=Path, help="model folder to go on from without a checkpoint")
    parser.add_argument("--resume", action="store_true")
    return parser


if __name__ == "__main__":
    main()
