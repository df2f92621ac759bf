"""What redis-cli and mini-redis-cli are both asked to do, to answer alike to the last byte.

A case is the arguments, and perhaps the standard input. Before each the database is made anew.
"""

# Run before each case, by a client that is not under test.
KEYSPACE = """
FLUSHALL
SET greeting "hello world"
SET binary "\\x00\\x01\\xff\\"quote\\"\\r\\n\\t\\\\ \\xc3\\xa4"
SET number 42
SET float 1.5
RPUSH list a b c
RPUSH long 1 2 3 4 5 6 7 8 9 10 11
HSET hash field1 value1 field2 value2
SADD set member
ZADD zset 1 one 2.5 two inf three
XADD stream 1-1 k v
XADD stream 2-1 k "v w" l m
"""

# Some of it, but so little that no table grows: SCAN's order is the same each time.
FEW_KEYS = """
FLUSHALL
SET binary "\\x00\\x01\\xff\\"quote"
RPUSH list a b c
HSET hash field1 value1 field2 value2
ZADD zset 1 one 2.5 two inf three
SELECT 1
SADD set member
XADD stream 1-1 k v
SET number 42
"""

# Every kind of reply, as commands.
REPLIES = """
PING
GET greeting
GET binary
GET nothing
INCR number
INCR greeting
NONSENSE
LRANGE list 0 -1
LRANGE long 0 -1
LRANGE nothing 0 -1
HGETALL hash
HGETALL nothing
SMEMBERS set
SMEMBERS nothing
ZRANGE zset 0 -1 WITHSCORES
ZSCORE zset two
ZSCORE zset three
MGET greeting nothing number
XRANGE stream - +
XREAD STREAMS stream 0
XINFO STREAM stream
COMMAND DOCS GET
COMMAND INFO GET SET
CONFIG GET maxmemory*
CLIENT GETNAME
TYPE list
EXISTS greeting
BLPOP nothing 0.01
OBJECT HELP
EVAL "return {1,{2,{3,'x'},{}},'y',false}" 0
EVAL 'return {{{{1}}}}' 0
EVAL "return redis.error_reply('MY own error')" 0
LPOS list c COUNT 0
CLIENT TRACKINGINFO
LCS greeting greeting IDX
GEOADD g 13.361 38.115 Palermo
MEMORY DOCTOR
LOLWUT VERSION 0
LATENCY DOCTOR
DEBUG PROTOCOL string
DEBUG PROTOCOL integer
DEBUG PROTOCOL double
DEBUG PROTOCOL null
DEBUG PROTOCOL array
DEBUG PROTOCOL set
DEBUG PROTOCOL map
DEBUG PROTOCOL verbatim
DEBUG PROTOCOL true
DEBUG PROTOCOL false
DEBUG PROTOCOL push
EVAL "redis.setresp(3); return redis.call('hgetall','hash')" 0
EVAL "return {double=3.25}" 0
EVAL "return {map={a={map={b={1,2}}},c={set={x=true}}}}" 0
""".strip().split("\n")
DIALECTS = [["-2"], ["-3"]]
FORMS = [["--no-raw"], ["--raw"], ["--csv"], ["--json"], ["--quoted-json"],
         ["--raw", "-d", "|", "-D", "<end>"]]

ONE_SHOT = [
    (["get", "greeting"],), (["-n", "3", "get", "greeting"],), (["-r", "3", "incr", "number"],),
    (["-r", "3", "-i", "0.01", "incr", "number"],), (["-r", "0", "incr", "number"],),
    (["set", "spaced out", "a b  c"],), (["GET", ""],), ([""],), (["get"],),
    (["-x", "set", "key"], "from\nstdin\n"), (["-x", "set", "key"], ""),
    (["-X", "TAG", "set", "TAG", "v"], "key from stdin"), (["-X", "TAG", "set", "k", "TAG"], "TAG"),
    (["-X", "TAG", "get", "greeting"], "x"), (["-x", "-X", "T", "get", "T"],),
    (["-e", "incr", "greeting"],), (["-e", "get", "greeting"],),
    (["-e", "-r", "3", "incr", "list"],),
    (["-e", "--no-raw", "nonsense"],), (["incr", "greeting"],), (["-2", "-3", "ping"],),
    (["-a", "secret", "ping"],), (["-a", "secret", "--no-auth-warning", "ping"],),
    (["--pass", "secret", "--user", "nobody", "ping"],), (["-n", "99", "ping"],),
    (["-n", "99", "get", "greeting"],), (["select", "99"],), (["-n", "0", "ping"],),
    (["--quoted-input", "set", '"a\\x00b"', "'c d'"],), (["--quoted-input", "get", '"open'],),
    (["--quoted-input", "get", ""],), (["--raw", "--no-raw", "get", "greeting"],),
    (["--no-raw", "--raw", "get", "greeting"],), (["--csv", "--json", "hgetall", "hash"],),
    (["--json", "-2", "hgetall", "hash"],), (["-3", "--json", "hgetall", "hash"],),
    (["--no-raw", "get", "-h"],), (["--no-raw", "echo", "--raw"],), (["echo", "-n", "5"],),
    (["help", "get"],), (["help", "@hash"],), (["help", "config"],), (["help", "CONFIG", "get"],),
    (["help", "no-such-thing"],), (["--no-raw", "help", "xread"],), (["?", "migrate"],),
    (["help", "zadd"],), (["help", "@transactions"],), (["shutdown", "nonsense"],), (["quit"],),
    (["client", "kill", "id", "99999"],),
    (["--no-raw", "hello", "3"],), (["-3", "--show-pushes", "y", "debug", "protocol", "push"],),
    (["-3", "--no-raw", "--show-pushes", "yes", "debug", "protocol", "push"],),
    (["subscribe"],), (["--no-raw", "subscribe"],), (["psubscribe"],),
    (["-e", "monitor", "too", "much"],), (["monitor", "too", "much"],),
]

