"""PostgreSQL whose every answer is complete in time, counted on our side.

A limit in the server is only as good as the server. One that accepts and says nothing, or a byte a
second, would be waited for for ever: so the time is that of the whole answer, not of silence.
"""

import time
from collections.abc import Generator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, event

if TYPE_CHECKING:
    import psycopg

NO_ANSWER = "08K00"
"""SQLSTATE of ours for an answer that did not come: of class 08, a failed connection."""
KEPT_ALIVE = {
    "keepalives": 1,
    "keepalives_idle": 60,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
"""So that the system itself tells of a connection whose other end is no more."""


def be_patient(engine: Engine, seconds: float) -> None:
    """Let an engine's connections wait for an answer no longer than that, and be closed then."""

    @event.listens_for(engine, "do_connect")
    def connect(*arguments: Any) -> "psycopg.Connection[Any]":  # noqa: ANN401 - the driver's own
        _, _, positional, named = arguments
        connection = _patient().connect(*positional, **named)
        connection.seconds = seconds  # type: ignore[attr-defined]  # of the class below
        return connection


@lru_cache(maxsize=1)
def _patient() -> "type[psycopg.Connection[Any]]":
    """Make the class of such connections; the driver is only imported where one is made."""
    import psycopg  # noqa: PLC0415 - slow to import, and only PostgreSQL needs it

    class NoAnswer(psycopg.OperationalError):
        """The answer was not complete in time."""

        sqlstate = NO_ANSWER

    class Patient(psycopg.Connection[Any]):
        """A connection that gives up on an answer."""

        seconds = float("inf")

        def wait(self, gen: Any, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as there
            """Wait for an answer: everything that the driver waits for passes here."""
            return super().wait(self._in_time(gen), *arguments, **named)

        def _in_time(self, answer: Any) -> Generator[Any, Any, Any]:  # noqa: ANN401
            end = time.monotonic() + self.seconds
            try:
                wanted = next(answer)
                while True:
                    ready = yield wanted
                    if time.monotonic() > end:
                        # Nothing may wait for this server again, not even for a rollback.
                        self.pgconn.finish()
                        raise NoAnswer("no answer in time")
                    wanted = answer.send(ready)
            except StopIteration as done:
                return done.value

    return Patient
