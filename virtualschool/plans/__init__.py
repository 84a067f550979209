"""Personal education plans: their files, the rules of quality and how each is judged, due dates, and the premium's ledger (no pages)."""
