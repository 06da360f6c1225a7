/** Runs `action` while a network of that name is on the host; removes what is connected to it and then the network. */
export async function withNetwork(host, name, action, options = []) {
  await removeNetwork(host, name); // a case that failed may have left it
  await host.docker('network', 'create', ...options, name);
  try {
    return await action();
  } finally {
    await removeNetwork(host, name);
  }
}

async function removeNetwork(host, name) {
  const names = (await host.docker('network', 'ls', '--format', '{{.Name}}')).split('\n');
  if (!names.includes(name)) return;
  // Stopped ones, too, would not start any more.
  const users = await host.docker('ps', '--all', '--quiet', '--filter', `network=${name}`);
  if (users) await host.docker('rm', '--force', '--volumes', ...users.split('\n'));
  await host.docker('network', 'rm', name);
}
