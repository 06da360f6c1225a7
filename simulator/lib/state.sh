# shellcheck shell=sh
# Everything that is kept between calls: the lock, the state log, the clock and the journal.
#
# Loading is one `.` of a file of assignments and a change is one appended block of them, so a call costs no
# process besides the lock, and a call that is killed leaves either all of its change or none.

nl='
'
blanks=' 	'$nl
tx='' out='' err='' rc=0

# use NAME...: reads these files of lib/
use() {
	for use_name; do
		# shellcheck source=/dev/null
		. "$lib/$use_name.sh"
	done
}

# SIM_ALONE: the caller promises that no two calls overlap, which saves a process for each.
# The daemon's disk is not that of the script: see "full" in faults.sh.
lock_state() {
	ulimit -S -f unlimited 2>/dev/null || :
	[ -f "${SIM_STATE:?the simulator needs SIM_STATE, see simctl init}/state" ] || {
		echo "simulator: no state in $SIM_STATE, run simctl init" >&2
		exit 64
	}
	[ -n "${SIM_ALONE-}" ] || {
		use lock
		take_lock
	}
}

unlock_state() {
	[ -n "${SIM_ALONE-}" ] || drop_lock
}

load_state() {
	# shellcheck source=/dev/null
	. "$SIM_STATE/state"
	read -r now <"$SIM_STATE/clock"
}

# quote TEXT -> $quoted: the text as one single-quoted shell word.
quote() {
	quoted=''
	quote_rest=$1
	while :; do
		case $quote_rest in
		*"'"*)
			quoted="$quoted${quote_rest%%"'"*}'\\''"
			quote_rest=${quote_rest#*"'"}
			;;
		*) break ;;
		esac
	done
	quoted="'$quoted$quote_rest'"
}

# keep NAME VALUE: sets a variable of the state, now and for later calls.
keep() {
	eval "$1=\$2"
	case $2 in
	*"'"*)
		quote "$2"
		tx="$tx$1=$quoted$nl"
		;;
	*) tx="$tx$1='$2'$nl" ;;
	esac
}

# spend MS: this much simulated time passes.
spend() {
	now=$((now + $1))
}

# Ends a call: what it changed becomes the state. Signals wait, a half-written state would be a bug of ours.
commit_state() {
	trap '' INT TERM HUP
	if [ -n "$tx" ]; then
		commits=$((commits + 1))
		if [ $((commits % 64)) -eq 0 ]; then
			use compact
			compact_state
		else
			printf '%s' "${tx}commits=$commits$nl" >>"$SIM_STATE/state"
			tx=''
		fi
	fi
	if [ -n "${reg_tx-}" ]; then
		printf '%s' "$reg_tx" >>"$registry_file"
		reg_tx=''
	fi
	printf '%s\n' "$now" >"$SIM_STATE/clock"
}

# journal RC NAME ARG...: one line per call, each argument quoted only when a shell would need it.
journal() {
	line=$1
	shift
	for journal_arg; do
		case $journal_arg in
		'' | *[!A-Za-z0-9_./:=@%+,-]*)
			quote "$journal_arg"
			while :; do
				case $quoted in
				*"$nl"*) quoted="${quoted%%"$nl"*}'\$'\\n''${quoted#*"$nl"}" ;;
				*) break ;;
				esac
			done
			line="$line $quoted"
			;;
		*) line="$line $journal_arg" ;;
		esac
	done
	printf '%s\n' "$line" >>"$SIM_STATE/calls"
}

# say LINE / complain LINE: to stdout / stderr once the call is over, so that a closed pipe cannot undo its effect.
say() {
	out="$out$1$nl"
}

complain() {
	err="$err$1$nl"
	rc=1
}

# What nobody taught the simulator must never look like success.
unsupported() {
	printf '%s\n' "$1" >>"$SIM_STATE/unsupported"
	err="${err}simulator: not supported: $1$nl"
	out=''
	rc=64
}

# has LIST ITEM: is it one of the lines of a list that begins and ends with a newline?
has() {
	case $1 in
	*"$nl$2$nl"*) return 0 ;;
	*) return 1 ;;
	esac
}

# After split a list falls into its lines, until unsplit: many times quicker than ${list#*line}, which tries every length.
split() {
	set -f
	IFS=$nl
}

unsplit() {
	set +f
	IFS=$blanks
}

# lookup LIST KEY -> $found: the value of a line KEY=VALUE of such a list.
lookup() {
	found=''
	case $1 in
	*"$nl$2="*) ;;
	*) return 1 ;;
	esac
	split
	for lookup_line in $1; do
		case $lookup_line in
		"$2="*)
			found=${lookup_line#"$2="}
			break
			;;
		*) ;;
		esac
	done
	unsplit
}

# without LIST KEY -> $rest: the list without its line KEY=VALUE.
without() {
	rest=$1
	case $1 in
	*"$nl$2="*) ;;
	*) return 0 ;;
	esac
	rest=$nl
	split
	for without_line in $1; do
		case $without_line in
		"$2="*) ;;
		*) rest=$rest$without_line$nl ;;
		esac
	done
	unsplit
}

# flag BEHAVIOUR NAME -> $found: is NAME or NAME=VALUE one of the words of an image's behaviour?
flag() {
	found=''
	case " $1 " in
	*" $2="*)
		found=" $1 "
		found=${found#*" $2="}
		found=${found%% *}
		;;
	*" $2 "*) ;;
	*) return 1 ;;
	esac
}

alphabet=' !"#$%&'\''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~'

# label_matches LABELS K=V|K
label_matches() {
	case $2 in
	*=*) has "$1" "$2" ;;
	*) lookup "$1" "$2" ;;
	esac
}
