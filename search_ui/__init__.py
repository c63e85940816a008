"""The clerk's page: a search box, registers that can be browsed, pages with their rows lit."""
