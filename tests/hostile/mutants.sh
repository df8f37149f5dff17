#!/bin/bash
# Shows that the self-test of the sandbox can fail: builds judge-box with one protection
# switched off at a time (lib/judge/box/mutant.h) and has each refused in every tier that
# relies on it. Prints TAP. As the superuser it tries all tiers, else those of a user.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit

# An ordinary user may have to enter it.
work=$(mktemp -d) || exit
# HOST_ROOT makes /box where it is not.
[ -e /box ] && clear=true || clear='rmdir /box'
trap 'sweep; rm -rf "$work"; $clear 2>/dev/null' EXIT
trap 'exit 1' HUP INT TERM
chmod 755 "$work"
count=0 failures=0

# mutant, tiers that rely on what it switches off
mutants='
NO_FILTER       A1 A2 B C
WEAK_TEST       A1 A2 B C
WEAK_FORKED     A1 A2 B C
NO_NET_NS       A1 A2
NO_PID_NS       A1 A2
NO_IPC_NS       A1 A2
HOST_ROOT       A1 A2 B C
ODD_OPEN        A1 A2 B C
SHARED_MEMORY   A1 A2 B C
WRITABLE        A1 A2 B C
NO_UID          A1 B
KEEP_CAPS       A1 A2 B
NO_LIMITS       A1 A2 B C
OLD_TMP         A1 A2 B C
NO_SWEEP        A1 A2 B C
LEAK_FDS        A1 A2 B C
NO_SEAL         A1 A2 B C
NO_WATCH        A1 A2 B C
NEW_PRIVILEGES  A1 A2 B C
SHOWN           A1 A2 B C
'

# A mutant may not be able to end what it started.
sweep() {
	local process
	for process in /proc/[0-9]*; do
		case $(readlink "$process/exe" 2>/dev/null) in
		"$work"/mutant* | "$work"/sound*) kill -KILL "${process#/proc/}" 2>/dev/null ;;
		esac
	done
}

result() { # 0 or 1, description
	count=$((count + 1))
	if [ "$1" = 0 ]; then
		echo "ok $count - $2"
	else
		echo "not ok $count - $2"
		failures=$((failures + 1))
	fi
}

compile() { # object, source, flags
	"${CC:-gcc}" -std=c17 -D_GNU_SOURCE -O1 -Ilib "${@:3}" -c -o "$1" "$2"
}

# Objects without mutants in them are made once.
mkdir "$work/common" || exit
for source in lib/judge/box/*.c; do
	grep -q 'MUTANT(' "$source" || compile "$work/common/$(basename "$source" .c).o" "$source" || exit
done

build() { # program, number of the mutant
	local source folder=$work/objects
	rm -rf "$folder" && mkdir "$folder" || return
	for source in lib/judge/box/*.c; do
		grep -q 'MUTANT(' "$source" || continue
		compile "$folder/$(basename "$source" .c).o" "$source" "-DJUDGE_MUTANT=$2" || return
	done
	"${CC:-gcc}" -static -o "$1" "$folder"/*.o "$work"/common/*.o -lseccomp
}

# What probe prints. A container by default stands for what tier B is for.
probe() { # program, tier
	local folder=$work/folder-$2 as=()
	[ -d "$folder" ] || mkdir -m 700 "$folder"
	if [ "$(id -u)" = 0 ]; then
		case $2 in
		A2 | C)
			as=(setpriv --reuid 65534 --regid 65534 --clear-groups)
			chown 65534:65534 "$folder"
			;;
		B) as=(setpriv --bounding-set '-sys_admin,-sys_resource,-sys_ptrace,-net_admin' --inh-caps=-all) ;;
		esac
	fi
	timeout 60 "${as[@]}" "$1" probe "$2" "$folder" </dev/null
}

tiers='A2 C'
[ "$(id -u)" != 0 ] || tiers='A1 A2 B C'

build "$work/sound" 0 || exit
standing=
for tier in $tiers; do
	if probe "$work/sound" "$tier" | grep -qF "\"tier\":\"$tier\",\"refusal\":\"\""; then
		result 0 "nothing off: tier $tier stands"
		standing="$standing $tier"
	else
		result 0 "nothing off: tier $tier # SKIP it does not hold on this machine"
	fi
done
[ -n "$standing" ] || result 1 'some tier holds on this machine'

while read -r mutant relying; do
	[ -n "$mutant" ] || continue
	number=$(awk -v name="MUTANT_$mutant" '/^enum mutant/ { on = 1; n = -1 }
		on && /MUTANT_/ { n++; if ($1 == name || $1 == name ",") print n }' lib/judge/box/mutant.h)
	if [ -z "$number" ] || ! build "$work/mutant" "$number"; then
		result 1 "$mutant can be built"
		continue
	fi
	for tier in $relying; do
		[[ " $standing " == *" $tier "* ]] || continue
		answer=$(probe "$work/mutant" "$tier")
		sweep
		[[ $answer == *'"tier":null,"refusal":"'?* ]]
		result $? "$mutant: tier $tier is refused"
		echo "# ${answer:0:300}"
	done
done <<<"$mutants"

echo "1..$count"
[ "$failures" = 0 ]
