# shellcheck shell=sh
# Rolling updates, as the engine's updater makes them.
#
# v<N>_todo lists the slots that are still to be changed, _work has lines SLOT=PHASE for those that are being changed: old/TASK
# (stop-first: the old one is ending), run/TASK (the new one is coming up), rest/TIME (the delay before the next slot).
# _new has lines TASK=TIME for the tasks that this update made: since when each runs, or -. _bad counts those that failed,
# _all the slots that were to be changed, _end is when the watch over them ends. _at: when to look at the service.

# begin_update SERVICE: its specification is another one, or some other reason to compare it with what runs
begin_update() {
	sset "$1" todo ''
	sset "$1" work "$nl"
	sset "$1" new "$nl"
	sset "$1" bad 0
	sset "$1" end ''
	sset "$1" at ''
	fit_slots "$1"
	list_dirty "$1"
	eval "begin_us=\$v${1}_us"
	sset "$1" all "$dirty_count"
	if [ "$dirty_count" -eq 0 ]; then
		finish_update "$1"
		return
	fi
	case $begin_us in
	'') set_update "$1" updating 'update in progress' ;;
	updating | rollback_started) ;;
	*) return ;;
	esac
	sset "$1" todo "$dirty"
	pump_update "$1"
}

# set_update SERVICE STATE MESSAGE
set_update() {
	sset "$1" us "$2"
	sset "$1" usm "$3"
	next_version "$1"
}

# finish_update SERVICE: nothing is left to do
finish_update() {
	sset "$1" all 0
	sset "$1" at ''
	eval "finish_us=\$v${1}_us"
	case $finish_us in
	updating) set_update "$1" completed 'update completed' ;;
	rollback_started) set_update "$1" rollback_completed 'rollback completed' ;;
	*) ;;
	esac
}

# fit_slots SERVICE: as many as there shall be
fit_slots() {
	eval "fit_conf=\$v${1}_conf"
	value_of "$fit_conf" replicas 1
	fit_max=$value fit_slot=1
	while [ "$fit_slot" -le "$fit_max" ]; do
		slot_tasks "$1" "$fit_slot"
		[ -n "$slot_tasks" ] || new_task "$1" "$fit_slot" Running ''
		fit_slot=$((fit_slot + 1))
	done
	for fit_i in $tks; do
		eval "fit_v=\$t${fit_i}_v fit_slot=\$t${fit_i}_slot fit_want=\$t${fit_i}_want"
		[ "$fit_v:$fit_want" = "$1:Shutdown" ] || [ "$fit_v" != "$1" ] || [ "$fit_slot" -le "$fit_max" ] || shut_task "$fit_i"
	done
}

# slot_tasks SERVICE SLOT -> $slot_tasks: the tasks there that somebody wants
slot_tasks() {
	slot_tasks=''
	for slot_i in $tks; do
		eval "slot_at=\$t${slot_i}_v/\$t${slot_i}_slot slot_want=\$t${slot_i}_want"
		[ "$slot_at" != "$1/$2" ] || [ "$slot_want" = Shutdown ] || slot_tasks="$slot_tasks $slot_i"
	done
}

# list_dirty SERVICE -> $dirty: the slots whose task is not made as the specification says, $dirty_count of them
list_dirty() {
	eval "dirty_spec=\$v${1}_spec"
	dirty='' dirty_count=0 dirty_slot=1
	while [ "$dirty_slot" -le "$fit_max" ]; do
		slot_tasks "$1" "$dirty_slot"
		case $slot_tasks in
		' '*' '*) dirty_is=1 ;;
		*)
			eval "dirty_has=\$t${slot_tasks# }_spec dirty_st=\$t${slot_tasks# }_st dirty_again=\$v${1}_again"
			# Who begins anew looks after those as well that do not run yet.
			dirty_is=1
			[ "$dirty_has" != "$dirty_spec" ] || { [ -n "$dirty_again" ] && [ "$dirty_st" != Running ]; } || dirty_is=''
			;;
		esac
		[ -z "$dirty_is" ] || dirty="$dirty $dirty_slot" dirty_count=$((dirty_count + 1))
		dirty_slot=$((dirty_slot + 1))
	done
}

