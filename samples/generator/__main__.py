"""python -m samples.generator --out DIR --seed N --pages N [--spec NAME]... [--clean | --degraded]

`--committed` writes the set that is kept in samples/registers anew; `--bad-inputs` twenty kinds of bad files.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from samples.generator.bad_input import write_bad_inputs
from samples.generator.model import Condition, RegisterSpec
from samples.generator.registers import COMMITTED_PAGES, COMMITTED_SEED, REGISTERS
from samples.generator.write import WrittenRegister, generate, write_all


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    if options.bad_inputs:
        for name, kind in write_bad_inputs(options.out).items():
            print(f"{name!r}: {kind}")
        return 0
    if options.committed:
        return _report(write_all(options.out, committed(), seed=COMMITTED_SEED))
    specs = _chosen(options.spec)
    if not specs:
        print(f"no register is called {' or '.join(options.spec)}; see --help", file=sys.stderr)
        return 2
    try:
        written = generate(
            options.out, seed=options.seed, pages=options.pages, specs=specs, condition=options.condition
        )
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    return _report(written)


def committed() -> list[tuple[RegisterSpec, int]]:
    """The registers that are kept in samples/registers, each with its number of table pages."""
    return [(spec, COMMITTED_PAGES[spec.name]) for spec in REGISTERS if spec.name in COMMITTED_PAGES]


def _report(written: list[WrittenRegister]) -> int:
    for register in written:
        print(f"{register.folder.name}: {len(register.pages)} pages, {len(register.rows)} rows")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m samples.generator",
        description="Write registers with their gold. The same options write the same bytes.",
        epilog="Registers: " + ", ".join(spec.name for spec in REGISTERS),
    )
    parser.add_argument("--out", type=Path, required=True, help="folder that gets one folder per register")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--pages", type=int, default=30, help="table pages in all, shared among the registers"
    )
    parser.add_argument(
        "--spec",
        action="append",
        default=[],
        help="a register's name or its beginning, or a kind (births, marriages, deaths); may be repeated",
    )
    state = parser.add_mutually_exclusive_group()
    state.add_argument("--clean", dest="condition", action="store_const", const=Condition.CLEAN)
    state.add_argument("--degraded", dest="condition", action="store_const", const=Condition.DEGRADED)
    parser.add_argument("--committed", action="store_true", help="the set of samples/registers, nothing else")
    parser.add_argument("--bad-inputs", action="store_true", help="files that no reader can or should read")
    return parser


def _chosen(words: list[str]) -> list[RegisterSpec]:
    """The registers whose name begins with, or whose only kind is, one of `words`; all without words."""
    if not words:
        return list(REGISTERS)
    return [
        spec
        for spec in REGISTERS
        if any(
            spec.name.startswith(w) or {f"{t.kind.value}s" for t in spec.parts if t.columns} == {w}
            for w in words
        )
    ]


if __name__ == "__main__":
    sys.exit(main())
