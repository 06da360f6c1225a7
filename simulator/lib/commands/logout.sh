# shellcheck shell=sh
# docker logout.

use auths

do_command() {
	host=${1:-docker.io}
	split_auths
	if [ -n "$login" ]; then
		say "Removing login credentials for $host"
		write_login ''
	else
		say "Not logged in to $host"
	fi
}
