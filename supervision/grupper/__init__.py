"""Læringsgrupper, their rounds, and what members share with them."""
