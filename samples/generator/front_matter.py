"""Pages of a volume that hold no rows: cover, blank, closing certificate, "Néant"."""

from __future__ import annotations

from datetime import timedelta

from registers.dates import GREGORIAN_MONTHS
from registers.document import PageClass
from registers.entry import Kind
from registers.register import Series
from samples.generator.grid import wrapped
from samples.generator.ink import Pen, Sheet
from samples.generator.model import PagePlan, RegisterSpec
from samples.generator.page import title_lines

_OF_KIND = {
    Kind.BIRTH: "des naissances",
    Kind.MARRIAGE: "des mariages",
    Kind.DEATH: "des décès",
    Kind.DIVORCE: "des divorces",
}


def draw_other(plan: PagePlan, register: RegisterSpec, pen: Pen) -> Sheet:
    """A page without rows, drawn with `pen`; raises ValueError for a class that is not among them."""
    if plan.page_class is PageClass.COVER:
        _cover(pen, plan, register)
    elif plan.page_class is PageClass.CLOSING:
        _closing(pen, plan, register)
    elif plan.page_class is PageClass.NONE_RECORDED:
        _none_recorded(pen, plan, register)
    elif plan.page_class is not PageClass.BLANK:
        raise ValueError(f"no way to draw a page of class {plan.page_class}")
    return pen.sheet


def closing_words(plan: PagePlan, register: RegisterSpec) -> str:
    """What the mayor certifies: the table's total."""
    table = plan.table
    series = "annuelle" if table.series is Series.ANNUAL else "décennale"
    signed = table.period.last + timedelta(days=20)
    day = f"{signed.day} {GREGORIAN_MONTHS[signed.month - 1]} {signed.year}"
    acts = plan.total // 2 if table.both_spouses else plan.total
    return (
        f"Arrêté la présente table {series} {_OF_KIND[table.kind]}, contenant {acts} actes, par nous, "
        f"maire de la commune de {register.commune}, le {day}."
    )


def _cover(pen: Pen, plan: PagePlan, register: RegisterSpec) -> None:
    x_height = plan.table.look.x_height
    centre, unit = pen.width / 2, pen.height / 24
    period = plan.table.period
    annual = plan.table.series is Series.ANNUAL
    years = f"{period.first.year}" if annual else f"{period.first.year} - {period.last.year}"
    pen.write_centred(pen.heading("ÉTAT CIVIL"), centre, 5 * unit, pen.font(x_height + 22, bold=True))
    pen.rule(centre - 240, 5.8 * unit, centre + 240, 5.8 * unit, 4)
    pen.write_centred(register.commune, centre, 8 * unit, pen.font(x_height + 15))
    series = "Table annuelle" if annual else "Table décennale"
    pen.write_centred(f"{series} {_OF_KIND[plan.table.kind]}", centre, 11 * unit, pen.font(x_height + 10))
    pen.write_centred(years, centre, 13 * unit, pen.font(x_height + 22, bold=True))
    for inset in (50, 64):
        edges = (inset, inset, pen.width - inset, pen.height - inset)
        for x1, y1, x2, y2 in (
            (edges[0], edges[1], edges[2], edges[1]),
            (edges[0], edges[3], edges[2], edges[3]),
            (edges[0], edges[1], edges[0], edges[3]),
            (edges[2], edges[1], edges[2], edges[3]),
        ):
            pen.rule(x1, y1, x2, y2, 3)
    pen.write_centred(register.cote, centre, 21 * unit, pen.font(x_height + 6))


def _closing(pen: Pen, plan: PagePlan, register: RegisterSpec) -> None:
    font = pen.font(plan.table.look.x_height + 2)
    left, pitch = pen.width * 0.12, pen.height / 36
    y = 5 * pitch
    for text in wrapped(closing_words(plan, register), pen.width * 0.76, pen.typeface, font):
        pen.write(text, left, y, font)
        y += pitch * 1.15
    pen.write("Le Maire,", pen.width * 0.6, y + 2 * pitch, font)
    pen.signature(pen.width * 0.52, y + 5 * pitch, pen.width * 0.3)
    stamp_font = pen.typeface.sized(9)
    pen.stamp(round(pen.width * 0.34), round(y + 4.4 * pitch), 115, "COMMUNE LIBRE ET FICTIVE", stamp_font)


def _none_recorded(pen: Pen, plan: PagePlan, register: RegisterSpec) -> None:
    x_height, pitch = plan.table.look.x_height, pen.height / 36
    title, commune, period = title_lines(plan.table, register)
    centre = pen.width / 2
    pen.write_centred(pen.heading(title), centre, 4 * pitch, pen.font(x_height + 9, bold=True))
    pen.write_centred(commune, centre, 5.6 * pitch, pen.font(x_height + 4))
    pen.write_centred(period, centre, 7 * pitch, pen.font(x_height + 2))
    pen.write_centred("Néant", centre, 13 * pitch, pen.font(x_height + 12))
    pen.rule(centre - 60, 13.8 * pitch, centre + 60, 13.8 * pitch)
