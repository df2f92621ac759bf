"""redis-py as the scenarios use it: one client of a server, and what is made of an error."""

import redis


def connect(server, **options):
    return redis.Redis(host="127.0.0.1", port=server.port, db=0, **options)


def attempt(function, *args, **options):
    """What it returns, or what it raises."""
    try:
        return function(*args, **options)
    except redis.RedisError as error:
        return f"{type(error).__name__}: {error}"
