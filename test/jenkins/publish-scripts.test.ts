import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { JenkinsProcess } from './jenkins-process.js';
import { LibraryJob } from './library-job.js';

const jenkins = new JenkinsProcess();
afterAll(() => jenkins.stop());

let job: LibraryJob;
beforeEach(() => {
  job = new LibraryJob(jenkins);
});
afterEach(() => job.remove());

test('first deploy', async () => {
  job.tag('v1');
  const r = await job.push(
    'v1',
    "@Library('gen-scripts') _\n\nrepullPipeline(servers: ['web1', 'web2', 'web3'])\n",
  );
  console.log(r.log, r.result, r.displayName, r.description, r.archived);
  expect(job.serving()).toEqual(['v1', 'v1', 'v1']);
});
