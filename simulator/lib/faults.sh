# shellcheck shell=sh
# Faults: what goes wrong at the n-th call. SIM_FAULT or $SIM_STATE/fault holds one or more of these, separated
# by ';', each a few words:
#   at=N          the N-th docker call since the fault was set       at=N+   that one and every later one
#   call=NAME     count only calls of this sub-command (stop, "container inspect" is container-inspect)
#   nth=N, nth=N+ the same as at=, reads better with call=           (without a number: the first)
#   do=ACTION     fail-before fail-after hang-before hang-after kill-before kill-after kill-during term int hup
#                 answer: the call has its effect, but docker prints what simctl answer said
#                 full: from now on the script cannot write to any file, as on a full disk
#                 hook: the shell script $SIM_STATE/hook runs, whatever it does
#                 note: what there is before the call is added to $SIM_STATE/notes, whatever else a fault does to it
#   rc=N          the exit status of fail-* (1)
#   any other word is ignored, so that the same fault can be set again under another name
# kill-* sends SIGKILL to the script that called; term, int, hup, full and hook come before the call has its effect.
# kill-during leaves `docker stop` under way in the daemon, as a client that dies does. The script is
# SIM_SCRIPT_PID, or else the outermost ancestor with the command line of our parent (subshells share it).
# hang-* under the simulated timeout ends with 124 at once, otherwise it really waits (600 seconds). With SIM_HANG=told it
# waits, limit or not, until $SIM_STATE/told is there (or the host is no more), and ends well: a call that is only slow.

# choose_fault NAME -> $fault: the action for this call, or nothing. Counts are kept in $SIM_STATE/fault-count.
choose_fault() {
	fault='' fault_rc=1
	fault_spec=${SIM_FAULT-}
	if [ -z "$fault_spec" ] && [ -s "$SIM_STATE/fault" ]; then
		read -r fault_spec <"$SIM_STATE/fault"
	fi
	[ -n "$fault_spec" ] || return 0
	fault_old='' fault_counts=''
	[ ! -f "$SIM_STATE/fault-count" ] || {
		read -r fault_counts
		read -r fault_old
	} <"$SIM_STATE/fault-count"
	[ "$fault_old" = "$fault_spec" ] || fault_counts=''
	fault_new=''
	fault_rest="$fault_spec;"
	while [ -n "$fault_rest" ]; do
		count_fault "${fault_rest%%;*}" "$1"
		fault_rest=${fault_rest#*;}
	done
	printf '%s\n%s\n' "$fault_new" "$fault_spec" >"$SIM_STATE/fault-count"
}

# count_fault WORDS NAME: one fault of the list; its count is the next word of $fault_counts.
count_fault() {
	fault_count=${fault_counts%% *}
	case $fault_counts in
	*' '*) fault_counts=${fault_counts#* } ;;
	*) fault_counts='' ;;
	esac
	fault_nth=1 fault_call='' fault_do='' fault_code=1
	for fault_word in $1; do
		case $fault_word in
		at=* | nth=*) fault_nth=${fault_word#*=} ;;
		call=*) fault_call=${fault_word#*=} ;;
		do=*) fault_do=${fault_word#*=} ;;
		rc=*) fault_code=${fault_word#*=} ;;
		*) ;;
		esac
	done
	fault_count=${fault_count:-0}
	if [ -z "$fault_call" ] || [ "$fault_call" = "$2" ]; then
		fault_count=$((fault_count + 1))
		case $fault_nth:$fault_do in
		*:note)
			use fault-actions
			note_state >>"$SIM_STATE/notes"
			;;
		*+:*) [ "$fault_count" -lt "${fault_nth%%+*}" ] || fault=$fault_do ;;
		*) [ "$fault_count" -ne "$fault_nth" ] || fault=$fault_do ;;
		esac
		[ "$fault" != "$fault_do" ] || fault_rc=$fault_code
	fi
	fault_new="$fault_new$fault_count "
}

# A script is killed as the last thing, so that its orphan, this call, changes nothing any more.
main_with_faults() {
	choose_fault "$name"
	[ -z "$fault" ] || use fault-actions
	case $fault in
	hang-before) hang docker "$@" ;;
	kill-before)
		rc=-
		finish "$@"
		signal_script KILL
		exit 137
		;;
	fail-before)
		complain "Error response from daemon: simulated fault"
		rc=$fault_rc
		finish "$@"
		return
		;;
	'' | *-after | kill-during | answer) ;;
	*) disturb "$fault" || unsupported "fault do=$fault" ;;
	esac
	! reach_daemon || run_command "$@"
	case $fault in
	hang-after) hang docker "$@" ;;
	answer)
		out=$(cat "$SIM_STATE/answer" && echo x)
		out=${out%x}
		;;
	fail-after)
		out=''
		err="error during connect: simulated fault: EOF$nl"
		rc=$fault_rc
		;;
	*) ;;
	esac
	finish "$@"
	case $fault in
	kill-after | kill-during) signal_script KILL ;;
	*) ;;
	esac
}
