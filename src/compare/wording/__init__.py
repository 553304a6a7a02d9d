from compare.base.renamed_modules import moved

__getattr__ = moved(__name__, "compare.wording.values")
