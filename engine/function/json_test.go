package function

import (
	"encoding/json"
	"strings"
	"testing"

	"spoor/engine/column"
	"spoor/grammar/source"
)

const cities = `{"cities": [{"name": "London", "Bridges": [{"name": "Tower Bridge", "length": 801}, {"name": "Millennium Bridge", "length": 1066}]},
	{"name": "Venice", "Bridges": [{"name": "Rialto Bridge", "length": 157}, {"name": "Ponte della Paglia"}]}]}`

const games = `{"category":{"boardgames":{"cooperative":[{"name":"Pandemic"},{"name":"Forbidden Island"}]}}}`

const books = `<?xml version="1.0"?><purchases><book id="b1"><author>Martin</author><title year=1996>A Game &amp; more</title><title year="1998">A Clash</title></book>
<book><author>Clarke</author><title year="2004"> Strange </title></book><x:odd x:a="v">t<i>in</i></x:odd></purchases>`

var documents = fields("cities", cities, "games", games, "books", books, "dotted", `{"system.path":"/opt/","a":{"b":true,"n":null,"s":"x\"y","big":12345678901234567890,"f":1.50}}`,
	"bad", `{"a":`, "text", "plain", "n", 7, "list", []string{`"a"`, "1", "b c", `{"k":[]}`}, "arr", `["a", 1, {"b":null}, true]`, "obj", `{"a":[1],"b":"s","c":{}}`,
	"twice", `{"a":1,"a":2}`, "lines", []string{`{"a":1}`, `{"a":2}`})

