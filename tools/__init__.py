"""What makes the files that ship; not part of the product."""
