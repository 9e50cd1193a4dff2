"""Organisations, teams, people, roles and sign-in."""
