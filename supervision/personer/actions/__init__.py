"""Changing organisations, teams, people and roles: each act by an administrator, and noted in the history."""
