"""The annual report of a virtual school head: one definition of its 20 sections, and the other versions that are drawn from it.

`sections` says what each section must hold; what the store cannot say and nobody recorded stands as a gap that names what to load.
"""
