"""Kills a migration in the middle, over and over: a process of its own, so that what it forks is small.

`python kill_migrations.py INSTANCE DATABASE_URL KILL...`: the database has data at its version; each KILL is the
number of the statement before which the upgrading process gets SIGKILL. Afterwards the upgrade is run to its end.
Prints JSON.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import event

from supervision import create_app
from supervision.config import Settings, database_url
from supervision.db import db
from supervision.maintenance import upgrade_database
from supervision.maintenance.migrating import schema_versions


def main() -> None:
    """Kill as often as told, then finish, and tell how far each got."""
    folder, url, *kills = sys.argv[1:]
    settings = Settings(Path(folder), database_url(url, Path(folder)), "a secret of the tests", testing=True)
    app = create_app(settings)
    reached: list[Any] = []
    for nth in map(int, kills):
        child = os.fork()
        if child == 0:
            with app.app_context():
                event.listen(db.engine, "before_cursor_execute", Countdown(nth))
            upgrade_database(app)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        with app.app_context():
            reached.append([os.WIFSIGNALED(status), schema_versions(app)[0]])
            db.engine.dispose()
    upgrade_database(app)
    with app.app_context():
        print(json.dumps({"reached": reached, "end": schema_versions(app)}))


class Countdown:
    """SIGKILL before the nth statement that changes something."""

    def __init__(self, nth: int) -> None:
        self._left = nth

    def __call__(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "PRAGMA", "SET", "BEGIN", "SHOW")):
            return
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
