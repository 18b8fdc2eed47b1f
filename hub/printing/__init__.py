"""Paper: a sheet is typeset, turned into dots, and brought to a printer by its one owner."""
