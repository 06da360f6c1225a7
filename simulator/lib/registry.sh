# shellcheck shell=sh
# The registry, as pull, push and login reach it. Its log has the images' records too, so that several hosts can share it:
# `reg` and `regd` are lines reference=image, reg_mode is up or down (reg_down: hosts that are),
# reg_user and reg_pass guard it (reg_host: only there).

# shellcheck disable=SC2120 # called without arguments on purpose
load_registry() {
	registry_file=${SIM_REGISTRY:-$SIM_STATE/registry}
	reg_tx=''
	# shellcheck source=/dev/null
	. "$registry_file"
}

# keep_registry NAME VALUE: the same in the registry's log.
keep_registry() {
	eval "$1=\$2"
	quote "$2"
	reg_tx="$reg_tx$1=$quoted$nl"
}

# host_of REPOSITORY -> $host, the registry's address
host_of() {
	case $1 in
	*/*) host=${1%%/*} ;;
	*) host='' ;;
	esac
	case $host in
	*.* | *:* | localhost) ;;
	*) host=docker.io ;;
	esac
}

# reach_registry PATH: or $why not, in the daemon's words
reach_registry() {
	if ! registry_is_up; then
		why="Get \"https://$host/v2/\": dial tcp $host: connect: connection refused"
		return 1
	fi
	is_guarded || return 0
	use auths
	split_auths
	case $login in
	"$reg_auth") return 0 ;;
	'') why="Head \"https://$host/v2/$1\": no basic auth credentials" ;;
	*) why="Head \"https://$host/v2/$1\": unauthorized: authentication required" ;;
	esac
	return 1
}

# Both of the registry at $host.
registry_is_up() {
	[ "$reg_mode" = up ] && ! has "$reg_down" "$host"
}

is_guarded() {
	[ -n "$reg_user" ] && [ "${reg_host:-$host}" = "$host" ]
}
