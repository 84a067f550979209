def keep(engine, kept):
    pass
