"""The register in the W3C Data Privacy Vocabulary."""
