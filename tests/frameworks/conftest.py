from built_store import built, england, run, shared

__all__ = ["built", "england", "run", "shared"]
