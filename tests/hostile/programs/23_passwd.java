// {"signature": "solve(x: int) -> string", "verdict": "accepted", "tests": [{"args": [1], "expected": "refused"}], "absent": ["root:"]}
import java.nio.file.Files;
import java.nio.file.Path;

class Solution {
    static String solve(int x) {
        try {
            return Files.readString(Path.of("/etc/passwd"));
        } catch (java.io.IOException e) {
            return "refused";
        }
    }
}
