"""Expected values and effects, given who the children are: what the models know (`factors`), whom they are about (`rows`), how they are
fitted (`design`, `fitting`) and checked (`checking`), what is kept of them (`keeping`), indirect standardisation (`standardised`) and
the stand-in for years without progress (`in_place` says which, `stand_in` works it out).

Models are fitted when a store is built, never when somebody asks; and what is kept are effects and sums over groups, so that the
expectation of one child exists nowhere.
"""
