// Prints an XML file as JSON. Java's own parser reads it, as in Jenkins: what is not well-formed is an error.
import groovy.json.JsonOutput
import groovy.util.XmlParser

def describe
describe = { Node node ->
    [
        name: node.name(),
        attributes: node.attributes(),
        text: node.localText().join(''),
        children: node.children().findAll { it instanceof Node }.collect(describe),
    ]
}
println JsonOutput.toJson(describe(new XmlParser(false, false).parse(new File(args[0]))))
