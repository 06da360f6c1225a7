# shellcheck shell=sh
# What happens to a container while nobody calls: crashes, restarts, a stop that is under way.

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
		use publishing start
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

# stop_cost N -> $stop_ms: how long it takes to stop within $grace seconds
stop_cost() {
	term_code "$1"
	stop_ms=100
	[ "$code" -ne 137 ] || stop_ms=$((grace * 1000))
	! flag "$behaviour" stop || stop_ms=$found
	[ "$stop_ms" -le $((grace * 1000)) ] || stop_ms=$((grace * 1000))
}
