import { type Element, findAll, textOf } from './options-xml.js';

export type Variables = Readonly<Record<string, string>>;

/** How a build is started. */
export interface Start {
  /** What the person at the form, or a caller of the API, gives; the rest gets its default. */
  readonly parameters?: Variables;
  /** What a trigger adds to the environment. */
  readonly trigger?: Variables;
}

/** What a run has from Jenkins, its trigger and its parameters; of the same name, the parameter wins. */
export function readVariables(config: Element, number: number, { parameters, trigger }: Start): Variables {
  const url = 'https://jenkins.example.com/';
  return {
    JENKINS_URL: url,
    JOB_NAME: 'citest',
    BUILD_NUMBER: String(number),
    BUILD_URL: `${url}job/citest/${number}/`,
    ...trigger,
    ...fillIn(config, parameters ?? {}),
  };
}

/** A parameter that the job does not have is dropped. */
function fillIn(config: Element, given: Variables): Variables {
  const [definitions] = findAll(config, 'parameterDefinitions');
  return Object.fromEntries((definitions?.children ?? []).map((one) => fillInOne(one, given)));
}

/** ChoiceParameterDefinition.checkValue: a choice that is not offered does not start a build. */
function fillInOne(definition: Element, given: Variables): [string, string] {
  const name = textOf(definition, 'name');
  const choices = findAll(definition, 'string').map(({ text }) => text);
  const value = given[name] ?? choices[0] ?? textOf(definition, 'defaultValue');
  if (choices.length > 0 && !choices.includes(value))
    throw new Error(`Illegal choice for parameter ${name}: ${value}`);
  return [name, value];
}

/**
 * What the wrappers add for the shell step only. To Build User Vars GitLab's webhook is an SCM change like any other
 * (BuildUser, SCMTriggerCauseDeterminant).
 */
export function readWrappers(config: Element, { trigger }: Start): Variables {
  if (findAll(config, 'org.jenkinsci.plugins.builduser.BuildUser').length === 0) return {};
  return { BUILD_USER_ID: trigger?.gitlabSourceBranch === undefined ? 'li.lei' : 'scmChange' };
}