# What stands for the port or the socket is put in by the test.
ADDRESSES = [
    (["-h", "127.0.0.1", "-p", "{port}", "get", "greeting"],),
    (["-h", "localhost", "-p", "{port}", "get", "greeting"],),
    (["-s", "{socket}", "get", "greeting"],), (["-s", "/no/such/socket", "get", "greeting"],),
    (["-p", "1", "get", "greeting"],), (["-p", "1", "-r", "3", "get", "greeting"],),
    (["-p", "1", "--scan"],), (["-p", "1", "--pipe"],), (["-p", "1", "--bigkeys"],),
    (["-p", "1", "--stat"],), (["-p", "1", "--latency"],), (["-p", "1"], "ping\nping\n"),
    (["-h", "no.such.host.invalid", "ping"],),
    (["-u", "redis://127.0.0.1:{port}", "get", "greeting"],),
    (["-u", "redis://127.0.0.1:{port}/2", "--no-raw", "get", "greeting"],),
    (["-u", "redis://user:pass@127.0.0.1:{port}/0", "get", "greeting"],),
    (["-u", "redis://p%61ss@127.0.0.1:{port}/0", "get", "greeting"],),
    (["-u", "REDIS://127.0.0.1:{port}/", "get", "greeting"],),
    (["-p", "1", "-u", "redis://localhost:{port}", "get", "greeting"],),
    (["-u", "redis://127.0.0.1:1", "-p", "{port}", "get", "greeting"],),
]

PIPED = [
    "get greeting\nget nothing\nlrange list 0 -1\n", "", "\n\n\n", "   \n", "get greeting",
    "set a 'single quoted'\nget a\n", 'set a "x\\x41\\n"\nget a\n', "get 'open\nping\n",
    "select 3\nset a 1\nget a\nselect 0\nget a\n", "multi\nset a 1\nincr a\nexec\nget a\n",
    "multi\nselect 4\ndiscard\nget greeting\n", "3 incr number\n", "-1\n",
    "quit\nping\n", "exit\nping\n", "QUIT\nping\n",
    "nonsense\nping\n", "clear\nping\n",
    "hello 3\nhgetall hash\nreset\nhgetall hash\n",
    "auth nobody nothing\nping\n",
    "config set requirepass x\nget greeting\nconfig set requirepass ''\n",
    "ping\r\nping\r\n", "echo 'a\\'b'\necho \"a'b\"\n",
    "help get\nping\n", "? get\n", "client tracking on\nget greeting\n",
    "connect localhost {port}\nping\n",
    "set \xe4\xf6 \xfc\nget \xe4\xf6\n", "subscribe\nping\n",
    "2 multi\nexec\n", "multi\nnonsense\nexec\nget number\n", "multi\nmulti\nexec\n", "exec\n",
    "watch number\nmulti\nget number\nexec\nping\n", "client kill type normal skipme no\nping\n",
]

# For --pipe: what goes through unseen.
PIPE = [
    "SET a 1\r\nSET b 2\r\n", "SET a 1\nINCR a\nINCR greeting\n", "NONSENSE\nPING\n", "",
    "".join(f"SET k{i} {i}\r\n" for i in range(20_000)), "PING\r\n" * 3 + "GET",
    "LRANGE list 0 -1\nHGETALL hash\n", "ECHO 01234567890123456789\n",
]

# Of FEW_KEYS. (Not of an empty database: there redis-cli's order of types is another, by accident.)
KEYS = [
    ["--scan"], ["--scan", "--no-raw"], ["--scan", "--pattern", "*s*"],
    ["--scan", "--pattern", "x*"], ["--scan", "--quoted-pattern", '"l\\x69st"'],
    ["--scan", "-i", "0.01"], ["--scan", "-3"], ["--bigkeys"], ["--bigkeys", "-3", "-n", "1"],
    ["--bigkeys", "--pattern", "*s*"], ["--memkeys"], ["--memkeys", "-n", "1"],
    ["--memkeys-samples", "2"],
]
