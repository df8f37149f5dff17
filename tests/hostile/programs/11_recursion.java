// {"signature": "solve(x: int) -> int", "verdict": "runtime_error", "exception": "StackOverflowError"}
class Solution {
    static int solve(int x) {
        return solve(x + 1) + 1;
    }
}
