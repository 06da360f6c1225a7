# shellcheck shell=sh
# The swarm's part of a state that is written anew.

SERVICE_FIELDS='id name idx spec conf pspec pconf us usm again at todo work new bad all end tries'
TASK_FIELDS='id v slot node ref spec want st since err at go c bad'

compact_swarm() {
	for compact_field in raft svs tks nodes vmade tmade away overlays secrets configs; do
		eval "keep \"\$compact_field\" \"\$$compact_field\""
	done
	keep_fields v "$svs" "$SERVICE_FIELDS"
	keep_fields t "$tks" "$TASK_FIELDS"
	keep_fields k "$away" "$CONTAINER_FIELDS"
	keep_fields n "$nodes" 'id st role lab digs'
}
