#!/bin/bash
# A whole interview with curl and grep alone: no JavaScript, no browser.
#
#   tests/web/curl_interview.sh http://127.0.0.1:8080 [NAME]
#
# Prints the story as it goes; exit status 0 when it ends with a report.
set -euo pipefail

url=${1:?usage: curl_interview.sh URL [NAME]}
name=${2:-curl-$$}
password="correct horse battery staple"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
page=$folder/page.html

tell() {
	printf '%s\n' "$*"
}

fail() {
	printf 'FAILED: %s\n' "$*" >&2
	exit 1
}

# browse [curl options] PATH: the page goes to $page; prints "STATUS LOCATION".
browse() {
	local path=${*: -1}
	curl -sS --max-time 60 -b "$folder/cookies" -c "$folder/cookies" -o "$page" \
		-w '%{http_code} %header{location}\n' "${@:1:$#-1}" "$url$path"
}

# The value of a hidden field of the page.
hidden() {
	grep -o "name=\"$1\" value=\"[^\"]*\"" "$page" | head -n 1 | sed 's/.*value="//; s/"$//'
}

# expect STATUS "STATUS LOCATION" WHAT; leaves the location in $location.
expect() {
	[ "${2%% *}" = "$1" ] || fail "$3: status ${2%% *} instead of $1"
	location=${2#* }
}

open_page() {
	expect 200 "$(browse "$1")" "GET $1"
}

# press ACTION TEXT: sends the chat page's form and opens the page it leads to, $arrived.
press() {
	expect 303 "$(browse --data-urlencode "csrf=$(hidden csrf)" \
		--data-urlencode "nonce=$(hidden nonce)" \
		--data-urlencode "question_id=$(hidden question_id)" \
		--data-urlencode "answer=$2" --data-urlencode "action=$1" "$chat/turns")" "$1"
	arrived=${location%%#*}
	open_page "$arrived"
}

# The question that stands last in the talk, as text.
question() {
	tr '\n' ' ' <"$page" | sed 's/<\/li>/\n/g' | grep 'class="turn theirs question"' | tail -n 1 |
		sed "s/.*<p>//; s/<\/p>.*//; s/&#39;/'/g; s/&quot;/\"/g; s/&gt;/>/g; s/&lt;/</g; s/&amp;/\&/g"
}

tell "$name registers"
open_page /register
expect 303 "$(browse --data-urlencode "csrf=$(hidden csrf)" --data-urlencode "username=$name" \
	--data-urlencode "full_name=Curl Candidate" --data-urlencode "password=$password" \
	/register)" register

tell "$name starts an interview of three questions"
open_page "$location"
expect 303 "$(browse --data-urlencode "csrf=$(hidden csrf)" --data-urlencode "nonce=$(hidden nonce)" \
	-d role=backend -d level=junior -d type=technical -d language=en -d question_count=3 \
	/interviews)" start
chat=$location
open_page "$chat"

for answer in \
	"I would measure first, then change one thing, because guesses about speed are mostly wrong." \
	"An index makes reads faster and writes slower, so it pays where one reads far more often."; do
	asked=$(question)
	[ -n "$asked" ] || fail "no question is asked"
	tell "Interviewer: $asked"
	tell "$name: $answer"
	press say "$answer"
	grep -qF "${answer%%,*}" "$page" || fail "the answer does not stand in the talk"
done

tell "$name asks for a hint and gives the question up"
press hint ""
press dont_know ""

tell "$name has had enough"
press stop ""
grep -q 'value="finish"' "$page" || fail "no confirmation is asked for"
press finish ""
grep -q '<h1' "$page" || fail "the report has no heading"
report=$arrived
[[ $report = /reports/* ]] || fail "no report but $report"

tell "$name downloads the report"
open_page "$report/report.txt"
grep -q "Curl Candidate" "$page" || fail "the report does not name the candidate"
for heading in "Overall assessment" "Strengths" "Growth areas" "Recommendations for development"; do
	grep -qx " *$heading *" "$page" || fail "the report lacks the block $heading"
done
tell "$(grep -m 1 -i 'score' "$page" || true)"
tell "The end: $url$report"
