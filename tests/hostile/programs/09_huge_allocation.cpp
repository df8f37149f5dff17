// {"kind": "stdin", "verdict": "memory_limit", "tests": [{"stdin": "", "expected": "x"}]}
#include <cstdio>

int main()
{
	char *block = new char[8ul << 30];

	block[5] = 'x';
	std::puts(block + 5);
}
