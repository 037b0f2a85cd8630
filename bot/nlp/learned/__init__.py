"""The learned part of the reader: what it is, from what it was trained and how right it is, stands in MODEL.md.

Refuses to do: nothing is learned at run time; the same text gives the same opinion.
"""
