"""The læringspil: the færdigheder, situationer and expected effects that a colleague trains."""
