package function

import (
	"testing"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// TestNullArguments holds what functions make of missing fields: null, but for those that say otherwise in their documentation.
func TestNullArguments(t *testing.T) {
	answers := map[string]string{
		"isnull": "True", "isnotnull": "False", "typeof": "Invalid", "json_valid": "False", "json_has_key_exact": "False", "json_array": "[null]",
		"isnum": "False", "isint": "False", "isdouble": "False", "isstr": "False", "isbool": "False", "isarray": "False", "isobject": "False", "ismv": "False",
		"null": "null", "true": "True", "false": "False", "pi": "3.141592653589793", "now": "1700000000", "time": "1700000000.5",
	}
	for _, f := range All(SPL) {
		if f.Lazy || f.Volatile {
			continue
		}
		n := f.MinArgs
		if n == 0 && f.MaxArgs != 0 {
			n = 1
		}
		if f.Name == "json_object" {
			n = 2
		}
		args, vectors := make([]Arg, n), make([]column.Vector, n)
		for i := range vectors {
			args[i].Span = source.New("test", f.Name).All()
			vectors[i] = column.Nulls(1)
		}
		k, err := f.Bind(testEnv, args)
		if err != nil {
			t.Fatal(err)
		}
		want, special := answers[f.Name]
		if !special {
			want = "null"
		}
		if got := show((&column.Lift{Kernel: k, Lists: f.Lists}).Apply(1, vectors).Value(0)); got != want {
			t.Errorf("%s of nulls is %s, want %s", f.Name, got, want)
		}
	}
}

// TestAllOfTheReference holds that every eval function of the Search Reference is here, in any case.
func TestAllOfTheReference(t *testing.T) {
	for _, name := range []string{
		"bit_and", "bit_or", "bit_not", "bit_xor", "bit_shift_left", "bit_shift_right",
		"case", "cidrmatch", "coalesce", "false", "if", "in", "like", "match", "null", "nullif", "searchmatch", "true", "validate",
		"ipmask", "printf", "toarray", "tobool", "todouble", "toint", "tomv", "tonumber", "toobject", "tostring",
		"md5", "sha1", "sha256", "sha512", "now", "relative_time", "strftime", "strptime", "time",
		"isarray", "isbool", "isdouble", "isint", "ismv", "isnotnull", "isnull", "isnum", "isobject", "isstr", "typeof",
		"json", "json_append", "json_array", "json_array_to_mv", "json_delete", "json_entries", "json_extend", "json_extract", "json_extract_exact", "json_has_key_exact",
		"json_keys", "json_object", "json_set", "json_set_exact", "json_valid", "mv_to_json_array",
		"abs", "ceil", "ceiling", "exact", "exp", "floor", "ln", "log", "pi", "pow", "round", "sigfig", "sqrt", "sum",
		"commands", "mvappend", "mvcount", "mvdedup", "mvfilter", "mvfind", "mvindex", "mvjoin", "mvmap", "mvrange", "mvreverse", "mvsort", "mvzip", "split",
		"avg", "max", "min", "random", "len", "length", "lower", "ltrim", "replace", "rtrim", "spath", "substr", "trim", "upper", "urldecode",
		"acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cos", "cosh", "hypot", "sin", "sinh", "tan", "tanh",
		"lookup", "Json_Extract", "COALESCE",
	} {
		if Lookup(SPL, name) == nil {
			t.Errorf("%s is missing", name)
		}
	}
}
