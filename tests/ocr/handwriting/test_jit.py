from ocr.handwriting.jit import compiled

_SOURCE = """
def sum_to(last):
    total = 0
    for n in range(last):
        total += n
    return total
"""


def test_what_can_be_kept_nowhere_is_compiled_all_the_same() -> None:
    made: dict[str, object] = {}
    exec(_SOURCE, made)
    sum_to = compiled(made["sum_to"])  # type: ignore[arg-type]
    assert sum_to(10) == 45
