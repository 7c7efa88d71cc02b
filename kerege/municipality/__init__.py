"""A municipality is what its register says, read under the law in force.

Pure: folds entries into a value; an act does not know that it is written down.
"""
