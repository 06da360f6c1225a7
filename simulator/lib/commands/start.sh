# shellcheck shell=sh
# docker start.

use containers publishing events start
advance

do_command() {
	start_failed=''
	for start_word; do
		case $start_word in
		-*)
			unsupported "docker start $start_word"
			return
			;;
		*) ;;
		esac
		if ! find_container "$start_word"; then
			no_container 'response from daemon'
		elif start_container "$c"; then
			say "$start_word"
			continue
		else
			complain "Error response from daemon: $why"
		fi
		start_failed="$start_failed${start_failed:+, }$start_word"
	done
	spend 200
	[ -z "$start_failed" ] || complain "Error: failed to start containers: $start_failed"
}
