import { describe, expect, test } from '@jest/globals';
import {
  applyForm,
  type BuildForm,
  fieldOf,
  formFrom,
  readForm,
  toQuery,
} from '../../../src/preview/page/build-form.js';

const query = (text: string) => new URLSearchParams(text);
const EMPTY = formFrom({}, {}, 'en');

describe('what the form begins with', () => {
  test.each<{ flags?: Record<string, string>; env: Record<string, string>; want: Partial<BuildForm> }>([
    { env: {}, want: { start: 'push', ctrlBuild: true, gitTag: '', environment: '' } },
    {
      env: { CTRL_BUILD: 'true', BUILD_NUMBER: '7' },
      want: { start: 'hand', ctrlBuild: true, buildNumber: '7' },
    },
    { env: { CTRL_BUILD: 'FALSE' }, want: { start: 'hand', ctrlBuild: false } },
    {
      env: { CTRL_BUILD: 'true', gitlabSourceBranch: 'refs/tags/v2' },
      want: { start: 'push', gitTag: 'v2' },
    },
    {
      env: { TAG_NAME: 'v3', GEN_SCRIPTS_ENV: 'a' },
      flags: { env: 'b' },
      want: { gitTag: 'v3', environment: 'b' },
    },
  ])('$env', ({ flags = {}, env, want }) => expect(formFrom(flags, env, 'en')).toMatchObject(want));
});

test('a form that was sent is what it says; one that was not is the one to begin with', () => {
  expect(readForm(query('lang=zh'), { ...EMPTY, gitTag: 'v1' })).toMatchObject({
    language: 'zh',
    gitTag: 'v1',
  });
  const sent = readForm(query('lang=en&start=hand&gitTag=v2&theme=dark&lang=zh'), {
    ...EMPTY,
    buildNumber: '7',
  });
  expect(sent).toEqual({
    ...EMPTY,
    start: 'hand',
    ctrlBuild: false,
    gitTag: 'v2',
    theme: 'dark',
    language: 'zh',
  });
});

test('nonsense is no language, theme or start', () =>
  expect(readForm(query('lang=xx&theme=<b>&start=now'), EMPTY)).toMatchObject({
    language: 'en',
    theme: 'auto',
    start: 'hand',
  }));

test('a query leads back to its form', () => {
  const form: BuildForm = { ...EMPTY, start: 'hand', ctrlBuild: false, rollbackTo: 'a b&c', theme: 'dark' };
  expect(readForm(query(toQuery(form)), EMPTY)).toEqual(form);
});

describe('what a run is asked for', () => {
  const flags = { 'git-tag': 'old', retain: '5' };
  const env = { CTRL_BUILD: 'true', TAG_NAME: 'old', gitlabSourceBranch: 'refs/tags/old', PATH: '/bin' };

  test('the form alone says what the form has', () =>
    expect(applyForm({ ...EMPTY, gitTag: 'v2' }, flags, env)).toEqual({
      options: { retain: '5' },
      environment: { PATH: '/bin', CTRL_BUILD: '', BUILD_NUMBER: '', GEN_SCRIPTS_ENV: '', GIT_TAG: 'v2' },
    }));

  test('a rollback has its own fields, and no tag', () => {
    const form: BuildForm = { ...EMPTY, start: 'hand', ctrlBuild: false, gitTag: 'v2', rollbackSteps: '2' };
    expect(applyForm(form, {}, {}).environment).toEqual({
      ...{ CTRL_BUILD: 'false', BUILD_NUMBER: '', GEN_SCRIPTS_ENV: '' },
      ...{ ROLLBACK_TO: '', ROLLBACK_STEPS: '2' },
    });
  });
});

test.each([
  ['environment GIT_TAG', 'GS069', 'gitTag'],
  ['environment TAG_NAME', 'GS069', 'gitTag'],
  ['--env', 'GS027', 'environment'],
  ['environment CTRL_BUILD', 'GS061', 'buildNumber'],
  ['environment CTRL_BUILD', 'GS060', 'ctrlBuild'],
  ['gen-scripts.yml:3:1: app', 'GS031', undefined],
])('%s %s is about %s', (source, code, want) => expect(fieldOf({ source, code })).toBe(want));
