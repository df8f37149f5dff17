// {"verdict": "time_limit", "limits": {"cpu_ms": 500, "wall_ms": 5000}}
function solve(x) {
  return /^(a+)+$/.test("a".repeat(60) + "b");
}
