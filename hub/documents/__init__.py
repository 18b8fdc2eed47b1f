"""What a sheet says, without a medium: plain blocks, one file per kind of sheet."""
