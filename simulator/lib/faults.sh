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
		*:note) note_state >>"$SIM_STATE/notes" ;;
		*+:*) [ "$fault_count" -lt "${fault_nth%%+*}" ] || fault=$fault_do ;;
		*) [ "$fault_count" -ne "$fault_nth" ] || fault=$fault_do ;;
		esac
		[ "$fault" != "$fault_do" ] || fault_rc=$fault_code
	fi
	fault_new="$fault_new$fault_count "
}

# Things that happen to the script from outside, before the call has its effect.
disturb() { # ACTION
	case $1 in
	term | int | hup) signal_script "$(printf '%s' "$1" | tr a-z A-Z)" ;;
	hook) env -u SIM_FAULT sh "$SIM_STATE/hook" ;;
	full)
		[ -n "${SIM_SCRIPT_PID-}" ] || find_script
		prlimit --pid "${SIM_SCRIPT_PID:-$script}" --fsize=0:
		: >"$SIM_STATE/full"
		;;
	*) return 1 ;;
	esac
}

# The names of the files beside the history, the clock, the history itself, and of each container state, name, policy and
# reference: form feeds between them, a vertical tab at the end.
note_state() {
	for note_file in "${SIM_HISTORY%/*}"/*; do
		printf '%s\n' "${note_file##*/}"
	done
	printf '\f%s\f' "$now"
	[ ! -s "$SIM_HISTORY" ] || cat "$SIM_HISTORY"
	printf '\f'
	for note_i in $live; do
		eval "printf '%s %s %s %s\\n' \"\$k${note_i}_st\" \"\$k${note_i}_name\" \"\$k${note_i}_pol\" \"\$k${note_i}_ref\""
	done
	printf '\v'
}

# signal_script SIGNAL
signal_script() {
	script=${SIM_SCRIPT_PID-}
	[ -n "$script" ] || find_script
	kill -s "$1" "$script" 2>/dev/null || :
}

find_script() {
	script=$PPID
	[ -r "/proc/$script/cmdline" ] || return 0
	IFS= read -r script_line <"/proc/$script/cmdline" || :
	while :; do
		read -r script_stat <"/proc/$script/stat" || return 0
		script_stat=${script_stat##*) }
		script_stat=${script_stat#? }
		script_parent=${script_stat%% *}
		script_other=''
		[ -r "/proc/$script_parent/cmdline" ] || return 0
		IFS= read -r script_other <"/proc/$script_parent/cmdline" || :
		[ -n "$script_line" ] && [ "$script_other" = "$script_line" ] || return 0
		script=$script_parent
	done
}

# hang NAME ARG...: the call does not answer. Only a limit set by the script ends it.
hang() {
	if [ -n "${SIM_TIMEOUT-}" ] && [ "${SIM_HANG-}" != told ]; then
		spend "$SIM_TIMEOUT"
		commit_state
		journal 124 "$@"
		unlock_state
		exit 124
	fi
	commit_state
	journal - "$@"
	unlock_state
	trap - INT TERM HUP
	[ "${SIM_HANG-}" = told ] || exec env PATH=/usr/bin:/bin sleep 600
	until [ -e "$SIM_STATE/told" ] || [ ! -d "$SIM_STATE" ]; do
		env PATH=/usr/bin:/bin sleep 0.05
	done
	exit 0
}
