# shellcheck shell=sh
# Lists of a service's specification in --format.

# range_token: one {{range ...}}...{{end}} off the front of $f
range_token() {
	token=${f%%'{{end}}'*}'{{end}}'
	case $token in
	'{{range .Spec.TaskTemplate.ContainerSpec.Env}}{{.}} {{end}}') range_lines env ;;
	'{{range .Spec.TaskTemplate.ContainerSpec.Args}}{{.}} {{end}}') range_lines arg ;;
	'{{range .Spec.TaskTemplate.Placement.Constraints}}{{.}} {{end}}') range_lines constraint ;;
	'{{range .Spec.TaskTemplate.ContainerSpec.Mounts}}{{.Type}}:{{.Source}}:{{.Target}}:{{.ReadOnly}} {{end}}') range_mounts ;;
	'{{range .Spec.TaskTemplate.ContainerSpec.Secrets}}{{.SecretName}}:{{.File.Name}} {{end}}') range_files secret ;;
	'{{range .Spec.TaskTemplate.ContainerSpec.Configs}}{{.ConfigName}}:{{.File.Name}} {{end}}') range_files config ;;
	'{{range .Spec.EndpointSpec.Ports}}{{.PublishedPort}}:{{.TargetPort}}/{{.Protocol}}:{{.PublishMode}} {{end}}') range_lines publish ;;
	'{{range .Spec.TaskTemplate.Networks}}x {{end}}') range_marks network ;;
	*) return 1 ;;
	esac
	put "$ranged" "$token"
}

# range_lines KEY -> $ranged
range_lines() {
	ranged=''
	values_of "$spec" "$1" || :
	split
	for range_item in $values; do
		ranged="$ranged$range_item "
	done
	unsplit
}

# Networks are given by id.
range_marks() {
	range_lines "$1"
	range_left=$values ranged=''
	while [ -n "$range_left" ]; do
		range_left=${range_left#*"$nl"}
		ranged="${ranged}x "
	done
}

range_mounts() {
	ranged=''
	values_of "$spec" mount || :
	split
	for range_item in $values; do
		range_ro=false
		range_target=${range_item#*,target=}
		range_type=${range_target#*,type=}
		case $range_type in
		*,readonly) range_ro=true range_type=${range_type%,readonly} ;;
		*) ;;
		esac
		ranged="$ranged$range_type:${range_item%%,target=*}:${range_target%%,type=*}:$range_ro "
	done
	unsplit
}

range_files() {
	ranged=''
	values_of "$spec" "$1" || :
	split
	for range_item in $values; do
		range_source=${range_item#source=}
		range_target=${range_item#*,target=}
		ranged="$ranged${range_source%%,*}:${range_target%%,*} "
	done
	unsplit
}
