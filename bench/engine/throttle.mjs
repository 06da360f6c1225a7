import { connect, createServer } from 'node:net';

/**
 * Passes connections on to a server, as fast as `rate` (bytes a second, settable at any time) lets through what comes back: all
 * connections share it, as they would a cable.
 */
export class Throttle {
  rate = Number.POSITIVE_INFINITY;
  /** Bytes that came back. */
  passed = 0;
  #free = 0;

  /** from, to: { host, port } */
  constructor(from, to) {
    this.from = from;
    this.to = to;
  }

  listen() {
    const server = createServer((client) => this.#serve(client));
    return new Promise((resolve) => server.listen(this.from.port, this.from.host, resolve));
  }

  #serve(client) {
    const upstream = connect(this.to.port, this.to.host);
    client.pipe(upstream);
    upstream.on('data', (data) => {
      this.passed += data.length;
      const isDrained = client.write(data);
      const wait = this.#waitFor(data.length);
      if (wait < 1 && isDrained) return;
      upstream.pause();
      const goOn = () => setTimeout(() => upstream.resume(), this.#left());
      if (isDrained) goOn();
      else client.once('drain', goOn);
    });
    upstream.on('end', () => client.end());
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ])
      one.on('error', () => other.destroy()).on('close', () => other.destroySoon());
  }

  /** Milliseconds until the cable is free again after so many bytes more. */
  #waitFor(bytes) {
    if (this.rate === Number.POSITIVE_INFINITY) return 0;
    this.#free = Math.max(this.#free, performance.now()) + (bytes / this.rate) * 1000;
    return this.#left();
  }

  #left() {
    return Math.max(0, this.#free - performance.now());
  }
}
