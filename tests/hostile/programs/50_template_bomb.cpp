// {"kind": "stdin", "verdict": "compile_error", "tests": [{"stdin": "", "expected": "x"}]}
template <int N, int M> struct Bomb {
	static const long value = Bomb<N - 1, M>::value + Bomb<N - 1, M + (1 << N % 30)>::value;
};
template <int M> struct Bomb<0, M> {
	static const long value = M;
};

int main()
{
	return (int)Bomb<800, 0>::value;
}
