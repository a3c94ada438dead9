"""How the database runs what it is asked."""

from contextlib import contextmanager

from sqlalchemy import event


@contextmanager
def plans_of(connection):
    """What the database says about how it runs each statement inside the block."""
    words = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}[connection.dialect.name]
    plans = []

    def explain(_connection, cursor, statement, parameters, *_):
        cursor.execute(words + statement, parameters)
        plans.append("\n".join(str(row[-1]) for row in cursor.fetchall()))

    event.listen(connection, "before_cursor_execute", explain)
    yield plans
    event.remove(connection, "before_cursor_execute", explain)
