# What the scripts say, and where the output of others goes.
# shellcheck shell=bash disable=SC2154
# ($root comes from the script that reads this file.)

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "gridactors: $*"
  exit 2
}

# Runs a command with its output in artifacts/logs/NAME.log, and says what is under way and how long it took. The exit code is the command's.
quietly() { # name, what is under way, command…
  local name=$1 what=$2 log=$root/artifacts/logs/$1.log began=$SECONDS code=0
  shift 2
  mkdir -p "$root/artifacts/logs"
  say "$what …"
  # Descriptor 9 is the lock on the build folders: what outlives the build must not keep it.
  "$@" >"$log" 2>&1 </dev/null 9>&- || code=$?
  if ((code)); then
    show_errors "$log"
    say "$what failed after $((SECONDS - began)) s; all of its output is in artifacts/logs/$name.log"
  elif ((SECONDS - began > 9)); then
    say "$what: done in $((SECONDS - began)) s"
  fi
  return "$code"
}

# The errors of the compiler or of npm once each, or the last lines when there are none.
show_errors() { # log
  local errors
  errors=$(grep -E '((^|[ :])error( [A-Z]+[0-9]+)?:|^npm error)' "$1" | sed -E 's/ \[[^][]*proj(::[^]]*)?\]$//' | awk '!seen[$0]++ && ++n <= 40' || true)
  if [[ -n $errors ]]; then printf '%s\n' "$errors" >&2; else tail -n 60 "$1" >&2; fi
}
