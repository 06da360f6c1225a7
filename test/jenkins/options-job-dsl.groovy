// Runs a Job DSL script against stand-ins that know only the methods of options.json, and prints its calls as JSON:
// [method, argument ..., {calls of the closure}].
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import org.codehaus.groovy.control.CompilerConfiguration

class Signature {
    static final Map<String, Class> TYPES = [String: CharSequence, boolean: Boolean, int: Integer, List: List]

    static void check(String what, List<String> wanted, List given) {
        if (given.size() > wanted.size()) throw new IllegalArgumentException("${what}: takes ${wanted.size()} arguments")
        wanted.eachWithIndex { String type, int index ->
            Class known = TYPES[type - '?'] ?: Closure
            boolean present = index < given.size()
            if (!present && !type.endsWith('?')) throw new IllegalArgumentException("${what}: ${type} is missing")
            if (present && !known.isInstance(given[index])) throw new IllegalArgumentException("${what}: no ${type}")
        }
    }
}

class Recorder {
    Map contexts
    String context
    List calls = []

    void record(String method, List given) {
        List<String> wanted = contexts[context].methods[method] as List<String>
        if (wanted == null) throw new IllegalArgumentException("${context} has no method ${method}")
        Signature.check("${context}.${method}", wanted, given)
        List values = given.withIndex().collect { value, index ->
            value instanceof Closure ? runIn(value, wanted[index]) : value instanceof GString ? value.toString() : value
        }
        calls << [method, *values]
    }

    // Stricter than Job DSL, where a method that a context lacks is looked for in the contexts around it.
    Map runIn(Closure closure, String name) {
        Recorder inner = new Recorder(contexts: contexts, context: name)
        closure.delegate = new StandIn(inner)
        closure.resolveStrategy = Closure.DELEGATE_ONLY
        closure.call()
        [calls: inner.calls]
    }
}

// Everything that is called on it arrives here.
class StandIn extends GroovyObjectSupport implements GroovyInterceptable {
    private final Recorder recorder

    StandIn(Recorder recorder) { this.recorder = recorder }

    Object invokeMethod(String name, Object arguments) { recorder.record(name, arguments as List) }
}

def recorder = new Recorder(contexts: new JsonSlurper().parse(new File(args[0])).jobDsl, context: 'DslFactory')
def configuration = new CompilerConfiguration(scriptBaseClass: DelegatingScript.name)
DelegatingScript script = new GroovyShell(this.class.classLoader, new Binding(), configuration).parse(new File(args[1]))
script.setDelegate(new StandIn(recorder))
script.run()
println JsonOutput.toJson(recorder.calls)
