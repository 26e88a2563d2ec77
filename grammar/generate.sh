#!/bin/sh
# Makes spl/gen/ and eql/gen/ from the grammars. Needs java and npm; building spoor needs neither.
# It works in the folder of each grammar, so that no path of this machine gets into the generated files.
set -eu
cd "$(dirname "$0")"
tool=antlr4ng-cli@2.0.0 # its jar is ANTLR 4.13.2-SNAPSHOT, whose Go output fits the runtime antlr4-go/antlr/v4 v4.13.1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm pack --silent --pack-destination "$work" "$tool" >/dev/null
tar -xzf "$work"/antlr4ng-cli-*.tgz -C "$work"
make() (
	cd "$1"
	shift
	rm -rf gen && mkdir gen
	java -jar "$work"/package/antlr4-*-complete.jar -Dlanguage=Go -package gen -no-listener -no-visitor -o gen "$@"
	rm -f gen/*.interp gen/*.tokens
	sha256sum "$@" >gen/SHA256SUMS
)
make spl SPLLexer.g4 SPLParser.g4
make eql EQL.g4
