"""The language that all rooms speak: values without behaviour that needs a library, a file or a clock."""

__version__ = "0.1.0"
