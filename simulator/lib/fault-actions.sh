# shellcheck shell=sh
# Faults that strike: what each does.

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
