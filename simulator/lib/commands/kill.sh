# shellcheck shell=sh
# docker kill.

use containers events
advance

do_command() {
	for kill_word; do
		case $kill_word in
		-*)
			unsupported "docker kill $kill_word"
			return
			;;
		*) ;;
		esac
		if ! find_container "$kill_word"; then
			complain "Error response from daemon: Cannot kill container: $kill_word: $find_why"
			continue
		fi
		eval "kill_state=\$k${c}_st kill_id=\$k${c}_id"
		if [ "$kill_state" != running ]; then
			complain "Error response from daemon: Cannot kill container: $kill_word: Container $kill_id is not running"
			continue
		fi
		end_by_stop "$c"
		set_field "$c" code 137
		say "$kill_word"
	done
	spend 100
}
