# shellcheck shell=sh
# One call at a time.

# The lock is on descriptor 7: the scripts' own lock is 9, and an orphaned docker must go on holding that one.
take_lock() {
	lock_dir=''
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

drop_lock() {
	if [ -n "$lock_dir" ]; then
		rmdir "$lock_dir"
	else
		exec 7>&-
	fi
}
