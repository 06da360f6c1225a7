# shellcheck shell=sh
# Back to the specification of before, on request: the two change places.

# roll_back SERVICE
roll_back() {
	eval "back_pspec=\$v${1}_pspec back_pconf=\$v${1}_pconf back_id=\$v${1}_id"
	[ -n "$back_pspec" ] || {
		complain "Error response from daemon: rpc error: code = FailedPrecondition desc = service $back_id does not have a previous spec"
		return 1
	}
	for back_field in spec conf; do
		eval "sset \"\$1\" \"p\$back_field\" \"\$v${1}_$back_field\""
		eval "sset \"\$1\" \"\$back_field\" \"\$back_p$back_field\""
	done
	set_update "$1" rollback_started 'manually requested rollback'
	sset "$1" again ''
	begin_update "$1"
	settle_swarm
}
