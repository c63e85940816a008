"""`python -m cli` is `feuillet`."""

from cli.main import main

main()
