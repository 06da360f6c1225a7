# shellcheck shell=sh
# simctl: the daemon stops and starts again.

# What a connect that failed left was in the daemon's memory only: on the disk is what the container was attached to.
forget_halves() { # N
	get "$1" nw
	halves=$got
	nw_left=$got
	while next_attachment; do
		[ -z "$nw_half" ] || {
			without "$halves" "$nw_name"
			halves=$rest
		}
	done
	get "$1" nw
	[ "$got" = "$halves" ] || set_field "$1" nw "$halves"
}

# After a clean stop the processes have ended as by `docker stop`, after a power cut as nobody knows (255). Then
# the policies: always starts whatever was started once, on-failure what ended badly, unless-stopped what nobody
# stopped by hand (engine 20.10).
restart_daemon() {
	was_running=''
	for i in $live; do
		eval "state=\$k${i}_st"
		case $state in
		running | restarting)
			term_code "$i"
			[ "$1" = clean ] || {
				code=255
				forget_halves "$i"
			}
			set_field "$i" code "$code"
			set_ended "$i"
			;;
		*) ;;
		esac
	done
	[ "$swarm" != manager ] || {
		use swarm/advance swarm/restart
		restart_swarm
	}
	spend 2000
	for i in $live; do
		eval "state=\$k${i}_st policy=\$k${i}_pol code=\$k${i}_code hand=\$k${i}_hand"
		case $state:$policy:$hand in
		exited:always:* | exited:unless-stopped:) start_container "$i" || : ;;
		exited:on-failure:*) [ "$code" -eq 0 ] || start_container "$i" || : ;;
		*) ;;
		esac
	done
}
