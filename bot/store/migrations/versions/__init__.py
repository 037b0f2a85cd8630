"""Which steps lead from the first schema to today's? One file each, in the order of their `down_revision`.

Refuses to do: a step that was released is never edited.
"""
