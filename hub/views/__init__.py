"""What the log means today, in memory, one file per institution. Rebuilt at boot; never the truth."""
