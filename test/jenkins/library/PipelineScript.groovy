/** A Jenkinsfile or a global variable: a name that it does not know is a step or another global variable. */
abstract class PipelineScript extends Script {
    Object methodMissing(String name, Object arguments) {
        Object variable = binding.hasVariable(name) ? binding.getVariable(name) : null
        if (variable instanceof PipelineScript) {
            return variable.call(*(arguments as List))
        }
        return binding.getVariable('steps').invoke(name, arguments as List)
    }
}
