"""Samtaler and the feedback-kontrakter that two colleagues make about them."""
