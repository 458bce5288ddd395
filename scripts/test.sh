# ./gridactors test: everything, without preparation. The last line counts: "N passed, N failed".
# shellcheck shell=bash disable=SC2154
# ($root, $dotnet and the advice come from the scripts read before this file.)

# A line for each project: passed, failed, skipped. It is a file, because lanes are processes of their own.
tally=$root/artifacts/logs/tally

run_tests() { # filter
  local filter=${1:-} installing project others=()
  # Both outputs go into one stream, so that failures stay beside their counts.
  exec 2>&1
  mkdir -p "${tally%/*}"
  : >"$tally"
  trap 'count_failure "the test run: it ended early"; sum_up' EXIT
  need_sdk
  need_node
  # The runtime of the services that the tests start measures code before it optimises it, which doesn't pay off in their short life.
  export DOTNET_TieredPGO=0
  # Services that have stopped stay in the memory of the test process, and each collection looks through them: one after each 256 MB.
  export DOTNET_GCgen0size=0x10000000
  # Packages are downloaded while the compiler uses the processor.
  install_web &
  installing=$!
  install_tools &
  if build_as tests "Building everything" dotnet_build_all; then
    # The solution includes the service.
    cp -p "$stamps/tests" "$stamps/service"
    wait "$installing" && (build_web) || count_failure "the build of the web client"
    wait
    for project in "$root"/tests/*/*.Tests.csproj; do
      project=$(basename "$project" .Tests.csproj)
      if [[ $project != @(Service|Browser|Cluster|Faults) ]]; then others+=("$project"); fi
    done
    # The tests of the service use all of the processor, and those of the browser wait a part of the time. Both lanes end at about the same
    # time, as long as each has one of the two.
    lane "$filter" Service previous &
    lane "$filter" Browser check "${others[@]}" web || count_failure "the second lane: it ended early"
    wait $! || count_failure "the first lane: it ended early"
    # These measure times, and have the machine to themselves.
    lane "$filter" Timed
    # Both wait for most of their time: for silos to be declared dead, and for what was broken to be mended.
    lane "$filter" Faults &
    lane "$filter" Cluster || count_failure "the tests of the cluster: they ended early"
    wait $! || count_failure "the tests of faults: they ended early"
  else
    count_failure "the build: nothing was tested"
  fi
  sum_up
}

# One compiler serves all projects: each would begin its own otherwise, which spends most of its time warming up. It ends with the build,
# and so keeps no memory.
dotnet_build_all() {
  local code=0
  UseSharedCompilation=true dotnet_build "$root/GridActors.sln" || code=$?
  "$dotnet" build-server shutdown --vbcscompiler
  return "$code"
}

# What is missing afterwards is said by the projects that need it.
install_tools() {
  install_postgres || true
  install_faketime || true
  install_chromium || true
}

# Runs projects one after the other.
lane() { # filter, project…
  local filter=$1 project
  for project in "${@:2}"; do
    case $project in
      check) if [[ -z $filter ]]; then check; fi ;;
      web) test_one web npm_run test -- --passWithNoTests ${filter:+"$filter"} ;;
      previous) if tests_upgrade "$filter"; then previous_build || count_failure "the build of the previous version"; fi ;;
      *) test_project "$project" "$filter" ;;
    esac
  done
}

tests_upgrade() { # filter
  [[ GridActors.Cluster.Tests.UpgradeTests.Rolling_silos_and_then_web_processes == *"$1"* ]]
}

check() {
  # Style is an error of the build already; what is left is the format, which needs no compiler.
  quietly format "Checking the format" check_format || count_failure "the format of the C# code (dotnet csharpier format . mends it)"
  quietly web-check "Checking the web client" npm_run check || count_failure "the check of the web client (npm run check)"
}

check_format() (
  cd "$root" || exit
  "$dotnet" tool restore ${GRIDACTORS_NUGET_CONFIG:+--configfile "$GRIDACTORS_NUGET_CONFIG"} && "$dotnet" csharpier check src tests bench packs
)

# Runs one test project. "Timed" are the tests of the browser that measure how long something takes.
test_project() { # name, filter
  local project=$1 tests="Category!=Timed"
  if [[ $1 == Timed ]]; then project=Browser tests="Category=Timed"; fi
  case $project in
    Service | Simulator | Cluster | Faults | Publish | Browser) has_postgres || { count_failure "$1: $postgres_advice" && return; } ;;&
    Cluster | Faults) has_faketime || { count_failure "$1: $faketime_advice" && return; } ;;&
    Browser) has_chromium || { count_failure "$1: $chromium_advice" && return; } ;;
  esac
  # The lane before has built it; this names it.
  if [[ $1 == Cluster ]] && tests_upgrade "$2"; then previous_build; fi
  test_one "$1" "$dotnet" test "$(program "$project.Tests")" --filter "$tests${2:+&FullyQualifiedName~$2}" --logger "console;verbosity=minimal" \
    --blame-hang --blame-hang-timeout 8m --blame-hang-dump-type none --results-directory "$root/artifacts/test-results"
}

# Runs the tests of one kind and adds up the last line that counts them, which is dotnet's or vitest's.
test_one() { # name, command…
  local log=$root/artifacts/logs/test-$1.log code=0 began=$SECONDS counts p f s
  say "Testing $1 …"
  "${@:2}" >"$log" 2>&1 </dev/null || code=$?
  # As one piece, because the other lane prints too.
  if ((code)); then echo "$(grep -vE '^(Test run for|VSTest version|Starting test|A total of|[[:space:]]*$)' "$log")"; fi
  counts=$(grep -E 'Failed: +[0-9]+, Passed:|^ +Tests ' "$log" | tail -n 1 || true)
  p=$(count_of passed "$counts") f=$(count_of failed "$counts") s=$(count_of skipped "$counts")
  say "  $1: $p passed, $f failed, $s skipped in $((SECONDS - began)) s"
  echo "$p $f $s" >>"$tally"
  # The run failed without a failed test: it crashed, or a hang was cut short.
  if ((code && !f)); then count_failure "$1 ended with code $code"; fi
}

# "Passed:  12" or "12 passed".
count_of() { grep -oiE "$1: +[0-9]+|[0-9]+ $1" <<<"$2" | grep -oE '[0-9]+' || echo 0; }

count_failure() { # what
  say "FAILED: $1"
  echo "0 1 0" >>"$tally"
}

sum_up() {
  local passed=0 failed=0 skipped=0 p f s
  trap - EXIT
  while read -r p f s; do passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s)); done <"$tally"
  echo "$passed passed, $failed failed$(if ((skipped)); then echo ", $skipped skipped"; fi)"
  if ((failed || !passed)); then exit 1; fi
}
