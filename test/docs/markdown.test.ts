import { expect, test } from '@jest/globals';
import { anchorsOf, readPage } from './markdown.js';

const PAGE = `# Title

See [one](a.md#part), [\`two\`](b.md) and \`[three](c.md)\`.

| a | b |
| --- | --- |
| [four](../d.md) | |

\`\`\`sh
# no heading
| no row |
[no](link.md)
\`\`\`

| c |
| --- |

## Part
`;

test('a page is read without what stands in its code blocks', () => {
  expect(readPage(PAGE)).toEqual({
    headings: [
      { level: 1, text: 'Title' },
      { level: 2, text: 'Part' },
    ],
    tables: [3, 2],
    blocks: [['# no heading', '| no row |', '[no](link.md)']],
    links: ['a.md#part', 'b.md', '../d.md'],
  });
});

test.each([
  ['GS001-GS099: the command line and gen-scripts.yml', 'gs001-gs099-the-command-line-and-gen-scriptsyml'],
  ['Deploy, step by step', 'deploy-step-by-step'],
  ['`history_file` and [links](x.md)', 'history_file-and-links'],
  ['锁、信号和时间', '锁信号和时间'],
  ['4a. Pipeline 与共享库', '4a-pipeline-与共享库'],
  ['系统太旧的 agent（构建机）', '系统太旧的-agent构建机'],
])('%s', (heading, anchor) => expect(anchorsOf(readPage(`## ${heading}`))).toEqual([anchor]));

test('the same heading again gets a number', () =>
  expect(anchorsOf(readPage('# A\n## B\n## B\n## B'))).toEqual(['a', 'b', 'b-1', 'b-2']));
