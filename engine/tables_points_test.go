package engine_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"spoor/engine"
	"spoor/engine/lookup"
)

var pointTables = map[string]string{
	"owners.csv":      "user,team,rank\nbob,ops,1\nbob,dev,2\nEve,sec,3\n",
	"paths.csv":       "path,kind\n/bin/*,base\n*cat,reader\n",
	"nets.csv":        "net,zone\n10.0.0.0/24,lab\n10.0.0.0/8,all\n",
	"transforms.conf": "[owner]\nfilename = owners.csv\n[first_owner]\nfilename = owners.csv\nmax_matches = 1\nmin_matches = 1\ndefault_match = nobody\n[anycase]\nfilename = owners.csv\ncase_sensitive_match = false\n[path]\nfilename = paths.csv\nmatch_type = WILDCARD(path)\n[net]\nfilename = nets.csv\nmatch_type = CIDR(net)\nmax_matches = 1\n",
}

// tablePoints is the rest of section 6: commands that bring rows together or take them apart.
var tablePoints = []pointCase{
	{"6 lookup: all other columns", `head 1 | eval user="Eve" | lookup owner user | table user team rank`, `{"user":"Eve","team":"sec","rank":"3"}`, ""},
	{"6 lookup: several rows make multivalues, in their order", `tail 1 | lookup owner user as User OUTPUT team as t | table User t`, `{"User":"bob","t":["ops","dev"]}`, ""},
	{"6 lookup: OUTPUT replaces", `tail 1 | eval team="old" | lookup first_owner user as User OUTPUT team | table team`, `{"team":"ops"}`, ""},
	{"6 lookup: OUTPUTNEW does not", `tail 1 | eval team="old" | lookup first_owner user as User OUTPUTNEW team rank | table team rank`, `{"team":"old","rank":"1"}`, ""},
	{"6 lookup: case matters", `eval user=upper(User) | lookup owner user OUTPUT team | search team=* | stats count`, `{"count":0}`, ""},
	{"6 lookup: unless told otherwise", `eval user=upper(User) | lookup anycase user OUTPUT team | search team=* | stats count`, `{"count":3}`, ""},
	{"6 lookup: a default where too few match", `lookup first_owner user as User OUTPUT team | stats count by team`, `{"team":"nobody","count":1}{"team":"ops","count":2}{"team":"sec","count":1}`, ""},
	{"6 lookup: stars in the table", `lookup path path as Image OUTPUT kind | dedup Image | table Image kind`, `{"Image":"/bin/ls","kind":"base"}{"Image":"/bin/cat","kind":["base","reader"]}{"Image":"/bin/sh","kind":"base"}`, ""},
	{"6 lookup: nets in the table", `head 1 | lookup net net as User OUTPUT zone | table zone`, `{"zone":"lab"}`, ""},
	{"6 lookup: a file", `tail 1 | lookup owners.csv user as User OUTPUT rank | table rank`, `{"rank":["1","2"]}`, ""},
	{"6 inputlookup: where, start and max", `head 1 | table User | inputlookup append=t owners.csv where user=bob | append [| inputlookup owner start=1 max=1]`, `{"User":"10.0.0.9"}{"user":"bob","team":"ops","rank":"1"}{"user":"bob","team":"dev","rank":"2"}{"user":"bob","team":"dev","rank":"2"}`, ""},
	{"6 join: inner, the first row of the search", `table User ProcessId | join User [| inputlookup owner | rename user as User]`, `{"User":"bob","ProcessId":"x","team":"ops","rank":"1"}{"User":"Eve","ProcessId":"10","team":"sec","rank":"3"}{"User":"bob","ProcessId":"9","team":"ops","rank":"1"}`, ""},
	{"6 join: left, or outer", `table User | join type=outer User [| inputlookup owner | rename user as User | fields User team] | dedup User`, `{"User":"10.0.0.9"}{"User":"bob","team":"ops"}{"User":"Eve","team":"sec"}`, ""},
	{"6 join: all rows", `tail 1 | table User | join max=0 User [| inputlookup owner | rename user as User | fields User team]`, `{"User":"bob","team":"ops"}{"User":"bob","team":"dev"}`, ""},
	{"6 join: all common fields", `table User ProcessId | join [search EventID=1 ProcessId=9 | table User ProcessId CommandLine]`, `{"User":"bob","ProcessId":"9","CommandLine":"a=1 a=2"}`, ""},
	{"6 join: the search's fields replace", `tail 1 | table User Image | join User [makeresults | eval User="bob", Image="new" | table User Image]`, `{"User":"bob","Image":"new"}`, ""},
	{"6 join: unless overwrite=f", `tail 1 | table User Image | join overwrite=f User [makeresults | eval User="bob", Image="new" | table User Image]`, `{"User":"bob","Image":"/bin/sh"}`, ""},
	{"6 join: keys have case", `table User | join User [makeresults | eval User="BOB"]`, ``, ""},
	{"6 append", `head 1 | table User | append [search EventID=1 User=Eve | table User]`, `{"User":"10.0.0.9"}{"User":"Eve"}`, ""},
	{"6 appendpipe", `stats count by User | appendpipe [stats sum(count) as count | eval User="all"]`, `{"User":"10.0.0.9","count":1}{"User":"Eve","count":1}{"User":"bob","count":2}{"count":4,"User":"all"}`, ""},
	{"6 map: a search for each row", `stats count by User | search User!=10* | map search="search EventID=1 User=\"$User$\" | stats count as n | eval u=\"$User$\""`, `{"n":1,"u":"Eve"}{"n":2,"u":"bob"}`, ""},
	{"6 transaction: rows of one value, with duration and eventcount", `transaction User | table User ProcessId duration eventcount _time`,
		`{"User":"10.0.0.9","duration":0,"eventcount":1,"_time":"2024-05-06T10:01:04.000Z"}{"User":"Eve","ProcessId":"10","duration":0,"eventcount":1,"_time":"2024-05-06T10:00:02.000Z"}{"User":"bob","ProcessId":["9","x"],"duration":2,"eventcount":2,"_time":"2024-05-06T10:00:01.000Z"}`, ""},
	{"6 transaction: maxspan", `transaction User maxspan=1s | table User eventcount`, `{"User":"10.0.0.9","eventcount":1}{"User":"bob","eventcount":1}{"User":"Eve","eventcount":1}{"User":"bob","eventcount":1}`, ""},
	{"6 transaction: maxpause", `transaction EventID maxpause=30s | table eventcount duration`, `{"eventcount":1,"duration":0}{"eventcount":3,"duration":2}`, ""},
	{"6 transaction: a missing field contradicts nothing", `transaction User ProcessId | search User=10* | table ProcessId eventcount`, `{"eventcount":1}`, ""},
	{"6 transaction: bounds", `transaction EventID startswith="cat" endswith=eval(Image="/bin/ls") | table Image eventcount`, `{"Image":["/bin/cat","/bin/ls"],"eventcount":2}`, ""},
	{"6 mvexpand", `tail 1 | eval m=split("c,a,b", ",") | mvexpand m limit=2 | table ProcessId m`, `{"ProcessId":"9","m":"c"}{"ProcessId":"9","m":"a"}`, ""},
	{"6 makemv: blanks, without empty ones", `tail 1 | eval m="a  b", n="a,,b", o="a,,b" | makemv m | makemv delim="," n | makemv delim="," allowempty=t o | table m n o`, `{"m":["a","b"],"n":["a","b"],"o":["a","","b"]}`, ""},
	{"6 makemv: a tokenizer", `tail 1 | makemv tokenizer="a=(\d)" CommandLine | table CommandLine`, `{"CommandLine":["1","2"]}`, ""},
	{"6 foreach: quotes read the field or name it", `tail 1 | table User Image | foreach U* I*ge [eval <<FIELD>>="<<FIELD>>=".'<<FIELD>>', x_<<MATCHSTR>>="<<MATCHSEG1>>"]`, `{"User":"User=bob","Image":"Image=/bin/sh","x_ser":"ser","x_ma":"ma"}`, ""},
	{"6 spath: a path, all elements", `tail 1 | eval j="{\"a\":{\"b\":[{\"c\":1},{\"c\":2}]}}" | spath input=j path=a.b{}.c output=c | spath input=j a.b{0}.c | table c a.b{0}.c`, `{"c":[1,2],"a.b{0}.c":1}`, ""},
	{"6 spath: all of it", `tail 1 | eval j="{\"a\":{\"b\":[1,2]},\"k\":\"v\"}" | table j | spath input=j | fields - j`, `{"a.b{}":[1,2],"k":"v"}`, ""},
	{"6 spath: markup", `tail 1 | eval x="<r><e id='7'>t</e></r>" | spath input=x path=r.e{@id} output=id | spath input=x path=r.e output=t | table id t`, `{"id":"7","t":"t"}`, ""},
	{"6 iplocation: its fields", `tail 1 | iplocation User | table City Country Region lat lon`, `{}`, "iplocation"},
}

func TestTablePoints(t *testing.T) {
	dir := t.TempDir()
	for _, name := range slices.Sorted(maps.Keys(pointTables)) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(pointTables[name]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tables, errs := lookup.Open(dir)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	checkCommands(t, engine.Options{Lookups: tables}, tablePoints)
}
