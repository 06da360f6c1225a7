# shellcheck shell=sh
# Names of containers.

# find_name NAME -> $c: the container of exactly this name.
find_name() {
	c=''
	for find_i in $live; do
		eval "find_label=\$k${find_i}_name"
		[ "$find_label" != "$1" ] || c=$find_i
	done
	[ -n "$c" ]
}

good_name() {
	case $1 in
	? | '' | [!A-Za-z0-9]* | *[!A-Za-z0-9_.-]*) return 1 ;;
	*) return 0 ;;
	esac
}

# name_taken NAME -> $name_taken: what docker says when container $c has it already
name_taken() {
	get "$c" id
	name_taken="Conflict. The container name \"/$1\" is already in use by container \"$got\". You have to remove (or rename) that container to be able to reuse that name."
}
