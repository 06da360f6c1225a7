# shellcheck shell=sh
# version, info, context inspect, buildx version: what is this docker?

do_version() {
	spend 10
	[ "${1-}" != -f ] && [ "${1-}" != --format ] || [ $# -ne 2 ] || set -- "--format=$2"
	case ${1-} in
	'--format={{.Server.Version}}{{range .Server.Components}} {{.Name}}{{end}}') say "$engine $components" ;;
	'--format={{.Server.Version}}' | '--format={{.Client.Version}}') say "$engine" ;;
	*) unsupported "docker version $*" ;;
	esac
}

show_client_version() {
	say "Docker version ${engine%%+*}, build simulated"
}

do_info() {
	spend 10
	[ "${1-}" != -f ] && [ "${1-}" != --format ] || [ $# -ne 2 ] || set -- "--format=$2"
	case ${1-} in
	'') say "Client:$nl Context:    default$nl${nl}Server:$nl Server Version: $engine" ;;
	'--format={{.ServerVersion}}') say "$engine" ;;
	*) unsupported "docker info $*" ;;
	esac
}

inspect_context() {
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

buildx_version() {
	complain "docker: 'buildx' is not a docker command.${nl}See 'docker --help'"
}
