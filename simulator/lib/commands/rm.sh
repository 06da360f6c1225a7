# shellcheck shell=sh
# docker rm.

use containers
advance

do_command() {
	rm_force='' rm_volumes=''
	while [ $# -gt 0 ]; do
		case $1 in
		--volumes | -v) rm_volumes=1 ;;
		--force | -f) rm_force=1 ;;
		-vf | -fv) rm_volumes=1 rm_force=1 ;;
		-*)
			unsupported "docker rm $1"
			return
			;;
		*) break ;;
		esac
		shift
	done
	for rm_word; do
		if ! find_container "$rm_word"; then
			no_container
			continue
		fi
		eval "rm_state=\$k${c}_st rm_id=\$k${c}_id"
		case $rm_force:$rm_state in
		:running | :restarting)
			complain "Error response from daemon: You cannot remove a $rm_state container $rm_id. Stop the container before attempting removal or force remove"
			continue
			;;
		*) ;;
		esac
		[ -z "$rm_volumes" ] || drop_volumes "$c"
		drop_container "$c"
		say "$rm_word"
	done
	spend 30
}

# Anonymous volumes go with `rm -v` only; named ones stay.
drop_volumes() {
	get "$1" vols
	for drop_volume in $got; do
		without "$vols" "$drop_volume"
		keep vols "$rest"
	done
}
