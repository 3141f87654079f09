#!/usr/bin/env bash
# Measures a three-node pool beside nginx and the plain disk; see README.md.
set -euo pipefail

top=$(readlink -f -- "$(dirname -- "${BASH_SOURCE[0]}")/..")
readonly top
PATH=$PATH:/usr/sbin

for program in nginx curl dd mvn java; do
    command -v "$program" >/dev/null || {
        printf "benchmarks: no '%s' on PATH. On Debian: apt-get install nginx-light curl maven openjdk-17-jdk-headless\n" "$program" >&2
        exit 1
    }
done
nginx -V 2>&1 | grep -q http_dav_module || {
    printf "benchmarks: this nginx was built without its WebDAV module, which Debian's has.\n" >&2
    exit 1
}

# The launcher builds what is missing, so that building is not part of a measurement.
"$top/mortar" --version
# From here on the launcher only runs it: starts of nodes are measured, and must not look for changed sources.
export MORTAR_HOME=${MORTAR_HOME:-$top/cli/target/distribution/mortar}
# As the installation guide says; starts of nodes are measured.
"$top/mortar" node prepare
mvn -q -B -f "$top/benchmarks/pom.xml" -Dmaven.test.skip=true compile
exec java -XX:+UseSerialGC -Xmx256m -Dmortar.top="$top" -cp "$top/benchmarks/target/classes" io.mortar.benchmarks.run.Main "$@"
