#!/bin/sh
# A stand-in for a program that carries out missions with a model: it pretends to, and says so. Put your own
# program in its place. It opens the model's file as a real one would, writes a file for the mission, and prints
# what it took. Whether it succeeds hangs on the mission and on the size of the model, and on nothing that the
# model can do.
#
#   rustchain.sh run MODEL FILE.gguf gpu|cpu ID MISSIONS.md
#   rustchain.sh model-validate MODEL FILE.gguf
#   rustchain.sh mission-validate ID MISSIONS.md
set -eu

fail() { echo "$1" >&2; exit "${2:-1}"; }

is_model() { [ "$(head -c 4 "$1")" = GGUF ] || fail "$1 is no GGUF file" 2; }

brief_of() { awk -v id="$1" '/^## / { on = ($2 == id); next } on && NF' "$2"; }

case $1 in
model-validate)
    is_model "$3"
    echo "$2: ready" ;;
mission-validate)
    [ -n "$(brief_of "$2" "$3")" ] || fail "$3 has no mission $2" 2 ;;
run)
    model=$2 id=$5
    is_model "$3"
    brief=$(brief_of "$id" "$6")
    echo "device: $4"
    echo "tokens: $((200 + ${#brief} / 4))"
    set -- $(printf %s "$model $id" | cksum) "$(wc -c < "$3")"
    # from 1 in 2 for the smallest toy to 9 in 10 for models of 100 MB
    chance=5; size=$3
    while [ "$size" -gt 500000 ] && [ "$chance" -lt 9 ]; do chance=$((chance + 1)); size=$((size / 5)); done
    [ $(($1 % 10)) -lt "$chance" ] || fail "error: $model could not do mission $id"
    mkdir -p "$(dirname "$0")/out"
    printf '%s\n\nDone by %s.\n' "$brief" "$model" > "$(dirname "$0")/out/$id.md"
    echo "mission accomplished" ;;
*)
    fail "what is $1?" 2 ;;
esac
