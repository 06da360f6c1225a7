/** Of container.network: what docker connects to no other network. */
export function standsAlone(network: string): boolean {
  return /^(host|none|container:.*)$/.test(network);
}

/** Whether somebody has to make it: bridge, host and none are there from the beginning. */
export function isOwnNetwork(network: string): boolean {
  return network !== 'bridge' && !standsAlone(network);
}
