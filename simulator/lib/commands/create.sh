# shellcheck shell=sh
# docker create.

use containers images names policy digest client options create
advance

do_command() {
	create_options "$@" || return 0
	if [ "$left" -eq 0 ]; then
		complain "\"docker $name\" requires at least 1 argument."
		return
	fi
	shift $(($# - left))
	prefix=''
	create_container "$@" || return 0
	get "$c" id
	say "$got"
	spend 50
}