func TestJSON(t *testing.T) {
	for _, c := range []struct{ expr, want string }{
		{`json(obj)`, `{"a":[1],"b":"s","c":{}}`}, {`json(bad)`, "null"}, {`json(text)`, "null"}, {`json(n)`, "7"}, {`json("\"s\"")`, `"s"`}, {`json(missing)`, "null"}, {`json(list)`, "null"},
		{`json_valid(obj)`, "True"}, {`json_valid(bad)`, "False"}, {`json_valid(missing)`, "False"}, {`json_valid("1 2")`, "False"}, {`json_valid("01")`, "False"}, {`json_valid("[1,]")`, "False"},
		{`json_valid("-1.5e+3")`, "True"}, {`json_valid("")`, "False"}, {`json_valid("nul")`, "False"}, {`json_valid(n)`, "True"},
		// making
		{`json_object()`, "{}"}, {`json_object("name", "maria")`, `{"name":"maria"}`}, {`json_object("name", json_array("maria", "arun"))`, `{"name":["maria","arun"]}`},
		{`json_object("a", json_object("b", n), "c", missing, "d", n > 1)`, `{"a":{"b":7},"c":null,"d":true}`}, {`json_object("a", 1, "a", 2)`, `{"a":2}`}, {`json_object(missing, 1)`, "null"},
		{`json_object("l", list)`, `{"l":["\"a\"","1","b c",{"k":[]}]}`}, {`json_object("x.y", 1)`, `{"x.y":1}`}, {`json_object("q", "a\"b")`, `{"q":"a\"b"}`},
		{`json_array()`, "[]"}, {`json_array("dubois", json_object("name", "patel"))`, `["dubois",{"name":"patel"}]`}, {`json_array(missing, 1.5, "1.5", text)`, `[null,1.5,"1.5","plain"]`},
		{`json_array(ln(0))`, "[null]"}, {`json_array(bad)`, `["{\"a\":"]`},
		// arrays and multivalues
		{`json_array_to_mv(arr)`, `a 1 {"b":null} true`}, {`json_array_to_mv(arr, true())`, `"a" 1 {"b":null} true`}, {`json_array_to_mv(obj)`, "null"}, {`json_array_to_mv("[]")`, "null"},
		{`mv_to_json_array(list)`, `["\"a\"","1","b c","{\"k\":[]}"]`}, {`mv_to_json_array(list, true())`, `["a",1,null,{"k":[]}]`}, {`mv_to_json_array(text)`, `["plain"]`}, {`mv_to_json_array(missing)`, "null"},
		// reading
		{`json_extract(cities, "cities{0}.name")`, "London"}, {`json_extract(cities, "cities{}.name")`, `["London","Venice"]`}, {`json_extract(cities, "cities{1}.Bridges{0}.length")`, "157"},
		{`json_extract(cities, "cities{}.Bridges{}.length")`, "[801,1066,157]"}, {`json_extract(cities, "cities{1}.Bridges{1}")`, `{"name":"Ponte della Paglia"}`},
		{`json_extract(obj, "{}")`, `{"a":[1],"b":"s","c":{}}`}, {`json_extract(obj)`, `{"a":[1],"b":"s","c":{}}`}, {`json_extract(obj, "a", "b", "z")`, `[[1],"s",null]`}, {`json_extract(arr, "{2}.b")`, "null"},
		{`json_extract(obj, "a{9}")`, "null"}, {`json_extract(obj, "b.c")`, "null"}, {`json_extract(obj, "z{}.y")`, "null"}, {`json_extract(bad, "a")`, "null"}, {`json_extract(missing, "a")`, "null"},
		{`json_extract(obj, missing)`, "null"}, {`json_extract(dotted, "a.b")`, "True"}, {`if(json_extract(dotted, "a.b"), "y", "n")`, "y"}, {`json_extract(dotted, "a.b") = "true"`, "True"},
		{`json_extract(dotted, "a.n")`, "null"}, {`json_extract(dotted, "a.s")`, `x"y`}, {`json_extract(dotted, "a")`, `{"b":true,"n":null,"s":"x\"y","big":12345678901234567890,"f":1.5}`},
		{`json_extract(dotted, "a.f") + 1`, "2.5"}, {`json_extract(dotted, "system.path")`, "null"}, {`json_extract_exact(dotted, "system.path")`, "/opt/"}, {`json_extract_exact(dotted, "a.b")`, "null"},
		{`json_extract_exact(dotted, "system.path", "no")`, `["/opt/",null]`}, {`json_extract_exact("\"s\"")`, "s"}, {`json_extract(twice, "a")`, "2"}, {`json_extract(lines, "a")`, "1 2"},
		{`json_extract(obj, text . "{x}")`, "null"}, {`json_extract("7")`, "7"}, {`json_extract("null")`, "null"},
		{`json_has_key_exact(dotted, "system.path")`, "True"}, {`json_has_key_exact(dotted, "system")`, "False"}, {`json_has_key_exact(missing, "a")`, "False"}, {`json_has_key_exact(arr, "a")`, "False"},
		{`json_keys(obj)`, `["a","b","c"]`}, {`json_keys(arr)`, "null"}, {`json_keys("{}")`, "[]"}, {`json_keys(bad)`, "null"},
		{`json_entries("{\"a\": 1, \"b\": [2]}")`, `[{"key":"a","value":1},{"key":"b","value":[2]}]`}, {`json_entries(arr)`, "null"},
		// changing
		{`json_set(games, "category.boardgames.cooperative{1}.name", "Sherlock")`, `{"category":{"boardgames":{"cooperative":[{"name":"Pandemic"},{"name":"Sherlock"}]}}}`},
		{`json_set(games, "category.boardgames.cooperative{}.available", true())`, `{"category":{"boardgames":{"cooperative":[{"name":"Pandemic","available":true},{"name":"Forbidden Island","available":true}]}}}`},
		{`json_set(games, "category.x.y", json_array(1))`, `{"category":{"boardgames":{"cooperative":[{"name":"Pandemic"},{"name":"Forbidden Island"}]},"x":{"y":[1]}}}`},
		{`json_set("{\"a\":\"b\"}", "a.c", "d")`, `{"a":"b"}`}, {`json_set(obj, "a{5}", 1)`, `{"a":[1],"b":"s","c":{}}`}, {`json_set("{}", "a", missing)`, `{"a":null}`}, {`json_set(bad, "a", 1)`, "null"},
		{`json_set("[{},{}]", "{}.x", json_object("k", 1), "{0}.x.k", 2)`, `[{"x":{"k":2}},{"x":{"k":1}}]`}, {`json_set("{}", "a{0}", 1)`, "{}"}, {`json_set(obj, "", 1)`, "1"},
		{`json_set_exact(json_object(), "system.splunk.path", "/opt/splunk")`, `{"system.splunk.path":"/opt/splunk"}`}, {`json_set_exact("{\"a\":1}", "a", 2, "b", 3)`, `{"a":2,"b":3}`}, {`json_set_exact(arr, "a", 1)`, "null"},
		{`json_append("{\"p\":[\"a\"]}", "p", "b")`, `{"p":["a","b"]}`}, {`json_append(obj, "a", json_array(2))`, `{"a":[1,[2]],"b":"s","c":{}}`}, {`json_append(obj, "b", 1)`, `{"a":[1],"b":["s",1],"c":{}}`},
		{`json_append(obj, "no", 1)`, `{"a":[1],"b":"s","c":{}}`}, {`json_append("{\"a\":[]}", "a", 1, "a", 2)`, `{"a":[1,2]}`}, {`json_append(bad, "a", 1)`, "null"}, {`json_append("[1]", "", 2)`, "[1,2]"},
		{`json_extend(obj, "a", json_array(2, 3))`, `{"a":[1,2,3],"b":"s","c":{}}`}, {`json_extend(obj, "c", json_array(2))`, `{"a":[1],"b":"s","c":[{},2]}`}, {`json_extend(obj, "a", 2)`, `{"a":[1,2],"b":"s","c":{}}`},
		{`json_extend(obj, "a", list)`, `{"a":[1,"\"a\"","1","b c",{"k":[]}],"b":"s","c":{}}`},
		{`json_delete(obj, "a", "c")`, `{"b":"s"}`}, {`json_delete(obj, json_array("a", "c"))`, `{"b":"s"}`}, {`json_delete(obj, mvappend("a", "c"))`, `{"b":"s"}`}, {`json_delete(games, "category.boardgames")`, `{"category":{}}`},
		{`json_delete(games, "category.boardgames.cooperative{}.name")`, `{"category":{"boardgames":{"cooperative":[{},{}]}}}`}, {`json_delete(twice, "a")`, "{}"}, {`json_delete(obj, "z")`, `{"a":[1],"b":"s","c":{}}`}, {`json_delete(text, "a")`, "null"},
		// types
		{`isarray(arr)`, "True"}, {`isarray(obj)`, "False"}, {`isarray(list)`, "False"}, {`isarray(1)`, "False"}, {`isarray(missing)`, "False"}, {`isobject(obj)`, "True"}, {`isobject("{cities: \"3\"}")`, "False"},
		{`ismv(list)`, "True"}, {`ismv(text)`, "False"}, {`ismv(missing)`, "False"}, {`isdouble(3.546)`, "True"}, {`isdouble(1000000)`, "False"}, {`isdouble(text)`, "False"},
		{`toarray(split("1, 2, 3", ","))`, "[1,2,3]"}, {`toarray("[\"carrots\", 1.00, \"potatoes\", 1.75]")`, `["carrots",1,"potatoes",1.75]`}, {`toarray("somefield")`, "null"}, {`toarray(5)`, "null"},
		{`tomv(arr)`, `"a" 1 {"b":null} true`}, {`mvcount(tomv(list))`, "4"}, {`tomv(text)`, "null"}, {`toobject("{\"name\": \"maria\", \"age\": 25}")`, `{"name":"maria","age":25}`}, {`toobject(arr)`, "null"},
		{`tobool("True")`, "True"}, {`tobool("false")`, "False"}, {`tobool(0)`, "False"}, {`tobool("12")`, "True"}, {`tobool(text)`, "null"}, {`tobool(1 = 1)`, "True"}, {`tobool(missing)`, "null"},
		// spath
		{`spath(cities, "cities{}.Bridges{}.name")`, "Tower Bridge Millennium Bridge Rialto Bridge Ponte della Paglia"}, {`mvcount(spath(cities, "cities{}.name"))`, "2"}, {`spath(cities, "cities{1}.name")`, "Venice"},
		{`spath(dotted, "a.b")`, "true"}, {`spath(dotted, "a.n")`, "null"}, {`isnull(spath(dotted, "a.n"))`, "False"}, {`spath(obj, "a")`, "[1]"}, {`spath(obj, "z")`, "null"}, {`spath(text, "a")`, "null"}, {`spath(missing, "a")`, "null"},
		{`spath(books, "purchases.book.author")`, "Martin Clarke"}, {`spath(books, "purchases.book{2}.author")`, "Clarke"}, {`spath(books, "purchases.book.title{@year}")`, "1996 1998 2004"},
		{`spath(books, "purchases.book.title{2}{@year}")`, "1998"}, {`spath(books, "purchases.book{1}.title{1}")`, "A Game & more"}, {`spath(books, "purchases.book{}.title{}")`, "A Game & more A Clash Strange"},
		{`spath(books, "purchases.book{0}")`, "null"}, {`spath(books, "purchases.x:odd")`, "t<i>in</i>"}, {`spath(books, "purchases.x:odd{@x:a}")`, "v"}, {`spath(books, "")`, "null"}, {`spath("<a><b>x", "a.b")`, "x"},
		{`spath("<a><a>1</a></a><a>2</a>", "a.a")`, "1"},
	} {
		check(t, c.expr, documents, c.want)
	}
}

