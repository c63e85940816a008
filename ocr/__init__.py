"""From files to tables: intake, clean-up, structure, reading."""
