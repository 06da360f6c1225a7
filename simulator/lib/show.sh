# shellcheck shell=sh
# simctl: what there is, for people.

show() {
	say "CONTAINERS at $now ms"
	for i in $live; do
		health "$i"
		eval "say \"  \$k${i}_name  \$k${i}_st(\$k${i}_code)  \$k${i}_ref  health=$health restart=\$k${i}_pol ports=\$k${i}_ports  \$k${i}_id\""
	done
	say 'IMAGES'
	for i in $imgs; do
		keys_of "$tags" "$i"
		refs=$keys
		keys_of "$digs" "$i"
		line="  $i"
		for ref in $refs $keys; do
			line="$line $ref"
		done
		say "$line"
	done
	say 'VOLUMES'
	for i in $vols; do
		say "  ${i%=*}"
	done
}

show_networks() {
	if [ $# -gt 0 ]; then
		find_container "$1" || usage "$find_why"
		show_attachments "$c"
		return
	fi
	for net in $nets; do
		list_members "${net%=*}"
		eval "line=\"\${net%=*} \${w${net##*=}_int:+internal}\""
		for member in $members; do
			eval "line=\"\$line \$k${member##*=}_name\""
		done
		say "$line"
	done
}

show_attachments() { # N
	get "$1" nw
	show_left=$got
	while [ "$show_left" != "$nl" ] && [ -n "$show_left" ]; do
		nw_left=$show_left
		next_attachment
		show_left=$nw_left
		address_of "$1"
		say "$nw_name ${address:--} ${nw_aliases:--}"
	done
}
