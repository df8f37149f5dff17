// {"signature": "solve(x: int) -> int", "verdict": "memory_limit", "limits": {"memory_mb": 128, "cpu_ms": 20000, "wall_ms": 30000}}
import java.util.ArrayList;
import java.util.List;

class Solution {
    static int solve(int x) {
        List<int[]> items = new ArrayList<>();
        while (true) {
            items.add(new int[100000]);
        }
    }
}
