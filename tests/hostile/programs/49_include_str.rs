// {"kind": "stdin", "verdict": "compile_error", "tests": [{"stdin": "", "expected": "x"}], "absent": ["root:", "daemon:"]}
fn main() {
    println!("{}", include_str!("/etc/passwd"));
}
