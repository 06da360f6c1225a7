# shellcheck shell=sh
# docker rename.

use containers names
advance

do_command() {
	[ $# -eq 2 ] || {
		complain '"docker rename" requires exactly 2 arguments.'
		return
	}
	spend 20
	if ! find_container "$1"; then
		complain "Error response from daemon: $find_why"
	else
		rename_container "$c" "${2#/}"
	fi
	[ "$rc" -eq 0 ] || complain "Error: failed to rename container named $1"
}

# rename_container N NAME
rename_container() {
	get "$1" name
	if [ "$got" = "$2" ]; then
		complain "Error response from daemon: Renaming a container with the same name as its current name"
	elif ! good_name "$2"; then
		complain "Error response from daemon: Error when allocating new name: Invalid container name (/$2), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed"
	elif find_name "$2"; then
		name_taken "$2"
		complain "Error response from daemon: Error when allocating new name: $name_taken"
	else
		set_field "$1" name "$2"
	fi
}
