# shellcheck shell=sh
# Is a container well?

# health N -> $health: none, starting, healthy or unhealthy; $answers: 0, or why HTTP does not answer (refused, 503)
health() {
	behaviour "$1"
	eval "health_state=\$k${1}_st health_since=\$k${1}_t0"
	health='' answers=refused
	if [ "$health_state" = running ]; then
		flag "$behaviour" ready || found=0
		health_age=$((now - health_since))
		health_ready=${found:-0}
		if [ "$health_age" -ge "$health_ready" ]; then
			app_health
		else
			health=starting
		fi
		! flag "$behaviour" interval || looked_at "$found" || health=starting
	elif [ "$health_state" = created ]; then
		health=none
	else
		health=unhealthy
	fi
	has_check "$1" || health=none
}

# has_check N: has it a HEALTHCHECK? Needs its $behaviour.
has_check() {
	get "$1" hc
	case $got in
	yes) ;;
	no) return 1 ;;
	*) flag "$behaviour" healthcheck ;;
	esac
}

# looked_at MS: has docker, which looks every so often, seen the app up?
looked_at() {
	looked_age=$((health_age / $1 * $1))
	[ "$looked_age" -ge "$1" ] && [ "$looked_age" -ge "$health_ready" ]
}

# The app is up: is it well? Sets $health and $answers.
app_health() {
	health=healthy answers=0
	if flag "$behaviour" unhealthy; then
		health=unhealthy
	elif flag "$behaviour" sick-after && [ "$health_age" -ge "$found" ]; then
		health=unhealthy
	elif flag "$behaviour" flaps && [ $((health_age / found % 2)) -eq 1 ]; then
		health=unhealthy
	fi
	[ "$health" = healthy ] || answers=503
	! flag "$behaviour" http || answers=$found
}
