"""Lists that the organisation keeps itself, as evidence for the clocks."""
