# shellcheck shell=sh
# docker version.

do_command() {
	spend 10
	[ "${1-}" != -f ] && [ "${1-}" != --format ] || [ $# -ne 2 ] || set -- "--format=$2"
	case ${1-} in
	'--format={{.Server.Version}}{{range .Server.Components}} {{.Name}}{{end}}') say "$engine $components" ;;
	'--format={{.Server.Version}}' | '--format={{.Client.Version}}') say "$engine" ;;
	*) unsupported "docker version $*" ;;
	esac
}
