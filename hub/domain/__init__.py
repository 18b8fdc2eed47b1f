"""The rules, one file per institution. Pure: no files, no clock, no dice."""
