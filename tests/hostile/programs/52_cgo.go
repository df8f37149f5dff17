// {"kind": "stdin", "verdict": "compile_error", "tests": [{"stdin": "", "expected": "x"}]}
package main

// #include <stdio.h>
// static void hello(void) { puts("x"); }
import "C"

//go:generate touch /box/generated
func main() {
	C.hello()
}
