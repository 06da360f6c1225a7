import type { MessagesPage } from './messages.js';

export const ENGLISH: MessagesPage = {
  introduction: `# Message codes

English | [简体中文](zh-CN/messages.md)

<!-- Made from src/problems/catalog.ts and host-catalog.ts; a test compares (UPDATE=1 npm test -- test/docs writes it). -->

A code is stable: it is never used again for something else. The words after it may become better.
`,
  parts: [
    {
      title: 'GS001-GS099: the command line and gen-scripts.yml',
      note: 'Printed by `gen-scripts` on stderr, with the place and what is expected; exit code 2. After `WARNING:` or `note:` it is only said, and does not change the exit code. GS092 to GS094 are findings of `lint`: on stdout and in its reports, with exit code 1.',
    },
    {
      title: 'GS100-GS199: repull.sh and rollback.sh, on the docker host',
      note: 'The line after the message is what to type. What the exit codes mean: [host-contract.md](host-contract.md).',
    },
    {
      title: 'GS200-GS249: build.sh, on the agent',
      note: 'The line after the message is what to type. Exit code 1, for wrong usage 64.',
    },
    {
      title: 'GS250-GS279: the preview page',
      note: 'Printed by `gen-scripts preview` on stderr; exit code 2.',
    },
    {
      title: 'GS280-GS299: the engine swarm',
      note: 'Of settings, as GS080-GS099: docs/swarm.md; exit code 2.',
    },
  ],
  columns: [
    { heading: 'Code', cell: (code) => code },
    { heading: 'English', cell: (_, { title }) => title },
    { heading: '中文', cell: (_, { titleZh }) => titleZh },
    { heading: 'What to do', cell: (_, { hint = '' }) => hint },
  ],
};
