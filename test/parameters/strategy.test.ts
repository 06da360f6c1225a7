import { describe, expect, test } from '@jest/globals';
import { strategyFits, strategyOf } from '../../src/parameters/strategy.js';
import { checkOptions, connectOptions } from '../../src/scripts/options.js';
import { strategyContext } from '../../src/scripts/strategy.js';
import { type Changes, makeParameters } from '../support/parameters.js';

describe('auto', () => {
  const rows: [string, Changes, string][] = [
    ['a published port', {}, 'preflight'],
    ['a port in the options', { container: { ports: [], options: ['-p', '80:80'] } }, 'preflight'],
    [
      'no port, an alias on a network of its own',
      { container: { ports: [], network: 'web', options: ['--network-alias', 'web'] } },
      'start-first',
    ],
    [
      'no port, found by Traefik',
      { container: { ports: [], network: 'web', labels: { 'traefik.enable': 'true' } } },
      'start-first',
    ],
    [
      'no port, found by nginx-proxy',
      { container: { ports: [], network: 'web', env: { VIRTUAL_HOST: 'a.example.com' } } },
      'start-first',
    ],
    [
      'no port, a network of its own, found by nothing',
      { container: { ports: [], network: 'web' } },
      'recreate',
    ],
    [
      'found, and with a volume',
      {
        container: { ports: [], network: 'web', options: ['--network-alias=web'], volumes: ['/a:/b'] },
        preflight: { volumes: 'same' },
      },
      'recreate',
    ],
    ['a volume to write to', { container: { volumes: ['/a:/b', '/c:/d:ro'] } }, 'recreate'],
    ['an anonymous volume', { container: { volumes: ['/cache'] } }, 'recreate'],
    [
      'volumes to read',
      { container: { volumes: ['/etc/localtime:/etc/localtime:ro', 'x:/y:z,ro'] } },
      'preflight',
    ],
    [
      'a volume, and a word about it',
      { container: { volumes: ['/a:/b'] }, preflight: { volumes: 'same' } },
      'preflight',
    ],
    ['a device', { container: { options: ['--device', '/dev/ttyUSB0'] } }, 'recreate'],
    ['a probe at a published port', { health: { url: 'http://127.0.0.1:8080/' } }, 'preflight'],
    [
      'a probe at a port that the options publish',
      { container: { ports: [], options: ['-p', '81:80'] }, health: { url: 'http://127.0.0.1:81/' } },
      'preflight',
    ],
    ['a probe through something else', { health: { url: 'http://www.example.com/' } }, 'recreate'],
    ['no port, the default network', { container: { ports: [] } }, 'recreate'],
    ['network host', { container: { ports: [], network: 'host' } }, 'recreate'],
    ['an https probe', { health: { url: 'https://x/' } }, 'recreate'],
    [
      'a mount that cannot be made read-only',
      { container: { options: ['--mount=type=bind,source=/a,target=/b'] } },
      'recreate',
    ],
    [
      'a mount that is left out',
      { container: { options: ['--mount=type=bind,source=/a,target=/b'] }, preflight: { volumes: 'none' } },
      'preflight',
    ],
    [
      'a fixed address without a port',
      { container: { ports: [], network: 'web', options: ['--ip=10.0.0.2'] } },
      'recreate',
    ],
  ];
  test.each(rows)('%s', (_, changes, want) => {
    const { strategy, why } = strategyOf(makeParameters({ ...changes, strategy: 'auto' }));
    expect(strategy).toBe(want);
    expect(why).not.toBe('');
  });
});

describe('what a strategy cannot have', () => {
  const rows: [Changes, string[]][] = [
    [{ strategy: 'recreate', container: { network: 'host', ports: [] } }, []],
    [{ strategy: 'preflight', container: { network: 'host', ports: [] } }, ['container.network host']],
    [{ strategy: 'handover' }, []],
    [{ strategy: 'handover', container: { ports: [] } }, ['strategy handover']],
    [
      { strategy: 'handover', container: { options: ['--mac-address=02:00:00:00:00:01'] } },
      ['container.options.0 --mac-address'],
    ],
    [{ strategy: 'handover', container: { options: ['--ip=10.0.0.2'], network: 'web' } }, []],
    [{ strategy: 'handover', health: { url: 'https://localhost/' } }, ['health.url https://localhost/']],
    [{ strategy: 'start-first' }, ['strategy start-first']],
    [
      { strategy: 'start-first', container: { ports: [], options: ['--init', '-P'] } },
      ['container.options.1 --publish-all'],
    ],
    [{ strategy: 'preflight', container: { options: ['-v', '/a:/b'] } }, ['container.options.0 --volume']],
    [{ strategy: 'auto', container: { network: 'host', ports: [] } }, []],
  ];
  test.each(rows)('%j', (changes, want) => {
    const found = strategyFits.check(makeParameters(changes), () => true);
    expect(found.map(({ at, value }) => `${at.join('.')} ${value}`)).toEqual(want);
    expect(found.every(({ code, hint }) => code === 'GS059' && hint !== undefined)).toBe(true);
  });
});

describe('the container that is only checked', () => {
  const { container } = makeParameters({
    container: {
      env: {},
      volumes: ['/a:/b', 'data:/c:rw,z', '/d:/e:ro', '/anonymous'],
      options: [
        '--ip',
        '10.0.0.2',
        '--init',
        '-p',
        '1:2',
        '--network-alias=x',
        '--mount=type=tmpfs,target=/t',
      ],
    },
  });
  const flat = (volumes: 'none' | 'read-only' | 'same') => checkOptions(container, volumes).flat().join(' ');

  test('read-only', () =>
    expect(flat('read-only')).toBe(
      '--volume /a:/b:ro --volume data:/c:z,ro --volume /d:/e:ro --volume /anonymous --init --mount=type=tmpfs,target=/t',
    ));
  test('none', () => expect(flat('none')).toBe('--init'));
  test('same', () =>
    expect(flat('same')).toBe(
      '--volume /a:/b --volume data:/c:rw,z --volume /d:/e:ro --volume /anonymous --init --mount=type=tmpfs,target=/t',
    ));
  test('what connects the real one again', () =>
    expect(connectOptions(container)).toEqual(['--ip=10.0.0.2', '--alias=x']));
});

describe("the probe at a container's own address", () => {
  const rows: [string, string[], string][] = [
    ['', ['8080:80'], '-'],
    ['http://127.0.0.1:8080/health', ['8080:80'], ':80/health'],
    ['http://127.0.0.1:8081/?x=1', ['8080-8082:80-82'], ':81/?x=1'],
    ['http://localhost/', ['80:3000', '53:53/udp'], ':3000/'],
    ['http://localhost:53/', ['53:5353/udp'], ':53/'],
    ['http://[::1]:8080', ['127.0.0.1:8080:80'], ':80/'],
  ];
  test.each(rows)('%s with %j', (url, ports, want) => {
    const parameters = makeParameters({ strategy: 'handover', health: { url }, container: { ports } });
    expect(strategyContext('repull', parameters).ownProbe).toBe(want);
  });

  test('the label that a container carries', () => {
    const container = { network: 'web', options: ['--network-alias=a', '--ip=10.0.0.2'] };
    const parameters = makeParameters({
      strategy: 'handover',
      health: { url: 'http://x:8080/h' },
      container,
    });
    expect(strategyContext('repull', parameters).beside).toBe('handover :80/h web --alias=a --ip=10.0.0.2');
  });
});