func TestPathsAreChecked(t *testing.T) {
	for _, name := range []string{"json_extract", "json_set", "json_append", "spath"} {
		v := column.Str("a{x}")
		span := source.New("query", "a{x}").All()
		args := []Arg{{}, {Const: &v, Span: span}, {}}
		f := Lookup(SPL, name)
		if f.MaxArgs == 2 {
			args = args[:2]
		}
		if _, err := f.Bind(testEnv, args); err == nil || err.Code != "bad-path" || err.Span != span {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Lookup(SPL, "json_object").Bind(testEnv, make([]Arg, 3)); err == nil || err.Code != "argument-count" {
		t.Errorf("three arguments are no pairs: %v", err)
	}
	for _, bad := range []string{"a{", "a{1", "a{1}b", "a{-1}", "a{@}", "a{99999999999}", "a}{"} {
		if p, ok := parsePath(bad); ok {
			t.Errorf("%s: %v", bad, p)
		}
	}
}

// TestHostileJSON is about texts made to break a reader: nothing may panic or take long.
func TestHostileJSON(t *testing.T) {
	deep := strings.Repeat(`[`, 10_000) + strings.Repeat(`]`, 10_000)
	edge := strings.Repeat(`{"a":`, deepestNesting) + "1" + strings.Repeat(`}`, deepestNesting)
	wide := `{` + strings.Repeat(`"k":1,`, 20_000) + `"z":2}`
	tags := strings.Repeat("<a>", 10_000)
	f := fields("deep", deep, "edge", edge, "wide", wide, "tags", tags, "path", strings.Repeat("a.", 10_000), "cut", `{"a":"\ud8`, "pair", `["\ud83d\ude00","\ud83d","\u0041\n"]`, "brackets", strings.Repeat("<a/>", 10_000))
	for _, c := range []struct{ expr, want string }{
		{`json_valid(deep)`, "False"}, {`json_extract(deep, "{0}")`, "null"}, {`json_valid(edge)`, "True"}, {`json_extract(wide, "z")`, "2"}, {`spath(tags, "a.a")`, "null"}, {`json_extract(edge, path)`, "null"},
		{`json_valid(cut)`, "False"}, {`json_array_to_mv(pair)`, "😀 \xef\xbf\xbd A\n"}, {`json_object("x", deep) = json_object("x", deep)`, "True"}, {`spath(brackets, "a.b")`, "null"},
		{`json_valid(json_array(edge))`, "False"}, {`len(json_set(wide, "z", wide)) > 1`, "True"},
	} {
		check(t, c.expr, f, c.want)
	}
}

func FuzzJSON(f *testing.F) {
	for _, seed := range []string{cities, games, `["\ud83d\ude00",-0.5e-7,true,null,""]`, `{"a":{"a":[{}]}}`, "[1,]", "\"\\u12\"", books} {
		f.Add(seed, "a{}.b{0}")
	}
	f.Fuzz(func(t *testing.T, text, path string) {
		d, ok := parseJSON(text)
		if ok && !json.Valid([]byte(text)) {
			t.Fatalf("%q is no JSON", text)
		}
		if again, ok2 := parseJSON(string(d.append(nil))); ok && (!ok2 || string(again.append(nil)) != string(d.append(nil))) {
			t.Fatalf("%q does not come back: %q", text, d.append(nil))
		}
		if validJSON(text) != ok {
			t.Fatalf("%q is read and passed over differently", text)
		}
		if p, pathOK := parsePath(path); pathOK {
			here, found := d.at(p)
			if there, also := follow(text, p); ok && (found != also || string(here.append(nil)) != string(there.append(nil))) {
				t.Fatalf("%q at %q: %q by following the path, %q in the tree", text, path, there.append(nil), here.append(nil))
			}
			d.set(p, document{kind: jsonArray})
			d.remove(p)
			d.at(p)
			spath(text, p)
		}
	})
}

func BenchmarkJSON(b *testing.B) {
	event := `{"timestamp":"2024-05-06T10:00:00Z","agent":{"id":"001","name":"web1","labels":["a","b"]},"process":{"pid":4005,"executable":"/usr/bin/python3",` +
		`"args":["python3","-c","import os; print(\"x\")"],"parent":{"pid":1,"name":"systemd"}},"ok":true,"score":12.5}`
	texts := &column.Strings{}
	for range 1024 {
		texts.Values = append(texts.Values, event)
	}
	for _, name := range []string{"json_extract", "spath", "json_valid"} {
		b.Run(name, func(b *testing.B) {
			f := Lookup(SPL, name)
			path := column.Str("process.parent.name")
			args, vectors := []Arg{{}, {Const: &path}}, []column.Vector{texts, &column.Const{V: path, N: 1024}}
			if name == "json_valid" {
				args, vectors = args[:1], vectors[:1]
			}
			k, err := f.Bind(testEnv, args)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			b.SetBytes(int64(1024 * len(event)))
			for b.Loop() {
				k(1024, vectors)
			}
		})
	}
}
