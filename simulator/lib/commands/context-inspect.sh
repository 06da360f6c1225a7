# shellcheck shell=sh
# docker context inspect.

do_command() {
	[ "${1-}" != -f ] && [ "${1-}" != --format ] || [ $# -lt 2 ] || {
		context_format=$2
		shift 2
		set -- "--format=$context_format" "$@"
	}
	case $# in
	1) ;;
	2) [ "$2" = default ] || {
		out=$nl
		complain "context \"$2\" does not exist"
		return
	} ;;
	*)
		unsupported "docker context inspect $*"
		return
		;;
	esac
	case $1 in
	'--format={{.Endpoints.docker.Host}}') say "$address" ;;
	*) unsupported "docker context inspect $*" ;;
	esac
}
