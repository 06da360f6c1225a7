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
	keep_fields k "$live" "$CONTAINER_FIELDS"
	keep_fields w "$nets" 'id int sub lab'
	keep_fields m "$known" 'id dig ver beh lab'
	keep known "$known"
	[ -z "$swarm" ] || {
		use swarm/compact
		compact_swarm
	}
	printf '%s' "$tx" >"$SIM_STATE/state.new"
	mv "$SIM_STATE/state.new" "$SIM_STATE/state"
	tx=''
}

# keep_fields PREFIX LIST FIELDS: of each thing in the list, which is a number or NAME=NUMBER
keep_fields() {
	for compact_i in $2; do
		for compact_field in $3; do
			eval "keep \"$1${compact_i##*=}_$compact_field\" \"\$$1${compact_i##*=}_$compact_field\""
		done
	done
}
