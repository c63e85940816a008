"""The clerk's page."""
