# shellcheck shell=sh
# How many tasks run.

# count_running SERVICE -> $running: those that shall
count_running() {
	running=0
	for count_i in $tks; do
		eval "count_v=\$t${count_i}_v count_st=\$t${count_i}_st count_want=\$t${count_i}_want"
		[ "$count_v:$count_st:$count_want" != "$1:Running:Running" ] || running=$((running + 1))
	done
}
