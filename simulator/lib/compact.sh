# shellcheck shell=sh
# The state log grows with each change; now and then it is written anew.

CONTAINER_FIELDS='id name img ref st code rc pol max rm init labels ports net hc t0 ev at hand bo runs vols
 nw pub'
GLOBAL_FIELDS='commits created made live tags digs imgs nets vols next_ids engine components
 daemon context swarm swarm_at'

# Rewrites the log as the assignments that still matter; otherwise a long scenario would load slower and slower.
compact_state() {
	tx=''
	for compact_field in $GLOBAL_FIELDS; do
		eval "keep \"\$compact_field\" \"\$$compact_field\""
	done
	for compact_i in $live; do
		for compact_field in $CONTAINER_FIELDS; do
			eval "keep \"k${compact_i}_$compact_field\" \"\$k${compact_i}_$compact_field\""
		done
	done
	for compact_i in $nets; do
		for compact_field in id int sub lab; do
			eval "keep \"w${compact_i##*=}_$compact_field\" \"\$w${compact_i##*=}_$compact_field\""
		done
	done
	for compact_i in $known; do
		for compact_field in id dig ver beh lab; do
			eval "keep \"m${compact_i}_$compact_field\" \"\$m${compact_i}_$compact_field\""
		done
	done
	keep known "$known"
	[ -z "$swarm" ] || {
		use swarm/compact
		compact_swarm
	}
	printf '%s' "$tx" >"$SIM_STATE/state.new"
	mv "$SIM_STATE/state.new" "$SIM_STATE/state"
	tx=''
}
