// {"signature": "solve(x: int) -> int", "verdict": "runtime_error", "exception": "SIGSEGV"}
int solve(int x)
{
	volatile char room[4096];

	room[x % 4096] = (char)x;
	return solve(x + 1) + room[x % 4096];
}
