#!/bin/sh
# Certificates of the cluster's event stores: an authority of their own, and one certificate for each folder in /certificates.
# What is there stays; named stores (`certificates.sh store-2`) get new ones.
set -eu
umask 077

readonly STORE_USER=1000:1000

# The generator refuses a folder that is there, and its first version then ends as if all were well.
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT

fail() { echo "$1" >&2; exit 1; }

if [ ! -s /authority/ca.crt ]; then
  [ ! -s /trust/ca.crt ] || fail 'The authority is lost, but its certificate is in use. Restore the volume authority, or remove the volumes authority, trust and those of all certificates to make every one anew.'
  es-gencert-cli create-ca -out "$fresh/ca"
  [ -s "$fresh/ca/ca.key" ] || fail 'The generator made no authority.'
  cp "$fresh/ca/ca.key" /authority/
  cp "$fresh/ca/ca.crt" /authority/
fi
cp /authority/ca.crt /trust/ca.crt
chmod 755 /trust
chmod 444 /trust/ca.crt

for name in "$@"; do
  [ -d "/certificates/$name" ] || fail "There is no store $name."
  rm -f "/certificates/$name/node.crt"
done

for folder in /certificates/*; do
  name=${folder##*/}
  [ ! -s "$folder/node.crt" ] || continue
  es-gencert-cli create-node -ca-certificate /authority/ca.crt -ca-key /authority/ca.key \
    -out "$fresh/$name" -ip-addresses 127.0.0.1 -dns-names "$name,localhost"
  [ -s "$fresh/$name/node.key" ] || fail "The generator made no certificate for $name."
  cp -f "$fresh/$name/node.key" "$folder/node.key"
  cp -f "$fresh/$name/node.crt" "$folder/node.crt"
  chmod 400 "$folder/node.key"
  chmod 444 "$folder/node.crt"
  chown -R "$STORE_USER" "$folder"
  echo "$name has a new certificate."
done
