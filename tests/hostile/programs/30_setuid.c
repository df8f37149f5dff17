// {"kind": "stdin", "verdict": "runtime_error|wrong_answer", "tests": [{"stdin": "", "expected": "root"}], "absent": ["uid=0", "euid=0", "root:"]}
#define _GNU_SOURCE
#include <stdio.h>
#include <unistd.h>

int main(void)
{
	if (setuid(0) == 0 || setresuid(0, 0, 0) == 0 || seteuid(0) == 0)
		puts(getuid() == 0 ? "uid=0" : "a user id was taken");
	fflush(stdout);
	execl("/usr/bin/su", "su", "-c", "id; cat /etc/shadow", (char *)0);
	execl("/usr/bin/mount", "mount", "-t", "tmpfs", "x", "/tmp", (char *)0);
	execl("/bin/sh", "sh", "-c", "id", (char *)0);
	return 1;
}
