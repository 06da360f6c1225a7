// The SSH servers of Publish over SSH, which Configuration as Code cannot set. Put this file into
// $JENKINS_HOME/init.groovy.d/: Jenkins runs it at each start, after casc.yaml has set the key that all servers share.
// After casc.yaml was loaded again without a restart, run it in Manage Jenkins > Script Console: each server keeps a copy of the key.
import jenkins.model.Jenkins
import jenkins.plugins.publish_over_ssh.BapSshHostConfiguration
import jenkins.plugins.publish_over_ssh.BapSshPublisherPlugin

List<Map<String, String>> servers = [
    [name: 'web1', hostname: 'web1.example.com', username: 'deploy', root: '/srv/deploy'],
    [name: 'test1', hostname: 'test1.example.com', username: 'deploy', root: '/srv/deploy'],
]

def publisher = Jenkins.get().getDescriptorByType(BapSshPublisherPlugin.Descriptor)
if (publisher.commonConfig == null) {
    // Without it each connection would fail with a NullPointerException.
    throw new IllegalStateException('Publish over SSH has no common key: load casc.yaml first')
}
servers.each { server ->
    def host = new BapSshHostConfiguration()
    host.setName(server.name)
    host.setHostname(server.hostname)
    host.setUsername(server.username)
    host.setRemoteRootDir(server.root)
    host.setPort(BapSshHostConfiguration.DEFAULT_PORT)
    host.setTimeout(BapSshHostConfiguration.DEFAULT_TIMEOUT)
    publisher.removeHostConfiguration(server.name)
    publisher.addHostConfiguration(host)
}
publisher.save()
