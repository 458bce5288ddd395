# ./gridactors test: everything, without preparation. The last line counts: "N passed, N failed".
# shellcheck shell=bash disable=SC2154,SC2034
# ($root, $dotnet and the advice come from the scripts read before this file.)

passed=0
failed=0
skipped=0
failures=()
results=$root/artifacts/test-results

run_tests() { # filter
  local filter=${1:-} installing='' built=yes project
  # One stream: what failed and the counts belong together.
  exec 2>&1
  trap sum_up_early EXIT
  need_sdk
  rm -rf "$results"
  mkdir -p "$results"

  # The packages come over the network while the compiler has the processor.
  if has_web; then
    need_node
    install_web &
    installing=$!
  fi
  alone
  if quietly tests-build "Building everything" dotnet_build "$root/GridActors.sln"; then
    # The solution has built the service too.
    set_built service "$(digest_of_service)"
  else
    count_failure "The build (so none of the C# tests ran)"
    built=no
  fi
  let_others_build
  if [[ -n $installing ]] && ! wait "$installing"; then count_failure "Installing the web client's packages"; fi
  if has_web && ! (build_web); then count_failure "Building the web client"; fi

  if [[ -z $filter ]]; then check_format; fi
  if has_web; then test_web "$filter"; fi
  for project in "$root"/tests/*/*.csproj; do
    if [[ $built == yes ]] && has_tests "$project"; then test_project "$project" "$filter"; fi
  done
  sum_up
}

has_web() { [[ -f $root/src/Web/app/package.json ]]; }

has_tests() { grep -rqE '\[(Fact|Theory|.*Fact|.*Theory)\b' --include='*.cs' "$(dirname "$1")"; }

count_failure() { # what
  failures+=("$1")
  failed=$((failed + 1))
}

check_format() {
  local folders=() folder
  for folder in src tests bench; do
    if [[ -d $root/$folder ]]; then folders+=("$root/$folder/"); fi
  done
  # Style is an error of the build already; what is left is white space, which needs no compiler.
  quietly format "Checking the format" "$dotnet" format whitespace "$root" --folder --verify-no-changes --include "${folders[@]}" ||
    count_failure "The format of the C# code (dotnet format whitespace mends it)"
  if has_web; then
    quietly web-check "Checking the web client" npm_run check || count_failure "The check of the web client (npm run check)"
  fi
}

test_web() { # filter
  local began=$SECONDS report=$results/web.json counts code=0
  local arguments=(--reporter=default "--reporter=json" "--outputFile.json=$report")
  if [[ -n $1 ]]; then arguments+=("$1" --passWithNoTests); fi
  say "Testing the web client …"
  npm_run test -- "${arguments[@]}" >"$root/artifacts/logs/web-test.log" 2>&1 </dev/null || code=$?
  counts=$(node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1])); console.log(r.numPassedTests, r.numFailedTests, r.numPendingTests)' "$report" 2>/dev/null || echo "0 0 0")
  if ((code)); then
    cat "$root/artifacts/logs/web-test.log" >&2
    failures+=("the web client: see above")
  fi
  # shellcheck disable=SC2086
  add_counts "the web client" "$code" $((SECONDS - began)) $counts
}

test_project() { # project, filter
  local name assembly report arguments failure code=0 began=$SECONDS
  name=$(basename "$1" .csproj)
  case $name in
    Service.Tests | Faults.Tests | Browser.Tests | Cluster.Tests | Simulator.Tests)
      if ! install_postgres; then
        count_failure "tests/${name%.Tests}: $postgres_advice"
        return
      fi
      ;;
  esac
  if [[ $name == Browser.Tests ]] && ! install_chromium; then
    count_failure "tests/Browser: $chromium_advice"
    return
  fi
  assembly=$(program "$name")
  if [[ ! -f $assembly ]]; then
    count_failure "tests/${name%.Tests} was not built (is it in GridActors.sln?)"
    return
  fi

  report=$results/$name.trx
  arguments=(--logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" --results-directory "$results"
    --blame-hang --blame-hang-timeout 8m --blame-hang-dump-type none)
  if [[ -n $2 ]]; then arguments+=(--filter "FullyQualifiedName~$2"); fi
  say "Testing ${name%.Tests} …"
  # Failures appear with their names and messages as they come; the counts are read from the report.
  "$dotnet" test "$assembly" "${arguments[@]}" 2>&1 </dev/null | show_failures >&2 || code=$?
  while IFS= read -r failure; do failures+=("$failure"); done < <(failed_names "$report")
  # shellcheck disable=SC2046
  add_counts "${name%.Tests}" "$code" $((SECONDS - began)) $(trx_counts "$report")
}

show_failures() {
  grep --line-buffered -vE '^(Test run for|Data collector .Blame. message|A total of|Results File:|Passed! |Failed! |No test matches|VSTest version|Starting test|Attachments:|.*Sequence_.*\.xml|[[:space:]]*$)' ||
    true
}

failed_names() { # report
  grep -oE '<UnitTestResult [^>]*outcome="Failed"' "$1" 2>/dev/null | sed -nE 's/.* testName="([^"]*)".*/\1/p'
}

# passed, failed, skipped; nothing of it when there is no report.
trx_counts() { # report
  local counters
  counters=$(grep -o '<Counters [^>]*' "$1" 2>/dev/null | head -n 1)
  attribute() { sed -nE "s/.* $1=\"([0-9]+)\".*/\1/p" <<<"$counters"; }
  local total executed passed_here
  total=$(attribute total)
  executed=$(attribute executed)
  passed_here=$(attribute passed)
  echo "${passed_here:-0}" "$((${executed:-0} - ${passed_here:-0}))" "$((${total:-0} - ${executed:-0}))"
}

add_counts() { # name, exit code, seconds, passed, failed, skipped
  passed=$((passed + $4))
  failed=$((failed + $5))
  skipped=$((skipped + $6))
  say "  $1: $4 passed, $5 failed, $6 skipped in $3 s"
  # It ended badly without a test to blame: a crash, or a hang that was cut short.
  if (($2 && !$5)); then count_failure "$1 ended with code $2"; fi
}

# Whatever ended the script before its time is a failure too.
sum_up_early() {
  failures+=("the test run itself: it ended early")
  failed=$((failed + 1))
  sum_up || exit 1
}

sum_up() {
  trap - EXIT
  local line="$passed passed, $failed failed"
  if ((skipped)); then line+=", $skipped skipped"; fi
  if ((failed)); then printf 'FAILED: %s\n' "${failures[@]}"; fi
  if ((passed + failed == 0)); then say "There was no test to run."; fi
  printf '%s\n' "$line"
  ((failed == 0 && passed > 0))
}
