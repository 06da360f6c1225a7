# shellcheck shell=sh
# docker pull.

use images image-records registry pull

do_command() {
	pull_quiet=''
	while [ $# -gt 0 ]; do
		case $1 in
		--quiet | -q) pull_quiet=1 ;;
		-*)
			unsupported "docker pull $1"
			return
			;;
		*) break ;;
		esac
		shift
	done
	[ $# -eq 1 ] || {
		complain '"docker pull" requires exactly 1 argument.'
		return
	}
	parse_ref "$1" || {
		complain "$why"
		return
	}
	pull_image "$1" || {
		out=''
		complain "Error response from daemon: $why"
		return
	}
	[ -z "$pull_quiet" ] || out=''
	say "$shown"
}
