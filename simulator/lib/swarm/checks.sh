# shellcheck shell=sh
# What the managers refuse.

# check_service: its specification $o_spec and $o_conf, called $o_name
check_service() {
	case $o_name in
	'') o_name=quirky_sim$((vmade + 1)) ;;
	*[!A-Za-z0-9_-]* | [_-]* | *[_-]) bad_argument 'name must be valid as a DNS name component' || return 1 ;;
	*) [ "${#o_name}" -le 63 ] || bad_argument 'name must be 63 characters or fewer' || return 1 ;;
	esac
	check_words && check_constraints && check_endpoint && check_name
}

bad_argument() {
	complain "Error response from daemon: rpc error: code = InvalidArgument desc = $1"
	return 1
}

# check_words: what is one of a few words
check_words() {
	for check_kind in update rollback; do
		value_of "$o_conf" "$check_kind-order" ''
		one_word "$value" 'start-first stop-first' "unrecognized update order $value" || return 1
		value_of "$o_conf" "$check_kind-failure-action" ''
		one_word "$value" 'pause continue rollback' "unrecognized update failure action $value" || return 1
	done
	value_of "$o_spec" restart-condition ''
	one_word "$value" 'none any on-failure' "invalid RestartCondition: \"$value\""
}

# one_word VALUE WORDS COMPLAINT
one_word() {
	case " $2 " in
	*" ${1:-${2%% *}} "*) return 0 ;;
	*)
		complain "Error response from daemon: $3"
		return 1
		;;
	esac
}

check_constraints() {
	values_of "$o_spec" constraint || return 0
	split
	for check_item in $values; do
		case $check_item in
		*?==?* | *?!=?*) ;;
		*)
			unsplit
			complain 'Error response from daemon: rpc error: code = Unknown desc = constraint expected one operator from ==, !='
			return 1
			;;
		esac
	done
	unsplit
}

check_endpoint() {
	values_of "$o_spec" publish || return 0
	value_of "$o_spec" endpoint-mode vip
	case $value:$values in
	dnsrr:*:ingress"$nl"*) bad_argument "EndpointSpec: port published with ingress mode can't be used with dnsrr mode" ;;
	*) ;;
	esac
}

check_name() {
	[ "$name" = service-create ] || return 0
	for check_i in $svs; do
		eval "check_label=\$v${check_i}_name"
		[ "$check_label" != "$o_name" ] || {
			complain "Error response from daemon: rpc error: code = AlreadyExists desc = name conflicts with an existing object: service $o_name already exists"
			return 1
		}
	done
}
