# shellcheck shell=sh
# docker image prune.

use containers images untag
advance

# Only images without a tag that carry the label: a prune that forgets its filter is not taught.
do_command() {
	prune_force='' prune_label=''
	while [ $# -gt 0 ]; do
		case $1 in
		--force | -f) prune_force=1 ;;
		--filter)
			case ${2-} in
			label=*) prune_label=${2#label=} ;;
			dangling=true | dangling=1) ;;
			*)
				unsupported "docker image prune --filter ${2-}"
				return
				;;
			esac
			shift
			;;
		--filter=label=*) prune_label=${1#--filter=label=} ;;
		--filter=dangling=true) ;;
		*)
			unsupported "docker image prune $1"
			return
			;;
		esac
		shift
	done
	[ -n "$prune_force" ] && [ -n "$prune_label" ] || {
		unsupported "docker image prune without --force or without a label"
		return
	}
	prune_labelled
	spend 50
}

prune_labelled() {
	pruned=''
	for prune_key in $imgs; do
		eval "prune_labels=\$m${prune_key}_lab"
		keys_of "$tags" "$prune_key"
		label_matches "$prune_labels" "$prune_label" || continue
		[ "$key_count" -eq 0 ] || continue
		! find_user "$prune_key" || continue
		img=$prune_key
		prune_out=$out
		drop_digests ''
		delete_image "$prune_key"
		out=$prune_out
		eval "pruned=\"\${pruned}deleted: sha256:\$m${prune_key}_id\$nl\""
	done
	[ -z "$pruned" ] || out="${out}Deleted Images:$nl$pruned$nl"
	say "Total reclaimed space: 0B"
}
