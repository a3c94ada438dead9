"""A server of PostgreSQL that is gone without a word, such as a machine that lost its power, is noticed in seconds."""

import asyncio
import os
import socket
from contextlib import asynccontextmanager, suppress

import pytest

from storage.engine.database import Database
from storage.engine.engines import read_url, transaction
from storage.engine.errors import Trouble, Unavailable
from storage.engine.single_statements import SingleStatements

WATCHED = {
    socket.SO_KEEPALIVE: (socket.SOL_SOCKET, 1),
    socket.TCP_KEEPIDLE: (socket.IPPROTO_TCP, 5),
    socket.TCP_KEEPINTVL: (socket.IPPROTO_TCP, 2),
    socket.TCP_KEEPCNT: (socket.IPPROTO_TCP, 3),
    socket.TCP_USER_TIMEOUT: (socket.IPPROTO_TCP, 10_000),
}


def watched(connection):
    """What the kernel watches on the line of a connection."""
    with socket.socket(fileno=os.dup(connection.connection.driver_connection.fileno())) as line:
        return {option: (level, line.getsockopt(level, option)) for option, (level, _) in WATCHED.items()}


@asynccontextmanager
async def by_tcp(url):
    """The address of the same database by way of TCP, as on another machine."""

    async def relay(reader, writer):
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                writer.write(data)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    met = set()

    async def meet(reader, writer):
        met.add(asyncio.current_task())
        path = f"{read_url(url).query['host']}/.s.PGSQL.5432"
        there_reader, there_writer = await asyncio.open_unix_connection(path)
        await asyncio.gather(relay(reader, there_writer), relay(there_reader, writer))

    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    address = read_url(url)
    try:
        port = server.sockets[0].getsockname()[1]
        yield f"postgresql://{address.username}@127.0.0.1:{port}/{address.database}"
    finally:
        server.close()
        await asyncio.gather(*met)


async def test_every_line_to_the_server_is_watched(postgresql_url):
    async with by_tcp(postgresql_url) as url:
        database = await asyncio.to_thread(Database.open, url)
        statements = SingleStatements.of(url)
        found = [
            await database.read(watched),
            await database.write(watched),
            await asyncio.to_thread(database.read_now, watched),
            await statements.run(watched),
        ]
        await database.close()
        await statements.close()
    assert found == [WATCHED] * 4


def test_a_server_that_takes_a_line_and_says_nothing_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://nobody@127.0.0.1:{silent.getsockname()[1]}/none"
        with pytest.raises(Unavailable) as lost, transaction(read_url(f"{url}?connect_timeout=2")):
            pass
    assert lost.value.trouble is Trouble.LOST
    assert (read_url(url).query["connect_timeout"], read_url(f"{url}?connect_timeout=2").query["connect_timeout"]) == (
        "5",
        "2",
    )
