// {"verdict": "memory_limit", "limits": {"memory_mb": 128, "cpu_ms": 20000, "wall_ms": 30000}}
function solve(x) {
  const items = [];
  for (;;) {
    items.push(new Array(1000).fill(items.length));
  }
}
