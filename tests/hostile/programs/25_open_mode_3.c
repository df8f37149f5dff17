// {"kind": "stdin", "verdict": "accepted", "tests": [{"stdin": "", "expected": ""}], "absent": ["@PLANTED@"]}
/* Access mode 3 is none that Landlock knows: with O_TRUNC it empties a file all the same. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
	static const char *const paths[] = { "@SECRET@", "/usr/bin/env", "/etc/passwd", "/dev/null" };
	const unsigned long long how[3] = { 3 };

	for (int i = 0; i < 4; i++) {
		if (open(paths[i], 3) >= 0 || open(paths[i], 3 | O_CLOEXEC | O_NOCTTY) >= 0)
			printf("open %s\n", paths[i]);
		if (syscall(SYS_openat2, AT_FDCWD, paths[i], how, sizeof how) >= 0)
			printf("openat2 %s\n", paths[i]);
	}
	if (open("@SECRET@", 3 | O_TRUNC) >= 0)
		puts("emptied");
	return 0;
}
