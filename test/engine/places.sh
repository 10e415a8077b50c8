# Sourced by `engine` and `registry`: where things are, and how calls wait for each other.
# ENGINES_DIR    where everything is kept; two of them live side by side (default: ~/.cache/docker-engines)
# ENGINES_NET    first two numbers of the bridges' networks   (default: 10.N, N from ENGINES_DIR)
# ENGINES_PORTS  first of 1,000 host ports                    (default: 10000 to 31000, from ENGINES_DIR):
#                100 for each engine, half of them for `-P`, half for tests; behind them are the registry's
export ENGINES_DIR=${ENGINES_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/docker-engines}
E=$ENGINES_DIR
number=$(printf %s "$E" | cksum | cut -d' ' -f1)
network=${ENGINES_NET:-10.$((128 + number % 96))}
first_port=${ENGINES_PORTS:-$((10000 + number % 22 * 1000))}
registry_port=$((first_port + 900))

# One call at a time for each thing; a lock ends with its process, and daemons are started without it (8>&-).
lock() { mkdir -p "$(dirname "$1")"; exec 8>"$1"; flock 8; }

registry_program=$E/root/registry/usr/bin/docker-registry

# The registry's process; nothing when the number in the pid file belongs to another program by now.
registry_process() {
  local pid; pid=$(cat "$E/registry/pid" 2>/dev/null || true)
  [ -z "$pid" ] || [ "$(readlink "/proc/$pid/exe" || true)" != "$registry_program" ] || echo "$pid"
}

# Whether this registry is up, not another one on its port.
registry_is_up() { [ -n "$(registry_process)" ] && registry_port_answers; }

registry_port_answers() {
  local line=
  { exec 3<>"/dev/tcp/127.0.0.1/$registry_port"; } 2>/dev/null || return 1
  printf 'GET /v2/ HTTP/1.0\r\n\r\n' >&3
  read -rt 2 line <&3 || true
  exec 3>&-
  [[ $line == *' 200 '* ]]
}

# For users of engines that are not root: commands for a shell in a mount namespace of its own, with ` && ` at the end,
# after which everybody may enter $E. Where a folder on the way is closed, as /root, an open one stands in its place that
# has $E alone. Nothing where the way is open.
open_way() {
  local folder= part
  while IFS= read -r part; do
    folder+=/$part
    [ $((0$(stat -c %a "$folder") & 1)) = 0 ] || continue
    printf 'exec 9<%q && mount -t tmpfs -o mode=755 tmpfs %q && mkdir -p %q && ' "$E" "$folder" "$E"
    printf 'mount -c --bind /proc/self/fd/9 %q && exec 9<&- && ' "$E"
    return
  done < <(tr / '\n' <<<"${E#/}")
}
