# Sourced by ./millrace and .ci/run: where is a JDK that Millrace can be built with and run on, and Maven on that JDK.
# shellcheck shell=bash

millrace_jdk_minimum=25

# Whether this folder is the home of a JDK (with a compiler, not just a runtime) that is new enough.
is_recent_jdk() {
    local line version
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    while IFS= read -r line; do
        case "$line" in
            JAVA_VERSION=*)
                version=${line#JAVA_VERSION=}
                version=${version//\"/}
                version=${version%%[!0-9]*}
                [ -n "$version" ] && [ "$version" -ge "$millrace_jdk_minimum" ]
                return
                ;;
        esac
    done <"$1/release"
    return 1
}

# The home of the JDK whose java is on the PATH, links resolved; nothing if there is none.
jdk_on_path() {
    local java target
    java=$(command -v java) || return 0
    while [ -L "$java" ]; do
        target=$(readlink "$java")
        case "$target" in
            /*) java=$target ;;
            *) java=$(dirname "$java")/$target ;;
        esac
    done
    (cd "$(dirname "$java")/.." && pwd -P)
}

# Prints the home of a JDK, or says on stderr which one to install and returns 1.
find_jdk() {
    local home
    for home in \
        "${JAVA_HOME:-}" \
        /usr/lib/jvm/* \
        /usr/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* \
        "$HOME"/.jdks/* \
        "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$(jdk_on_path)"; do
        if [ -n "$home" ] && is_recent_jdk "$home"; then
            printf '%s\n' "$home"
            return 0
        fi
    done
    echo "millrace: no JDK $millrace_jdk_minimum or newer was found: install one (such as Eclipse Temurin $millrace_jdk_minimum), or set JAVA_HOME to where it is" >&2
    return 1
}

# Runs the repository's Maven, from its folder, on the JDK given first. What newer JDKs warn of in Maven itself is not shown.
maven_on() {
    local jdk=$1
    shift
    JAVA_HOME=$jdk \
        MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED" \
        ./mvnw "$@"
}
