"""What a notice says, topic by topic; the words of each topic are in the YAML beside it."""
