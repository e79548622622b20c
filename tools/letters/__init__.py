"""Teaches `detectors.letters` what letters about applications say."""
