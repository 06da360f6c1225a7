# shellcheck shell=sh
# rmi, image prune, tag: which references and images are here. Of its own, so that other calls need not read it.

# drop_reference LIST REF SHOWN
drop_reference() {
	eval "drop_list=\$$1"
	without "$drop_list" "$2"
	keep "$1" "$rest"
	say "Untagged: $3"
}

# drop_digests PREFIX: the image's digest references in one repository, or ('') all
drop_digests() {
	keys_of "$digs" "$img"
	for drop_key in $keys; do
		case $drop_key in
		"$1"*) drop_reference digs "$drop_key" "$drop_key" ;;
		*) ;;
		esac
	done
}

delete_image() {
	delete_imgs=''
	for delete_key in $imgs; do
		[ "$delete_key" = "$1" ] || delete_imgs="$delete_imgs $delete_key"
	done
	keep imgs "$delete_imgs"
	eval "say \"Deleted: sha256:\$m${1}_id\""
}

# find_user IMAGE [running] -> $c: the oldest container that uses the image.
find_user() {
	c=''
	for find_i in $live; do
		eval "find_image=\$k${find_i}_img find_state=\$k${find_i}_st"
		[ "$find_image" = "$1" ] || continue
		case ${2-}:$find_state in
		running:created | running:exited) ;;
		*) c=$find_i ;;
		esac
	done
	[ -n "$c" ]
}
