"""Generated registers with ground truth: any number of pages from any seed, always the same ones.

from samples.generator import generate, draw_register, REGISTERS, Condition
"""

from samples.generator.model import Condition, RegisterSpec
from samples.generator.registers import REGISTERS
from samples.generator.scan import DrawnRow, DrawnScan, draw_register
from samples.generator.write import WrittenRegister, generate, write_register

__all__ = [
    "REGISTERS",
    "Condition",
    "DrawnRow",
    "DrawnScan",
    "RegisterSpec",
    "WrittenRegister",
    "draw_register",
    "generate",
    "write_register",
]
