// {"kind": "stdin", "verdict": "memory_limit", "tests": [{"stdin": "", "expected": "x"}], "limits": {"memory_mb": 128, "cpu_ms": 10000, "wall_ms": 15000}}
#include <string>
#include <vector>

int main()
{
	std::vector<std::string> items;

	for (;;)
		items.push_back(std::string(1000, 'x'));
}
