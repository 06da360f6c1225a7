# shellcheck shell=sh
# Tasks: t<N>_id, _v (service), _slot, _node, _ref (image reference), _spec (of what it is made), _want (Running, Ready or Shutdown), _st
# and _since (its state), _err, _at (when something happens to it next), _go (when a waiting one may run, '' = when the updater
# says so), _c (its container) and _bad (it is being stopped: asked, or unwell). A container of another node is a record
# like any other and in no list but `away`.

tget() {
	eval "got=\$t${1}_$2"
}

tset() {
	keep "t${1}_$2" "$3"
}

is_alive() {
	case $1 in
	Complete | Shutdown | Failed | Rejected) return 1 ;;
	*) ;;
	esac
}

# new_task SERVICE SLOT WANT GO -> $t
new_task() {
	keep tmade $((tmade + 1))
	t=$tmade
	keep raft $((raft + 1))
	swarm_id "task $t"
	eval "task_spec=\$v${1}_spec"
	value_of "$task_spec" image
	tset "$t" id "$digest"
	tset "$t" v "$1"
	tset "$t" slot "$2"
	tset "$t" node ''
	tset "$t" ref "$value"
	tset "$t" spec "$task_spec"
	tset "$t" want "$3"
	tset "$t" go "$4"
	tset "$t" c ''
	tset "$t" bad ''
	tset "$t" err ''
	tset "$t" at $((now + 100))
	set_task "$t" Pending
	keep tks "$t $tks"
}

# set_task TASK STATE
set_task() {
	tset "$1" st "$2"
	tset "$1" since "$now"
}

# step_task TASK: what is due
step_task() {
	eval "step_st=\$t${1}_st"
	tset "$1" at ''
	case $step_st in
	Pending) assign_task "$1" ;;
	Preparing) prepare_task "$1" ;;
	Ready)
		tset "$1" want Running
		run_task "$1"
		;;
	Starting | Running) watch_task "$1" ;;
	*) retry_task "$1" ;;
	esac
}

assign_task() {
	if ! choose_node "$1"; then
		tset "$1" err "$why"
		tset "$1" at $((now + 1000))
		return
	fi
	tset "$1" err ''
	tset "$1" node "$node"
	set_task "$1" Preparing
	eval "assign_ref=\$t${1}_ref"
	assign_ms=100
	have_image "$node" "$assign_ref" || assign_ms=900
	tset "$1" at $((now + assign_ms))
}

prepare_task() {
	eval "prepare_node=\$t${1}_node prepare_ref=\$t${1}_ref prepare_spec=\$t${1}_spec prepare_want=\$t${1}_want"
	value_of "$prepare_spec" auth
	if ! supply_image "$prepare_node" "$prepare_ref" "$value"; then
		end_task "$1" Rejected "No such image: $prepare_ref"
		return
	fi
	good_mounts || {
		end_task "$1" Rejected "$why"
		return
	}
	make_container "$1"
	if [ "$prepare_want" = Running ]; then
		run_task "$1"
	else
		set_task "$1" Ready
		tget "$1" go
		tset "$1" at "$got"
	fi
}

