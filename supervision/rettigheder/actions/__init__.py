"""Erasure, retention, and what an organisation and a person decide about data."""
