# shellcheck shell=sh
# Brings the swarm up to now, one thing after the other: what happens to a task, then what its service makes of it.

use health events images image-records registry swarm/services swarm/nodes swarm/tasks swarm/containers swarm/updater

advance_swarm() {
	swarm_now=$now
	while [ -n "$swarm_at" ] && [ "$swarm_at" -le "$swarm_now" ]; do
		now=$swarm_at
		for swarm_i in $tks; do
			eval "due=\$t${swarm_i}_at"
			[ -z "$due" ] || [ "$due" -gt "$now" ] || step_task "$swarm_i"
		done
		for swarm_i in $svs; do
			step_service "$swarm_i"
		done
		plan_swarm
	done
	now=$swarm_now
}

# step_service SERVICE
step_service() {
	eval "step_again=\$v${1}_again step_at=\$v${1}_at"
	if [ -n "$step_again" ]; then
		[ "$step_at" -le "$now" ] || return 0
		begin_update "$1"
		sset "$1" again ''
	else
		pump_update "$1"
	fi
}

# plan_swarm -> swarm_at
plan_swarm() {
	plan_next=''
	for plan_i in $tks; do
		eval "sooner \"\$t${plan_i}_at\""
	done
	for plan_i in $svs; do
		eval "sooner \"\$v${plan_i}_at\""
	done
	[ "$plan_next" = "$swarm_at" ] || keep swarm_at "$plan_next"
}

# sooner TIME -> $plan_next: this one, if it comes before
sooner() {
	[ -n "$1" ] || return 0
	[ -n "$plan_next" ] && [ "$plan_next" -le "$1" ] || plan_next=$1
}

# settle_swarm: after a change: what follows at once
settle_swarm() {
	keep swarm_at "$now"
	advance_swarm
}
