# shellcheck shell=sh
# The swarm's part of a state that is written anew.

SERVICE_FIELDS='id name idx spec conf pspec pconf us usm again at todo work new bad all end tries'
TASK_FIELDS='id v slot node ref spec want st since err at go c bad'

compact_swarm() {
	for compact_field in raft svs tks nodes vmade tmade away overlays secrets configs; do
		eval "keep \"\$compact_field\" \"\$$compact_field\""
	done
	for compact_i in $svs; do
		for compact_field in $SERVICE_FIELDS; do
			eval "keep \"v${compact_i}_$compact_field\" \"\$v${compact_i}_$compact_field\""
		done
	done
	for compact_i in $tks; do
		for compact_field in $TASK_FIELDS; do
			eval "keep \"t${compact_i}_$compact_field\" \"\$t${compact_i}_$compact_field\""
		done
	done
	for compact_i in $away; do
		for compact_field in $CONTAINER_FIELDS; do
			eval "keep \"k${compact_i}_$compact_field\" \"\$k${compact_i}_$compact_field\""
		done
	done
	for compact_i in $nodes; do
		for compact_field in id st role lab digs; do
			eval "keep \"n${compact_i##*=}_$compact_field\" \"\$n${compact_i##*=}_$compact_field\""
		done
	done
}
