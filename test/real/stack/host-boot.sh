#!/bin/bash
# Process 1 of a test host, already in namespaces of its own: bash host-boot.sh ROOT NAME CGROUP
# Takes ROOT as its file system, then starts dockerd and sshd and reaps what they leave behind. USR1: starts dockerd again; USR2: sshd.
set -eu
root=$1 name=$2 cgroup=$3

hostname "$name"
mount -t proc proc "$root/proc"
cd "$root"
mkdir -p .old
pivot_root . .old
cd /
umount --lazy .old
mkdir -p /run/sshd
export PATH=/usr/sbin:/usr/bin:/sbin:/bin

start_engine() {
	# What a killed one leaves; with a stale one dockerd waits 15 s for a containerd that is no more.
	rm -f /run/docker.pid /run/docker/containerd/containerd.pid
	dockerd --group docker --cgroup-parent "$cgroup" --insecure-registry 10.77.0.0/24 >>/var/log/dockerd.log 2>&1 </dev/null &
}

start_ssh() {
	/usr/sbin/sshd -D -e -f /etc/ssh/test_config >>/var/log/sshd.log 2>&1 </dev/null &
}

trap start_engine USR1
trap start_ssh USR2
start_engine
start_ssh
while :; do wait || true; done
