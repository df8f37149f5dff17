// {"kind": "stdin", "verdict": "compile_error|runtime_error", "tests": [{"stdin": "", "expected": "x"}], "absent": ["root:"]}
package main

import _ "embed"

//go:embed /etc/passwd
var secret string

func main() {
	println(secret)
}
