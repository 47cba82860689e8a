suffix=rdb
name=redis
client=$(command -v redis-cli || command -v valkey-cli)
check=$(command -v redis-check-rdb || command -v valkey-check-rdb)

wait_for_server() { [ "$("$client" -h "$REDIS_HOST" ping 2>/dev/null)" = PONG ]; }

dump() { run "$client" -h "$REDIS_HOST" --rdb "$1" >/dev/null; }

verify() { run "$check" "$1" >/dev/null; }

publish() { mv "$1" "$2"; }

forget() { rm -f "$1" "$1.sha256"; }
