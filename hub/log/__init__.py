"""What happened, in order, on a medium that survives a pulled plug: journal, street, neighbours."""
