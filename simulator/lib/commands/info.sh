# shellcheck shell=sh
# docker info.

do_command() {
	spend 10
	[ "${1-}" != -f ] && [ "${1-}" != --format ] || [ $# -ne 2 ] || set -- "--format=$2"
	case ${1-} in
	'') say "Client:$nl Context:    default$nl${nl}Server:$nl Server Version: $engine" ;;
	'--format={{.ServerVersion}}') say "$engine" ;;
	'--format={{.Swarm.LocalNodeState}} {{.Swarm.ControlAvailable}}')
		case $swarm in
		manager) say 'active true' ;;
		worker) say 'active false' ;;
		*) say 'inactive false' ;;
		esac
		;;
	*) unsupported "docker info $*" ;;
	esac
}
