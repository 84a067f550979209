"""Virtual School: how looked-after children get on in education, and what to do about it."""

__version__ = "0.1.0"
