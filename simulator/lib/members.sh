# shellcheck shell=sh
# Who runs in a network.

# list_members NETWORK -> $members: the containers that run in it, as lines of ID=NUMBER in the order of their ids
list_members() {
	members=''
	for member_i in $live; do
		is_member "$member_i" "$1" || continue
		eval "member_id=\$k${member_i}_id"
		insert "${members:-$nl}" "$member_id" "$member_i"
		members=$inserted
	done
}

# is_member N NETWORK
is_member() {
	eval "member_state=\$k${1}_st member_run=\$k${1}_runs"
	[ "$member_state" = running ] && find_attachment "$1" "$2" && [ "${nw_half%-}" != "$member_run" ]
}
