#!/bin/bash
# Stands before the docker client on a test host's PATH. It notes every call in /var/lib/faults/calls, and when
# /var/lib/faults/plan says "ACTION WHEN NUMBER", does that at the NUMBER-th line of /var/lib/faults/changes, the calls
# that change the host (a pull is one):
#   ACTION  kill   SIGKILL to the script, as an out-of-memory killer would
#           hold   wait until /var/lib/faults/plan is gone, so that the test can interfere meanwhile
#   WHEN    before or after the call's effect
# /var/lib/faults/reached appears when it happens.
dir=/var/lib/faults
client=/opt/client/docker
printf '%s\n' "$*" >>"$dir/calls"

changes() {
	case $1 in
	pull | create | run | start | stop | kill | restart | rename | update | rm | rmi | tag) return 0 ;;
	network) case ${2:-} in create | rm | connect | disconnect) return 0 ;; *) return 1 ;; esac ;;
	service) case ${2:-} in create | update | rollback | rm) return 0 ;; *) return 1 ;; esac ;;
	container | image) changes "${2:-}" ;;
	*) return 1 ;;
	esac
}

# The script and every subshell of it between here and the SSH server; not what they started to call docker.
script_pids() {
	local pid=$PPID words
	while [ "$pid" -gt 1 ]; do
		words=$(tr '\0' ' ' <"/proc/$pid/cmdline")
		case $words in
		sshd*) return 0 ;;
		timeout*) ;;
		*) printf '%s ' "$pid" ;;
		esac
		pid=$(awk '/^PPid:/ { print $2 }' "/proc/$pid/status")
	done
}

strike() {
	: >"$dir/reached"
	case $action in
	kill)
		rm -f "$dir/plan"
		# shellcheck disable=SC2046 # a list of numbers
		kill -KILL $(script_pids)
		exit 137
		;;
	hold) while [ -e "$dir/plan" ]; do sleep 0.05; done ;;
	esac
}

changes "$@" || exec "$client" "$@"
printf '%s\n' "$*" >>"$dir/changes"
[ -e "$dir/plan" ] || exec "$client" "$@"
read -r action when number <"$dir/plan"
[ "$(wc -l <"$dir/changes")" -eq "$number" ] || exec "$client" "$@"
[ "$when" = after ] || strike
status=0
"$client" "$@" || status=$?
[ "$when" = before ] || strike
exit "$status"
