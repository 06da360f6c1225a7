# shellcheck shell=sh
# Restart policies.

# parse_policy TEXT -> $policy $policy_max, or $why not (the daemon's words)
parse_policy() {
	policy=${1%%:*} policy_max=0
	case $1 in
	*:*) policy_max=${1#*:} ;;
	*) ;;
	esac
	case $policy in
	'' | no) policy=no ;;
	always | unless-stopped | on-failure) ;;
	*)
		why="invalid restart policy '$policy'"
		return 1
		;;
	esac
	if [ "$policy" != on-failure ] && [ "$policy_max" != 0 ]; then
		why="maximum retry count cannot be used with restart policy '$policy'"
		return 1
	fi
}
