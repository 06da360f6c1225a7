# shellcheck shell=sh
# docker buildx version.

do_command() {
	complain "docker: 'buildx' is not a docker command.${nl}See 'docker --help'"
}
