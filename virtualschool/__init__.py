"""Virtual School: how looked-after children get on in education, and what to do about it."""

import os

__version__ = "0.1.0"

# Sums of models come out the same on every machine, and small ones much sooner, when the linear algebra does not split them up.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
