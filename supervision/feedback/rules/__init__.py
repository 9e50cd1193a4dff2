"""The rules of feedback.

`punkter`: what a letter is made of and who may do what. `forloeb`: where a kontrakt stands, the next step.
"""
