"""Who is who, and which place belongs to which application: links made of keyed hashes alone."""
