# shellcheck shell=sh
# docker --version.

do_command() {
	say "Docker version ${engine%%+*}, build simulated"
}