# update_setting SERVICE KEY DEFAULT -> $value: of the update, or of the rollback that is under way
update_setting() {
	eval "setting_conf=\$v${1}_conf setting_us=\$v${1}_us"
	case $setting_us in
	rollback_started) value_of "$setting_conf" "rollback-$2" "$3" ;;
	*) value_of "$setting_conf" "update-$2" "$3" ;;
	esac
}

# pump_update SERVICE: takes the update as far as it comes now
pump_update() {
	eval "pump_us=\$v${1}_us pump_all=\$v${1}_all"
	case $pump_us:$pump_all in
	updating:0 | rollback_started:0) return 0 ;;
	updating:* | rollback_started:*) ;;
	*) return 0 ;;
	esac
	sset "$1" at ''
	! count_failures "$1" || return 0
	update_setting "$1" order stop-first
	pump_order=$value
	update_setting "$1" delay 0
	pump_delay=$value
	go_on "$1"
	begin_slots "$1"
	eval "pump_todo=\$v${1}_todo pump_work=\$v${1}_work"
	[ -n "$pump_todo" ] || [ "$pump_work" != "$nl" ] || watch_update "$1"
}

# count_failures SERVICE: of its new tasks; true when that ended the update
count_failures() {
	eval "count_left=\$v${1}_new count_bad=\$v${1}_bad count_all=\$v${1}_all"
	update_setting "$1" failure-action pause
	count_action=$value
	update_setting "$1" monitor 5000
	count_ms=$value
	update_setting "$1" max-failure-ratio 0
	count_ratio=$value
	count_left=${count_left#"$nl"} count_new=$nl count_last=''
	while [ -n "$count_left" ]; do
		count_task "${count_left%%"$nl"*}"
		count_left=${count_left#*"$nl"}
	done
	sset "$1" new "$count_new"
	[ -n "$count_last" ] && [ "$count_action" != continue ] || return 1
	sset "$1" bad "$count_bad"
	[ $((count_bad * 1000)) -gt $((count_ratio * count_all)) ] || return 1
	tget "$count_last" id
	fail_update "$1" "due to failure or early termination of task $got"
}

# count_task TASK=TIME
count_task() {
	count_since=${1#*=}
	eval "count_st=\$t${1%%=*}_st count_want=\$t${1%%=*}_want count_when=\$t${1%%=*}_since count_asked=\$t${1%%=*}_bad"
	case $count_st in
	Running) [ "$count_since" != - ] || count_since=$count_when ;;
	Complete | Failed | Rejected | Shutdown)
		if [ "$count_asked" != asked ] && { [ "$count_since" = - ] || [ $((count_when - count_since)) -le "$count_ms" ]; }; then
			count_bad=$((count_bad + 1))
			count_last=${1%%=*}
		fi
		return
		;;
	*) ;;
	esac
	count_new=$count_new${1%%=*}=$count_since$nl
}

# fail_update SERVICE REASON: too many failed
fail_update() {
	sset "$1" all 0
	case $count_action:$setting_us in
	*:rollback_started) set_update "$1" rollback_paused "rollback paused $2" ;;
	rollback:*) turn_back "$1" "update rolled back $2" ;;
	*) set_update "$1" paused "update paused $2" ;;
	esac
}

# turn_back SERVICE MESSAGE: by itself. What was tried is forgotten.
turn_back() {
	for turn_field in spec conf; do
		eval "sset \"\$1\" \"\$turn_field\" \"\$v${1}_p$turn_field\""
		sset "$1" "p$turn_field" ''
	done
	set_update "$1" rollback_started "$2"
	# Whatever is due then: the new updater begins.
	sset "$1" again 1
	sset "$1" at $((now + 1))
}

# go_on SERVICE: slots that are being changed
go_on() {
	eval "go_left=\$v${1}_work"
	go_left=${go_left#"$nl"} go_work=$nl
	while [ -n "$go_left" ]; do
		go_line=${go_left%%"$nl"*}
		go_left=${go_left#*"$nl"}
		go_slot=${go_line%%=*} go_what=${go_line#*=}
		case $go_what in
		old/*) end_old "$1" "$go_slot" "${go_what#*/}" ;;
		*) ;;
		esac
		case $go_what in
		run/*) see_running "$1" "$go_slot" "${go_what#*/}" ;;
		*) ;;
		esac
		case $go_what in
		rest/*)
			[ "${go_what#*/}" -gt "$now" ] || continue
			wake_service "$1" "${go_what#*/}"
			;;
		*) ;;
		esac
		go_work=$go_work$go_slot=$go_what$nl
	done
	sset "$1" work "$go_work"
}

