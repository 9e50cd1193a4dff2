"""Keeping an installation in shape: migrations, backups, restores, and what is wrong with it (`tjek`)."""

from __future__ import annotations

from supervision.maintenance.backup import write_backup
from supervision.maintenance.migrating import copy_database, upgrade_database
from supervision.maintenance.restoring import after_restore, restore

__all__ = ["after_restore", "copy_database", "restore", "upgrade_database", "write_backup"]
