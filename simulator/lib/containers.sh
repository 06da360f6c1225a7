# shellcheck shell=sh
# Finding containers, and what happens to them while nobody calls: crashes, restarts, a stop that is under way.

# get N FIELD -> $got; set_field N FIELD VALUE
get() {
	eval "got=\$k${1}_$2"
}

set_field() {
	keep "k${1}_$2" "$3"
}

# find_container WORD -> $c, its number: full id, then name, then unique id prefix, as docker looks it up.
find_container() {
	c='' find_why="No such container: $1"
	find_name=${1#/}
	find_prefix=''
	for find_i in $live; do
		eval "find_id=\$k${find_i}_id find_label=\$k${find_i}_name"
		if [ "$find_id" = "$1" ]; then
			c=$find_i
			return 0
		fi
		[ "$find_label" != "$find_name" ] || c=$find_i
		case $find_id in
		"$1"*) find_prefix="$find_prefix $find_i" ;;
		*) ;;
		esac
	done
	[ -z "$c" ] || return 0
	[ -n "$1" ] || return 1
	case $find_prefix in
	'') return 1 ;;
	' '*' '*)
		find_why="Multiple IDs found with provided prefix: $1"
		return 1
		;;
	*) c=${find_prefix# } ;;
	esac
}

# find_name NAME -> $c: the container of exactly this name.
find_name() {
	c=''
	for find_i in $live; do
		eval "find_label=\$k${find_i}_name"
		[ "$find_label" != "$1" ] || c=$find_i
	done
	[ -n "$c" ]
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

# drop_container N
drop_container() {
	drop_live=''
	for drop_i in $live; do
		[ "$drop_i" = "$1" ] || drop_live="$drop_live $drop_i"
	done
	keep live "$drop_live"
}

# Brings every container up to $now. Only those with something ahead of them (k_at) cost anything.
advance() {
	for advance_i in $live; do
		while :; do
			eval "advance_at=\$k${advance_i}_at advance_event=\$k${advance_i}_ev"
			[ -n "$advance_at" ] && [ "$advance_at" -le "$now" ] || break
			case $advance_event in
			restart) run_again "$advance_i" "$advance_at" ;;
			stop) end_by_stop "$advance_i" ;;
			*) end_run "$advance_i" "$advance_event" "$advance_at" ;;
			esac
		done
	done
}

# behaviour N -> $behaviour of the container's image
behaviour() {
	get "$1" img
	eval "behaviour=\$m${got}_beh"
}

# begin_run N TIME: the process starts. The event ahead is its crash, named by its exit code.
begin_run() {
	behaviour "$1"
	get "$1" runs
	set_field "$1" runs $((got + 1))
	set_field "$1" st running
	set_field "$1" t0 "$2"
	set_field "$1" ev ''
	set_field "$1" at ''
	if flag "$behaviour" crash; then
		set_field "$1" ev "${found:-1}"
		flag "$behaviour" after || found=50
		set_field "$1" at $(($2 + found))
	fi
}

# run_again N TIME: the wait of a restart policy is over. Who cannot start then is not tried again.
run_again() {
	get "$1" nw
	# What nearly every container has costs nothing.
	[ "$got" = "${nl}bridge=///$nl" ] || {
		. "$lib/publishing.sh"
		. "$lib/lifecycle.sh"
		can_run "$1" || {
			set_ended "$1"
			return
		}
	}
	begin_run "$1" "$2"
}

# end_run N CODE TIME: the process ended by itself; the restart policy decides what comes.
end_run() {
	eval "end_policy=\$k${1}_pol end_max=\$k${1}_max end_count=\$k${1}_rc end_backoff=\$k${1}_bo end_since=\$k${1}_t0"
	set_field "$1" code "$2"
	end_again=no
	case $end_policy in
	always | unless-stopped) end_again=yes ;;
	on-failure)
		[ "$end_max" -ne 0 ] && [ "$end_count" -ge "$end_max" ] || end_again=yes
		[ "$2" -ne 0 ] || end_again=no
		;;
	*) ;;
	esac
	if [ "$end_again" = no ]; then
		set_ended "$1"
		return
	fi
	# A run of 10 s counts as a success: the wait before the next start begins again at 100 ms.
	[ $(($3 - end_since)) -lt 10000 ] || end_backoff=100
	set_field "$1" rc $((end_count + 1))
	set_field "$1" st restarting
	set_field "$1" ev restart
	set_field "$1" at $(($3 + end_backoff))
	[ "$end_backoff" -ge 60000 ] || end_backoff=$((end_backoff * 2))
	set_field "$1" bo "$end_backoff"
}

set_ended() {
	set_field "$1" st exited
	set_field "$1" ev ''
	set_field "$1" at ''
	get "$1" rm
	[ "$got" != true ] || drop_container "$1"
}

# end_by_stop N: the process ends because docker stop (or kill) asked; its exit code is what its image makes of TERM.
end_by_stop() {
	term_code "$1"
	set_field "$1" code "$code"
	set_field "$1" hand 1
	set_ended "$1"
}

# term_code N -> $code: how a container ends after TERM. With an init process nobody ignores it.
term_code() {
	behaviour "$1"
	code=0
	! flag "$behaviour" exit || code=$found
	if flag "$behaviour" ignores-term; then
		get "$1" init
		code=137
		[ "$got" != true ] || code=143
	fi
}

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
