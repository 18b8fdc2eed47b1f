"""The hub's subcommands, one file each."""
