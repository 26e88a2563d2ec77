#!/bin/sh
# Makes gen/ from the grammar. Needs java and npm; building spoor needs neither.
# It works in this folder, so that no path of this machine gets into the generated files.
set -eu
cd "$(dirname "$0")"
tool=antlr4ng-cli@2.0.0 # its jar is ANTLR 4.13.2-SNAPSHOT, whose Go output fits the runtime antlr4-go/antlr/v4 v4.13.1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm pack --silent --pack-destination "$work" "$tool" >/dev/null
tar -xzf "$work"/antlr4ng-cli-*.tgz -C "$work"
rm -rf gen && mkdir gen
java -jar "$work"/package/antlr4-*-complete.jar -Dlanguage=Go -package gen -no-listener -no-visitor -o gen EQL.g4
rm -f gen/*.interp gen/*.tokens
sha256sum EQL.g4 >gen/SHA256SUMS
