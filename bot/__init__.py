"""Stancewatch: tells a team when somebody's position moves. The words used here are in docs/glossary.md."""

import os

__version__ = "0.1.0"

# One thread for each process: what runs beside it are worker processes. OpenBLAS reads this when NumPy is first
# imported; on the small matrices of a parse its threads cost several times what they save.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