# Here, not sooner, somebody looks at where a mount comes from.
good_mounts() {
	values_of "$prepare_spec" mount || return 0
	split
	for mount in $values; do
		case $mount in
		/*) ;;
		*,type=bind | *,type=bind,readonly)
			why="invalid bind mount source, must be an absolute path: ${mount%%,target=*}"
			unsplit
			return 1
			;;
		*) ;;
		esac
	done
	unsplit
}

# run_task TASK: its process starts
run_task() {
	eval "run_c=\$t${1}_c"
	begin_run "$run_c" "$now"
	behaviour "$run_c"
	if has_check "$run_c"; then
		set_task "$1" Starting
	else
		set_task "$1" Running
	fi
	plan_task "$1"
}

# plan_task TASK: when to look at it again: when its process ends, or its health changes
plan_task() {
	eval "plan_c=\$t${1}_c plan_st=\$t${1}_st"
	eval "plan_at=\$k${plan_c}_at plan_t0=\$k${plan_c}_t0"
	behaviour "$plan_c"
	plan_look=''
	! has_check "$plan_c" || health_changes "$plan_st"
	if [ -n "$plan_look" ]; then
		plan_look=$((plan_t0 + plan_look))
		[ -n "$plan_at" ] && [ "$plan_at" -le "$plan_look" ] || plan_at=$plan_look
	fi
	tset "$1" at "$plan_at"
}

# health_changes STATE -> $plan_look: at which age of the container
health_changes() {
	if [ "$1" = Starting ]; then
		flag "$behaviour" ready || found=0
		plan_look=${found:-0}
		flag "$behaviour" interval || return 0
		[ "$plan_look" -gt 0 ] || plan_look=1
		plan_look=$(((plan_look + found - 1) / found * found))
		return
	fi
	flag "$behaviour" sick-after || flag "$behaviour" flaps || return 0
	plan_look=$found
}

# watch_task TASK: its process has ended, or its health is another one
watch_task() {
	eval "watch_c=\$t${1}_c watch_bad=\$t${1}_bad watch_st=\$t${1}_st"
	eval "watch_at=\$k${watch_c}_at watch_code=\$k${watch_c}_ev"
	if [ "$watch_bad" = lost ]; then
		lose_task "$1"
	elif [ -n "$watch_bad" ]; then
		stopped_task "$1" "$watch_bad"
	elif [ -n "$watch_at" ] && [ "$watch_at" -le "$now" ]; then
		end_run "$watch_c" "$watch_code" "$now"
		task_exit "$1" "$watch_code" ''
	else
		health "$watch_c"
		case $health in
		unhealthy) stop_task "$1" unwell ;;
		healthy)
			[ "$watch_st" = Running ] || set_task "$1" Running
			plan_task "$1"
			;;
		*) plan_task "$1" ;;
		esac
	fi
}

# lose_task TASK: its node does not answer
lose_task() {
	set_task "$1" Shutdown
	tset "$1" err ''
	replace_task "$1" 0
}

# task_exit TASK CODE SUFFIX
task_exit() {
	if [ "$2" -eq 0 ]; then
		end_task "$1" Complete ''
	else
		end_task "$1" Failed "task: non-zero exit ($2)$3"
	fi
}

# stop_task TASK asked|unwell: its process is told to end
stop_task() {
	eval "stop_c=\$t${1}_c stop_spec=\$t${1}_spec"
	tset "$1" bad "$2"
	value_of "$stop_spec" stop-grace-period 10000
	grace=$((value / 1000))
	stop_cost "$stop_c"
	# Another event of its container does not come any more.
	set_field "$stop_c" at ''
	tset "$1" at $((now + stop_ms))
}

# stopped_task TASK asked|unwell
stopped_task() {
	eval "stopped_c=\$t${1}_c"
	end_by_stop "$stopped_c"
	if [ "$2" = asked ]; then
		end_task "$1" Shutdown ''
	else
		task_exit "$1" "$code" ': dockerexec: unhealthy container'
	fi
}

# shut_task TASK: it is not wanted any more
shut_task() {
	eval "shut_st=\$t${1}_st shut_bad=\$t${1}_bad"
	tset "$1" want Shutdown
	case $shut_st in
	Starting | Running)
		[ -n "$shut_bad" ] || stop_task "$1" asked
		tset "$1" bad asked
		;;
	Pending | Preparing | Ready) end_task "$1" Shutdown '' ;;
	*) tset "$1" at '' ;;
	esac
}

# end_task TASK STATE ERROR: another one takes its place, unless nobody wants it
end_task() {
	set_task "$1" "$2"
	tset "$1" err "$3"
	tset "$1" at ''
	eval "end_want=\$t${1}_want end_go=\$t${1}_go"
	case $end_want in
	Running) replace_task "$1" ;;
	Ready)
		[ -z "$end_go" ] || [ "$end_go" -gt "$now" ] || end_go=$((now + 1))
		tset "$1" at "$end_go"
		;;
	*) tset "$1" spec '' ;;
	esac
}

# retry_task TASK: one that ended before it was to run
retry_task() {
	eval "retry_want=\$t${1}_want"
	[ "$retry_want" != Ready ] || replace_task "$1"
}

# replace_task TASK [DELAY]: as the restart condition of its service says
replace_task() {
	eval "replace_spec=\$t${1}_spec replace_st=\$t${1}_st replace_v=\$t${1}_v replace_slot=\$t${1}_slot"
	tset "$1" want Shutdown
	tset "$1" spec ''
	value_of "$replace_spec" restart-condition any
	case $value:$replace_st in
	none:* | on-failure:Complete) return 0 ;;
	*) ;;
	esac
	value_of "$replace_spec" restart-max-attempts 0
	[ "$value" -eq 0 ] || {
		sget "$replace_v" tries
		value_of "$got" "$replace_slot" 0
		replace_tries=$value
		value_of "$replace_spec" restart-max-attempts 0
		[ "$replace_tries" -lt "$value" ] || return 0
		without "$got" "$replace_slot"
		sset "$replace_v" tries "$nl$replace_slot=$((replace_tries + 1))$rest"
	}
	value_of "$replace_spec" restart-delay 5000
	value=${2:-$value}
	new_task "$replace_v" "$replace_slot" Ready $((now + value))
	forget_tasks "$replace_v" "$replace_slot"
}

# forget_tasks SERVICE SLOT: five of a slot are remembered
forget_tasks() {
	forget_count=0 forget_left=''
	for forget_i in $tks; do
		eval "forget_at=\$t${forget_i}_v/\$t${forget_i}_slot forget_st=\$t${forget_i}_st"
		if [ "$forget_at" = "$1/$2" ]; then
			forget_count=$((forget_count + 1))
			if [ "$forget_count" -gt 5 ] && ! is_alive "$forget_st"; then
				drop_task "$forget_i"
				continue
			fi
		fi
		forget_left="$forget_left$forget_i "
	done
	keep tks "$forget_left"
}

# drop_task TASK: its container goes along
drop_task() {
	eval "drop_c=\$t${1}_c"
	[ -n "$drop_c" ] || return 0
	drop_container "$drop_c"
	drop_away=''
	for drop_i in $away; do
		[ "$drop_i" = "$drop_c" ] || drop_away="$drop_away $drop_i"
	done
	keep away "$drop_away"
}
