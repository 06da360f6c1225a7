/** The environment of a build, and `env`: what Jenkins, the parameters, withEnv and withCredentials set. */
class Variables implements Serializable {
    private final Map own
    private final List scopes = []

    Variables(Map own) {
        this.own = own
    }

    Map all() {
        Map sum = new LinkedHashMap(own)
        for (scope in scopes) {
            for (entry in scope) {
                // PATH+ANYTHING is put in front.
                if (entry.key.contains('+')) {
                    String name = entry.key.substring(0, entry.key.indexOf('+'))
                    sum[name] = entry.value + ':' + sum[name]
                } else {
                    sum[entry.key] = entry.value
                }
            }
        }
        return sum
    }

    Object within(Map more, Closure body) {
        scopes.add(more)
        try {
            return body()
        } finally {
            scopes.remove(scopes.size() - 1)
        }
    }

    Object propertyMissing(String name) {
        return all()[name]
    }
}
