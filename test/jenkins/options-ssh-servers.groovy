// Runs a script of init.groovy.d against stand-ins for the plugin's classes that have only the methods of options.json,
// and prints what it called as JSON. arguments: options.json, the script, true if a common key is configured
import groovy.json.JsonOutput
import groovy.json.JsonSlurper

Map classes = new JsonSlurper().parse(new File(args[0])).java
def loader = new GroovyClassLoader(this.class.classLoader)

def declare = { String method ->
    method.startsWith('get') ? "def ${method}() { ${args[2]} ? 'a key' : null }"
        : "void ${method}(value = null) { calls << ['${method}', value] }"
}
def declareAll = { String name ->
    Map type = classes[name]
    List methods = type.methods + (type.extends ? classes[type.extends].methods : [])
    List constants = type.constants.collect { key, value -> "static final int ${key} = ${value}" }
    (constants + methods.collect(declare)).join('\n')
}
String plugin = 'jenkins.plugins.publish_over_ssh'
loader.parseClass """package ${plugin}
class BapSshHostConfiguration {
    List calls = []
    ${declareAll(plugin + '.BapSshHostConfiguration')}
}"""
loader.parseClass """package ${plugin}
class BapSshPublisherPlugin {
    static class Descriptor {
        static List calls = []
        ${declareAll(plugin + '.BapSshPublisherPlugin$Descriptor')}
    }
}"""
loader.parseClass '''package jenkins.model
class Jenkins {
    static Jenkins get() { new Jenkins() }
    def getDescriptorByType(Class type) { type.newInstance() }
}'''

new GroovyShell(loader, new Binding()).evaluate(new File(args[1]))
List calls = loader.loadClass(plugin + '.BapSshPublisherPlugin$Descriptor').calls
println JsonOutput.toJson(calls.collect { method, value -> [method, value?.hasProperty('calls') ? value.calls : value] })
