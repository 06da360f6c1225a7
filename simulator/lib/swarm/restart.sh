# shellcheck shell=sh
# simctl: what the manager's engine makes of its swarm when it is back. Its tasks here have ended with their containers.

restart_swarm() {
	for swarm_i in $tks; do
		eval "restart_node=\$t${swarm_i}_node restart_st=\$t${swarm_i}_st restart_c=\$t${swarm_i}_c restart_want=\$t${swarm_i}_want"
		case $restart_node:$restart_st in
		1:Starting | 1:Running)
			get "$restart_c" code
			if [ "$restart_want" = Shutdown ]; then
				end_task "$swarm_i" Shutdown ''
			else
				task_exit "$swarm_i" "$got" ''
			fi
			;;
		*) ;;
		esac
	done
	for swarm_i in $svs; do
		sget "$swarm_i" us
		case $got in
		updating | rollback_started)
			sset "$swarm_i" again 1
			sset "$swarm_i" at $((now + 3000))
			;;
		*) ;;
		esac
	done
	plan_swarm
}
