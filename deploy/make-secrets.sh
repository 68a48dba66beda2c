#!/bin/sh
# Makes the passwords that docker-compose.yml reads from files. Those that are there stay: run it again after an update.
#
#   deploy/make-secrets.sh [FOLDER]
set -eu
folder=${1:-$(dirname "$0")/secrets}
mkdir -p "$folder"
# Others may not enter; within, each container's own user has to be able to read what is mounted into it.
chmod 700 "$folder"
for name in \
    platform-superuser-password platform-migrator-password platform-server-password \
    main-superuser-password main-migrator-password main-server-password \
    redis-password jwt-secret grafana-admin-password; do
    [ -e "$folder/$name" ] && continue
    # 256 bits as letters and digits, which mean themselves in URLs, configuration files and shells.
    od -An -N32 -tx1 /dev/urandom | tr -d ' \n' >"$folder/$name.new"
    chmod 444 "$folder/$name.new"
    mv "$folder/$name.new" "$folder/$name"
    echo "made $folder/$name"
done
