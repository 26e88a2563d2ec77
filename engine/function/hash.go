package function

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
)

var hashes = []Func{
	digest("md5", `md5("a")`, "0cc175b9c0f1b6a831c399e269772661", func(b []byte) []byte { h := md5.Sum(b); return h[:] }),
	digest("sha1", `sha1("a")`, "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8", func(b []byte) []byte { h := sha1.Sum(b); return h[:] }),
	digest("sha256", `sha256("a")`, "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
		func(b []byte) []byte { h := sha256.Sum256(b); return h[:] }),
	digest("sha512", `substr(sha512("a"), 1, 16)`, "1f40fc92da241694", func(b []byte) []byte { h := sha512.Sum512(b); return h[:] }),
}

func digest(name, example, want string, sum func([]byte) []byte) Func {
	return Func{
		Name: name, Family: "hash", Syntax: name + "(<text>)", MinArgs: 1, MaxArgs: 1,
		Doc: "The " + name + " of the text, in hexadecimal.", Example: example, Want: want,
		Bind: map1(texts, simple(func(s string) string { return hex.EncodeToString(sum([]byte(s))) })),
	}
}
