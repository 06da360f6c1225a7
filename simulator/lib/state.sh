# shellcheck shell=sh
# Everything that is kept between calls: the lock, the state log, the clock and the journal.
#
# Loading is one `.` of a file of assignments and a change is one appended block of them, so a call costs no
# process besides the lock, and a call that is killed leaves either all of its change or none.

nl='
'
tx='' out='' err='' rc=0

# The lock is on descriptor 7: the scripts' own lock is 9, and an orphaned docker must go on holding that one.
# SIM_ALONE: the caller promises that no two calls overlap, which saves a process for each.
# The daemon's disk is not that of the script: see "full" in faults.sh.
lock_state() {
	ulimit -S -f unlimited 2>/dev/null || :
	[ -f "${SIM_STATE:?the simulator needs SIM_STATE, see simctl init}/state" ] || {
		echo "simulator: no state in $SIM_STATE, run simctl init" >&2
		exit 64
	}
	lock_dir=''
	[ -z "${SIM_ALONE-}" ] || return 0
	if command -v flock >/dev/null 2>&1; then
		exec 7>>"$SIM_STATE/lock"
		flock -w 30 7 7>&7 || lock_failed
		return
	fi
	lock_tries=0
	until mkdir "$SIM_STATE/lock.d" 2>/dev/null; do
		lock_tries=$((lock_tries + 1))
		[ "$lock_tries" -lt 3000 ] || lock_failed
		command -p sleep 0.01
	done
	lock_dir=$SIM_STATE/lock.d
}

lock_failed() {
	echo "simulator: the state in $SIM_STATE stays locked" >&2
	exit 70
}

unlock_state() {
	[ -z "${SIM_ALONE-}" ] || return 0
	if [ -n "$lock_dir" ]; then
		rmdir "$lock_dir"
	else
		exec 7>&-
	fi
}

load_state() {
	# shellcheck source=/dev/null
	. "$SIM_STATE/state"
	read -r now <"$SIM_STATE/clock"
}

# shellcheck disable=SC2120 # called without arguments on purpose
load_registry() {
	registry_file=${SIM_REGISTRY:-$SIM_STATE/registry}
	reg_tx=''
	# shellcheck source=/dev/null
	. "$registry_file"
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

# keep_registry NAME VALUE: the same in the registry's log.
keep_registry() {
	eval "$1=\$2"
	quote "$2"
	reg_tx="$reg_tx$1=$quoted$nl"
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
			compact_state
		else
			printf '%s' "${tx}commits=$commits$nl" >>"$SIM_STATE/state"
		fi
		tx=''
	fi
	if [ -n "${reg_tx-}" ]; then
		printf '%s' "$reg_tx" >>"$registry_file"
		reg_tx=''
	fi
	printf '%s\n' "$now" >"$SIM_STATE/clock"
}

CONTAINER_FIELDS='id name img ref st code rc pol max rm init labels ports net hc t0 ev at hand bo runs vols
 nw pub'
GLOBAL_FIELDS='commits created made live tags digs imgs nets vols next_ids engine components
 daemon context'

# Rewrites the log as the assignments that still matter; otherwise a long scenario would load slower and slower.
compact_state() {
	tx=''
	for compact_field in $GLOBAL_FIELDS; do
		eval "keep \"\$compact_field\" \"\$$compact_field\""
	done
	for compact_i in $live; do
		for compact_field in $CONTAINER_FIELDS; do
			eval "keep \"k${compact_i}_$compact_field\" \"\$k${compact_i}_$compact_field\""
		done
	done
	for compact_i in $nets; do
		for compact_field in id int sub lab; do
			eval "keep \"w${compact_i##*=}_$compact_field\" \"\$w${compact_i##*=}_$compact_field\""
		done
	done
	for compact_i in $known; do
		for compact_field in id dig ver beh lab; do
			eval "keep \"m${compact_i}_$compact_field\" \"\$m${compact_i}_$compact_field\""
		done
	done
	keep known "$known"
	printf '%s' "$tx" >"$SIM_STATE/state.new"
	mv "$SIM_STATE/state.new" "$SIM_STATE/state"
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

# lookup LIST KEY -> $found: the value of a line KEY=VALUE of such a list.
lookup() {
	found=''
	case $1 in
	*"$nl$2="*)
		found=${1#*"$nl$2="}
		found=${found%%"$nl"*}
		;;
	*) return 1 ;;
	esac
}

# without LIST KEY -> $rest: the list without its line KEY=VALUE.
without() {
	rest=$1
	case $1 in
	*"$nl$2="*)
		rest=${1#*"$nl$2="}
		rest=${1%%"$nl$2="*}$nl${rest#*"$nl"}
		;;
	*) ;;
	esac
}

alphabet=' !"#$%&'\''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~'

# digest TEXT -> $digest: 64 hexadecimal digits that look random and depend on the text only. No product
# exceeds 31 bits: mksh has no more.
digest() {
	digest_a=257 digest_b=4099 digest_c=$((${#1} * 131 % 65521))
	digest_rest=$1
	while [ -n "$digest_rest" ]; do
		digest_next=${digest_rest#?}
		digest_char=${digest_rest%"$digest_next"}
		digest_rest=$digest_next
		digest_char=${alphabet%%"$digest_char"*}
		digest_a=$(((digest_a * 251 + ${#digest_char} + 7) % 65521))
		digest_b=$(((digest_b * 31 + ${#digest_char} + digest_a) % 65519))
		digest_c=$(((digest_c + digest_b * 17) % 65497))
	done
	digest=''
	digest_i=0
	while [ "$digest_i" -lt 16 ]; do
		digest_a=$(((digest_a * 75 + digest_c + 74) % 65537))
		digest_b=$(((digest_b * 1021 + digest_a) % 65519))
		digest_c=$(((digest_c * 331 + digest_b + 1) % 65497))
		digest_n=$(((digest_a + digest_b + digest_c) % 65536))
		hex_digit $((digest_n / 4096))
		hex_digit $((digest_n / 256 % 16))
		hex_digit $((digest_n / 16 % 16))
		hex_digit $((digest_n % 16))
		digest_i=$((digest_i + 1))
	done
}

hex_digit() {
	case $1 in
	10) digest=${digest}a ;;
	11) digest=${digest}b ;;
	12) digest=${digest}c ;;
	13) digest=${digest}d ;;
	14) digest=${digest}e ;;
	15) digest=${digest}f ;;
	*) digest=$digest$1 ;;
	esac
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
