"""The one door to networkx: declared and observed processing in one directed multigraph."""
