def fonts():
    return []