# end_old SERVICE SLOT TASK: stop-first: when the others have ended, it may run
end_old() {
	for old_i in $tks; do
		eval "old_at=\$t${old_i}_v/\$t${old_i}_slot old_st=\$t${old_i}_st"
		[ "$old_at" != "$1/$2" ] || [ "$old_i" = "$3" ] || ! is_alive "$old_st" || return 0
	done
	go_what=run/$3
	eval "old_st=\$t${3}_st old_want=\$t${3}_want"
	[ "$old_want" = Ready ] || return 0
	if [ "$old_st" = Ready ]; then
		tset "$3" at "$now"
	elif is_alive "$old_st"; then
		tset "$3" want Running
	else
		replace_task "$3"
	fi
}

# see_running SERVICE SLOT TASK: the slot is done when it runs, or never will
see_running() {
	eval "see_st=\$t${3}_st"
	if [ "$see_st" = Running ]; then
		[ "$pump_order" = stop-first ] || shut_others "$1" "$2" "$3"
	elif is_alive "$see_st"; then
		return
	fi
	go_what=rest/$((now + pump_delay))
}

# shut_others SERVICE SLOT TASK
shut_others() {
	slot_tasks "$1" "$2"
	for shut_i in $slot_tasks; do
		[ "$shut_i" = "$3" ] || shut_task "$shut_i"
	done
}

# begin_slots SERVICE: as many at once as it may
begin_slots() {
	update_setting "$1" parallelism 1
	slots_max=$value
	eval "set -- \"\$1\" \$v${1}_todo"
	slots_v=$1
	shift
	while [ $# -gt 0 ]; do
		eval "slots_work=\$v${slots_v}_work"
		count_lines "$slots_work"
		[ "$slots_max" -eq 0 ] || [ "$lines" -lt "$slots_max" ] || break
		begin_slot "$slots_v" "$1"
		shift
	done
	sset "$slots_v" todo "$*"
}

# count_lines LIST -> $lines
count_lines() {
	lines=0
	split
	for lines_line in $1; do
		lines=$((lines + 1))
	done
	unsplit
}

# begin_slot SERVICE SLOT: one that is made as it shall be stays
begin_slot() {
	eval "slot_spec=\$v${1}_spec"
	slot_tasks "$1" "$2"
	for slot_clean in $slot_tasks; do
		eval "slot_has=\$t${slot_clean}_spec slot_st=\$t${slot_clean}_st"
		[ "$slot_has" = "$slot_spec" ] && is_alive "$slot_st" || continue
		shut_others "$1" "$2" "$slot_clean"
		slot_what=rest/$((now + pump_delay))
		wake_service "$1" $((now + pump_delay))
		sset "$1" work "$slots_work$2=$slot_what$nl"
		return
	done
	if [ "$pump_order" = start-first ]; then
		new_task "$1" "$2" Running ''
		slot_what=run/$t
	else
		shut_others "$1" "$2" ''
		new_task "$1" "$2" Ready ''
		slot_what=old/$t
	fi
	forget_tasks "$1" "$2"
	eval "sset \"\$1\" new \"\$v${1}_new\$t=-\$nl\""
	sset "$1" work "$slots_work$2=$slot_what$nl"
}

# watch_update SERVICE: all are changed; do they stay well?
watch_update() {
	eval "watch_end=\$v${1}_end"
	if [ -z "$watch_end" ]; then
		watch_end=$((now + count_ms))
		[ "$count_action" != continue ] || watch_end=$now
		sset "$1" end "$watch_end"
	fi
	if [ "$watch_end" -le "$now" ]; then
		finish_update "$1"
	else
		wake_service "$1" "$watch_end"
	fi
}

# wake_service SERVICE TIME
wake_service() {
	eval "wake_at=\$v${1}_at"
	[ -n "$wake_at" ] && [ "$wake_at" -le "$2" ] || sset "$1" at "$2"
}
