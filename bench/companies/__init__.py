"""Invented companies with truth, each in wording and schemas that the product was not tuned on."""
